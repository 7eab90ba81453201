import { afterAll, expect, test } from "vitest";
import { codeProgram, coder, runPieces } from "../helpers/coding.ts";
import { createBench } from "../helpers/simulate.ts";
import { expectHonest } from "./guest.ts";

/* What a model's own code may try, which is what an agent program may, and the program around it. */

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

type Row = [name: string, source: string, fault: RegExp | null];

const rows: Row[] = [
  ["a loop after a call", "await tools.get_time(); for (;;);", /^code-timeout$/],
  ["microtasks without end", "for (;;) await null;", /^code-timeout$/],
  [
    "a regular expression that backtracks",
    `/^(a+)+$/.test("a".repeat(40) + "!");`,
    /^code-timeout$/,
  ],
  [
    "arrays of arrays",
    "const a = []; for (;;) a.push(new Array(1e6).fill(a.length));",
    /^code-memory$/,
  ],
  [
    "a getter that never ends",
    "await tools.get_time({ get a() { for (;;); } });",
    /^code-timeout$/,
  ],
  [
    "a message of 100 MB",
    `await tools.write_file({ path: "/a", text: "x".repeat(1e8) });`,
    /^code-(protocol|memory|timeout)$/,
  ],
  [
    "a nest too deep",
    "let a = []; for (let i = 0; i < 300; i++) a = [a]; await tools.get_time({ a });",
    /^code-protocol$/,
  ],
  [
    "toJSON that forges a question",
    `Object.prototype.toJSON = () => { delete Object.prototype.toJSON; return { id: 1, kind: "model", body: {} }; }; await tools.get_time();`,
    /^code-protocol$/,
  ],
  [
    "toJSON that forges code within code",
    `Object.prototype.toJSON = () => { delete Object.prototype.toJSON; return { id: 1, kind: "code", body: { source: "1", parent: null, limits: {} } }; }; await tools.get_time();`,
    /^code-protocol$/,
  ],
  [
    "toJSON that forges garbage",
    `Object.prototype.toJSON = () => "}]"; await tools.get_time();`,
    /^code-protocol$/,
  ],
  ["a parent of its own", `await tools.get_time({}, { for: "other" });`, null],
  ["Promise.prototype.then", "Promise.prototype.then = () => { throw 1; };", null],
  [
    "an error that lies about itself",
    "throw Object.assign(Object.create(Error.prototype), { get name() { for (;;); } });",
    /^code-(error|timeout)$/,
  ],
  ["prepareStackTrace", "Error.prepareStackTrace = () => { throw 1; }; null.a;", /^code-error$/],
  ["an error whose words are 1 MB", `throw new Error("x".repeat(1e6));`, /^code-error$/],
];

test("hostile code is ended by a code, the calls it made stand, the next piece is as ever", async () => {
  const pieces = rows.flatMap(([, source]) => [
    source,
    "console.log((await tools.get_time()).zone)",
  ]);
  const { result, codes, events } = await runPieces(bench, pieces, { burstMs: 300 });
  expect(result).toMatchObject({ ending: "finished", code: null });
  for (const [index, [name, , fault]] of rows.entries()) {
    const { code, text } = codes[2 * index]!.result;
    if (fault) expect(code, name).toMatch(fault);
    else expect(code, name).toBeNull();
    expect(text.length, name).toBeLessThan(3000);
    expect(codes[2 * index + 1]!.result, `after ${name}`).toEqual({
      code: null,
      text: "Europe/London\n",
    });
  }
  const parents = events.flatMap((event) => (event.kind === "call" ? [event.parent] : []));
  expect(parents.every((parent) => parent?.startsWith("piece-"))).toBe(true);
  const report = await bench.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true, first: null });
  await expectHonest(bench);
});

test("code sees the language, tools and console, and nothing of the program or the host", async () => {
  const probe = `
    const found = ["process", "require", "model", "runCode", "log", "fetch", "setTimeout", "Intl", "WebAssembly", "SharedArrayBuffer", "WeakRef", "ivm"]
      .filter((name) => name in globalThis || name in tools.get_time.constructor("return this")());
    console.log(found, typeof arguments[0], Object.keys(console), typeof tools.then);
    globalThis.kept = Object.prototype.kept = 1;`;
  const { codes } = await runPieces(bench, [
    probe,
    "console.log(globalThis.kept, ({}).kept, typeof import.meta)",
    "console.log(globalThis.kept, ({}).kept)",
  ]);
  expect(codes[0]!.result.text).toBe(
    '[] object [\n "log",\n "info",\n "warn",\n "error"\n] undefined\n',
  );
  expect(codes[1]!.result.code).toBe("code-syntax");
  expect(codes[2]!.result.text).toBe("undefined undefined\n");
});

test("a program can't give code more time or memory than it has itself", async () => {
  const greedy = codeProgram.replace("burstMs: 1000, memoryMb: 32", "burstMs: 1e6, memoryMb: 1e6");
  const agent = bench.program("greedy.ts", greedy);
  const pieces = ["for (;;);", "const a = []; for (;;) a.push(new Array(1e6).fill(a.length));"];
  const { result, events } = await bench.run({
    agent,
    model: coder(pieces),
    limits: { burstMs: 300, memoryMb: 32 },
  });
  expect(result.ending).toBe("finished");
  expect(events.flatMap((event) => (event.kind === "code" ? [event.result.code] : []))).toEqual([
    "code-timeout",
    "code-memory",
  ]);
});
