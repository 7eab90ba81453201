import { createReadStream } from "node:fs";
import { finished } from "node:stream";
import { createGunzip } from "node:zlib";
import { cantRead } from "../episodes/paths.ts";
import { TranscriptError } from "./transcript.ts";

/** Compressed bytes taken at a time: they can become a thousand times as many. */
const SLICE = 16 * 1024;

/**
 * A file's bytes, unpacked where they are gzip: their first two bytes tell. What comes before a place
 * where gzip breaks off is given.
 *
 * @throws UsageError for a file that can't be read, TranscriptError where its gzip breaks off
 */
export async function* readSourceBytes(file: string): AsyncGenerator<Buffer> {
  const chunks = readChunks(file);
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = prepend(head, chunks);
  yield* head[0] === 0x1f && head[1] === 0x8b ? unpack(whole) : whole;
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
      yield chunk as Buffer;
  } catch (error) {
    throw cantRead(file, error);
  }
}

async function* prepend(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (head.length) yield head;
  yield* rest;
}

async function* unpack(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const zip = createGunzip();
  let parts: Buffer[] = [];
  let failure: NodeJS.ErrnoException | null | undefined;
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    finished(zip, { writable: false }, (error) => {
      failure = error;
      isOver = true;
      resolve();
    });
  });
  const take = (): Buffer[] => {
    const taken = parts;
    parts = [];
    return taken;
  };
  zip.on("data", (part: Buffer) => parts.push(part));
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length && !isOver; start += SLICE) {
      const { promise, resolve } = Promise.withResolvers<void>();
      zip.write(chunk.subarray(start, start + SLICE), () => resolve());
      await Promise.race([promise, over]);
      yield* take();
    }
    if (isOver) break;
  }
  zip.end();
  await over;
  yield* take();
  if (!failure) return;
  throw new TranscriptError(
    failure.code === "Z_BUF_ERROR"
      ? "the file is cut off: its gzip has no end"
      : "the file is damaged: its gzip can't be unpacked any further",
    { cause: failure },
  );
}
