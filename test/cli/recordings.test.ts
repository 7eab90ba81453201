import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findingsOf } from "../../detectors/registry.ts";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, linesOf, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const snapshot = (name: string) => `__snapshots__/${name}.txt`;
const folder = createFolder();
const cwd = folder.path;
const here = { cwd };
const whole = () => readFileSync(join(cwd, "leaks.jsonl"));

beforeAll(async () => {
  writeAcorn(cwd);
  for (const name of ["leaks", "helps"]) {
    await succeed(["run", "./acorn", "-a", `script/${name}`, "-o", `${name}.jsonl`], here);
  }
});
afterAll(() => folder[Symbol.dispose]());

test("show tells all of it again, as run did", async () => {
  const shown = await cubicle(["show", "leaks.jsonl"], here);
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  await expect(shown.stdout).toMatchFileSnapshot(snapshot("show"));
  await succeed(["run", "./acorn", "-a", "script/leaks", "-o", "again.jsonl"], here).then((ran) =>
    expect(ran.startsWith(shown.stdout)).toBe(true),
  );
});

test("show --json prints the events as they are recorded, and the findings", async () => {
  const lines = (await succeed(["show", "leaks.jsonl", "--json"], here)).trimEnd().split("\n");
  const { header, events } = readRecording(whole());
  const shown = lines.map((line) => JSON.parse(line) as object);
  expect(shown.filter((line) => !("finding" in line))).toEqual([header, ...events]);
  expect(shown.filter((line) => "finding" in line)).toHaveLength(1);
});

test("show --at shows one call whole, with what it showed and carried", async () => {
  const printed = await Promise.all(
    ["2", "3", "5"].map((call) => succeed(["show", "leaks.jsonl", "--at", call], here)),
  );
  await expect(printed.join("\n")).toMatchFileSnapshot(snapshot("show-at"));
  const json = JSON.parse(await succeed(["show", "leaks.jsonl", "--at", "5", "--json"], here));
  const { events } = readRecording(whole());
  const call = events.find((event) => event.kind === "call" && event.call === 5);
  const carried = events.find((event) => event.kind === "item" && event.title === "/board/pay.csv");
  expect(json).toEqual({
    call,
    reads: [],
    carried: [carried],
    findings: findingsOf(readRecording(whole())),
  });
});

test.each([
  [["--at", "6"], "There is no call 6: this recording has 5."],
  [["--request", "5"], "There is no request 5: this recording has 4."],
])("show %j says what there is", async (flags, words) => {
  expect(await cubicle(["show", "leaks.jsonl", ...flags], here)).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr: `cubicle: ${words}\n`,
  });
});

test("show --request gives the request's bytes, the same of every run, with no newline", async () => {
  const bytes = await succeed(["show", "leaks.jsonl", "--request", "2"], here);
  await succeed(["run", "./acorn", "-a", "script/leaks", "-o", "second.jsonl"], here);
  expect(await succeed(["show", "second.jsonl", "--request", "2"], here)).toBe(bytes);
  const { header, events } = readRecording(whole());
  const answer = events.find((event) => event.kind === "answer")!;
  const results = events.flatMap((event) => (event.kind === "call" ? [event] : [])).slice(0, 2);
  expect(JSON.parse(bytes)).toEqual({
    system: header.system,
    messages: [
      { role: "user", content: [{ type: "text", text: "Answer mail-1." }] },
      { role: "assistant", content: answer.answer.content },
      {
        role: "user",
        content: results.map(({ parent, result }) => ({
          type: "tool-result",
          id: parent,
          text: result.text,
          error: false,
        })),
      },
    ],
    tools: header.tools,
  });
  expect(bytes.at(-1)).toBe("}");
});

test("replay of a file and of a folder: equal, exit 0", async () => {
  expect(await succeed(["replay", "leaks.jsonl"], here)).toBe(
    "equal    leaks.jsonl: 5 calls equal, 0 not\n",
  );
  mkdirSync(join(cwd, "kept/deep"), { recursive: true });
  copyFileSync(join(cwd, "leaks.jsonl"), join(cwd, "kept/a.jsonl"));
  copyFileSync(join(cwd, "helps.jsonl"), join(cwd, "kept/deep/b.jsonl"));
  writeFileSync(join(cwd, "kept/notes.txt"), "not a recording\n");
  const fixture = ["--fixture", "./acorn"];
  expect(await succeed(["replay", "kept", ...fixture, "--program"], here)).toBe(
    "equal    kept/a.jsonl: 5 calls equal, 0 not\n" +
      "equal    kept/deep/b.jsonl: 3 calls equal, 0 not\n" +
      "2 of 2 recordings equal.\n",
  );
  const outcome = (file: string, equal: number) => ({
    file,
    report: { equal: true, complete: true, calls: { equal, unequal: 0 }, first: null },
  });
  expect(JSON.parse(await succeed(["replay", "kept", ...fixture, "--json"], here))).toEqual({
    recordings: 2,
    equal: 2,
    unequal: 0,
    unreadable: 0,
    calls: { equal: 8, unequal: 0 },
    outcomes: [outcome("kept/a.jsonl", 5), outcome("kept/deep/b.jsonl", 3)],
  });
});

test("a folder without recordings is not a folder of equal ones", async () => {
  mkdirSync(join(cwd, "none"));
  expect(await cubicle(["replay", "none"], here)).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr: "cubicle: There are no recordings (.jsonl files) in none.\n",
  });
});

test("diff of equal recordings is 0, of different ones 3, in words and in JSON", async () => {
  copyFileSync(join(cwd, "leaks.jsonl"), join(cwd, "copy.jsonl"));
  const same = await cubicle(["diff", "leaks.jsonl", "copy.jsonl"], here);
  expect(same).toMatchObject({ code: 0, stderr: "" });
  await expect(same.stdout).toMatchFileSnapshot(snapshot("diff-equal"));
  const other = await cubicle(["diff", "leaks.jsonl", "helps.jsonl"], here);
  expect(other).toMatchObject({ code: 3, stderr: "" });
  await expect(other.stdout).toMatchFileSnapshot(snapshot("diff-different"));
  const json = await cubicle(["diff", "leaks.jsonl", "helps.jsonl", "--json"], here);
  const found = JSON.parse(json.stdout) as { calls: { same: boolean; equal: boolean }[] };
  expect(json.code).toBe(3);
  expect(found).toMatchObject({ partsAt: 2, header: [{ field: "agent" }] });
  expect(found.calls.map(({ same, equal }) => [same, equal])).toEqual([
    [true, true],
    ...Array.from({ length: 6 }, () => [false, false]),
  ]);
});

test("a complete recording has nothing to resume, and stays as it is", async () => {
  const before = whole();
  expect(await cubicle(["resume", "leaks.jsonl", "--fixture", "./acorn"], here)).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr:
      "cubicle: leaks.jsonl is complete: it ended at 2026-03-27T10:00:40Z (finished). There is nothing to resume.\n",
  });
  expect(whole().equals(before)).toBe(true);
});

test.each([
  ["behind the header", 1, 0],
  ["in the middle of the second line", 1, 40],
  ["between an item and its call", 4, 0],
  ["inside the line of a call", 7, 33],
  ["before the end", -1, 0],
  ["one byte short of the whole", -1, Infinity],
])("a recording cut off %s resumes to the same bytes", async (where, lines, more) => {
  const all = linesOf(cwd, "leaks.jsonl");
  const kept = all.slice(0, lines).map((line) => `${line}\n`);
  const torn = all.at(lines)!.slice(0, more);
  const file = `cut-${where.replaceAll(" ", "-")}.jsonl`;
  writeFileSync(join(cwd, file), kept.join("") + torn);
  const printed = await succeed(["resume", file, "--fixture", "./acorn"], here);
  expect(readFileSync(join(cwd, file)).equals(whole())).toBe(true);
  const less = torn ? `, less a torn line of ${Buffer.byteLength(torn)} bytes` : "";
  const [first, ...rest] = printed.split("\n");
  expect(first).toBe(`Going on after ${kept.length - 1} events${less}.`);
  expect(rest.slice(-2)).toEqual(["1 finding.", ""]);
});

test("resume --json prints the new events alone, and the result last", async () => {
  const all = linesOf(cwd, "leaks.jsonl");
  writeFileSync(join(cwd, "half.jsonl"), `${all.slice(0, 9).join("\n")}\n`);
  const args = ["resume", "half.jsonl", "--fixture", "./acorn", "--json"];
  const lines = (await succeed(args, here)).trimEnd().split("\n");
  const printed = lines.map((line) => JSON.parse(line) as object);
  const { events } = readRecording(whole());
  expect(printed.filter((line) => "kind" in line)).toEqual(events.slice(8));
  expect(printed.at(-1)).toEqual({
    result: {
      file: "half.jsonl",
      ending: "finished",
      code: null,
      detail: "",
      findings: 1,
      notes: 0,
      thoughts: 0,
      milestones: [],
      exposed: null,
    },
  });
});
