import { defineConfig } from "vitest/config";

/** Attacks that take their time: a process dies of each, or runs to its limits. */
const attacks = ["guests", "poison", "watch"].map((name) => `test/hostile/${name}.test.ts`);

export default defineConfig({
  test: {
    // Tests wait for processes of their own most of the time.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/slow/**", ...attacks],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "slow",
          include: ["test/slow/**/*.test.ts", ...attacks],
          testTimeout: 1_200_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
