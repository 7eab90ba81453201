import { afterAll, expect, test } from "vitest";
import { createBench } from "../helpers/simulate.ts";
import { expectHonest, program, runGuest } from "./guest.ts";

const bench = createBench({ watchdogMs: 3000 });
afterAll(() => bench[Symbol.dispose]());

type Row = [name: string, source: string, outcome: string, returned: unknown];

const find = (input: string) => program(`return (await tools.find_person(${input})).code;`);
const caught = (input: string) =>
  program(
    `try { return (await tools.find_person(${input})).code; } catch (error) { return "caught"; }`,
  );

const inputs: Row[] = [
  ["a getter that throws", caught("{ get query() { throw 7; } }"), "finished", "caught"],
  [
    "a getter that changes",
    find("(() => { let n = 0; return { get query() { return n++ ? 5 : 'Mo'; } }; })()"),
    "finished",
    null,
  ],
  ["a getter that never ends", find("{ get query() { for (;;); } }"), "sandbox-timeout", undefined],
  [
    "a proxy that never ends",
    find("new Proxy({}, { ownKeys() { for (;;); } })"),
    "sandbox-timeout",
    undefined,
  ],
  [
    "a proxy without bottom",
    caught(
      "(() => { const q = new Proxy({}, { get: () => q, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }); return q; })()",
    ),
    "finished",
    "caught",
  ],
  [
    "a revoked proxy",
    caught(
      "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
    ),
    "finished",
    "caught",
  ],
  ["itself", caught("(() => { const a = {}; a.a = a; return a; })()"), "finished", "caught"],
  ["a BigInt", caught("{ query: 1n }"), "finished", "caught"],
  ["toJSON that gives another", find("{ toJSON: () => ({ query: 'Mo' }) }"), "finished", null],
  ["toJSON that throws", caught("{ toJSON() { throw 1; } }"), "finished", "caught"],
  ["a string object", find("new String('Mo')"), "finished", "bad-input"],
  ["null", find("null"), "finished", "bad-input"],
  ["a number", find("NaN"), "finished", "bad-input"],
  ["a function", find("() => 1"), "finished", "bad-input"],
  [
    "__proto__ as a key",
    find(`JSON.parse('{"__proto__": { "query": "Mo" }, "query": "Mo" }')`),
    "finished",
    "bad-input",
  ],
  ["__proto__ as its prototype", find("Object.create({ query: 'Mo' })"), "finished", "bad-input"],
  [
    "constructor as a key",
    find("{ query: 'Mo', constructor: { prototype: { polluted: 1 } } }"),
    "finished",
    "bad-input",
  ],
  [
    "tools named like Object's",
    program(
      "return [(await tools.__proto__()).code, (await tools.constructor()).code, (await tools.toString()).code, typeof tools.then, typeof tools[Symbol.iterator]];",
    ),
    "finished",
    ["unknown-tool", "unknown-tool", "unknown-tool", "undefined", "undefined"],
  ],
  [
    "a tool with a long name",
    program("return (await tools['x'.repeat(300)]()).code;"),
    "finished",
    "unknown-tool",
  ],
  [
    "a parent that is none",
    program("await tools.get_time({}, { for: 3 });"),
    "sandbox-protocol",
    undefined,
  ],
  [
    "half characters",
    program(
      String.raw`const path = "/a\ud800.txt"; const { code } = await tools.write_file({ path, text: "\udc00" }); await log("\ud800"); return code;`,
    ),
    "finished",
    null,
  ],
  [
    "a NUL in a path",
    program(String.raw`return (await tools.write_file({ path: "/a\0.txt", text: "" })).code;`),
    "finished",
    "bad-input",
  ],
];

const time = "(await tools.get_time()).code";
const prototypes: Row[] = [
  [
    "Map.prototype",
    program(
      `Map.prototype.get = Map.prototype.set = Map.prototype.delete = () => { throw 1; }; return ${time};`,
    ),
    "finished",
    null,
  ],
  [
    "JSON",
    program(`JSON.stringify = () => "x"; JSON.parse = () => { throw 1; }; return ${time};`),
    "finished",
    null,
  ],
  [
    "Function.prototype",
    program(
      `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1; }; return ${time};`,
    ),
    "finished",
    null,
  ],
  [
    "Reflect",
    program(
      `for (const name of Object.getOwnPropertyNames(Reflect)) Reflect[name] = () => { throw 1; }; return [${time}, typeof new Date()];`,
    ),
    "finished",
    [null, "object"],
  ],
  [
    "Array.prototype",
    program(
      `Object.defineProperty(Array.prototype, "0", { set() { throw 1; }, get() { return 5; } }); Object.defineProperty(Array.prototype, Symbol.iterator, { get() { throw 3; } }); return ${time};`,
    ),
    "finished",
    null,
  ],
  [
    "Array.prototype at once",
    `Object.defineProperty(Array.prototype, "0", { set() { throw 1; }, configurable: true });\n${program("")}`,
    "program-error",
    undefined,
  ],
  [
    "Object.prototype",
    program(
      `for (const key of ["id", "kind", "body", "tool", "input", "parent", "requests", "done", "fault", "for"]) Object.defineProperty(Object.prototype, key, { get: () => "evil", set() {}, configurable: true }); return ${time};`,
    ),
    "finished",
    null,
  ],
  [
    "Object.prototype.then",
    program(
      "Object.prototype.then = function (resolve) { resolve(5); }; return await tools.get_time();",
    ),
    "finished",
    5,
  ],
  [
    "Object.prototype.then, endlessly",
    program(
      `Object.defineProperty(Object.prototype, "then", { get() { for (;;); } }); return ${time};`,
    ),
    "sandbox-timeout",
    undefined,
  ],
  [
    "Promise.prototype.then",
    program(`Promise.prototype.then = function () { throw 1; }; return ${time};`),
    "program-error",
    undefined,
  ],
  [
    "Symbol.species",
    program(
      `Object.defineProperty(Promise, Symbol.species, { get() { throw 1; } }); return ${time};`,
    ),
    "program-error",
    undefined,
  ],
  [
    "Promise.prototype.constructor",
    program(
      `Object.defineProperty(Promise.prototype, "constructor", { get() { throw 2; } }); return ${time};`,
    ),
    "program-error",
    undefined,
  ],
  [
    "Promise.prototype.constructor at once",
    `Object.defineProperty(Promise.prototype, "constructor", { get() { throw 2; } });\n${program("")}`,
    "program-error",
    undefined,
  ],
  [
    "Error's hasInstance",
    program(
      "Object.defineProperty(Error, Symbol.hasInstance, { value() { for (;;); } }); throw 1;",
    ),
    "sandbox-timeout",
    undefined,
  ],
  [
    "toJSON that forges a log",
    program(
      `Object.prototype.toJSON = function () { delete Object.prototype.toJSON; return { id: 1, kind: "log", body: { text: "forged" } }; }; await tools.delete_file({ path: "/a" }); return 1;`,
    ),
    "finished",
    1,
  ],
  [
    "toJSON that forges an id",
    program(
      `Object.prototype.toJSON = function () { delete Object.prototype.toJSON; return { id: 99, kind: "log", body: { text: "" } }; }; await log(1);`,
    ),
    "program-stalled",
    undefined,
  ],
  [
    "toJSON that forges garbage",
    program(`Object.prototype.toJSON = () => "}]"; await tools.get_time();`),
    "sandbox-protocol",
    undefined,
  ],
  [
    "toJSON that forges nothing",
    program("Object.prototype.toJSON = () => undefined; await tools.get_time();"),
    "program-error",
    undefined,
  ],
  [
    "toJSON that forges an end",
    program(`Object.prototype.toJSON = () => ({ returned: "x", failed: "y" }); return {};`),
    "sandbox-protocol",
    undefined,
  ],
  [
    "toJSON that throws at the end",
    program("return { toJSON() { throw 1; } };"),
    "finished",
    undefined,
  ],
];

test.each([...inputs, ...prototypes])("poisoned: %s", async (_, source, outcome, returned) => {
  const run = await runGuest(bench, source);
  expect(run.outcome).toBe(outcome);
  if (outcome === "finished") {
    expect(run.end.returned === null ? undefined : JSON.parse(run.end.returned)).toEqual(returned);
  }
  await expectHonest(bench);
  const report = await bench.simulator.replay(run.file, { program: true });
  expect(report).toMatchObject({ equal: true, first: null });
});

test("a source that breaks what reads TypeScript spoils no other episode", async () => {
  using fresh = createBench();
  for (const [open, close] of [
    ["[", "]"],
    ["a=>(", ")"],
  ] as const) {
    const source = program(`return ${open.repeat(20_000)}1${close.repeat(20_000)};`);
    const { outcome } = await runGuest(fresh, source);
    expect(outcome).toMatch(/^(program-syntax|program-error|sandbox-crash)$/);
    await expectHonest(fresh);
    const typed = await runGuest(fresh, program("const one: number = 1; return one;"));
    expect(typed.end).toMatchObject({ ending: "finished", returned: "1" });
  }
});
