import { crc32, inflateRawSync, zstdDecompressSync } from "node:zlib";
import { TranscriptError } from "../transcript.ts";

/** What a zip may make of itself; a bomb is stopped where it goes beyond. */
export interface ZipLimits {
  /** Bytes of one entry. */
  readonly entry: number;
  /** Bytes of all entries read. */
  readonly total: number;
}

export const zipLimits: ZipLimits = { entry: 256 * 2 ** 20, total: 4 * 2 ** 30 };

export interface Zip {
  /** In the order of the zip's table; of entries with one name the last counts. */
  readonly names: readonly string[];
  /** @throws TranscriptError if there is no such entry, or it is damaged or too large */
  read(name: string): Uint8Array;
}

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

const END = 0x06054b50;
const TABLE = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const COMMENT_MAX = 0xffff;

/**
 * Opens a zip by the table at its end, as its writers mean it: entries that are no longer in the table
 * are not there. Inspect writes Zstandard, older versions of it deflate.
 *
 * @throws TranscriptError for what is no zip, or one that was cut off
 */
export function openZip(bytes: Uint8Array, limits: ZipLimits = zipLimits): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readTable(bytes, view);
  let left = limits.total;
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (!entry) throw new TranscriptError("it is not in the zip");
      const limit = Math.min(limits.entry, left);
      const content = inflate(packedBytes(bytes, view, entry), entry.method, limit);
      if (crc32(content) !== entry.crc) throw new TranscriptError("it is damaged");
      left -= content.length;
      return content;
    },
  };
}

function readTable(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    throw new TranscriptError("it is a zip of more than 65,534 entries or 4 GB, which is not read");
  const entries = new Map<string, Entry>();
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== TABLE) throw cutOff();
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    if (nameEnd > end) throw cutOff();
    entries.set(Buffer.from(bytes.subarray(at + 46, nameEnd)).toString("utf8"), {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_SIZE - COMMENT_MAX);
  for (let at = view.byteLength - END_SIZE; at >= first; at--)
    if (view.getUint32(at, true) === END) return at;
  throw cutOff();
}

function packedBytes(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { offset, flags, size } = entry;
  if (flags & 1) throw new TranscriptError("it is encrypted");
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) throw cutOff();
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + size > bytes.length) throw cutOff();
  return bytes.subarray(start, start + size);
}

function inflate(packed: Uint8Array, method: number, limit: number): Uint8Array {
  const tooLarge = `it is larger than may be read (${limit.toLocaleString("en")} bytes)`;
  if (limit <= 0 || (method === 0 && packed.length > limit)) throw new TranscriptError(tooLarge);
  try {
    if (method === 0) return packed;
    if (method === 8) return inflateRawSync(packed, { maxOutputLength: limit });
    if (method === 93) return zstdDecompressSync(packed, { maxOutputLength: limit });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new TranscriptError(isTooLarge ? tooLarge : "it is damaged", { cause: error });
  }
  throw new TranscriptError(`it is compressed in a way that is not read (${method})`);
}

function cutOff(): TranscriptError {
  return new TranscriptError("it is a zip that was cut off or damaged: its table can't be read");
}
