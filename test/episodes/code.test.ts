import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openRecording } from "../../episodes/files.ts";
import { requestBytes } from "../../models/bytes.ts";
import { bodyOf } from "../../recordings/chain.ts";
import { readRecording } from "../../recordings/reader.ts";
import { createRequests } from "../../recordings/requests.ts";
import { coder, codeProgram, runPieces } from "../helpers/coding.ts";
import { createBench } from "../helpers/simulate.ts";

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

const day = [
  `const { mails } = await tools.list_mail({ limit: 3 });
const opened = await Promise.all(mails.map(({ id }) => tools.read_mail({ mail_id: id })));
console.log(opened.length, mails[0].subject);`,
  `try { await tools.read_file({ path: "/none" }); } catch (error) { console.log(error.name, error.code); }
await tools.wait({ minutes: 30 });
return [new Date().toISOString(), Math.random() < 1];`,
  `tools.write_note({ title: "last", text: "not waited for" });`,
];

test("each tool is a function, its calls pass the gate and carry the id of the run_code call", async () => {
  const { result, events, codes, asked } = await runPieces(bench, day);
  expect(result).toMatchObject({ ending: "finished", code: null });
  expect(
    codes.map(({ code, parent, source, result, stopped }) => [
      code,
      parent,
      source,
      result,
      stopped,
    ]),
  ).toEqual([
    [1, "piece-1", day[0], { code: null, text: "3 Summary before three\n" }, null],
    [
      2,
      "piece-3",
      day[1],
      { code: null, text: 'ToolError not-found\n[\n "2026-03-19T10:39:45.000Z",\n true\n]\n' },
      null,
    ],
    [3, "piece-5", day[2], { code: null, text: "(It printed nothing.)" }, null],
  ]);
  const calls = events.filter((event) => event.kind === "call");
  expect(calls.map(({ tool, parent, result }) => [tool, parent, result.code])).toEqual([
    ["list_mail", "piece-1", null],
    ["read_mail", "piece-1", null],
    ["read_mail", "piece-1", null],
    ["read_mail", "piece-1", null],
    ["read_file", "piece-3", "not-found"],
    ["wait", "piece-3", null],
    ["write_note", "piece-5", null],
  ]);
  expect(calls[1]!.effects).toMatchObject([{ effect: "mail-marked" }]);
  // The model has one tool, is told of all in it, and gets back what was printed.
  for (const { tools } of asked) expect(tools.map(({ name }) => name)).toEqual(["run_code"]);
  expect(asked[0]!.tools[0]!.description).toContain(
    "tools.read_mail({ mail_id: string }): Opens a mail",
  );
  expect(asked[1]!.messages.at(-1)!.content).toEqual([
    { type: "tool-result", id: "piece-1", text: "3 Summary before three\n", error: false },
  ]);
});

test("the program's own tool is recorded once, and every request can be rebuilt", async () => {
  const { result, asked } = await runPieces(bench, day);
  const recording = openRecording(result.file);
  const questions = recording.events.filter((event) => event.kind === "question");
  expect(questions.map((event) => "own" in event)).toEqual([true, false, false, false]);
  const requests = createRequests(recording.header);
  const rebuilt = questions.map((event) => requests.next(event));
  expect(rebuilt.map(({ messages, own }) => ({ messages, tools: own }))).toEqual(
    asked.map(({ messages, tools }) => ({ messages, tools })),
  );
  expect(JSON.parse(await requestBytes(recording, 3))).toMatchObject({ tools: asked[2]!.tools });
});

const bad: [string, string, string][] = [
  [
    "an error of the engine's",
    "const a = null;\n\na.b;",
    "[code-error] It threw: TypeError in line 3",
  ],
  ["an unknown name", "nothing();", "[code-error] It threw: ReferenceError in line 1"],
  [
    "an error of its own",
    'console.log(1); throw new Error("no such van");',
    "1\n[code-error] It threw: Error: no such van",
  ],
  ["a number", "throw 5;", "[code-error] It threw: 5"],
  [
    "a fault",
    "await tools.read_note({ title: 5 });",
    "[code-error] It threw: ToolError: bad-input: ",
  ],
  [
    "no JavaScript",
    "const = 1;",
    "[code-syntax] It can't be read as JavaScript; nothing of it was run.",
  ],
  ["the end of a function", "} evil(); {", "[code-syntax] "],
  ["an import", 'import fs from "node:fs";', "[code-syntax] "],
  [
    "a promise that never settles",
    "await new Promise(() => {});",
    "[code-stalled] It waits for something that will never come.",
  ],
  ["calls without end", "for (;;) await tools.get_time();", "[code-calls] "],
  [
    "too much to print",
    'for (let i = 0; i < 1e4; i++) console.log("x".repeat(100));',
    `${`${"x".repeat(100)}\n`.repeat(198)}${"x".repeat(2)}…\n`,
  ],
];

test("what goes wrong is a code in words of ours, and the model may go on", async () => {
  const { result, codes } = await runPieces(
    bench,
    bad.map(([, source]) => source),
  );
  expect(result).toMatchObject({ ending: "finished" });
  for (const [index, [name, , words]] of bad.entries()) {
    expect(
      codes[index]!.result.text.startsWith(words),
      `${name}: ${codes[index]!.result.text}`,
    ).toBe(true);
  }
  expect((await bench.simulator.replay(result.file, { program: true })).first).toBeNull();
});

test("two runs are the same bytes, replay equal, and resume the same after every line", async () => {
  const pieces = [...day, "for (;;);", "console.log((await tools.get_time()).now)"];
  const first = await runPieces(bench, pieces, { burstMs: 300 });
  const second = await runPieces(bench, pieces, { burstMs: 300 });
  expect(second.bytes.equals(first.bytes)).toBe(true);
  expect(first.codes[3]).toMatchObject({ result: { code: "code-timeout" }, stopped: 0 });
  const report = await bench.simulator.replay(first.result.file, { program: true });
  expect(report).toMatchObject({ equal: true, complete: true, calls: { equal: 8, unequal: 0 } });
  const { lines } = readRecording(first.bytes);
  for (let at = 2; at < lines.length; at += 4) {
    const cut = join(bench.folder, `cut-${at}.jsonl`);
    writeFileSync(cut, `${lines.slice(0, at).join("\n")}\n`);
    appendFileSync(cut, "{torn");
    await bench.simulator.resume(cut, { watch: false, model: coder(pieces) }).result;
    expect(readFileSync(cut).equals(first.bytes), `resumed after line ${at}`).toBe(true);
  }
});

test("a fork in the middle of a piece of code goes on within it", async () => {
  const { result } = await runPieces(bench, day);
  const parent = openRecording(result.file);
  const fork = async (request: object) => {
    const episode = bench.simulator.fork(result.file, {
      at: 2,
      model: coder(day),
      watch: false,
      ...request,
    });
    return openRecording((await episode.result).file);
  };
  const same = await fork({});
  expect(same.lines.slice(1).map(bodyOf)).toEqual(parent.lines.slice(1).map(bodyOf));
  const refused = await fork({
    interventions: [{ author: "ada", act: { does: "refuse", reason: "No." } }],
  });
  expect(refused.events.find((event) => event.kind === "code")!.result).toEqual({
    code: "code-error",
    text: "[code-error] It threw: ToolError: refused-by-guard: REFUSED: No.",
  });
});

test("an episode's end in the middle of a piece of code is the episode's", async () => {
  const late = await runPieces(bench, [
    'await tools.wait({ until: "2026-03-19T17:00" }); console.log(1);',
  ]);
  expect(late.result.ending).toBe("deadline");
  const spent = await runPieces(bench, ["for (;;) await tools.get_time();"], { calls: 3 });
  expect(spent.result.ending).toBe("limit");
  expect(spent.events.at(-1)).toMatchObject({ calls: 3, questions: 1 });
  for (const { result, codes } of [late, spent]) {
    expect(codes).toEqual([]);
    expect((await bench.simulator.replay(result.file, { program: true })).equal).toBe(true);
  }
});

test("code with a limit that no code can have is the program's mistake", async () => {
  const source = codeProgram.replace("memoryMb: 32", "memoryMb: 1");
  const agent = bench.program("small.ts", source);
  const { result } = await bench.run({ agent, model: coder(["1"]) });
  expect(result).toMatchObject({ ending: "failed", code: "program-error" });
  expect(result.detail).toContain("runCode() was given memoryMb");
});
