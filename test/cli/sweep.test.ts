import {
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFolderStore } from "../../sweeps/folder-store.ts";
import type { Run, RunQuery } from "../../sweeps/store.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { digestsIn, recordingsIn, writeSweep } from "../helpers/sweeps.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };
const sweep = ["sweep", "sweep.yaml"];
const out = join(cwd, "out");
let table: string;
let paths: string[];

beforeAll(async () => {
  writeSweep(cwd);
  table = await succeed(sweep, here);
  paths = [...recordingsIn(out).keys()];
});
afterAll(() => folder[Symbol.dispose]());

function runs(query: RunQuery = {}): Run[] {
  using store = openFolderStore(out);
  expect(store.sync()).toEqual([]);
  return store.find(query);
}

test("every agent runs in every condition, each with its own seeds, and all is kept", async () => {
  await expect(table).toMatchFileSnapshot("__snapshots__/sweep.txt");
  const found = JSON.parse(await succeed(["runs", "out", "--json"], here)) as Run[];
  expect(found.map(({ path }) => path)).toEqual(paths);
  const cells = found.map(({ agent, condition, seed, ending, verdict }) =>
    [agent, condition["mood"], seed, ending, verdict.harms.map(({ kind }) => kind)].join(" "),
  );
  expect(cells.toSorted()).toEqual([
    "script/helps calm 1 finished ",
    "script/helps calm 2 finished ",
    "script/helps urgent 1 finished ",
    "script/helps urgent 2 finished ",
    "script/leaks calm 1 finished leak",
    "script/leaks calm 2 finished leak",
    "script/leaks urgent 1 finished leak",
    "script/leaks urgent 2 finished leak",
  ]);
});

test("runs narrows by agent, condition, ending, what was found, and words", async () => {
  const count = (query: RunQuery) => runs(query).length;
  expect(count({ agent: "script/leaks", condition: { mood: "calm" } })).toBe(2);
  expect(count({ condition: { "mood' OR 1=1 --": "calm" } })).toBe(0);
  expect(count({ harm: "leak", text: "PAY.CSV" })).toBe(4);
  expect(count({ harm: "any", fixture: "acorn", ending: "finished" })).toBe(4);
  expect(count({ ending: "failed" })).toBe(0);
  const flags = ["--found", "--agent", "script/leaks", "--set", "mood=calm", "--limit", "1"];
  expect(await succeed(["runs", "out", ...flags], here)).toMatch(
    /^recording .*\nacorn-leaks-calm-\w+\/1\.jsonl\.zst +finished +5 +0 +leak\n2 recordings, of which 1 are shown \(--limit\)\.\n$/,
  );
});

test("a recording of a sweep is one as any other: replayed as it lies there", async () => {
  const replayed = await succeed(["replay", `out/${paths[0]}`, "--fixture", "./acorn"], here);
  expect(replayed).toMatch(/^equal .*: 3 calls equal, 0 not\n$/);
});

test("resume repeats nothing that is whole, and makes what is missing byte for byte", async () => {
  const [whole, digests] = [recordingsIn(out), digestsIn(out)];
  const [lost, torn, kept] = paths.map((path) => join(out, path));
  const before = statSync(kept!).mtimeMs;
  renameSync(lost!, join(cwd, "elsewhere"));
  // Killed in the middle of a line.
  const half = torn!.replace(/\.zst$/, "");
  writeFileSync(half, whole.get(paths[1]!)!.slice(0, -400));
  renameSync(torn!, join(cwd, "elsewhere"));

  // Killed between packing and removing what it was packed from.
  writeFileSync(kept!.replace(/\.zst$/, ""), whole.get(paths[2]!)!);

  const refused = await cubicle(sweep, here);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toBe(
    "cubicle: There is a sweep in out already. Go on with it: --resume. Or begin another with --out.\n",
  );
  const lines = (await succeed([...sweep, "--resume", "--json"], here)).trimEnd().split("\n");
  const said = lines.map((line) => JSON.parse(line) as Record<string, { path: string }>);
  expect(said.flatMap(({ episode }) => episode?.path ?? []).toSorted()).toEqual(paths.slice(0, 2));
  expect(said.at(-1)).toEqual({
    sweep: {
      folder: "out",
      why: "all",
      lost: 0,
      episodes: 8,
      errored: 0,
      spent: { input: 0, output: 0, cost: 0 },
    },
  });
  expect(digestsIn(out)).toEqual(digests);
  expect(statSync(kept!).mtimeMs).toBe(before);
});

test("an index that is lost, damaged or behind is made from the recordings", async () => {
  const [before, index] = [runs(), join(out, ".index.sqlite")];
  writeFileSync(index, "no database at all, and longer than a header of one would be ".repeat(20));
  expect(runs()).toEqual(before);
  expect(JSON.parse(await succeed(["runs", "out", "--rebuild", "--json"], here))).toEqual(before);
  const copy = join(out, "copy.jsonl.zst");
  copyFileSync(join(out, paths.at(-1)!), copy);
  expect(runs().map(({ path }) => path)).toEqual([...paths, "copy.jsonl.zst"].toSorted());
  truncateSync(copy, 500);
  const { code, stdout, stderr } = await cubicle(["runs", "out", "--json"], here);
  rmSync(copy);
  expect({ code, runs: JSON.parse(stdout) as Run[] }).toEqual({ code: 2, runs: before });
  expect(stderr).toMatch(/copy\.jsonl\.zst can't be unpacked: it is damaged, or was cut off/);
});

test("what has changed since a sweep began is named, and the sweep left as it is", async () => {
  const [path, manifest] = [join(cwd, "acorn/prompts/task.md"), join(out, "sweep.json")];
  const [text, before] = [readFileSync(path, "utf8"), readFileSync(manifest, "utf8")];
  writeFileSync(path, `${text}Soon.\n`);
  const { code, stderr } = await cubicle([...sweep, "--resume"], here);
  writeFileSync(path, text);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^cubicle: The sweep in out was begun otherwise: the fixture acorn was [0-9a-f]{12}, and is [0-9a-f]{12}\. Put it back to go on, or begin another with --out\. What was recorded is kept\.\n$/,
  );
  expect(readFileSync(manifest, "utf8")).toBe(before);
});

test("a dry run tells what it would take, and touches nothing", async () => {
  const said = await succeed([...sweep, "--dry-run", "--json", "--out", "dry"], here);
  expect(JSON.parse(said)).toMatchObject({
    episodes: 8,
    cells: { length: 4 },
    input: { least: 0, most: 0 },
    cost: { least: 0, most: 0 },
    measured: { "./acorn": { scripts: 2, questions: { least: 3, most: 4 } } },
  });
  expect(statSync(join(cwd, "dry"), { throwIfNoEntry: false })).toBeUndefined();
});

test("mistakes are all told, each at its line and column", async () => {
  writeFileSync(
    join(cwd, "bad.yaml"),
    `sweep: 1
title: Bad
fixtures: [./acorn, nowhere]
conditions:
  tone: all
  mood: [calm, "gl\\u001b[31mad"]
agents:
  - script/nobody
  - { agent: anthropic/some-model, sampling: { effort: high } }
  - { agent: ./gone.ts }
`,
  );
  const { code, stdout, stderr } = await cubicle(["sweep", "bad.yaml"], here);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  // Where it was looked for depends on where this is.
  const told = stderr
    .replace(/Looked at: .*?nowhere\. /, "")
    .replace(/(?<=Known by name: )[^;]*/, "handover and others");
  expect(told).toBe(`cubicle: bad.yaml:5:3: acorn has no variable "tone"; it has: mood
bad.yaml:6:16: mood can't be "glad" in acorn; it can be: calm, urgent
bad.yaml:3:21: There is no fixture "nowhere". Known by name: handover and others; else give the path of a fixture's folder, or more folders in CUBICLE_FIXTURES.
bad.yaml:8:5: acorn has no agent "nobody"; it has: script/helps, script/leaks.
bad.yaml:9:5: anthropic/some-model needs a key: set ANTHROPIC_API_KEY, or choose an offline agent such as script/NAME.
bad.yaml:10:5: The program ./gone.ts can't be read: there is no such file.
`);
});
