import { isUtf8 } from "node:buffer";
import { TranscriptError } from "./transcript.ts";

/** Longest transcript that is read: one line, or a file that is one JSON value. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** Bytes of blank and overlong lines after which a file is given up. */
const MOST_IDLE_BYTES = 1024 * 1024 * 1024;
const NEWLINE = 10;

/** A line that is not blank, or why it can't be had. */
export type Line = { readonly line: number } & (
  | { readonly text: string }
  | { readonly problem: string }
);

/**
 * Lines of UTF-8, without their ends, a byte order mark and blank ones. No more of an overlong line
 * is held than its length.
 *
 * @throws TranscriptError for a file with next to nothing but blanks and overlong lines
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  let idle = 0;

  function finish(): Line | undefined {
    const bytes = Buffer.concat(parts);
    const given = length > MOST_BYTES ? { line, problem: tooLong } : lineOf(line, bytes);
    if (!given || "problem" in given) idle += length + 1;
    parts = [];
    length = 0;
    line++;
    return given;
  }

  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length;) {
      const found = chunk.indexOf(NEWLINE, start);
      const end = found < 0 ? chunk.length : found;
      length += end - start;
      if (length > MOST_BYTES) parts = [];
      else parts.push(chunk.subarray(start, end));
      if (idle + Math.max(0, length - MOST_BYTES) > MOST_IDLE_BYTES) throw givenUp(line);
      start = end + 1;
      if (found < 0) break;
      const given = finish();
      if (given) yield given;
    }
  }
  const given = length ? finish() : undefined;
  if (given) yield given;
}

const tooLong =
  "it is longer than 64 MiB, which is the most one transcript may have; an array of many can be made into JSON lines: jq -c '.[]'";

function givenUp(line: number): TranscriptError {
  return new TranscriptError(
    `given up at line ${line}: more than 1 GiB of blank and overlong lines`,
  );
}

function lineOf(line: number, bytes: Buffer): Line | undefined {
  if (!isUtf8(bytes)) return { line, problem: "it is no UTF-8 text" };
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  return text.trim() ? { line, text } : undefined;
}
