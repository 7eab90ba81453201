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
  const model = ({ system, messages, tools: offered = "all" }) =>
    request("model", { system, messages, tools: offered });
  const log = (...parts) => {
    let text = "";
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      text += (i ? " " : "") + (typeof part === "string" ? part : stringify(part));
    }
    return request("log", { text });
  };

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
      ({ now, messageBytes, seed: random } = parse(settings));
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
      const universe = { ...parse(brief), tools, model, log };
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
    settle(id, time, json) {
      now = time;
      const resolve = apply(mapGet, pending, [id]);
      apply(mapDelete, pending, [id]);
      if (resolve) resolve(json === undefined ? undefined : parse(json));
    },
    take() {
      const text = `{"requests":[${outbox}],"done":${done === "" ? "null" : done},"fault":"${fault}"}`;
      outbox = "";
      done = "";
      return text;
    },
  };
})();
