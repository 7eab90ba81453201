import { afterAll, afterEach, expect, test } from "vitest";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";
import { program, runGuest } from "./guest.ts";

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

async function returned(body: string, seed = 1, where: Bench = bench): Promise<unknown> {
  const { end } = await runGuest(where, program(body), { seed });
  return JSON.parse(end.returned!);
}

const globals = [
  "AggregateError",
  "Array",
  "ArrayBuffer",
  "AsyncDisposableStack",
  "BigInt",
  "BigInt64Array",
  "BigUint64Array",
  "Boolean",
  "DataView",
  "Date",
  "DisposableStack",
  "Error",
  "EvalError",
  "Float16Array",
  "Float32Array",
  "Float64Array",
  "Function",
  "Infinity",
  "Int16Array",
  "Int32Array",
  "Int8Array",
  "Iterator",
  "JSON",
  "Map",
  "Math",
  "NaN",
  "Number",
  "Object",
  "Promise",
  "Proxy",
  "RangeError",
  "ReferenceError",
  "Reflect",
  "RegExp",
  "Set",
  "String",
  "SuppressedError",
  "Symbol",
  "SyntaxError",
  "TypeError",
  "URIError",
  "Uint16Array",
  "Uint32Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "WeakMap",
  "WeakSet",
  "console",
  "decodeURI",
  "decodeURIComponent",
  "encodeURI",
  "encodeURIComponent",
  "escape",
  "eval",
  "globalThis",
  "isFinite",
  "isNaN",
  "parseFloat",
  "parseInt",
  "undefined",
  "unescape",
];

test("a program sees the language and nothing else", async () => {
  const keys = await returned("return Reflect.ownKeys(globalThis).map(String).sort();");
  expect(keys).toEqual(globals);
  const arguments_ = await returned("return Reflect.ownKeys(arguments[0]).sort();");
  expect(arguments_).toEqual([
    "definitions",
    "log",
    "model",
    "runCode",
    "system",
    "task",
    "tools",
    "turns",
  ]);
});

const absent = [
  "process",
  "require",
  "module",
  "Buffer",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "fetch",
  "URL",
  "TextEncoder",
  "structuredClone",
  "performance",
  "crypto",
  "navigator",
  "gc",
  "Intl",
  "Temporal",
  "WebAssembly",
  "SharedArrayBuffer",
  "Atomics",
  "WeakRef",
  "FinalizationRegistry",
  "ShadowRealm",
  "ivm",
];

test("nothing of a host is to be had, by name or by constructor", async () => {
  const found = await returned(`
    const ways = [globalThis, (() => {}).constructor("return this")(), (0, eval)("this"), log.constructor("return this")(), tools.get_time.constructor("return this")()];
    return ${JSON.stringify(absent)}.filter((name) => ways.some((way) => name in way));`);
  expect(found).toEqual([]);
});

test("no method of a prototype leads back to what was removed", async () => {
  const found = await returned(`
    const gone = /^(Temporal|Intl|WeakRef|Atomics|SharedArrayBuffer|WebAssembly)/;
    const seen = new Set(), found = [];
    const walk = (value, path) => {
      if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return;
      seen.add(value);
      const tag = Object.getOwnPropertyDescriptor(value, Symbol.toStringTag)?.value;
      if (typeof tag === "string" && gone.test(tag)) found.push(path);
      for (const key of Reflect.ownKeys(value)) {
        const { value: inner, get, set } = Object.getOwnPropertyDescriptor(value, key);
        for (const next of [inner, get, set]) walk(next, path + "." + String(key));
      }
      walk(Object.getPrototypeOf(value), path + ".__proto__");
    };
    walk(globalThis, "globalThis");
    walk(arguments[0], "universe");
    for (const name of ["toTemporalInstant"]) if (name in Date.prototype) found.push("Date.prototype." + name);
    return found;`);
  expect(found).toEqual([]);
});

test("stack traces show no function or object of the host", async () => {
  const frames = await returned(`
    Error.prepareStackTrace = (_, sites) => sites.map((site) => [typeof site.getThis(), typeof site.getFunction(), site.getFileName()]);
    return new Error().stack;`);
  expect(frames).toEqual([
    ["undefined", "undefined", "program"],
    ["undefined", "undefined", "<isolated-vm>"],
    ["undefined", "undefined", "<isolated-vm>"],
  ]);
});

test("chance is the seed's", async () => {
  const dice = "return Array.from({ length: 5 }, Math.random);";
  const first = (await returned(dice, 1)) as number[];
  expect(await returned(dice, 1)).toEqual(first);
  expect(await returned(dice, 2)).not.toEqual(first);
  expect(first.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(new Set(first).size).toBe(5);
});

test("time is the office's, stands still in between, and follows what a call takes", async () => {
  const seen = await returned(`
    const see = () => [new Date().toISOString(), Date.now(), new Date(Date.now()).toISOString(), Date().length > 0];
    const before = see();
    for (let i = 0; i < 1e6; i++);
    const same = see();
    await tools.wait({ minutes: 90 });
    return { before, same, after: see()[0], given: new Date(2026, 0, 1).getTime(), class: new (class extends Date {})().getTime() };`);
  const start = Date.UTC(2026, 2, 19, 10, 5);
  const before = ["2026-03-19T10:05:00.000Z", start, "2026-03-19T10:05:00.000Z", true];
  expect(seen).toEqual({
    before,
    same: before,
    after: "2026-03-19T11:35:00.000Z",
    given: Date.UTC(2026, 0, 1),
    class: start + 90 * 60_000,
  });
});

const { TZ, LANG, LC_ALL } = process.env;
afterEach(() => {
  for (const [name, value] of Object.entries({ TZ, LANG, LC_ALL })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test("words for numbers, dates and order are the same wherever the supervisor is", async () => {
  const say = `
    const date = new Date(2026, 6, 1, 12);
    return [
      (1234.5).toLocaleString(), (1234n).toLocaleString(), [1234.5, 6].toLocaleString(), date.toLocaleString(),
      date.toLocaleDateString("de"), date.toLocaleTimeString("tr"), date.toString(), date.getTimezoneOffset(), String(Date()),
      "I".toLocaleLowerCase(), "i".toLocaleUpperCase("tr"), ["ä", "z", "a", "Z"].sort((a, b) => a.localeCompare(b)),
      new Int8Array([1, 2]).toLocaleString(), ({}).toLocaleString(),
    ];`;
  const said: unknown[] = [];
  for (const [zone, language] of [
    ["UTC", "C"],
    ["Asia/Kolkata", "tr_TR.UTF-8"],
    ["America/St_Johns", "de_DE.UTF-8"],
  ]) {
    Object.assign(process.env, { TZ: zone, LANG: language, LC_ALL: language });
    using there = createBench();
    said.push(await returned(say, 1, there));
  }
  expect(said[1]).toEqual(said[0]);
  expect(said[2]).toEqual(said[0]);
  expect(said[0]).toEqual([
    "1234.5",
    "1234",
    "1234.5,6",
    "2026-07-01T12:00:00.000Z",
    "2026-07-01T12:00:00.000Z",
    "2026-07-01T12:00:00.000Z",
    "Wed Jul 01 2026 12:00:00 GMT+0000 (Coordinated Universal Time)",
    0,
    "Thu Mar 19 2026 10:05:00 GMT+0000 (Coordinated Universal Time)",
    "i",
    "I",
    ["Z", "a", "z", "ä"],
    "1,2",
    "[object Object]",
  ]);
});

test("how deep a program may recurse is the same each time, and in a replay", async () => {
  const depth =
    "let d = 0; const f = () => { d++; f(); }; const g = () => { try { f(); } catch {} return d; };";
  const source = program(
    `${depth} const first = g(); await tools.get_time(); d = 0; return [first, g()];`,
  );
  const ends: (string | null)[] = [];
  for (let round = 0; round < 5; round++) {
    const { end, file } = await runGuest(bench, source);
    ends.push(end.returned);
    expect((await bench.simulator.replay(file, { program: true })).first).toBeNull();
  }
  expect(new Set(ends).size).toBe(1);
});
