import { hash } from "node:crypto";

const SEED = "cubicle-recording/1";
const SUFFIX = /,"chain":"([0-9a-f]{64})"\}$/;
/** Length of `,"chain":"…"}`. */
const SUFFIX_LENGTH = 76;

export function sha256(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
}

/**
 * Raw lines, each ending in a digest of the line before it and of its own bytes: whatever byte
 * changes, the first line that no longer fits is known. It makes corruption evident, not forgery:
 * the chain has no key.
 */
export interface Chain {
  /** The event as a line with its newline. */
  line(event: object): string;
  /** A line of an event's JSON. */
  lineOf(json: string): string;
}

/** @param last digest of the line to go on from; left out at the start of a recording */
export function createChain(last: string = SEED): Chain {
  let previous = last;
  function lineOf(json: string): string {
    const body = json.slice(0, -1);
    previous = sha256(previous + body);
    return `${body},"chain":"${previous}"}\n`;
  }
  return { lineOf, line: (event) => lineOf(JSON.stringify(event)) };
}

/** The line's digest if it fits behind the digest before it, else `undefined`. Bytes, no newline. */
export function checkLine(line: Uint8Array, previous: string = SEED): string | undefined {
  if (line.length < SUFFIX_LENGTH) return undefined;
  const cut = line.length - SUFFIX_LENGTH;
  const suffix = SUFFIX.exec(Buffer.from(line.subarray(cut)).toString("latin1"));
  if (!suffix) return undefined;
  const body = line.subarray(0, cut);
  const fits = sha256(Buffer.concat([Buffer.from(previous), body])) === suffix[1];
  return fits ? suffix[1] : undefined;
}

/** The event's JSON in a line, without its digest. */
export function bodyOf(line: string): string {
  return `${line.slice(0, -SUFFIX_LENGTH)}}`;
}

/** Whether a line is that of an event with this JSON. Nothing is copied to find out. */
export function isLineOf(line: string, event: string): boolean {
  const length = event.length - 1;
  return line.length === length + SUFFIX_LENGTH && line.slice(0, length) === event.slice(0, length);
}
