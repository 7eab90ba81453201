import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256 } from "../../recordings/chain.ts";
import { acorn, writeAcorn } from "../helpers/acorn.ts";
import { cubicle, linesOf, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
let whole: string;

beforeAll(async () => {
  writeAcorn(cwd);
  await succeed(["run", "./acorn", "-a", "script/leaks", "-o", "leaks.jsonl"], { cwd });
  whole = readFileSync(join(cwd, "leaks.jsonl"), "utf8");
  mkdirSync(join(cwd, "runs"));
});
afterAll(() => folder[Symbol.dispose]());

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

/** What the command says of it: one clear line on standard error, and nothing else. */
async function refused(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cubicle(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^cubicle: .+\n$/);
  expect(readdirSync(join(cwd, "runs"))).toEqual([]);
  return stderr.slice("cubicle: ".length, -1);
}

test("a recording of a newer schema: told which version reads it", async () => {
  const line = linesOf(cwd, "leaks.jsonl")[0]!;
  const file = write("newer.jsonl", `${line.replace('"schema":1', '"schema":2')}\n`);
  const { cubicle: version } = JSON.parse(line) as { cubicle: string };
  const words = `newer.jsonl: This recording is of schema 2; this cubicle reads up to 1. Use the version that wrote it (${version}) or a newer one.`;
  for (const args of [
    ["show", file],
    ["resume", file],
    ["diff", "leaks.jsonl", file],
  ]) {
    expect(await refused(...args)).toBe(words);
  }
});

test.each([
  ["an empty file", "", "The recording is empty: nothing was ever written to it."],
  [
    "a first line without its end",
    '{"kind":"header"',
    "This is not a recording: its first line has no end.",
  ],
  ["something else", "name,age\nann,40\n", "This is not a recording: its first line is no header."],
  [
    "bytes that are no text",
    Uint8Array.of(0xff, 0xfe, 0, 10, 0, 10),
    "This is not a recording: its first line is no header.",
  ],
])("%s is no recording", async (name, content, words) => {
  const file = write(`${name.replaceAll(" ", "-")}.jsonl`, content);
  expect(await refused("show", file)).toBe(`${file}: ${words}`);
});

test("a folder, and a file that is not there", async () => {
  expect(await refused("show", "acorn")).toBe(
    "acorn is a folder; give a recording in it (a .jsonl file).",
  );
  expect(await refused("resume", "none.jsonl")).toBe(
    "none.jsonl can't be read: there is no such file.",
  );
  expect(await refused("diff", "leaks.jsonl", "leaks.jsonl/x")).toMatch(
    /^leaks\.jsonl\/x can't be read: /,
  );
});

test("a changed byte names its line, wherever it is read", async () => {
  const bytes = Buffer.from(whole);
  const place = whole.indexOf("/board/none.csv");
  const line = whole.slice(0, place).split("\n").length;
  bytes[place + 1] = "B".charCodeAt(0);
  const file = write("changed.jsonl", bytes);
  const words = `changed.jsonl: Line ${line} has been changed or damaged: it does not fit behind the lines before it. Nothing from there on can be trusted.`;
  for (const args of [
    ["show", file],
    ["resume", file],
    ["diff", file, "leaks.jsonl"],
  ]) {
    expect(await refused(...args)).toBe(words);
  }
  const replayed = await cubicle(["replay", file, "--fixture", "./acorn"], { cwd });
  expect(`${replayed.code} ${replayed.stdout}${replayed.stderr}`).toBe(`2 can't    ${words}\n`);
  expect(readFileSync(join(cwd, file)).equals(bytes)).toBe(true);
});

test("a line more after the end is not read over", async () => {
  const last = linesOf(cwd, "leaks.jsonl").at(-1)!;
  const line = whole.split("\n").length;
  const event = last.slice(0, -76).replace(/"seq":\d+/, `"seq":${line - 1}`);
  const chain = sha256(last.slice(-66, -2) + event);
  const file = write("after.jsonl", `${whole}${event},"chain":"${chain}"}\n`);
  expect(await refused("show", file)).toBe(
    `after.jsonl: Line ${line} stands after the recording's end.`,
  );
});

test("unknown fixture, agent, model, tool pack: told which there are", async () => {
  expect(await refused("run", "handoff")).toMatch(
    /^There is no fixture "handoff"\. Looked at: .*\. Known by name: .*\bhandover\b.*; else give the path of a fixture's folder, or more folders in CUBICLE_FIXTURES\.$/,
  );
  expect(await refused("run", ".")).toBe(". is no fixture: there is no fixture.yaml in it.");
  expect(await refused("run", "./acorn", "-a", "script/none")).toBe(
    'acorn has no agent "none"; it has: script/helps, script/leaks.',
  );
  const forms =
    "An agent is script/NAME (of the fixture), anthropic|openai|google|xai|bedrock|compatible/MODEL, recorded/FILE, or the path of a program (./agent.ts).";
  expect(await refused("run", "./acorn", "-a", "nobody")).toBe(
    `There is no agent "nobody". ${forms}`,
  );
  expect(await refused("run", "./acorn", "-a", "anthropic/some-model")).toBe(
    "anthropic/some-model needs a key: set ANTHROPIC_API_KEY, or choose an offline agent such as script/NAME.",
  );
  expect(await refused("run", "./acorn", "-a", "recorded/none.jsonl")).toBe(
    "none.jsonl can't be read: there is no such file.",
  );
  write("idle.ts", "export async function agent() {}\n");
  expect(await refused("run", "./acorn", "-a", "./idle.ts", "-m", "gpt-9")).toBe(
    'There is no model "gpt-9"; a model is anthropic|openai|google|xai|bedrock|compatible/MODEL.',
  );
  expect(await refused("run", "./acorn", "-a", "script/leaks", "-m", "anthropic/x")).toBe(
    "--model goes with a program of your own (--agent ./agent.ts), not with script/leaks.",
  );
  expect(await refused("tools", "--pack", "none")).toBe(
    'There is no pack "none"; there is: standard, agentdojo.',
  );
});

test.each([
  [
    "its form",
    { "mail/first.md": ["from: ann", "form: ann"], "agents/helps.yaml": ["title:", "titel:"] },
    ["mail/first.md:2:", "agents/helps.yaml:1:"],
  ],
  ["its senders", { "mail/first.md": ["from: ann", "from: nobody"] }, ["mail/first.md:2:"]],
  ["its groups", { "people.yaml": ["[pip, ann]", "[pip, bob]"] }, ["people.yaml:6:"]],
  ["its variables", { "fixture.yaml": ["default: calm", "default: grim"] }, ["fixture.yaml:12:"]],
])(
  "a fixture with mistakes in %s: each at its file, line and column",
  async (what, edits, places) => {
    using bad = createFolder();
    const changed = Object.entries(edits).map(([path, [from, to]]) => [
      path,
      acorn[path]!.replace(from!, to!),
    ]);
    writeAcorn(bad.path, Object.fromEntries(changed) as Record<string, string>);
    const args = ["run", "./acorn", "-a", "script/leaks"];
    const { code, stdout, stderr } = await cubicle(args, { cwd: bad.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    for (const place of places) expect(stderr).toContain(place);
    await expect(stderr).toMatchFileSnapshot(`__snapshots__/mistakes-in-${what.slice(4)}.txt`);
  },
);

test("a fixture's script that calls a tool that is not there sees a fault, and goes on", async () => {
  const odd = createFolder();
  writeAcorn(odd.path, {
    "agents/odd.yaml": `title: Calls what is not there
steps:
  - calls: [{ fire_everyone: {} }]
  - expect: ["fire_everyone"]
    say: There is no such tool.
`,
  });
  const printed = await succeed(["run", "./acorn", "-a", "script/odd"], { cwd: odd.path });
  odd[Symbol.dispose]();
  expect(printed).toMatch(/#1 +fire_everyone +unknown-tool: /);
});

test("a recording whose fixture has changed, or is gone, is not taken for another's", async () => {
  const [header] = linesOf(cwd, "leaks.jsonl");
  const file = write("headless.jsonl", `${header}\n`);
  const elsewhere = { cwd: join(cwd, "runs") };
  for (const args of [
    ["resume", "../headless.jsonl"],
    ["replay", "../leaks.jsonl"],
  ]) {
    const { code, stdout, stderr } = await cubicle(args, elsewhere);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(
      'It was recorded on the fixture "acorn", which is not here. Give its folder: --fixture DIR.\n',
    );
  }
  const other = createFolder();
  writeAcorn(other.path, { "files/policies/leave.md": "Leave is for May.\n" });
  const fixture = join(other.path, "acorn");
  const digest = (JSON.parse(header!) as { fixture: { digest: string } }).fixture.digest;
  const replayed = await cubicle(["replay", "leaks.jsonl", "--fixture", fixture], { cwd });
  const resumed = await cubicle(["resume", file, "--fixture", fixture], { cwd });
  other[Symbol.dispose]();
  expect(replayed.code).toBe(2);
  expect(replayed.stdout + replayed.stderr).toContain(
    `It was recorded on acorn ${digest.slice(0, 12)}; the fixture here is `,
  );
  expect({ code: resumed.code, kept: readFileSync(join(cwd, file), "utf8") }).toEqual({
    code: 2,
    kept: `${header}\n`,
  });
  expect(resumed.stderr).toMatch(
    /^cubicle: .*recorded on acorn [0-9a-f]{12}; the fixture here is .*--fixture DIR.*\n$/,
  );
});

test("a recording without its end is not equal: exit 3, and says how far it went", async () => {
  const lines = linesOf(cwd, "leaks.jsonl").slice(0, -1);
  const file = write("endless.jsonl", `${lines.join("\n")}\n`);
  const replayed = await cubicle(["replay", file, "--fixture", "./acorn"], { cwd });
  expect(replayed).toEqual({
    code: 3,
    signal: null,
    stdout:
      "no end   endless.jsonl: 5 calls equal, 0 not as far as it goes. Go on with: npx cubicle resume endless.jsonl\n",
    stderr: "",
  });
  const shown = await cubicle(["show", file], { cwd });
  expect([shown.code, shown.stderr]).toEqual([
    0,
    "It has no end yet. Go on with: npx cubicle resume endless.jsonl\n",
  ]);
});
