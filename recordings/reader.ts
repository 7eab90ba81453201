import { bodyOf, checkLine } from "./chain.ts";
import { RecordingError } from "./errors.ts";
import { eventSchema, headerSchema, SCHEMA } from "./events.ts";
import type { EndEvent, Header, RecordedEvent } from "./events.ts";

export interface Recording {
  readonly header: Header;
  readonly events: readonly RecordedEvent[];
  /** The raw lines without newlines, the header's first: `lines[seq]` is that event's. */
  readonly lines: readonly string[];
  /** The last event, if the recording came to its end. */
  readonly end: EndEvent | undefined;
  /** Bytes of a last line without its newline, which is dropped. */
  readonly tornBytes: number;
  /** Chain digest of the last whole line: the recording's own digest once it has an end. */
  readonly digest: string;
}

const NEWLINE = 10;

/**
 * Reads a recording from its bytes, checking every line against the chain and the schema.
 *
 * @throws RecordingError naming the first line that is wrong
 */
export function readRecording(bytes: Uint8Array): Recording {
  const { lines, tornBytes } = splitLines(bytes);
  if (!lines.length) {
    throw tornBytes
      ? new RecordingError(
          "not-a-recording",
          1,
          "This is not a recording: its first line has no end.",
        )
      : new RecordingError("empty", 0, "The recording is empty: nothing was ever written to it.");
  }
  const header = readHeader(lines[0]!);
  let previous = checkLine(lines[0]!);
  if (!previous) throw corrupt(1);
  const events: RecordedEvent[] = [];
  const texts: string[] = [text(lines[0]!)];
  for (let index = 1; index < lines.length; index++) {
    previous = checkLine(lines[index]!, previous);
    if (!previous) throw corrupt(index + 1);
    if (events.at(-1)?.kind === "end") throw afterEnd(index + 1);
    const line = text(lines[index]!);
    events.push(readEvent(line, index));
    texts.push(line);
  }
  const last = events.at(-1);
  const end = last?.kind === "end" ? last : undefined;
  if (end && tornBytes) throw afterEnd(lines.length + 1);
  return { header, events, lines: texts, end, tornBytes, digest: previous };
}

function splitLines(bytes: Uint8Array): { lines: Uint8Array[]; tornBytes: number } {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
    lines.push(bytes.subarray(start, at));
    start = at + 1;
  }
  return { lines, tornBytes: bytes.length - start };
}

function text(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8");
}

function readHeader(line: Uint8Array): Header {
  const value = parse(text(line));
  if (!isObject(value) || value["kind"] !== "header") {
    throw new RecordingError(
      "not-a-recording",
      1,
      "This is not a recording: its first line is no header.",
    );
  }
  const schema = value["schema"];
  if (typeof schema === "number" && schema > SCHEMA) {
    throw new RecordingError(
      "newer-schema",
      1,
      `This recording is of schema ${schema}; this cubicle reads up to ${SCHEMA}. Use the version that wrote it (${String(value["cubicle"])}) or a newer one.`,
    );
  }
  const { chain: _, ...rest } = value;
  const parsed = headerSchema.safeParse(rest);
  if (parsed.success) return parsed.data;
  if (!checkLine(line)) throw corrupt(1);
  throw invalid(1, parsed.error.issues[0]);
}

function readEvent(line: string, index: number): RecordedEvent {
  const value = parse(bodyOf(line));
  if (!isObject(value)) throw corrupt(index + 1);
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) throw invalid(index + 1, parsed.error.issues[0]);
  if (parsed.data.seq !== index) {
    const message = `Line ${index + 1} has seq ${parsed.data.seq}; it should be ${index}.`;
    throw new RecordingError("corrupt", index + 1, message);
  }
  return parsed.data;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function corrupt(line: number): RecordingError {
  const message = `Line ${line} has been changed or damaged: it does not fit behind the lines before it. Nothing from there on can be trusted.`;
  return new RecordingError("corrupt", line, message);
}

function afterEnd(line: number): RecordingError {
  return new RecordingError("corrupt", line, `Line ${line} stands after the recording's end.`);
}

function invalid(
  line: number,
  issue: { path: PropertyKey[]; message: string } | undefined,
): RecordingError {
  const where = issue?.path.join(".") || "the event";
  const message = `Line ${line} is no event of a recording: ${where}: ${issue?.message ?? "not understood"}.`;
  return new RecordingError("corrupt", line, message);
}

/** One whole line of a recording, not checked against the chain. */
export function parseLine(line: string): Header | RecordedEvent {
  const { chain: _, ...value } = JSON.parse(line) as Record<string, unknown>;
  return value["kind"] === "header" ? headerSchema.parse(value) : eventSchema.parse(value);
}
