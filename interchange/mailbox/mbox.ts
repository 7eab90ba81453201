/** Longest message that is read. Of a longer one no more is held than this. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** A message as it lies in a file, or why it can't be had. */
export interface RawMessage {
  /** Where it begins: `inbox.mbox:120`. */
  readonly place: string;
  /** Undefined for one that is too long. */
  readonly bytes: Uint8Array | undefined;
}

/** Where a message may begin: behind an empty line, with who sent it, the time and the year. */
const BREAK = Buffer.from("\nFrom ");
/** What a separating line is no longer than. */
const LINE = 400;
const SEPARATOR = /^From [^\n]{0,300} \d\d:\d\d[^\n]{0,60}\d{4}[^\n]{0,20}\r?\n/;

/**
 * The messages of an mbox, one after another, without the lines that part them. Lines that were
 * quoted for its sake (`>From `) are as they were.
 */
export async function* readMbox(
  name: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<RawMessage> {
  let parts: Buffer[] = [];
  let [size, line, begun] = [0, 1, 1];

  const take = (bytes: Buffer): void => {
    size += bytes.length;
    line += countLines(bytes);
    if (size > MOST_BYTES) parts = [];
    else parts.push(Buffer.from(bytes));
  };
  function finish(): RawMessage | undefined {
    const [place, length] = [`${name}:${begun}`, size];
    const bytes = length > MOST_BYTES ? undefined : unquote(Buffer.concat(parts));
    [parts, size, begun] = [[], 0, line];
    return length ? { place, bytes } : undefined;
  }

  let data: Buffer = Buffer.alloc(0);
  let isEnd = false;
  const source = chunks[Symbol.asyncIterator]();
  while (!isEnd) {
    const next = await source.next();
    isEnd = next.done === true;
    if (!next.done) data = data.length ? Buffer.concat([data, next.value]) : next.value;
    let [from, at] = [0, 0];
    for (;;) {
      const found = data.indexOf(BREAK, at);
      // What may yet turn out to part two messages waits for more.
      const isCut = !isEnd && (found < 0 || found + LINE > data.length);
      if (found < 0 || isCut) {
        const end = isEnd ? data.length : found < 0 ? data.length - BREAK.length : found - 2;
        const keep = Math.max(from, end);
        take(data.subarray(from, keep));
        data = data.subarray(keep);
        break;
      }
      at = found + 1;
      if (!partsThere(data, found)) continue;
      take(data.subarray(from, at));
      const message = finish();
      if (message) yield message;
      from = at;
    }
  }
  const message = finish();
  if (message) yield message;
}

function partsThere(data: Buffer, found: number): boolean {
  const isEmpty = data[found - 1] === 10 || (data[found - 1] === 13 && data[found - 2] === 10);
  return isEmpty && SEPARATOR.test(data.toString("latin1", found + 1, found + 1 + LINE));
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

function unquote(bytes: Buffer): Buffer {
  const first = bytes.subarray(0, 5).toString("latin1") === "From " ? bytes.indexOf(10) + 1 : 0;
  const rest = bytes.subarray(first);
  if (!rest.includes(">From ")) return rest;
  return Buffer.from(rest.toString("latin1").replaceAll(/^>(>*From )/gm, "$1"), "latin1");
}
