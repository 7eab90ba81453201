import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const action of undo.splice(0).toReversed()) action();
});

/** A disk of its own, or nothing where mounting is not allowed. */
function mountSmallDisk(path: string, kilobytes: number): boolean {
  mkdirSync(path);
  try {
    const options = `size=${kilobytes}k,mode=755`;
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "cubicle-test", path], { stdio: "pipe" });
  } catch {
    return false;
  }
  undo.push(() => execFileSync("umount", [path]));
  return true;
}

const writes = `export async function agent({ tools }) {
  for (let i = 0; i < 40; i++) {
    await tools.write_file({ path: "/wren/notes-" + i + ".md", text: String(i).repeat(20_000) });
  }
}\n`;

const full =
  "The disk is full. What was recorded is kept: free some space, then resume the recording.";

// Sizes that fill up at the header, within one call's line, and close to the end.
test.for([32, 200, 404, 1500])(
  "a disk of %i KiB that fills up: one line, exit 2, and what there is resumes elsewhere",
  async (kilobytes, { skip }) => {
    const folder = createFolder();
    undo.push(() => folder[Symbol.dispose]());
    const cwd = folder.path;
    const disk = join(cwd, "disk");
    if (!mountSmallDisk(disk, kilobytes)) skip("mount is refused here: run this as root");
    writeFileSync(join(cwd, "writes.ts"), writes);
    const args = ["run", "handover", "-a", "./writes.ts", "-o"];
    await succeed([...args, "whole.jsonl"], { cwd });
    const whole = readFileSync(join(cwd, "whole.jsonl"));
    expect(whole.length).toBeGreaterThan(1024 * kilobytes);

    const { code, stdout, stderr } = await cubicle([...args, "disk/part.jsonl"], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `cubicle: ${full}\n` });
    expect(stdout).not.toContain("Recorded in");
    if (!readdirSync(disk).includes("part.jsonl")) {
      // Not even its header found room: there is nothing to keep, and nothing is left lying about.
      expect({ kilobytes, left: readdirSync(disk) }).toEqual({ kilobytes: 32, left: [] });
      return;
    }
    const part = readFileSync(join(disk, "part.jsonl"));
    expect(whole.subarray(0, part.length).equals(part)).toBe(true);
    expect(part.length).toBeGreaterThan(1024 * kilobytes - 64 * 1024);
    expect(readRecording(part).end).toBeUndefined();

    // On the full disk it can't go on, and must lose nothing by trying.
    const stuck = await cubicle(["resume", "disk/part.jsonl"], { cwd });
    expect(stuck.code).toBe(2);
    expect(stuck.stderr).toMatch(/^cubicle: .*disk is full.*\n$/);
    expect(readFileSync(join(disk, "part.jsonl")).equals(part)).toBe(true);
    expect(readdirSync(disk)).toEqual(["part.jsonl"]);

    copyFileSync(join(disk, "part.jsonl"), join(cwd, "moved.jsonl"));
    await succeed(["resume", "moved.jsonl"], { cwd });
    expect(readFileSync(join(cwd, "moved.jsonl")).equals(whole)).toBe(true);
  },
);

test("the day after a full disk: with room again, resume in place", async ({ skip }) => {
  const folder = createFolder();
  undo.push(() => folder[Symbol.dispose]());
  const cwd = folder.path;
  const disk = join(cwd, "disk");
  if (!mountSmallDisk(disk, 300)) skip("mount is refused here: run this as root");
  writeFileSync(join(cwd, "writes.ts"), writes);
  const args = ["run", "handover", "-a", "./writes.ts", "-o"];
  await succeed([...args, "whole.jsonl"], { cwd });
  expect((await cubicle([...args, "disk/part.jsonl"], { cwd })).code).toBe(2);
  execFileSync("mount", ["-o", "remount,size=8m", disk]);
  await succeed(["resume", "disk/part.jsonl"], { cwd });
  const whole = readFileSync(join(cwd, "whole.jsonl"));
  expect(readFileSync(join(disk, "part.jsonl")).equals(whole)).toBe(true);
  expect(readdirSync(disk)).toEqual(["part.jsonl"]);
});
