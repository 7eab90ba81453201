import { strToU8, Zip, ZipDeflate } from "fflate";
import { portable } from "../portable.ts";

/** An `.eval` log as it is written: a zip, one entry after another. */
export interface LogFile {
  add(name: string, value: unknown): void;
  close(): void;
}

/** The earliest time a zip knows, at noon so that it is that day wherever it is written. */
const MODIFIED = new Date(1980, 0, 1, 12);
const DEPTH = 100;

/**
 * The same entries give the same bytes, whenever and wherever they are written.
 *
 * @param write gets the file's bytes, in order
 */
export function createLogFile(write: (bytes: Uint8Array) => void): LogFile {
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    write(bytes);
  });
  return {
    add(name, value) {
      const entry = new ZipDeflate(name, { level: 6 });
      entry.mtime = MODIFIED;
      zip.add(entry);
      entry.push(strToU8(JSON.stringify(portable(value, DEPTH))), true);
    },
    close: () => zip.end(),
  };
}
