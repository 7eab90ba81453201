/** Thrown inside for a text that is no literal. */
class NoLiteral extends Error {}

const MOST_DEPTH = 90;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const NUMBER =
  /^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)/;

/**
 * The value of a text that is a list as Python writes one, such as `['a', "b"]`; `undefined` for any
 * other text. Tuples and sets inside come out as arrays, bytes as texts: JSON has nothing nearer.
 */
export function parsePythonList(text: string): unknown[] | undefined {
  const start = text.replace(/^[ \t]+/, "").replace(/^(?:[ \t\f]*(?:#[^\n]*)?\r?\n)+/, "");
  if (!/^[[(]/.test(start)) return undefined;
  try {
    const value = readWhole(start);
    return Array.isArray(value) && !tuples.has(value) ? value : undefined;
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

/** Arrays that were written as tuples or sets: no lists. */
const tuples = new WeakSet<object>();

function asTuple(items: unknown[]): unknown[] {
  tuples.add(items);
  return items;
}

function readWhole(text: string): unknown {
  let at = 0;
  let depth = 0;

  function fail(): never {
    throw new NoLiteral();
  }

  /** Inside brackets line ends and comments are space. */
  function skip(): void {
    for (;;) {
      const match = /^(?:[ \t\f\r\n]+|#[^\n]*|\\\n)/.exec(text.slice(at, at + 200));
      if (!match) return;
      at += match[0].length;
      if (match[0].startsWith("#")) while (at < text.length && text[at] !== "\n") at++;
    }
  }

  function readValue(): unknown {
    skip();
    const char = text[at];
    if (char === undefined) return fail();
    if (char === "[" || char === "(" || char === "{") return readBracket(char);
    if (char === "-" || char === "+") {
      at++;
      skip();
      if (text[at] === "-" || text[at] === "+") return fail();
      const value = readValue();
      if (typeof value !== "number") return fail();
      return char === "-" ? -value : value;
    }
    const string = readStrings();
    if (string !== undefined) return string;
    const word = /^(?:None|True|False)(?![\w])/.exec(text.slice(at, at + 6))?.[0];
    if (word) {
      at += word.length;
      return word === "None" ? null : word === "True";
    }
    return readNumber();
  }

  function readNumber(): number {
    const match = NUMBER.exec(text.slice(at, at + 400))?.[0];
    if (
      !match ||
      (/^0_?[0-9_]*[1-9]/.test(match.replace(/[.eE].*/, "")) &&
        !/^0[xXoObB]/.test(match) &&
        !/[.eE]/.test(match))
    ) {
      return fail();
    }
    at += match.length;
    if (/^[\w]/.test(text.slice(at, at + 1))) return fail();
    return Number(match.replaceAll("_", ""));
  }

  function readBracket(open: "[" | "(" | "{"): unknown {
    if (++depth > MOST_DEPTH) return fail();
    const close = { "[": "]", "(": ")", "{": "}" }[open];
    at++;
    const items: unknown[] = [];
    const pairs: [string, unknown][] = [];
    let commas = 0;
    let isDict = open === "{";
    for (let first = true; ; first = false) {
      skip();
      if (text[at] === close) break;
      const item = readValue();
      skip();
      if (open === "{" && text[at] === ":") {
        if (!first && !isDict) return fail();
        at++;
        if (item !== null && typeof item === "object") return fail();
        pairs.push([keyOf(item), readValue()]);
        skip();
      } else {
        if (open === "{" && !first && isDict) return fail();
        isDict = false;
        items.push(item);
      }
      if (text[at] === ",") {
        at++;
        commas++;
      } else if (text[at] !== close) return fail();
    }
    at++;
    depth--;
    if (open === "[") return items;
    if (open === "{") return isDict ? Object.fromEntries(pairs) : asTuple(items);
    return items.length === 1 && commas === 0 ? items[0] : asTuple(items);
  }

  /** Adjacent strings are one. */
  function readStrings(): string | undefined {
    let whole: string | undefined;
    for (;;) {
      const match = /^([rRuUbB]{0,2})("""|'''|"|')/.exec(text.slice(at, at + 5));
      if (!match) return whole;
      const prefix = match[1]!.toLowerCase();
      if (prefix.length > 1 && !/^(?:rb|br)$/.test(prefix)) return fail();
      at += match[0].length;
      whole = (whole ?? "") + readString(match[2]!, prefix.includes("r"), prefix.includes("b"));
      skip();
    }
  }

  function readString(quote: string, raw: boolean, bytes: boolean): string {
    let value = "";
    for (;;) {
      const char = text[at];
      if (char === undefined || (char === "\n" && quote.length === 1)) return fail();
      if (text.startsWith(quote, at)) {
        at += quote.length;
        return value;
      }
      if (char !== "\\") {
        if (bytes && char > "\x7f") return fail();
        value += char;
        at++;
      } else if (raw) {
        value += text.slice(at, at + 2);
        at += 2;
      } else value += readEscape(bytes);
    }
  }

  function readEscape(bytes: boolean): string {
    const next = text[at + 1];
    if (next === undefined) return fail();
    const simple = SIMPLE_ESCAPES[next];
    if (simple !== undefined) {
      at += 2;
      return simple;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
    if (octal) {
      at += 1 + octal.length;
      return String.fromCharCode(Number.parseInt(octal, 8));
    }
    const digits = next === "x" ? 2 : bytes ? 0 : next === "u" ? 4 : next === "U" ? 8 : 0;
    if (digits) {
      const hex = text.slice(at + 2, at + 2 + digits);
      const code =
        /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
      if (!(code <= 0x10ffff)) return fail();
      at += 2 + digits;
      return String.fromCodePoint(code);
    }
    if (next === "N" && !bytes) return fail();
    at += 2;
    return `\\${next}`;
  }

  const value = readValue();
  skip();
  return at === text.length ? value : fail();
}

function keyOf(value: unknown): string {
  if (value === null) return "None";
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}
