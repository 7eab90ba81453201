// Runs inside a fresh isolate before any program does, and is all that a program ever meets: the
// host puts strings in and takes strings out. Everything used later is captured here, so that a
// program that tampers with prototypes harms only itself.
(() => {
  "use strict";
  const { parse, stringify } = JSON;
  const { apply, construct, ownKeys } = Reflect;
  const NativePromise = Promise;
  const { then } = NativePromise.prototype;
  const NativeDate = Date;
  const { get: mapGet, set: mapSet, delete: mapDelete } = Map.prototype;
  const pending = new Map();

  let messageBytes = 0;
  let now = 0;
  let random = 0;
  let lastId = 0;
  let outbox = "";
  let done = "";
  let fault = "";
  // What a piece of code prints, as far as it may.
  let output = "";
  let outputLeft = 0;

  function post(message) {
    const text = stringify(message);
    if (text.length > messageBytes || outbox.length > messageBytes) {
      fault = "message-too-large";
      return;
    }
    outbox += outbox === "" ? text : `,${text}`;
  }

  function request(kind, body) {
    return new NativePromise((resolve) => {
      const id = ++lastId;
      post({ id, kind, body });
      apply(mapSet, pending, [id, resolve]);
    });
  }

  const tools = new Proxy(
    {},
    {
      get: (_, tool) =>
        typeof tool !== "string" || tool === "then"
          ? undefined
          : (input = {}, options = undefined) =>
              request("tool", { tool, input, parent: options?.for ?? null }),
    },
  );
  const model = ({ system, messages, tools: offered = "all", scratchpad }) =>
    request("model", { system, messages, tools: offered, scratchpad });
  const runCode = (source, options = undefined) =>
    request("code", { source, parent: options?.for ?? null, limits: options?.limits ?? {} });
  const log = (...parts) => {
    let text = "";
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      text += (i ? " " : "") + (typeof part === "string" ? part : stringify(part));
    }
    return request("log", { text });
  };

  // For a piece of code: its errors are told by class and line, since an engine's words for them
  // differ between versions; those it made itself, in its own words.
  const AsyncFunction = (async () => {}).constructor;
  const { getPrototypeOf } = Object;
  const { exec } = RegExp.prototype;
  const { slice } = String.prototype;
  const codeLine = /\bcode:(\d+):\d+/;
  const LINES_BEFORE = 2;
  const native = new Map();
  for (const kind of [TypeError, RangeError, ReferenceError, SyntaxError, URIError, EvalError]) {
    native.set(kind.prototype, kind.name);
  }
  class ToolError extends Error {
    constructor(code, text) {
      super(`${code}: ${text}`);
      this.code = code;
    }
    get name() {
      return "ToolError";
    }
  }

  function wordError(error) {
    try {
      if (!(error instanceof Error)) return wordValue(error);
      const name = apply(mapGet, native, [getPrototypeOf(error)]);
      if (name === undefined) return `${error.name}: ${error.message}`;
      const found = apply(exec, codeLine, [error.stack]);
      return found ? `${name} in line ${found[1] - LINES_BEFORE}` : name;
    } catch {
      return "an error that can't be shown";
    }
  }

  function wordValue(value) {
    if (typeof value === "string") return value;
    if (value instanceof Error) return wordError(value);
    try {
      return `${stringify(value, undefined, 1)}`;
    } catch {
      return "a value that can't be shown";
    }
  }

  function printOut(...parts) {
    if (outputLeft <= 0) return;
    let text = "";
    for (let i = 0; i < parts.length; i++) text += (i ? " " : "") + wordValue(parts[i]);
    text += "\n";
    output += text.length > outputLeft ? `${apply(slice, text, [0, outputLeft])}…\n` : text;
    outputLeft -= text.length;
  }

  const officeOf =
    (tool) =>
    async (input = {}) => {
      const { code, text } = await request("tool", { tool, input, parent: null });
      if (code !== null) throw new ToolError(code, text);
      try {
        return parse(text);
      } catch {
        return text;
      }
    };
  const office = new Proxy(
    {},
    {
      get: (_, tool) => (typeof tool !== "string" || tool === "then" ? undefined : officeOf(tool)),
    },
  );

  // Time and chance are the episode's. mulberry32: 32 bits of state are plenty for a program's dice.
  function SimulatedDate(...parts) {
    if (new.target === undefined) return new NativeDate(now).toString();
    return construct(NativeDate, parts.length ? parts : [now], new.target);
  }
  SimulatedDate.prototype = NativeDate.prototype;
  NativeDate.prototype.constructor = SimulatedDate;
  SimulatedDate.now = () => now;
  SimulatedDate.parse = NativeDate.parse;
  SimulatedDate.UTC = NativeDate.UTC;
  globalThis.Date = SimulatedDate;
  const { imul } = Math;
  Math.random = () => {
    random = (random + 0x6d2b79f5) | 0;
    let t = imul(random ^ (random >>> 15), 1 | random);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  // What differs between machines or versions, or lets a program see garbage collection.
  for (const name of [
    "Intl",
    "Temporal",
    "WebAssembly",
    "SharedArrayBuffer",
    "Atomics",
    "WeakRef",
    "FinalizationRegistry",
  ]) {
    delete globalThis[name];
  }
  delete NativeDate.prototype.toTemporalInstant;
  const plain = (prototype, name, same) => {
    prototype[name] = function () {
      return apply(same, this, []);
    };
  };
  plain(Number.prototype, "toLocaleString", Number.prototype.toString);
  plain(BigInt.prototype, "toLocaleString", BigInt.prototype.toString);
  plain(Array.prototype, "toLocaleString", Array.prototype.toString);
  plain(Object.getPrototypeOf(Int8Array.prototype), "toLocaleString", Array.prototype.toString);
  plain(String.prototype, "toLocaleLowerCase", String.prototype.toLowerCase);
  plain(String.prototype, "toLocaleUpperCase", String.prototype.toUpperCase);
  plain(NativeDate.prototype, "toLocaleString", NativeDate.prototype.toISOString);
  plain(NativeDate.prototype, "toLocaleDateString", NativeDate.prototype.toISOString);
  plain(NativeDate.prototype, "toLocaleTimeString", NativeDate.prototype.toISOString);
  String.prototype.localeCompare = function (other) {
    const [a, b] = [`${this}`, `${other}`];
    return a < b ? -1 : a > b ? 1 : 0;
  };
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };

  function describe(error) {
    try {
      return `${error instanceof Error ? `${error.name}: ${error.message}` : stringify(error)}`;
    } catch {
      return "an error that can't be shown";
    }
  }

  function settled(outcome) {
    const text = stringify(outcome);
    done =
      text.length > messageBytes ? stringify({ failed: "what it returned is too large" }) : text;
  }

  return {
    configure(settings) {
      ({ now, messageBytes, seed: random, outputBytes: outputLeft } = parse(settings));
    },
    start(namespace, brief) {
      const keys = ownKeys(namespace);
      const exported = [];
      for (let i = 0; i < keys.length; i++) {
        if (typeof namespace[keys[i]] === "function")
          exported[exported.length] = namespace[keys[i]];
      }
      if (exported.length !== 1) {
        done = stringify({
          failed: `a program exports one function; this one exports ${exported.length}`,
        });
        return;
      }
      const universe = { ...parse(brief), tools, model, log, runCode };
      const run = async () => exported[0](universe);
      apply(then, run(), [
        (value) => {
          let returned = null;
          try {
            returned = stringify(value) ?? null;
          } catch {
            returned = null;
          }
          settled({ returned });
        },
        (error) => settled({ failed: describe(error) }),
      ]);
    },
    startCode(source) {
      const console = { log: printOut, info: printOut, warn: printOut, error: printOut };
      globalThis.console = console;
      let run;
      try {
        run = construct(AsyncFunction, ["tools", "console", `${source}\n//# sourceURL=code`]);
      } catch {
        done = `{"thrown":"syntax","words":""}`;
        return;
      }
      apply(then, run(office, console), [
        (value) => {
          if (value !== undefined) printOut(value);
          done = `{"returned":null}`;
        },
        (error) => {
          const words = wordError(error);
          done = `{"thrown":"error","words":${stringify(apply(slice, words, [0, 2000]))}}`;
        },
      ]);
    },
    settle(id, time, json) {
      now = time;
      const resolve = apply(mapGet, pending, [id]);
      apply(mapDelete, pending, [id]);
      if (resolve) resolve(json === undefined ? undefined : parse(json));
    },
    take() {
      const text = `{"requests":[${outbox}],"done":${done === "" ? "null" : done},"fault":"${fault}","output":${stringify(output)}}`;
      outbox = "";
      output = "";
      done = "";
      return text;
    },
  };
})();
