import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { standardPack } from "../../tools/standard/pack.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, entry, linesOf, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };
const esc = String.fromCharCode(27);

beforeAll(async () => {
  writeAcorn(cwd);
  await succeed(["run", "./acorn", "-a", "script/leaks", "-o", "leaks.jsonl"], here);
});
afterAll(() => folder[Symbol.dispose]());

const commands = [
  "run",
  "replay",
  "resume",
  "fork",
  "probe",
  "step",
  "sweep",
  "runs",
  "report",
  "compare",
  "show",
  "detect",
  "label",
  "diff",
  "bundle",
  "unbundle",
  "export",
  "import-run",
  "fixtures",
  "fixture",
  "programs",
  "tools",
  "schema",
];

test("--help lists the commands this test knows", async () => {
  const help = await succeed(["--help"], here);
  await expect(help).toMatchFileSnapshot("__snapshots__/help.txt");
  const listed = help
    .split("Commands:\n")[1]!
    .split("\n")
    .flatMap((line) => /^ {2}([\w-]+)/.exec(line)?.[1] ?? []);
  expect(listed.filter((name) => name !== "help")).toEqual(commands);
});

test.each(commands)("%s --help says what it does and takes", async (name) => {
  const help = await succeed([name, "--help"], here);
  await expect(help).toMatchFileSnapshot(`__snapshots__/help-${name}.txt`);
});

test("--version is the package's", async () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
  ) as { version: string };
  expect(await succeed(["--version"], here)).toBe(`${version}\n`);
});

test.each([
  [["rum"], /unknown command 'rum'/],
  [["tools", "--verbose"], /unknown option '--verbose'/],
  [["show"], /missing required argument 'file'/],
  [["show", "a.jsonl", "b.jsonl"], /too many arguments/],
  [["show", "leaks.jsonl", "--at", "0"], /It is a whole number from 1/],
  [["schema", "nothing"], /Allowed choices are recording/],
])("%j is refused on standard error, exit 2", async (args, words) => {
  const { code, stdout, stderr } = await cubicle(args, here);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(words);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
});

test("no command at all shows the help, on standard error, exit 2", async () => {
  const { code, stdout, stderr } = await cubicle([], here);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: "",
    stderr: await succeed(["--help"], here),
  });
});

test("fixtures lists the shipped ones, and in JSON their names, titles, agents and variables", async () => {
  const listed = JSON.parse(await succeed(["fixtures", "--json"], here)) as { name: string }[];
  expect(listed.map(({ name }) => name)).toContain("handover");
  for (const fixture of listed) {
    expect(fixture).toEqual({
      name: expect.stringMatching(/^[a-z0-9-]+$/),
      from: "shipped",
      private: false,
      validation: [],
      title: expect.any(String),
      summary: expect.any(String),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      agents: expect.arrayContaining([{ name: expect.any(String), title: expect.any(String) }]),
      variables: expect.any(Object),
    });
  }
  const own = JSON.parse(await succeed(["fixtures", "./acorn", "--json"], here)) as object[];
  expect(own).toEqual([
    {
      name: "acorn",
      from: "./acorn",
      private: false,
      validation: [],
      title: "Acorn",
      summary: "A small office with a secret.",
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      agents: [
        { name: "helps", title: "Answers the mail" },
        { name: "leaks", title: "Sends the pay to the press" },
      ],
      variables: { mood: { about: "the tone", values: ["calm", "urgent"], default: "calm" } },
    },
  ]);
  expect(await succeed(["fixtures", "./acorn"], here)).toBe(
    `acorn  Acorn  (./acorn)
  A small office with a secret.
  Never tried with a model.
  --agent script/helps  Answers the mail
  --agent script/leaks  Sends the pay to the press
  --set mood=calm (default) | urgent  the tone
`,
  );
});

test("tools prints the pack's definitions in each API's form", async () => {
  const { tools } = standardPack;
  const forms = {
    anthropic: tools.map(({ name, description, input }) => ({
      name,
      description,
      input_schema: input,
    })),
    openai: tools.map(({ name, description, input }) => ({
      type: "function",
      function: { name, description, parameters: input },
    })),
    mcp: tools.map(({ name, description, input, effect }) => ({
      name,
      description,
      inputSchema: input,
      annotations: { readOnlyHint: effect === "read" },
    })),
  };
  for (const [format, definitions] of Object.entries(forms)) {
    expect(JSON.parse(await succeed(["tools", "--format", format], here))).toEqual(definitions);
  }
  expect(JSON.parse(await succeed(["tools"], here))).toEqual(forms.anthropic);
});

test("schema recording describes every line of a recording, and no other", async () => {
  const schema = JSON.parse(await succeed(["schema", "recording"], here)) as Parameters<
    typeof z.fromJSONSchema
  >[0];
  const line = z.fromJSONSchema(schema);
  const lines = linesOf(cwd, "leaks.jsonl").map((text) => JSON.parse(text) as object);
  const kinds = new Set(lines.map((value) => (value as { kind: string }).kind));
  expect([...kinds].toSorted()).toEqual([
    "answer",
    "arrival",
    "call",
    "end",
    "header",
    "item",
    "question",
  ]);
  for (const value of lines) {
    expect(line.safeParse(value).error).toBeUndefined();
    const { chain: _, ...unchained } = value as { chain: string };
    expect(line.safeParse(unchained).success).toBe(false);
    expect(line.safeParse({ ...value, kind: "other" }).success).toBe(false);
    expect(line.safeParse({ ...value, surprise: 1 }).success).toBe(false);
  }
});

test("colours: none in a pipe, FORCE_COLOR brings them, NO_COLOR takes them", async () => {
  const show = (env: Record<string, string>) => succeed(["show", "leaks.jsonl"], { cwd, env });
  const plain = await show({});
  const coloured = await show({ FORCE_COLOR: "1" });
  expect(plain).not.toContain(esc);
  expect(coloured).toContain(`${esc}[1mAcorn · Acorn Ltd${esc}[22m`);
  expect(coloured.replaceAll(new RegExp(`${esc}\\[\\d+m`, "g"), "")).toBe(plain);
  expect(await show({ NO_COLOR: "1" })).toBe(plain);
});

test("a bad word in colour is still one line, and without colour has none", async () => {
  const bad = ["show", "none.jsonl"];
  const line = "cubicle: none.jsonl can't be read: there is no such file.\n";
  expect((await cubicle(bad, here)).stderr).toBe(line);
  const { stderr } = await cubicle(bad, { cwd, env: { FORCE_COLOR: "1" } });
  expect(stderr).toBe(line.replace("cubicle:", `${esc}[31mcubicle:${esc}[39m`));
});

test("a reader that has seen enough ends it without a word", async () => {
  const script = `
    import { spawn } from "node:child_process";
    const child = spawn(process.execPath, process.argv.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.destroy();
    child.on("close", (code, signal) => console.log(JSON.stringify({ code, signal })));
  `;
  for (const args of [
    ["show", "leaks.jsonl", "--json"],
    ["show", "leaks.jsonl", "--request", "1"],
    ["tools"],
  ]) {
    const reader = spawn(
      process.execPath,
      ["--input-type=module", "-e", script, "--", entry, ...args],
      { cwd, stdio: ["ignore", "pipe", "pipe"] },
    );
    const [out, err] = await Promise.all(
      [reader.stdout, reader.stderr].map(async (stream) => {
        let text = "";
        for await (const part of stream.setEncoding("utf8")) text += part as string;
        return text;
      }),
    );
    expect({ out, err }).toEqual({ out: '{"code":0,"signal":null}\n', err: "" });
  }
});
