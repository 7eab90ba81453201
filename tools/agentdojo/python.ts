/**
 * Values as Python words them: what a pack needs that answers as a Python program does.
 *
 * JSON is all that comes in, so a float without a fraction can't be told from an integer.
 */

const UNPRINTABLE = /^[\p{C}\p{Z}]$/u;
const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** `repr()` of a JSON value. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return reprNumber(value);
  if (typeof value === "string") return reprString(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${reprString(key)}: ${pythonRepr(item)}`,
  );
  return `{${entries.join(", ")}}`;
}

/** `str()` of a JSON value. */
export function pythonStr(value: unknown): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

/** `type(value).__name__` of a JSON value. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "string") return "str";
  return Array.isArray(value) ? "list" : "dict";
}

function reprNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let written = quote;
  for (const char of text) {
    if (char === quote) written += `\\${char}`;
    else if (char >= " " && char <= "~" && char !== "\\") written += char;
    else written += NAMED_ESCAPES[char] ?? (UNPRINTABLE.test(char) ? escapeOf(char) : char);
  }
  return written + quote;
}

function escapeOf(char: string): string {
  const code = char.codePointAt(0)!;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

const CASED = /\p{Cased}/u;

/** `str.title()`: a letter that follows no letter is upper case, every other lower. */
export function titleCase(text: string): string {
  let titled = "";
  let inWord = false;
  for (const char of text) {
    const upper = char.toUpperCase();
    titled += inWord
      ? char.toLowerCase()
      : `${[...upper][0] ?? ""}${[...upper].slice(1).join("").toLowerCase()}`;
    inWord = CASED.test(char);
  }
  return titled;
}

/** `len()` of a text: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) length--;
    }
  }
  return length;
}
