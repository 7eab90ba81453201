import type { Recording } from "./reader.ts";
import type { Span } from "./verdict.ts";

type Held = Pick<Recording, "header" | "events">;

/** Text that a span points at, with what stands around it on its line. */
export interface Quote {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** A string in a recording: `seq` 0 for the header. */
export interface Place {
  readonly seq: number;
  /** JSON Pointer (RFC 6901). */
  readonly path: string;
  readonly text: string;
}

/** The value that a span's path leads to; undefined where the recording has none. */
export function valueAt({ header, events }: Held, { seq, path }: Pick<Span, "seq" | "path">) {
  let value: unknown = seq === 0 ? header : events[seq - 1];
  for (const part of path.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/**
 * What a span quotes; nothing where it points at no string, or beyond its end. A span without a
 * length means all of its string.
 *
 * @param around most characters of what stands before and after it on the same line
 */
export function quoteAt(recording: Held, span: Span, around = 0): Quote | undefined {
  const text = valueAt(recording, span);
  if (typeof text !== "string") return undefined;
  const isWhole = span.start === 0 && span.end === 0;
  const [start, end] = isWhole ? [0, text.length] : [span.start, span.end];
  if (start > end || end > text.length) return undefined;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  return {
    before: start ? text.slice(Math.max(lineStart, start - around), start) : "",
    text: text.slice(start, end),
    after: text.slice(end, Math.min(lineEnd < 0 ? text.length : lineEnd, end + around)),
  };
}

/** Every string of an event, or of the header, with the path that leads to it. */
export function stringsOf({ header, events }: Held, seq: number): Place[] {
  const found: Place[] = [];
  const waiting: { value: unknown; path: string }[] = [
    { value: seq === 0 ? header : events[seq - 1], path: "" },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value === "string") found.push({ seq, path, text: value });
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value).toReversed())
        waiting.push({
          value: inner,
          path: `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        });
  }
  return found;
}
