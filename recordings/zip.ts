import { crc32, inflateRawSync } from "node:zlib";
import { Zip, ZipDeflate } from "fflate";
import { CubicleError } from "../env/errors.ts";

/** A zip that can't be read, or one entry of it. */
export class ZipError extends CubicleError {
  override readonly name = "ZipError";

  constructor(message: string, options?: ErrorOptions) {
    super("zip", message, options);
  }
}

/** A zip as it is written, one entry after another. */
export interface ZipWriter {
  add(name: string, bytes: Uint8Array): void;
  close(): void;
}

/**
 * The same entries give the same bytes, whenever and wherever they are written.
 *
 * @param write gets the file's bytes, in order
 */
export function createZip(write: (bytes: Uint8Array) => void): ZipWriter {
  // The earliest day a zip knows. It tells local time, so that this is the same in all zones.
  const modified = new Date(1980, 0, 1, 12);
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    write(bytes);
  });
  return {
    add(name, bytes) {
      const entry = new ZipDeflate(name, { level: 6 });
      entry.mtime = modified;
      zip.add(entry);
      entry.push(bytes, true);
    },
    close: () => zip.end(),
  };
}

/** Bytes that are read where they are wanted. */
export interface ByteSource {
  readonly size: number;
  /** Gives fewer bytes only where the source ends. */
  read(offset: number, length: number): Uint8Array;
}

/** What a zip may make of itself, in bytes; a bomb is stopped where it goes beyond. */
export interface ZipLimits {
  readonly entry: number;
  /** Of all entries read. */
  readonly total: number;
}

export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly offset: number;
}

export interface ZipReader {
  /** In the order of the zip's table. A name may stand there twice. */
  readonly entries: readonly ZipEntry[];
  /** @throws ZipError if the entry is damaged, or larger than the limits */
  read(entry: ZipEntry, mostBytes?: number): Uint8Array;
}

const [END, TABLE, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_SIZE, TABLE_SIZE, LOCAL_SIZE] = [22, 46, 30];
const COMMENT_MAX = 0xffff;
const TABLE_MAX = 32 * 2 ** 20;
export const zipLimits: ZipLimits = { entry: 512 * 2 ** 20, total: 3 * 2 ** 30 };

/**
 * Opens a zip by the table at its end. Nothing is unpacked until it is read.
 *
 * @throws ZipError for what is no zip, or one that was cut off
 */
export function openZip(source: ByteSource, limits: ZipLimits = zipLimits): ZipReader {
  const entries = readTable(source);
  let left = limits.total;
  return {
    entries,
    read(entry, mostBytes = limits.entry) {
      const content = unpack(packedBytes(source, entry), entry.method, Math.min(mostBytes, left));
      if (crc32(content) !== entry.crc) throw new ZipError("it is damaged");
      left -= content.length;
      return content;
    },
  };
}

function readTable(source: ByteSource): ZipEntry[] {
  const end = readEnd(source);
  const count = end.readUInt16LE(10);
  const [length, start] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  if (count === 0xffff || start === 0xffffffff || length > TABLE_MAX)
    throw new ZipError("it is a zip of too many entries, or beyond 4 GB");
  const table = readWhole(source, start, length);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + TABLE_SIZE > length || table.readUInt32LE(at) !== TABLE) throw cutOff();
    const nameEnd = at + TABLE_SIZE + table.readUInt16LE(at + 28);
    if (nameEnd > length) throw cutOff();
    entries.push({
      name: table.toString("utf8", at + TABLE_SIZE, nameEnd),
      flags: table.readUInt16LE(at + 8),
      method: table.readUInt16LE(at + 10),
      crc: table.readUInt32LE(at + 16),
      packedBytes: table.readUInt32LE(at + 20),
      offset: table.readUInt32LE(at + 42),
    });
    at = nameEnd + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

function readEnd(source: ByteSource): Buffer {
  const first = Math.max(0, source.size - END_SIZE - COMMENT_MAX);
  const tail = readWhole(source, first, source.size - first);
  for (let at = tail.length - END_SIZE; at >= 0; at--)
    if (tail.readUInt32LE(at) === END) return tail.subarray(at);
  throw cutOff();
}

function packedBytes(source: ByteSource, { flags, offset, packedBytes }: ZipEntry): Buffer {
  if (flags & 1) throw new ZipError("it is encrypted");
  const local = readWhole(source, offset, LOCAL_SIZE);
  if (local.readUInt32LE(0) !== LOCAL) throw new ZipError("it is damaged");
  const start = offset + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
  return readWhole(source, start, packedBytes);
}

function readWhole(source: ByteSource, offset: number, length: number): Buffer {
  if (offset + length > source.size) throw cutOff();
  const { buffer, byteOffset } = source.read(offset, length);
  return Buffer.from(buffer, byteOffset, length);
}

function unpack(packed: Buffer, method: number, limit: number): Uint8Array {
  const tooLarge = `it unpacks to more than may be read (${limit.toLocaleString("en")} bytes)`;
  if (limit <= 0 || (method === 0 && packed.length > limit)) throw new ZipError(tooLarge);
  if (method === 0) return packed;
  if (method !== 8)
    throw new ZipError(`it is compressed in a way that is not read (method ${method})`);
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new ZipError(isTooLarge ? tooLarge : "it is damaged", { cause: error });
  }
}

function cutOff(): ZipError {
  return new ZipError("it is no zip, or was cut off: its table can't be read");
}
