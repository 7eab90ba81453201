import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeMember } from "../../recordings/bundle.ts";
import type { Member } from "../../recordings/bundle.ts";
import { detectorsVersion } from "../../detectors/registry.ts";
import { sha256 } from "../../recordings/chain.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Finding } from "../../recordings/verdict.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, linesOf, succeed } from "../helpers/cli.ts";
import { createBench, createFolder } from "../helpers/simulate.ts";
import { bundleOf } from "../helpers/zips.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };
const read = (name: string) => readFileSync(join(cwd, name));
const write = (name: string, bytes: string | Uint8Array) => writeFileSync(join(cwd, name), bytes);

/** A whole recording, a fork of it with a hand in it, one without its end, one with a byte changed. */
beforeAll(async () => {
  writeAcorn(cwd);
  mkdirSync(join(cwd, "runs/deep"), { recursive: true });
  using bench = createBench();
  const fixture = join(cwd, "acorn");
  const leaks = join(cwd, "runs/leaks.jsonl");
  await bench.simulator.run({ fixture, agent: "script/leaks", file: leaks }).result;
  const refuse = { author: "ada", act: { does: "refuse" as const, reason: "No." } };
  const file = join(cwd, "runs/deep/fork.jsonl");
  await bench.simulator.fork(leaks, { at: 4, interventions: [refuse], fixture, file }).result;
  const lines = linesOf(cwd, "runs/leaks.jsonl");
  write("runs/cut.jsonl", `${lines.slice(0, 9).join("\n")}\n{"torn`);
  const digest = readRecording(read("runs/leaks.jsonl")).header.fixture.digest.slice(0, 12);
  listed = listing(digest);
});
afterAll(() => folder[Symbol.dispose]());

let listed: string;
const listing = (digest: string) => `cut.jsonl
  acorn ${digest} · script/leaks · seed 1 · mood=calm
  no end yet, 2 calls · no findings
deep/fork.jsonl
  acorn ${digest} · script/leaks · seed 1 · mood=calm
  finished, 5 calls · 1 finding: leak (high) · forked after call 4 of leaks.jsonl · someone took a hand in it
leaks.jsonl
  acorn ${digest} · script/leaks · seed 1 · mood=calm
  finished, 5 calls · 1 finding: leak (high)
`;

test("recordings go into one file, are listed, and come out again byte for byte", async () => {
  const made = await succeed(["bundle", "runs"], here);
  const kilobytes = Math.ceil(read("runs.cubicle").length / 1000);
  expect(made).toBe(`${listed}
runs.cubicle: 3 recordings, ${kilobytes} kB. To try next:
  npx cubicle show runs.cubicle  # what is in it
`);
  const shown = await succeed(["show", "runs.cubicle"], here);
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(shown).toBe(
    `runs.cubicle  3 recordings · written by cubicle ${version} · judged now by ${detectorsVersion}\n\n${listed}`,
  );
  const out = await succeed(["unbundle", "runs.cubicle", "-o", "out/of"], here);
  expect(out).toBe(`${listed}\nout/of: 3 of 3 recordings.\n`);
  for (const name of ["cut.jsonl", "deep/fork.jsonl", "leaks.jsonl"])
    expect(read(`out/of/${name}`).equals(read(`runs/${name}`))).toBe(true);

  const again = [
    "bundle",
    "runs.cubicle",
    "runs/leaks.jsonl",
    "runs/leaks.jsonl",
    "-o",
    "again.cubicle",
    "--json",
  ];
  const { recordings } = JSON.parse(await succeed(again, here)) as { recordings: Member[] };
  expect(recordings.map(({ name }) => name)).toEqual([
    "cut.jsonl",
    "deep/fork.jsonl",
    "leaks-2.jsonl",
    "leaks.jsonl",
  ]);
});

test("a bundle's recording stands wherever a recording does", async () => {
  await succeed(["bundle", "runs", "-o", "some.cubicle"], here);
  const leaks = "some.cubicle:leaks.jsonl";
  const shown = await cubicle(["show", "some.cubicle:leaks"], here);
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toContain("The agent finished after 5 calls");
  const replayed = await cubicle(["replay", "some.cubicle", "--fixture", "acorn"], here);
  expect(replayed).toMatchObject({ code: 3, stderr: "" });
  expect(replayed.stdout)
    .toBe(`no end   some.cubicle:cut.jsonl: 2 calls equal, 0 not as far as it goes. Go on with: npx cubicle unbundle some.cubicle, then resume
equal    some.cubicle:deep/fork.jsonl: 5 calls equal, 0 not
equal    ${leaks}: 5 calls equal, 0 not
2 of 3 recordings equal.
`);
  await succeed(["fork", leaks, "--at", "5", "--fixture", "acorn"], here);
  expect(readRecording(read("leaks-at-5.jsonl")).header.lineage.parent).toMatchObject({ call: 5 });
  expect(readdirSync(cwd).filter((name) => name.startsWith("some."))).toEqual(["some.cubicle"]);
});

test.each([
  ["bundle", "runs", "runs.cubicle"],
  ["unbundle", "runs.cubicle", "runs"],
])("%s writes over nothing", async (command, from, out) => {
  const before = readdirSync(cwd);
  expect(await cubicle([command, from, "--out", out], here)).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr: `cubicle: ${out} is there already, and nothing is written over. Choose another --out.\n`,
  });
  expect(readdirSync(cwd)).toEqual(before);
});

function memberOf(name: string, more: Partial<Member> = {}): Member {
  const bytes = read(`runs/${name}`);
  return { ...describeMember(name, bytes, readRecording(bytes), {}), ...more };
}

test("what can't be read is left out of a bundle, and named", async () => {
  mkdirSync(join(cwd, "mixed"));
  write("mixed/good.jsonl", read("runs/leaks.jsonl"));
  write("mixed/bad.jsonl", read("runs/leaks.jsonl").toString("utf8").replace("Ann Oak", "Ann Elm"));
  const made = await cubicle(["bundle", "mixed", "--json"], here);
  expect(made).toMatchObject({ code: 2, stderr: "" });
  expect(JSON.parse(made.stdout)).toMatchObject({
    file: "mixed.cubicle",
    recordings: [{ name: "good.jsonl" }],
    faulty: [{ name: "mixed/bad.jsonl", problem: /Line 1 has been changed/ }],
  });
});

test("a stranger's bundle: what it claims and what is damaged is told, the rest comes out", async () => {
  const leaks = read("runs/leaks.jsonl");
  const lines = linesOf(cwd, "runs/leaks.jsonl");
  lines[3] = lines[3]!.replace(/"at":"2026/, '"at":"2027');
  const changed = Buffer.from(`${lines.join("\n")}\n`);
  const base = memberOf("leaks.jsonl");
  const none = { [detectorsVersion]: { findings: [] } };
  const finding: Finding = {
    kind: "coercion",
    severity: "low",
    status: "executed",
    origin: { by: "unclear", span: null },
    confidence: 1,
    seq: 2,
    evidence: [],
    summary: "",
  };
  const old = { "detectors-00000000": { findings: [finding] } };
  write(
    "strange.cubicle",
    bundleOf([
      [{ ...base, name: "lies.jsonl", agent: "script/kind\u001b[2J", verdicts: none }, leaks],
      [{ ...base, name: "old.jsonl", verdicts: old }, leaks],
      [{ ...base, name: "forged.jsonl", sha256: "0".repeat(64) }, leaks],
      [{ ...base, name: "changed.jsonl", bytes: changed.length, sha256: sha256(changed) }, changed],
      [{ ...base, name: "text.jsonl", bytes: 5, sha256: sha256("hello") }, "hello"],
      [{ ...base, name: "../up.jsonl" }, leaks],
      [{ ...base, name: "good.jsonl", verdicts: {} }, leaks],
    ]),
  );
  const { code, stdout } = await cubicle(["unbundle", "strange.cubicle"], here);
  expect(code).toBe(3);
  const told = stdout.split("\n").filter((line) => /^\S|differs|damaged/.test(line));
  expect(told).toEqual([
    "lies.jsonl",
    '  differs  the manifest says agent "script/kind\\u001b[2J"; it is "script/leaks"',
    `  differs  the bundle says ${detectorsVersion} found no findings; the same detectors find 1 finding: leak (high)`,
    "old.jsonl",
    `  differs  the bundle says detectors-00000000 found 1 finding: coercion (low); ${detectorsVersion}, today, find others: 1 finding: leak (high)`,
    "good.jsonl",
    "../up.jsonl",
    "  damaged  what the manifest says of it is wrong: name is no name of a recording",
    "forged.jsonl",
    "  damaged  it is not the recording that the manifest tells of: its SHA-256 differs",
    "changed.jsonl",
    "  damaged  Line 4 has been changed or damaged: it does not fit behind the lines before it. Nothing from there on can be trusted.",
    "text.jsonl",
    "  damaged  This is not a recording: its first line has no end.",
    "strange: 3 of 7 recordings.",
  ]);
  expect(readdirSync(join(cwd, "strange")).toSorted()).toEqual([
    "good.jsonl",
    "lies.jsonl",
    "old.jsonl",
  ]);
  const shown = await cubicle(["show", "strange.cubicle:old"], here);
  expect(shown).toMatchObject({
    code: 0,
    stderr: `${told[4]!.trim()}\n`,
  });
  const replayed = await cubicle(["replay", "strange.cubicle", "--fixture", "acorn"], here);
  expect(replayed.stdout).toContain("3 of 7 recordings equal.");
  expect(replayed.stdout).toContain(
    "can't    strange.cubicle:../up.jsonl can't be read: what the manifest says of it is wrong",
  );
});
