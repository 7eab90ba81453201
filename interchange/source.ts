import { readSourceBytes } from "./source-bytes.ts";
import { MOST_BYTES, readLines } from "./source-lines.ts";
import type { Line } from "./source-lines.ts";
import { TranscriptError } from "./transcript.ts";

/** JSON text with a transcript or several, or why it can't be had. */
export type Source = {
  /** 1-based; null for a file that is one JSON value, and for what is said of all of it. */
  readonly line: number | null;
} & ({ readonly text: string } | { readonly problem: string });

/**
 * What there is in a file of transcripts: its lines where these are JSON, else the whole of it. No
 * more is held at once than one transcript may have.
 *
 * @throws UsageError for a file that can't be read
 */
export async function* readSources(file: string): AsyncGenerator<Source> {
  const lines = readLines(readSourceBytes(file));
  let last: number | null = null;
  try {
    const head = await takeHead(lines);
    const whole = wholeOf(head);
    if (whole) yield whole;
    else {
      yield* head;
      last = head.at(-1)?.line ?? null;
      for await (const line of lines) {
        yield line;
        last = line.line;
      }
    }
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    yield { line: last && last + 1, problem: error.message };
  }
}

/** The first line, and those behind it where it is no JSON by itself. */
async function takeHead(lines: AsyncGenerator<Line>): Promise<Line[]> {
  const head: Line[] = [];
  let bytes = 0;
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return head;
    head.push(value);
    if (!("text" in value)) return head;
    bytes += value.text.length;
    if (bytes > MOST_BYTES || (head.length === 1 && isJson(value.text))) return head;
  }
}

/** Lines that are one JSON value together; undefined where each stands for itself. */
function wholeOf(lines: readonly Line[]): Source | undefined {
  const [first] = lines;
  if (!first || !("text" in first) || isJson(first.text)) return undefined;
  const texts = lines.map((line) => ("text" in line ? line.text : ""));
  const text = texts.join("\n");
  if (text.length > MOST_BYTES) return undefined;
  if (isJson(text)) return { line: null, text };
  const isLines =
    texts.length === 1 || texts.slice(1).some((one) => /^[{[]/.test(one) && isJson(one));
  return isLines ? undefined : { line: null, text };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
