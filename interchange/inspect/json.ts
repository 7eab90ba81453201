import { TranscriptError } from "../transcript.ts";

/**
 * JSON as Python writes it: numbers that are none (`NaN`, `Infinity`) are read as null.
 *
 * @throws TranscriptError for what is none
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new TranscriptError("it is no JSON: it is no UTF-8", { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(withoutNonNumbers(text));
    } catch (error) {
      throw new TranscriptError("it is no JSON, or was cut off", { cause: error });
    }
  }
}

/** Strings are left as they are. */
function withoutNonNumbers(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    parts.push(text.slice(at, end).replace(/-?\bInfinity\b|\bNaN\b/g, "null"));
    at = quote < 0 ? end : endOfString(text, quote);
    parts.push(text.slice(end, at));
  }
  return parts.join("");
}

function endOfString(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}
