import { strToU8, Zip, ZipDeflate } from "fflate";
import { portable } from "../portable.ts";

/** An `.eval` log as it is written: a zip, one entry after another. */
export interface LogFile {
  add(name: string, value: unknown): void;
  close(): void;
}

const DEPTH = 100;

/**
 * The same entries give the same bytes, whenever and wherever they are written.
 *
 * @param write gets the file's bytes, in order
 */
export function createLogFile(write: (bytes: Uint8Array) => void): LogFile {
  // The earliest day a zip knows. It tells local time, so that this is the same in all zones.
  const modified = new Date(1980, 0, 1, 12);
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    write(bytes);
  });
  return {
    add(name, value) {
      const entry = new ZipDeflate(name, { level: 6 });
      entry.mtime = modified;
      zip.add(entry);
      entry.push(strToU8(JSON.stringify(portable(value, DEPTH))), true);
    },
    close: () => zip.end(),
  };
}
