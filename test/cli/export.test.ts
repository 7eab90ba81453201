import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { headerSchema } from "../../interchange/inspect/schema.ts";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { parseCsv } from "../helpers/csv.ts";
import { entriesOf } from "../helpers/inspect-logs.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };
const read = (path: string) => readFileSync(join(cwd, path));
const headerOf = (path: string) => headerSchema.parse(entriesOf(read(path))["header.json"]);

beforeAll(async () => {
  writeAcorn(cwd);
  mkdirSync(join(cwd, "runs/deep"), { recursive: true });
  for (const [agent, seed, file] of [
    ["leaks", "1", "runs/a.jsonl"],
    ["leaks", "2", "runs/b.jsonl"],
    ["helps", "1", "runs/deep/c.jsonl"],
  ] as const) {
    await succeed(["run", "./acorn", "-a", `script/${agent}`, "--seed", seed, "-o", file], here);
  }
});
afterAll(() => folder[Symbol.dispose]());

test("a folder becomes logs, one a fixture and agent, and says which", async () => {
  const printed = await succeed(["export", "runs", "--format", "inspect", "--out", "logs"], here);
  const names = readdirSync(join(cwd, "logs")).toSorted();
  expect(names).toHaveLength(2);
  expect(names.every((name) => /^2026-03-27T09-00-00\+00-00_acorn_\w{22}\.eval$/.test(name))).toBe(
    true,
  );
  expect(printed.trimEnd().split("\n").toSorted()).toEqual(
    names
      .map((name) => {
        const count = headerOf(`logs/${name}`).results!.total_samples;
        return `written  logs/${name}: ${count} recording${count > 1 ? "s" : ""}`;
      })
      .toSorted(),
  );
  expect(names.map((name) => headerOf(`logs/${name}`).results!.total_samples).toSorted()).toEqual([
    1, 2,
  ]);
});

test("the tables have a row an episode and a row a call; --json says what was written", async () => {
  const args = ["export", "runs", "-f", "csv", "-o", "tables", "--json"];
  expect(JSON.parse(await succeed(args, here))).toEqual({
    format: "csv",
    written: [
      { file: "tables/episodes.csv", recordings: 3 },
      { file: "tables/calls.csv", recordings: 3 },
    ],
    repeated: [],
    unreadable: [],
  });
  const [, ...episodes] = parseCsv(read("tables/episodes.csv").toString("utf8"));
  expect(episodes.map((row) => row.slice(1, 3))).toEqual([
    ["runs/a.jsonl", "acorn"],
    ["runs/b.jsonl", "acorn"],
    ["runs/deep/c.jsonl", "acorn"],
  ]);
  const [, ...calls] = parseCsv(read("tables/calls.csv").toString("utf8"));
  expect(calls).toHaveLength(5 + 5 + 3);
  expect(readdirSync(join(cwd, "tables")).toSorted()).toEqual(["calls.csv", "episodes.csv"]);
});

test("a single log may be given a name, two may not", async () => {
  expect(await succeed(["export", "runs/a.jsonl", "-f", "inspect", "-o", "one.eval"], here)).toBe(
    "written  one.eval: 1 recording\n",
  );
  expect(await cubicle(["export", "runs", "-f", "inspect", "-o", "two.eval"], here)).toMatchObject({
    code: 2,
    stdout: "",
    stderr:
      "cubicle: These recordings make 2 logs, one a fixture and agent: give a folder as --out.\n",
  });
  expect(existsSync(join(cwd, "two.eval"))).toBe(false);
});

test.each([
  ["inspect", "there.eval", "there.eval"],
  ["csv", "there", "there/calls.csv"],
])("%s: what is there already is not written over", async (format, out, file) => {
  mkdirSync(join(cwd, "there"), { recursive: true });
  writeFileSync(join(cwd, file), "mine\n");
  expect(await cubicle(["export", "runs/a.jsonl", "-f", format, "-o", out], here)).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr: `cubicle: ${file} is there already, and nothing is written over. Choose another --out.\n`,
  });
  expect(read(file).toString()).toBe("mine\n");
  expect(readdirSync(join(cwd, "there"))).toEqual(["calls.csv"].filter(() => format === "csv"));
});

test.each(["inspect", "csv"])(
  "%s: what is no good recording is told, the rest exported",
  async (format) => {
    const mixed = join(cwd, `mixed-${format}`);
    mkdirSync(mixed);
    const bytes = read("runs/a.jsonl");
    copyFileSync(join(cwd, "runs/a.jsonl"), join(mixed, "a.jsonl"));
    copyFileSync(join(cwd, "runs/a.jsonl"), join(mixed, "again.jsonl"));
    writeFileSync(join(mixed, "cut.jsonl"), bytes.subarray(0, bytes.lastIndexOf('{"kind":"end"')));
    writeFileSync(
      join(mixed, "changed.jsonl"),
      bytes.toString("utf8").replace("May Ben", "May Tom"),
    );
    writeFileSync(join(mixed, "notes.jsonl"), "{}\n");
    const args = ["export", `mixed-${format}`, "-f", format, "-o", `out-${format}`];
    const { code, stdout, stderr } = await cubicle(args, here);
    expect([code, stderr]).toEqual([2, ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(
        /^can't {4}mixed-\w+\/changed\.jsonl: Line \d+ has been changed or damaged/,
      ),
      `can't    mixed-${format}/notes.jsonl: This is not a recording: its first line is no header.`,
      `again    mixed-${format}/again.jsonl: the same as mixed-${format}/a.jsonl, exported once`,
    ]);
    expect(lines.slice(3).every((line) => /^written .*: 2 recordings$/.test(line))).toBe(true);
  },
);

test("nothing that can be read: nothing is written, exit 2", async () => {
  writeFileSync(join(cwd, "bad.jsonl"), "{}\n");
  for (const format of ["inspect", "csv"]) {
    const { code, stdout } = await cubicle(
      ["export", "bad.jsonl", "-f", format, "-o", "none"],
      here,
    );
    expect([code, stdout]).toEqual([
      2,
      "can't    bad.jsonl: This is not a recording: its first line is no header.\n",
    ]);
    expect(existsSync(join(cwd, "none")) ? readdirSync(join(cwd, "none")) : []).toEqual([]);
  }
  expect(await cubicle(["export", "gone.jsonl", "-f", "csv", "-o", "none"], here)).toMatchObject({
    code: 2,
    stdout: "can't    gone.jsonl can't be read: there is no such file.\n",
  });
});

test("recordings without an end are exported as far as they go", async () => {
  const bytes = read("runs/a.jsonl");
  writeFileSync(join(cwd, "cut.jsonl"), bytes.subarray(0, bytes.length - 30));
  await succeed(["export", "cut.jsonl", "-f", "inspect", "-o", "cut.eval"], here);
  expect(headerOf("cut.eval")).toMatchObject({
    status: "cancelled",
    results: { total_samples: 1, completed_samples: 0 },
  });
  const { events } = readRecording(bytes);
  expect(headerOf("cut.eval").stats.completed_at).toBe(events.at(-2)!.at);
});
