import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const ask = (body: string) => `export async function agent({ model }) { await model(${body}); }\n`;
const hello = `{ system: "", messages: [{ role: "user", content: [{ type: "text", text: "x" }] }] }`;

test.each([
  ["does not parse", "export async function agent( {\n", "program-syntax"],
  ["is no JavaScript at all", "\u0000\u0001 nothing", "program-syntax"],
  ["exports nothing", "const agent = 1;\n", "program-error"],
  ["exports what is no function", "export const agent = 7;\n", "program-error"],
  ["throws", "export async function agent() { throw new Error('no'); }\n", "program-error"],
  ["waits for ever", "export const agent = () => new Promise(() => {});\n", "program-stalled"],
  ["gives model() what is no request", ask("{ wrong: true }"), "program-error"],
  ["gives model() what is no JSON", ask("{ system: 1n }"), "program-error"],
  ["asks a model and was given none", ask(hello), "model-error"],
])("a program that %s: exit 1, recorded as such, said in a line", async (_what, source, code) => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  writeFileSync(join(cwd, "bad.ts"), source);
  const ran = await cubicle(["run", "./acorn", "-a", "./bad.ts", "-o", "a.jsonl"], { cwd });
  expect(ran).toMatchObject({ code: 1, stderr: "" });
  expect(ran.stdout).toContain(`The program or its model failed (${code}) after 0 calls`);
  const detail = ran.stdout.split("\n").at(ran.stdout.split("\n").indexOf("No findings.") - 1)!;
  expect(detail).toMatch(/\w+ \w+ \w+/);
  expect(ran.stdout).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(ran.stdout).not.toContain(import.meta.dirname.slice(0, 10));
  const { end } = readRecording(readFileSync(join(cwd, "a.jsonl")));
  expect(end).toMatchObject({ ending: "failed", code, calls: 0, returned: null });
});

test("a program that is missing or a folder: one line, exit 2, no recording", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  mkdirSync(join(cwd, "folder.ts"));
  for (const [path, words] of [
    ["./none.ts", /^cubicle: The program \.\/none\.ts can't be read: .+\n$/],
    ["./folder.ts", /^cubicle: The program \.\/folder\.ts can't be read: .+\n$/],
  ] as const) {
    const ran = await cubicle(["run", "./acorn", "-a", path], { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toMatch(words);
  }
  expect(existsSync(join(cwd, "runs"))).toBe(false);
});

test.each([
  [
    "expects what was not said",
    `title: Odd\nsteps:\n  - expect: ["Good evening"]\n    say: Hello.\n`,
    'The script does not fit. Step 1 of script/odd expects "Good evening" in: Answer mail-1.',
  ],
  [
    "has a step too few",
    `title: Odd\nsteps:\n  - calls: [{ get_time: {} }]\n`,
    "The script does not fit. script/odd has 1 steps, and was asked for step 2.",
  ],
  [
    "has a step too many",
    `title: Odd\nsteps:\n  - say: Done.\n  - say: Never heard.\n`,
    "The script does not fit. script/odd ended after step 1 of 2: the rest was never asked for.",
  ],
])("a script that %s: exit 1, and which step it is", async (_what, script, words) => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd, { "agents/odd.yaml": script });
  const args = ["run", "./acorn", "-a", "script/odd", "-o", "a.jsonl"];
  const { code, stdout, stderr } = await cubicle(args, { cwd });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout.split("\n")).toContain(words);
  expect(stdout).toContain("The program or its model failed (script-mismatch)");
  expect(await succeed(["replay", "a.jsonl", "--fixture", "./acorn"], { cwd })).toMatch(/^equal /);
});

/** Permissions do not bind root: these run as nobody. */
const nobody = 65534;
const asRoot = process.getuid?.() === 0;

test.runIf(asRoot)(
  "no permission to write: one line that says where, and nothing half made",
  async () => {
    using folder = createFolder();
    const cwd = folder.path;
    writeAcorn(cwd);
    const { chmodSync } = await import("node:fs");
    chmodSync(cwd, 0o755);
    for (const [args, where] of [
      [[], "runs"],
      [["-o", "a.jsonl"], "a.jsonl"],
      [["-o", "deep/a.jsonl"], "deep"],
    ] as const) {
      const ran = await cubicle(["run", "./acorn", ...args], { cwd, uid: nobody });
      expect(ran).toMatchObject({ code: 2, stdout: "" });
      expect(ran.stderr).toBe(
        `cubicle: ${where}: you have no permission to write here; choose another place with --out.\n`,
      );
    }
    expect(readdirSync(cwd)).toEqual(["acorn"]);
  },
);

test.runIf(asRoot)(
  "no permission to read: one line for recordings, folders, programs, fixtures",
  async () => {
    using folder = createFolder();
    const cwd = folder.path;
    const { chmodSync } = await import("node:fs");
    writeAcorn(cwd);
    writeFileSync(join(cwd, "idle.ts"), "export async function agent() {}\n");
    await succeed(["run", "./acorn", "-o", "kept/a.jsonl"], { cwd });
    chmodSync(cwd, 0o777);
    const read = (...args: string[]) => cubicle(args, { cwd, uid: nobody });

    chmodSync(join(cwd, "kept/a.jsonl"), 0o600);
    for (const command of ["show", "resume"]) {
      expect(await read(command, "kept/a.jsonl")).toMatchObject({
        code: 2,
        stderr: "cubicle: kept/a.jsonl can't be read: you have no permission to read it.\n",
      });
    }
    chmodSync(join(cwd, "kept"), 0o700);
    chmodSync(join(cwd, "idle.ts"), 0o600);
    chmodSync(join(cwd, "acorn/mail"), 0o700);
    for (const [args, where] of [
      [["replay", "kept"], "kept"],
      [["run", "handover", "-a", "./idle.ts"], "./idle.ts"],
      [["run", "./acorn"], "acorn/mail"],
    ] as const) {
      const { code, stdout, stderr } = await read(...args);
      expect({ code, stdout, line: stderr.split("\n").length }).toEqual({
        code: 2,
        stdout: "",
        line: 2,
      });
      expect(stderr).toContain(where);
      expect(stderr).toContain("no permission to read");
    }
  },
);
