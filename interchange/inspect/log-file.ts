import { createZip } from "../../recordings/zip.ts";
import { portable } from "../portable.ts";

/** An `.eval` log as it is written: a zip, one entry after another. */
export interface LogFile {
  add(name: string, value: unknown): void;
  close(): void;
}

const DEPTH = 100;

/** @param write gets the file's bytes, in order */
export function createLogFile(write: (bytes: Uint8Array) => void): LogFile {
  const zip = createZip(write);
  return {
    add: (name, value) => zip.add(name, Buffer.from(JSON.stringify(portable(value, DEPTH)))),
    close: () => zip.close(),
  };
}
