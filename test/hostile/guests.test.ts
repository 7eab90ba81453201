import { afterAll, expect, test } from "vitest";
import { createBench } from "../helpers/simulate.ts";
import type { limits } from "./guest.ts";
import { expectHonest, program, request, runGuest } from "./guest.ts";

const bench = createBench({ watchdogMs: 2500 });
afterAll(() => bench[Symbol.dispose]());

/** What a program does, how it must end, and what it is allowed if that differs. */
type Row = [
  name: string,
  source: string,
  outcome: string | RegExp,
  limits?: Partial<typeof limits>,
];

const time: Row[] = [
  ["an endless loop", program("for (;;);"), "sandbox-timeout"],
  ["a loop after a tool call", program("await tools.get_time(); for (;;);"), "sandbox-timeout"],
  ["a loop before there is a program", `for (;;);\n${program("")}`, "sandbox-timeout"],
  [
    "a loop after a top-level await",
    `(async () => { await null; for (;;); })();\n${program("")}`,
    "sandbox-timeout",
  ],
  ["microtasks without end", program("for (;;) await null;"), "sandbox-timeout"],
  [
    "microtasks that breed",
    program("const f = () => Promise.resolve().then(f); f();"),
    /sandbox-(memory|timeout)/,
  ],
  [
    "a regular expression that backtracks",
    program(`/^(a+)+$/.test("a".repeat(40) + "!");`),
    "sandbox-timeout",
  ],
  ["a promise that never settles", program("await new Promise(() => {});"), "program-stalled"],
  ["log() without end", program("for (;;) await log('x');"), "limit"],
  ["log() without end or await", program("for (;;) log('x');"), /sandbox-(memory|timeout)/],
];

const memory: Row[] = [
  [
    "arrays of arrays",
    program("const a = []; for (;;) a.push(new Array(1e6).fill(a.length));"),
    /sandbox-(memory|timeout)/,
  ],
  [
    "a growing array of objects",
    program("const a = []; for (;;) a.push({ a: a.length, b: {} });"),
    /sandbox-(memory|timeout)/,
  ],
  [
    "a growing map",
    program("const m = new Map(); for (let i = 0; ; i++) m.set(i, {});"),
    /sandbox-(memory|timeout)/,
  ],
  [
    "growing strings",
    program(`const a = []; for (;;) a.push("xy".repeat(1e6).replace(/x/g, "zz"));`),
    /sandbox-(memory|timeout)/,
  ],
  [
    "a string that doubles",
    program(`let s = "x"; for (;;) s = s + s + "y";`),
    /program-error|sandbox-(memory|timeout)/,
  ],
  [
    "a BigInt that squares itself",
    program("let n = 2n; for (;;) n = n * n;"),
    /sandbox-(timeout|memory|crash)/,
  ],
  [
    "buffers",
    program("const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1));"),
    /program-error|sandbox-(memory|timeout)/,
  ],
  [
    "a string spread out",
    program(`return [..."x".repeat(1e8)].length;`),
    /sandbox-(memory|timeout)/,
  ],
  ["deep recursion", program("const f = (n) => 1 + f(n + 1); return f(0);"), "program-error"],
];

const sizes: Row[] = [
  [
    "a result of 100 MB",
    program(`return "x".repeat(1e8);`),
    /program-error|sandbox-(memory|timeout)/,
  ],
  [
    "a result of 100 MB, and room for it",
    program(`return "x".repeat(1e8);`),
    "program-error",
    { memoryMb: 512, burstMs: 5000 },
  ],
  ["a result of quotes", program(`return '"'.repeat(1.9e6);`), "program-error"],
  [
    "an input of 100 MB",
    program(`await tools.write_file({ path: "/a", text: "x".repeat(1e8) });`),
    /sandbox-(memory|protocol|timeout)/,
  ],
  [
    "an input of 100 MB, and room for it",
    program(`await tools.write_file({ path: "/a", text: "x".repeat(1e8) });`),
    "sandbox-protocol",
    { memoryMb: 512, burstMs: 5000 },
  ],
  [
    "logs of 6 MB at once",
    program(`for (let i = 0; i < 20; i++) log("x".repeat(3e5)); return 1;`),
    "sandbox-protocol",
  ],
  ["an error whose words are 10 MB", program(`throw new Error("x".repeat(1e7));`), "program-error"],
  [
    "100,000 calls at once",
    program("for (let i = 0; i < 1e5; i++) tools.get_time(); return 1;"),
    /sandbox-(protocol|memory|timeout)/,
  ],
  [
    "9,000 calls at once",
    program("for (let i = 0; i < 9000; i++) tools.get_time(); return 1;"),
    "deadline",
  ],
  [
    "a model's request of 100 MB",
    program(`await model({ system: "x".repeat(1e8), messages: [] });`),
    /sandbox-(memory|protocol|timeout)/,
  ],
];

const errors: Row[] = [
  ["throws undefined", program("throw undefined;"), "program-error"],
  ["throws null", program("throw null;"), "program-error"],
  ["throws a string", program("throw 'boo';"), "program-error"],
  ["throws a symbol", program("throw Symbol('boo');"), "program-error"],
  ["throws a function", program("throw () => 1;"), "program-error"],
  [
    "throws undefined before there is a program",
    `throw undefined;\n${program("")}`,
    "program-error",
  ],
  [
    "throws a proxy",
    program("throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });"),
    "program-error",
  ],
  [
    "throws words that throw",
    program("throw Object.defineProperty(new Error(), 'message', { get() { throw 3; } });"),
    "program-error",
  ],
  [
    "throws words that never end",
    program("throw Object.defineProperty(new Error(), 'message', { get() { for (;;); } });"),
    "sandbox-timeout",
  ],
  [
    "words its own stack",
    program("Error.prepareStackTrace = () => { throw 1; }; throw new Error('x');"),
    "program-error",
  ],
  [
    "leaves a rejection unhandled",
    program("Promise.reject(new Error('x')); await tools.get_time(); return 1;"),
    "program-error",
  ],
  [
    "handles a rejection late",
    program("const late = Promise.reject(1); await null; late.catch(() => {}); return 1;"),
    "finished",
  ],
  [
    "returns before its calls settle",
    program("tools.write_file({ path: '/a.txt', text: 'x' }); tools.get_time(); return 1;"),
    "finished",
  ],
  [
    "claims to have timed out",
    `throw new Error("Script execution timed out.");\n${program("")}`,
    "program-error",
  ],
  [
    "claims to have run out of memory",
    `throw new Error("Isolate was disposed during execution due to memory limit");\n${program("")}`,
    "program-error",
  ],
];

const files: Row[] = [
  ["no function", "export const x = 1;", "program-error"],
  ["nothing", "", "program-error"],
  ["two functions", `${program("")}export function b() {}`, "program-error"],
  ["a class", "export class Agent {}", "program-error"],
  ["a default", "export default async () => 1;", "finished"],
  ["no JavaScript", "export async function (", "program-syntax"],
  ["an enum", `enum A { B }\n${program("")}`, "program-syntax"],
  [
    "types",
    `interface A { b: 1 }\n${program("const a: number = 1; return a satisfies number;")}`,
    "finished",
  ],
  ["an import", `import fs from "node:fs";\n${program("")}`, "program-syntax"],
  [
    "an import of itself",
    `import { agent as a } from "program";\n${program("")}`,
    "program-syntax",
  ],
  ["import()", program(`await import("node:fs");`), "program-error"],
  [
    "a top-level await for ever",
    `await new Promise(() => {});\n${program("return 1;")}`,
    "finished",
  ],
  [
    "an export that never comes to be",
    `export { x };\nawait new Promise(() => {});\nconst x = () => 1;`,
    "program-error",
  ],
];

const questions: Row[] = [
  ["model() with nothing", program("await model();"), "program-error"],
  ["model() with null", program("await model(null);"), "program-error"],
  [
    "model() with numbers",
    program("await model({ system: 1, messages: 2, tools: 3 });"),
    "program-error",
  ],
  [
    "model() with no messages",
    program("await model({ system: '', messages: [] });"),
    "program-error",
  ],
  [
    "model() with a role there is not",
    program("await model({ system: '', messages: [{ role: 'system', content: [] }] });"),
    "program-error",
  ],
  [
    "model() with tools there are not",
    program(`await model({ ...${request}, tools: ["__proto__", "constructor"] });`),
    "model-error",
  ],
  ["model() with none to ask", program(`await model(${request});`), "model-error"],
];

test.each([...time, ...memory, ...sizes, ...errors, ...files, ...questions])(
  "%s ends as it must, and the next episode is as ever",
  async (_, source, outcome, limits = {}) => {
    const run = await runGuest(bench, source, { limits });
    expect(run.outcome).toMatch(typeof outcome === "string" ? new RegExp(`^${outcome}$`) : outcome);
    await expectHonest(bench);
  },
);

test.each([
  ["a loop", program("await tools.get_time(); for (;;);")],
  ["too much memory", program("await tools.get_time(); const a = []; for (;;) a.push({ b: {} });")],
  ["an error", program("await tools.get_time(); throw 1;")],
  ["spent limits", program("for (;;) await log('x');")],
])("a recording that ends with %s replays equal", async (_, source) => {
  const { file } = await runGuest(bench, source);
  const report = await bench.simulator.replay(file, { program: true });
  expect(report).toMatchObject({ equal: true, complete: true, first: null });
});
