import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
/** Those that run: not the agent that one of them runs, nor what records the shipped recordings. */
const examples = globSync("examples/**/*.ts", {
  exclude: ["**/agent.ts", "examples/recordings/**"],
})
  .map((path) => path.replaceAll("\\", "/"))
  .toSorted();

test("each example is in the README, and no others are", () => {
  expect(examples).toEqual([
    "examples/add-a-fixture/run.ts",
    "examples/find-leaks.ts",
    "examples/own-agent/run.ts",
    "examples/own-detector.ts",
    "examples/own-model.ts",
    "examples/play-colleagues.ts",
    "examples/replay-a-run.ts",
    "examples/step-an-episode.ts",
  ]);
  const readme = readFileSync("examples/README.md", "utf8");
  const linked = [...readme.matchAll(/^- \[([^\]]+)\]\(\1\): /gm)].map(
    ([, path]) => `examples/${path}`,
  );
  const folders = examples.map((path) => path.replace(/\/run\.ts$/, "/"));
  expect(linked.toSorted()).toEqual(
    [
      ...folders,
      "examples/recordings/",
      "examples/scenarios.yaml",
      "examples/sweep.yaml",
    ].toSorted(),
  );
});

test.concurrent.each(examples)("%s runs from anywhere, without a key, and passes", async (path) => {
  const { PATH } = process.env;
  const { stdout, stderr } = await run(process.execPath, [resolve(path)], {
    cwd: tmpdir(),
    env: { PATH },
  });
  expect(stdout).not.toBe("");
  expect(stderr).toBe("");
});

test.each(examples)("%s is short enough to read", (path) => {
  expect(readFileSync(path, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
});
