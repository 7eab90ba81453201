import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const detection = join(import.meta.dirname, "../detection");
const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(detection, script), ...args], {
    maxBuffer: 100_000_000,
  });

test("on the cases set aside detectors are as right as docs/accuracy.md states", async () => {
  const { stdout } = await run("accuracy.ts");
  expect(stdout).toMatch(/^natural cases: 1\d{3}$/m);
  expect(stdout).toMatch(/^riddles cases: 204$/m);
});

test("whoever read the cases set aside agrees with their authors", async () => {
  const { stdout } = await run("agreement.ts");
  const [, kappa] = /^all +([\d.]+)/m.exec(stdout)!;
  expect(Number(kappa)).toBeGreaterThan(0.9);
});
