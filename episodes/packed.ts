import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { UsageError } from "../env/errors.ts";

/** How the file of a recording ends that was made small: JSON lines under Zstandard (RFC 8878). */
export const PACKED = ".zst";

/** More than any recording may be long: what unpacks to more is not unpacked. */
const MOST_BYTES = 512 * 1024 * 1024;

export function isRecordingName(name: string): boolean {
  return /\.jsonl(?:\.zst)?$/.test(name);
}

/** A file's name without what tells that it is a recording. */
export function stemOf(name: string): string {
  return name.replace(/\.jsonl(?:\.zst)?$/, "");
}

/** The quickest level: on recordings it is as small as the usual one, but for a hundredth. */
const params = { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_compressionLevel]: 1 };

/** The same bytes give the same bytes, with a checksum over what they unpack to. */
export function pack(recording: Uint8Array): Uint8Array {
  return zstdCompressSync(recording, { params });
}

/** @throws UsageError for bytes that are damaged, or far too many */
export function unpack(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    const why = tooLong ? "it unpacks to more than 512 MiB" : "it is damaged, or was cut off";
    throw new UsageError(`${path} can't be unpacked: ${why}.`, { cause: error });
  }
}
