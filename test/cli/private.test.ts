import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRecording } from "../../episodes/files.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { edited, larkfield, writeFiles } from "../helpers/larkfield.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
afterAll(() => folder[Symbol.dispose]());
beforeAll(async () => {
  const files = edited(larkfield(), "fixture.yaml", "milestones:", "private: true\nmilestones:");
  writeFiles(join(cwd, "ours"), files);
  await succeed(["run", "ours", "--agent", "script/honest", "--out", "runs/a.jsonl"], { cwd });
});

test("a recording says that its fixture is private", () => {
  expect(openRecording(join(cwd, "runs/a.jsonl")).header.facts.private).toBe(true);
});

test.each([
  [["bundle", "runs", "--out", "x.cubicle"], "x.cubicle"],
  [["export", "runs", "--format", "csv", "--out", "x-csv"], "x-csv/episodes.csv"],
  [["export", "runs", "--format", "inspect", "--out", "x-logs"], "x-logs"],
  [["show", "runs/a.jsonl", "--html", "--out", "x.html"], "x.html"],
  [["report", "runs", "--html", "--out", "x-report.html"], "x-report.html"],
])("%j makes nothing of it unless it is forced", async (args, made) => {
  const { code, stderr } = await cubicle(args, { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^cubicle: runs\/a\.jsonl holds real people's words: .*ours, is private.*--force-private\.\n$/,
  );
  expect(existsSync(join(cwd, made))).toBe(false);
  await succeed([...args, "--force-private"], { cwd });
  expect(existsSync(join(cwd, made))).toBe(true);
});
