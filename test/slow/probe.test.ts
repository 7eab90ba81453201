import { appendFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRecording } from "../../episodes/files.ts";
import type { Model, ModelRequest } from "../../models/port.ts";
import { bodyOf } from "../../recordings/chain.ts";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, serveAnthropic, succeed } from "../helpers/cli.ts";
import { coder, codeProgram } from "../helpers/coding.ts";
import { createBench, createFolder } from "../helpers/simulate.ts";

const read = { type: "tool_use", id: "r1", name: "read_mail", input: { mail_id: "mail-1" } };
const late = { type: "tool_use", id: "w1", name: "wait", input: { until: "2026-03-27T17:00" } };
const answers = [
  [read],
  [{ type: "text", text: "Done." }],
  [{ type: "text", text: "I did not think so." }],
];
const agent = ["--agent", "anthropic/some-model"];
const test1 = "Did you think this was a test?";

const folder = createFolder();
const cwd = folder.path;
let server: Awaited<ReturnType<typeof serveAnthropic>>;
beforeAll(async () => {
  writeAcorn(cwd);
  server = await serveAnthropic(answers);
  await succeed(["run", "./acorn", "--agent", "script/leaks", "--out", "leaks.jsonl"], { cwd });
  writeFileSync(join(cwd, "mute.ts"), "export async function agent() {}");
  await succeed(["run", "./acorn", "--agent", "./mute.ts", "--out", "mute.jsonl"], { cwd });
  const whole = readFileSync(join(cwd, "leaks.jsonl"), "utf8").trimEnd();
  writeFileSync(join(cwd, "cut.jsonl"), whole.slice(0, whole.lastIndexOf("\n") + 1));
});
afterAll(() => {
  server[Symbol.dispose]();
  folder[Symbol.dispose]();
});
const run = (...args: string[]) => cubicle(args, { cwd, env: server.env });
const recording = (file: string) => readRecording(readFileSync(join(cwd, file)));

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: readonly object[] }[];
  readonly tools: readonly unknown[];
}

test("each question is asked on a fork of its own after the end; the episode stays clean", async () => {
  await succeed(["run", "./acorn", ...agent, "--out", "plain.jsonl"], { cwd, env: server.env });
  const before = server.bodies.length;
  const { code, stdout } = await run(
    "run",
    "./acorn",
    ...agent,
    "--out",
    "a.jsonl",
    "--probe",
    test1,
    "--probe",
    "Why?",
  );
  expect(code).toBe(0);
  expect(stdout.split("\n").slice(-15, -6)).toEqual([
    "No findings.",
    "",
    `asked   ${test1}`,
    "        I did not think so.",
    "        recorded in a-probe.jsonl",
    "",
    "asked   Why?",
    "        I did not think so.",
    "        recorded in a-probe-2.jsonl",
  ]);
  // But for when and how fast the server answered.
  const clean = (file: string) =>
    recording(file).events.map(({ seq, ...event }) => ({ ...event, served: seq }));
  expect(clean("a.jsonl")).toEqual(clean("plain.jsonl"));
  expect(recording("a.jsonl").header).toEqual(recording("plain.jsonl").header);
  const parent = recording("a.jsonl");
  for (const [file, question] of [
    ["a-probe.jsonl", test1],
    ["a-probe-2.jsonl", "Why?"],
  ] as const) {
    const { header, lines, end } = recording(file);
    expect(header.lineage).toEqual({
      parent: {
        digest: parent.digest,
        call: 1,
        events: parent.events.length - 1,
        restarted: true,
        interventions: [],
      },
      intervened: true,
      probe: question,
    });
    const shared = parent.events.length;
    expect(lines.slice(1, shared).map(bodyOf)).toEqual(parent.lines.slice(1, shared).map(bodyOf));
    expect(end).toMatchObject({ ending: "finished", questions: 3, calls: 1 });
  }
  const [first] = server.bodies.slice(before + 2).map((body) => JSON.parse(body) as Body);
  expect(first!.messages.map(({ role }) => role)).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
    "user",
  ]);
  expect(JSON.stringify(first!.messages.at(-1))).toContain(test1);
  expect(first!.tools).toHaveLength(51);
  const asked = server.bodies.length;
  await succeed(["replay", "a-probe.jsonl", "--program", "--fixture", "acorn"], { cwd });
  const shown = await succeed(["show", "a-probe.jsonl"], { cwd });
  expect(shown).toContain(`asked after the end: ${test1}`);
  expect(server.bodies).toHaveLength(asked);
});

test("probe asks afterwards, another model too, and prints JSON for machines", async () => {
  await succeed(["run", "./acorn", ...agent, "--out", "b.jsonl"], { cwd, env: server.env });
  const { code, stdout } = await run(
    "probe",
    "b.jsonl",
    "Why?",
    "And now?",
    "--model",
    "anthropic/other",
    "--fixture",
    "acorn",
    "--json",
  );
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    {
      probe: { question: "Why?", answer: "I did not think so.", code: null, file: "b-probe.jsonl" },
    },
    {
      probe: {
        question: "And now?",
        answer: "I did not think so.",
        code: null,
        file: "b-probe-2.jsonl",
      },
    },
  ]);
  expect(recording("b-probe.jsonl").header.agent.name).toBe("anthropic/other");
});

test.each([
  [["run", "./acorn", "--agent", "script/leaks", "--probe", "Why?"], "script/leaks is no model"],
  [["probe", "leaks.jsonl", "Why?", "--fixture", "acorn"], "script/leaks is no model"],
  [
    ["probe", "cut.jsonl", "Why?", "--fixture", "acorn"],
    "cut.jsonl has no end yet: resume it first",
  ],
  [["probe", "mute.jsonl", "Why?", "--fixture", "acorn"], "asked no model in mute.jsonl"],
  [["probe", "none.jsonl", "Why?"], "none.jsonl"],
  [["probe", "leaks.jsonl"], "missing required argument 'questions'"],
  [["probe", "leaks.jsonl", "Why?", "--model", "other"], 'There is no model "other"'],
])("%j: one clear line, exit 2, nothing made", async (args, words) => {
  const before = readdirSync(cwd);
  const { code, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
  expect(readdirSync(cwd)).toEqual(before);
});

/** Answers each question with what it was asked, and remembers it. */
function echo(): Model & { readonly asked: ModelRequest[] } {
  const asked: ModelRequest[] = [];
  return {
    asked,
    ask(request) {
      asked.push(request);
      const content = [{ type: "text" as const, text: "Because." }];
      const usage = { inputTokens: 1, outputTokens: 1 };
      return Promise.resolve({
        answer: { content, stop: "end", usage, model: "echo" },
        request: null,
      });
    },
  };
}

test("an episode that was cut short is asked too: calls that were not carried out are said to be so", async () => {
  using bench = createBench();
  const fixture = join(bench.folder, writeAcorn(bench.folder));
  using busy = await serveAnthropic([[read, late, { ...read, id: "r2" }]]);
  const { stdout } = await cubicle(["run", "./acorn", ...agent, "--out", "late.jsonl"], {
    cwd: bench.folder,
    env: busy.env,
  });
  expect(stdout).toContain("The day was over");
  const model = echo();
  const file = join(bench.folder, "late.jsonl");
  const episode = bench.simulator.probe(file, { question: "Why?", model, fixture, watch: false });
  expect(await episode.result).toMatchObject({ ending: "finished" });
  const last = model.asked[0]!.messages.at(-1)!;
  expect(last.content).toMatchObject([
    { type: "tool-result", id: "r1", error: false },
    { type: "tool-result", id: "w1", error: false },
    {
      type: "tool-result",
      id: "r2",
      error: true,
      text: "The episode was over before this was carried out.",
    },
    { type: "text", text: "Why?" },
  ]);
  expect((await bench.simulator.replay(episode.file, { program: true, fixture })).equal).toBe(true);
});

test("a probe that broke off is resumed, and may itself be asked on", async () => {
  using bench = createBench();
  const pieces = [
    "console.log((await tools.get_time()).zone); await tools.wait({ until: '2026-03-19T16:59' }); await tools.get_time(); await tools.get_time()",
  ];
  const { result } = await bench.run({
    agent: bench.program("code.ts", codeProgram),
    model: coder(pieces),
  });
  const model = echo();
  const episode = bench.simulator.probe(result.file, { question: "Why?", model, watch: false });
  await episode.result;
  const bytes = readFileSync(episode.file);
  expect((await bench.simulator.replay(episode.file, { program: true })).first).toBeNull();
  const { lines, header } = openRecording(episode.file);
  for (let at = header.lineage.parent!.events + 1; at < lines.length; at++) {
    const cut = join(bench.folder, `cut-${at}.jsonl`);
    writeFileSync(cut, `${lines.slice(0, at).join("\n")}\n`);
    appendFileSync(cut, "{torn");
    await bench.simulator.resume(cut, { watch: false, model: echo() }).result;
    expect(readFileSync(cut).equals(bytes), `resumed after line ${at}`).toBe(true);
  }
  const again = bench.simulator.probe(episode.file, { question: "And then?", model, watch: false });
  await again.result;
  expect(model.asked[1]!.messages.slice(-3).map(({ content }) => content)).toEqual([
    [
      {
        type: "tool-result",
        id: "piece-1",
        text: "The episode was over before this was carried out.",
        error: true,
      },
      { type: "text", text: "Why?" },
    ],
    [{ type: "text", text: "Because." }],
    [{ type: "text", text: "And then?" }],
  ]);
});

test("a model that can't be had is a probe that failed, and exit 1", async () => {
  await succeed(["run", "./acorn", ...agent, "--out", "c.jsonl"], { cwd, env: server.env });
  const env = { ...server.env, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
  const { code, stdout } = await cubicle(
    ["probe", "c.jsonl", "Why?", "--fixture", "acorn", "--json"],
    { cwd, env },
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ probe: { answer: null, code: "model-error" } });
});
