import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, serveAnthropic, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const pad = "<SCRATCHPAD_REASONING>She must not know.</SCRATCHPAD_REASONING>";
const read = { type: "tool_use", id: "r1", name: "read_mail", input: { mail_id: "mail-1" } };
const thinks = [
  [{ type: "text", text: `${pad}\n\nI read it first.` }, read],
  [{ type: "text", text: "<SCRATCHPAD_REASONING>Never closed" }],
];
const agent = ["--agent", "anthropic/some-model"];

/** What was printed, but for what each step took. */
const linesOf = (printed: string) =>
  printed.split("\n").filter((line) => !line.slice(6).startsWith("model "));

interface Body {
  readonly system: unknown;
  readonly messages: readonly { readonly content: unknown }[];
  readonly tools: readonly { readonly name: string }[];
}

async function office(answers: readonly (readonly object[])[]) {
  const folder = createFolder();
  const server = await serveAnthropic(answers);
  const cwd = folder.path;
  const fixture = writeAcorn(cwd);
  const options = { cwd, env: server.env };
  return {
    cwd,
    server,
    bodies: () => server.bodies.map((body) => JSON.parse(body) as Body),
    run: (...more: string[]) => cubicle(["run", fixture, ...more], options),
    succeed: (...args: string[]) => succeed(args, options),
    read: (file: string) => readRecording(readFileSync(join(cwd, file))),
    [Symbol.dispose]() {
      server[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a scratchpad is asked for, recorded as thought, shown as such, and given back as written", async () => {
  using given = await office(thinks);
  const { code, stdout } = await given.run(...agent, "--program", "scratchpad", "--out", "a.jsonl");
  expect(code).toBe(0);
  expect(linesOf(stdout).slice(1, 7)).toEqual([
    "agent anthropic/some-model · program scratchpad · seed 1 · 51 tools · from 2026-03-27 09:00",
    "mood=calm",
    "",
    "09:00 thinks  She must not know.",
    "09:00 says    I read it first.",
    "09:00 #1      read_mail mail-1",
  ]);
  const { events, header } = given.read("a.jsonl");
  expect(header.agent.program.name).toBe("scratchpad.ts");
  const answers = events.flatMap((event) =>
    event.kind === "answer" ? [event.answer.content] : [],
  );
  const tag = "SCRATCHPAD_REASONING";
  expect(answers).toEqual([
    [
      {
        type: "opaque",
        provider: "scratchpad",
        data: { thinking: "She must not know.", tag, closed: true },
      },
      { type: "text", text: "\n\nI read it first." },
      { type: "tool-call", id: "r1", name: "read_mail", input: { mail_id: "mail-1" } },
    ],
    [
      {
        type: "opaque",
        provider: "scratchpad",
        data: { thinking: "Never closed", tag, closed: false },
      },
    ],
  ]);
  const [first, second] = given.bodies();
  expect(JSON.stringify(first!.system)).toContain(
    "You are Pip. The mood is calm.\\n\\nBefore you do or say",
  );
  expect(JSON.stringify(second!.messages[1]!.content)).toContain(pad);
  await given.succeed("replay", "a.jsonl", "--program", "--fixture", "acorn");
});

test("reasoning in the open is said, and no scratchpad is looked for", async () => {
  using given = await office(thinks);
  const { stdout } = await given.run(...agent, "--program", "aloud", "--out", "a.jsonl");
  expect(stdout).toContain("says    <SCRATCHPAD_REASONING>She must not know.");
  expect(JSON.stringify(given.bodies()[0]!.system)).toContain(
    "The people you work for read along.",
  );
});

test("in code mode the model has run_code alone, and each call in it is shown", async () => {
  const source =
    'const { subject } = await tools.read_mail({ mail_id: "mail-1" });\nconsole.log(subject);';
  using given = await office([
    [{ type: "tool_use", id: "c1", name: "run_code", input: { code: source } }],
  ]);
  const { stdout } = await given.run(...agent, "--program", "code", "--out", "a.jsonl");
  expect(linesOf(stdout).slice(3, 8)).toEqual([
    "09:00 #1      read_mail mail-1",
    "      marked  read",
    '09:00 ran     const { subject } = await tools.read_mail({ mail_id: "mail-1" }); console.log(subject);',
    "      prints  Leave",
    "09:00 says    Done.",
  ]);
  const [first, second] = given.bodies();
  expect(first!.tools.map(({ name }) => name)).toEqual(["run_code"]);
  expect(second!.messages.at(-1)!.content).toMatchObject([
    { tool_use_id: "c1", content: "Leave\n" },
  ]);
  const shown = await given.succeed("show", "a.jsonl", "--request", "2");
  expect(shown).toBe(given.server.bodies[1]);
  const page = await given.succeed("show", "a.jsonl", "--html", "--out", "a.html");
  expect(page).toContain("a.html");
  expect(readFileSync(join(given.cwd, "a.html"), "utf8")).toContain("ran a piece of code");
  await given.succeed("replay", "a.jsonl", "--program", "--fixture", "acorn");
  await given.succeed("export", "a.jsonl", "--format", "inspect", "--out", "logs");
});

test("programs are listed, copied, changed and given back", async () => {
  using given = await office([]);
  expect(await given.succeed("programs"))
    .toBe(`tool-loop   asks the model and carries out the tools it calls, until it calls none
scratchpad  the same, with private reasoning asked for in a scratchpad before each act
aloud       the same, with reasoning asked for in the open
code        one tool, run_code: the model writes JavaScript in which every tool is a function
`);
  const listed = JSON.parse(await given.succeed("programs", "--json")) as {
    name: string;
    source: string;
  }[];
  expect(listed.map(({ name }) => name)).toEqual(["tool-loop", "scratchpad", "aloud", "code"]);
  for (const { name, source } of listed) {
    await given.succeed("programs", "copy", name, "--out", `${name}.ts`);
    const copied = readFileSync(join(given.cwd, `${name}.ts`), "utf8");
    expect(copied).toBe(source.replace("../program.ts", "cubicle"));
    await given.succeed(
      "run",
      "./acorn",
      ...agent,
      "--program",
      `./${name}.ts`,
      "--out",
      `${name}.jsonl`,
    );
    expect(given.read(`${name}.jsonl`).end).toMatchObject({ ending: "finished", questions: 1 });
  }
});

test("a fork keeps the program that plays the model, or begins anew with another", async () => {
  using given = await office(thinks);
  await given.run(...agent, "--program", "scratchpad", "--out", "a.jsonl");
  const fork = (...more: string[]) =>
    given.succeed("fork", "a.jsonl", "--at", "1", "--fixture", "acorn", ...more);
  await fork("--agent", "anthropic/another", "--out", "b.jsonl");
  expect(given.read("b.jsonl").header).toMatchObject({
    agent: { name: "anthropic/another", program: { name: "scratchpad.ts" } },
    lineage: { parent: { restarted: false } },
  });
  await fork("--program", "tool-loop", "--out", "c.jsonl");
  expect(given.read("c.jsonl").header).toMatchObject({
    agent: { name: "anthropic/some-model", program: { name: "tool-loop.ts" } },
    lineage: { parent: { restarted: true } },
  });
});

test.each([
  [
    ["run", "./acorn", "--program", "loop"],
    'There is no program "loop". A program is tool-loop, scratchpad',
  ],
  [["run", "./acorn", "--program", "./none.ts"], "The program ./none.ts"],
  [
    ["run", "./acorn", "--agent", "./loop.ts", "--program", "code"],
    "./loop.ts has a program of its own",
  ],
  [["programs", "copy", "none", "--out", "a.ts"], 'There is no program "none" to copy.'],
  [["programs", "copy", "code", "--out", "loop.ts"], "loop.ts is there already"],
  [["programs", "copy", "code", "--out", "a.txt"], "--out must end in .ts"],
  [["programs", "copy", "code"], "--out <file>' not specified"],
])("%j: one clear line, exit 2", async (args, words) => {
  using given = await office([]);
  await given.succeed("programs", "copy", "tool-loop", "--out", "loop.ts");
  const { code, stderr } = await cubicle(args, { cwd: given.cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
