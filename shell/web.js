// Runs first inside the shell's isolate: what just-bash takes from a web platform and a bare isolate
// lacks, with time and chance that the host hands in. Time passes only when everything waits.

/** Steps that are left: count.js makes each one of bash.js take from it. */
let shellFuel = 2 ** 30;
function shellStop() {
  throw new Error("stopped");
}
function shellSpend(steps) {
  shellFuel -= steps;
  if (shellFuel < 0) shellStop();
}
/** For what goes through all of a value at once, the quicker the cheaper. */
function shellEach(value) {
  shellSpend(shellSizeOf(value));
  return value;
}
function shellCode(value) {
  shellSpend(shellSizeOf(value) >>> 2);
  return value;
}
function shellPass(value) {
  shellSpend(shellSizeOf(value) >>> 4);
  return value;
}
function shellSizeOf(value) {
  const size = typeof value === "number" ? value : (value?.length ?? value?.size);
  return size > 0 ? Math.min(Math.ceil(size), 2 ** 30) : 0;
}
globalThis.shellWorld = (() => {
  "use strict";
  const NativeDate = Date;
  const { DateTimeFormat } = Intl;
  let now = 0;
  let zone = "UTC";
  let random = 0;

  // mulberry32, as programs have it.
  Math.random = () => {
    random = (random + 0x6d2b79f5) | 0;
    let t = Math.imul(random ^ (random >>> 15), 1 | random);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  // Local time is the office's, whatever zone the machine is in.
  const QUARTER_MS = 15 * 60_000;
  const offsets = new Map();
  let clockFace;
  function offsetAt(instant) {
    const quarter = Math.floor(instant / QUARTER_MS) * QUARTER_MS;
    if (zone === "UTC" || Number.isNaN(quarter)) return 0;
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      clockFace ??= new DateTimeFormat("en-US", {
        timeZone: zone,
        calendar: "gregory",
        hourCycle: "h23",
        era: "short",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
      const face = {};
      for (const { type, value } of clockFace.formatToParts(quarter)) face[type] = value;
      const year = face.era === "BC" ? 1 - face.year : Number(face.year);
      const local = new NativeDate(0);
      local.setUTCFullYear(year, face.month - 1, face.day);
      local.setUTCHours(face.hour, face.minute, face.second);
      offset = local.getTime() - quarter;
      if (offsets.size > 10_000) offsets.clear();
      offsets.set(quarter, offset);
    }
    return offset;
  }
  const toLocal = (instant) => instant + offsetAt(instant);
  const fromLocal = (local) => local - offsetAt(local - offsetAt(local));

  function parse(text) {
    const words = String(text).trim();
    const isUniversal =
      /^[+-]?\d{4,6}(-\d\d){0,2}$/.test(words) ||
      /(Z|UTC|GMT|[+-]\d\d:?\d\d)\b/i.test(words.slice(7));
    if (isUniversal) return NativeDate.parse(words);
    const isIso = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(words);
    return fromLocal(NativeDate.parse(words + (isIso ? "Z" : " UTC")));
  }

  class OfficeDate extends NativeDate {
    constructor(...parts) {
      if (parts.length === 0) super(now);
      else if (parts.length > 1) super(fromLocal(NativeDate.UTC(...parts)));
      else if (typeof parts[0] === "string") super(parse(parts[0]));
      else super(parts[0]);
    }
    getTimezoneOffset() {
      return -offsetAt(this.getTime()) / 60_000;
    }
    toString() {
      return Number.isNaN(this.getTime()) ? "Invalid Date" : this.toISOString();
    }
    static now() {
      return now;
    }
    static parse(text) {
      return parse(text);
    }
  }
  for (const part of ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"]) {
    OfficeDate.prototype[`set${part}`] = function (...values) {
      const local = new NativeDate(toLocal(this.getTime()));
      local[`setUTC${part}`](...values);
      return this.setTime(fromLocal(local.getTime()));
    };
    OfficeDate.prototype[`get${part}`] = function () {
      return new NativeDate(toLocal(this.getTime()))[`getUTC${part}`]();
    };
  }
  OfficeDate.prototype.getDay = function () {
    return new NativeDate(toLocal(this.getTime())).getUTCDay();
  };
  for (const name of ["toDateString", "toTimeString"]) {
    OfficeDate.prototype[name] = OfficeDate.prototype.toString;
  }
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
    OfficeDate.prototype[name] = OfficeDate.prototype.toString;
  }
  globalThis.Date = OfficeDate;

  // One locale everywhere, and order by code units.
  globalThis.Intl = {
    DateTimeFormat: function (_, options) {
      return new DateTimeFormat("en-US", { timeZone: zone, ...options });
    },
  };
  String.prototype.localeCompare = function (other) {
    const [a, b] = [`${this}`, `${other}`];
    return a < b ? -1 : a > b ? 1 : 0;
  };
  String.prototype.toLocaleLowerCase = String.prototype.toLowerCase;
  String.prototype.toLocaleUpperCase = String.prototype.toUpperCase;
  Number.prototype.toLocaleString = Number.prototype.toString;

  // Engines word this differently, and a script may keep what a tool says.
  const { parse: parseJson } = JSON;
  JSON.parse = (text, reviver) => {
    try {
      return parseJson(text, reviver);
    } catch {
      throw new SyntaxError("invalid JSON");
    }
  };

  const engineOnly = [
    "Temporal",
    "WebAssembly",
    "SharedArrayBuffer",
    "Atomics",
    "WeakRef",
    "FinalizationRegistry",
  ];

  // Timers of simulated time: the earliest runs when nothing else is left to do.
  const timers = new Map();
  let lastTimer = 0;
  globalThis.setTimeout = (callback, delay = 0, ...values) => {
    const wait = Number.isFinite(Number(delay)) ? Math.max(0, Math.ceil(Number(delay))) : 0;
    timers.set(++lastTimer, { due: now + wait, run: () => callback(...values) });
    return lastTimer;
  };
  globalThis.clearTimeout = (id) => void timers.delete(id);
  globalThis.setInterval = () => 0;
  globalThis.clearInterval = globalThis.clearTimeout;
  globalThis.performance = { timeOrigin: 0, now: () => now };
  const silent = () => {};
  globalThis.console = { log: silent, info: silent, warn: silent, error: silent, debug: silent };

  globalThis.DOMException = class DOMException extends Error {
    constructor(message = "", name = "Error") {
      super(message);
      this.name = name;
    }
  };
  class AbortSignal {
    aborted = false;
    reason = undefined;
    #listeners = new Set();
    addEventListener(_, listener) {
      this.#listeners.add(listener);
    }
    removeEventListener(_, listener) {
      this.#listeners.delete(listener);
    }
    throwIfAborted() {
      if (this.aborted) throw this.reason;
    }
    static fire(signal, reason) {
      if (signal.aborted) return;
      signal.aborted = true;
      signal.reason = reason ?? new DOMException("The operation was aborted", "AbortError");
      for (const listener of signal.#listeners) listener.call(signal, { type: "abort" });
      signal.#listeners.clear();
    }
  }
  globalThis.AbortSignal = AbortSignal;
  globalThis.AbortController = class AbortController {
    signal = new AbortSignal();
    abort(reason) {
      AbortSignal.fire(this.signal, reason);
    }
  };

  globalThis.TextEncoder = class TextEncoder {
    encode(text = "") {
      const value = String(text);
      const bytes = new Uint8Array(value.length * 3);
      let size = 0;
      for (let i = 0; i < value.length; i++) {
        let code = value.charCodeAt(i);
        if (code < 0x80) {
          bytes[size++] = code;
          continue;
        }
        if (code >= 0xd800 && code < 0xe000) {
          const low = code < 0xdc00 ? value.charCodeAt(i + 1) : Number.NaN;
          if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            i++;
          } else code = 0xfffd;
        }
        if (code < 0x800) bytes[size++] = 0xc0 | (code >> 6);
        else {
          if (code < 0x10000) bytes[size++] = 0xe0 | (code >> 12);
          else {
            bytes[size++] = 0xf0 | (code >> 18);
            bytes[size++] = 0x80 | ((code >> 12) & 0x3f);
          }
          bytes[size++] = 0x80 | ((code >> 6) & 0x3f);
        }
        bytes[size++] = 0x80 | (code & 0x3f);
      }
      return bytes.slice(0, size);
    }
  };

  /** The length of the sequence that begins here, or 0 where none does, by the Encoding Standard. */
  function sequenceAt(bytes, at) {
    const first = bytes[at];
    if (first < 0x80) return 1;
    const length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4) return 0;
    const second = bytes[at + 1];
    const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (!(second >= least && second <= most)) return 0;
    for (let i = 2; i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return -i;
    return length;
  }

  globalThis.TextDecoder = class TextDecoder {
    #isFatal;
    #keepsMark;
    constructor(label = "utf-8", { fatal = false, ignoreBOM = false } = {}) {
      if (!/^utf-?8$/i.test(label)) throw new RangeError(`unknown encoding ${label}`);
      this.#isFatal = fatal;
      this.#keepsMark = ignoreBOM;
    }
    decode(input = new Uint8Array(0)) {
      const bytes = ArrayBuffer.isView(input)
        ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
        : new Uint8Array(input);
      const parts = [];
      let codes = [];
      const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      let at = isMarked && !this.#keepsMark ? 3 : 0;
      while (at < bytes.length) {
        const length = sequenceAt(bytes, at);
        if (length === 1) codes.push(bytes[at]);
        else if (length > 1) {
          let code = bytes[at] & (0xff >> (length + 1));
          for (let i = 1; i < length; i++) code = (code << 6) | (bytes[at + i] & 0x3f);
          codes.push(code);
        } else {
          if (this.#isFatal) throw new TypeError("The encoded data was not valid UTF-8");
          codes.push(0xfffd);
        }
        at += length > 0 ? length : length < 0 ? -length : 1;
        if (codes.length >= 4096) {
          parts.push(String.fromCodePoint(...codes));
          codes = [];
        }
      }
      parts.push(String.fromCodePoint(...codes));
      return parts.join("");
    }
  };

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const fail = () => {
    throw new DOMException("Not a text of base64", "InvalidCharacterError");
  };
  globalThis.btoa = (input) => {
    const text = String(input);
    const parts = [];
    for (let i = 0; i < text.length; i += 3) {
      const codes = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)];
      if (codes.some((code) => code > 255)) fail();
      const [a, b, c] = codes;
      const bits = (a << 16) | (b << 8) | c;
      parts.push(
        DIGITS[bits >> 18] + DIGITS[(bits >> 12) & 63],
        i + 1 < text.length ? DIGITS[(bits >> 6) & 63] : "=",
        i + 2 < text.length ? DIGITS[bits & 63] : "=",
      );
    }
    return parts.join("");
  };
  globalThis.atob = (input) => {
    const digits = String(input)
      .replace(/[\t\n\f\r ]/g, "")
      .replace(/={1,2}$/, "");
    if (digits.length % 4 === 1) fail();
    const parts = [];
    let bits = 0;
    for (let i = 0; i < digits.length; i++) {
      const value = DIGITS.indexOf(digits[i]);
      if (value < 0) fail();
      bits = ((bits << 6) | value) & 0xffffff;
      if (i % 4) parts.push(String.fromCharCode((bits >> (6 - 2 * (i % 4))) & 255));
    }
    return parts.join("");
  };

  // What goes through all of a text or a list costs by its length.
  const walking = [
    [
      String.prototype,
      "concat includes indexOf lastIndexOf match matchAll normalize padEnd padStart repeat replace replaceAll search split toLowerCase toUpperCase trim trimEnd trimStart",
    ],
    [
      Array.prototype,
      "concat copyWithin entries every fill filter find findIndex findLast flat flatMap forEach includes indexOf join keys lastIndexOf map reduce reverse slice some sort splice toReversed toSorted toString unshift values with",
    ],
    [
      Object.getPrototypeOf(Uint8Array.prototype),
      "fill includes indexOf join lastIndexOf reverse set slice sort toString",
    ],
  ];
  for (const [prototype, names] of walking) {
    for (const name of names.split(" ")) {
      const native = prototype[name];
      prototype[name] = {
        [name](...values) {
          shellPass(this);
          return shellPass(native.apply(this, values));
        },
      }[name];
    }
  }
  for (const [holder, name, charge = shellPass] of [
    [Array, "from", shellEach],
    [Object.getPrototypeOf(Uint8Array), "from", shellEach],
    [Object, "keys"],
    [Object, "values"],
    [Object, "entries"],
    [Object, "fromEntries"],
    [JSON, "stringify"],
    [JSON, "parse"],
    // What is written above, and not counted there.
    [globalThis, "atob", shellCode],
    [globalThis, "btoa", shellCode],
    [TextEncoder.prototype, "encode", shellCode],
    [TextDecoder.prototype, "decode", shellCode],
  ]) {
    const native = holder[name];
    holder[name] = function (...values) {
      charge(values[0]);
      return charge(native.apply(this, values));
    };
  }

  return {
    /** Allows so many steps from here on. */
    allow(steps) {
      shellFuel = steps;
    },
    isSpent: () => shellFuel < 0,
    configure(settings) {
      ({ now, zone, seed: random } = settings);
      // Not before: V8 makes no context of a snapshot in which they are gone.
      for (const name of engineOnly) delete globalThis[name];
    },
    now: () => now,
    /** Lets time pass to the earliest timer and runs it; false if there is none by then. */
    wake(closesAt) {
      let next;
      for (const [id, { due }] of timers) {
        if (next === undefined || due < timers.get(next).due) next = id;
      }
      if (next === undefined || timers.get(next).due > closesAt) {
        if (next !== undefined) now = closesAt;
        return false;
      }
      const { due, run } = timers.get(next);
      timers.delete(next);
      now = Math.max(now, due);
      run();
      return true;
    },
  };
})();
