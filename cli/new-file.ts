import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { UsageError } from "../env/errors.ts";

/** A name that is not taken, in the current folder. */
export function freeName(base: string, suffix: string): string {
  for (let count = 1; ; count++) {
    const file = `${base || "recordings"}${count > 1 ? `-${count}` : ""}${suffix}`;
    if (!existsSync(file)) return file;
  }
}

/**
 * Opens a file that is not there yet, to be written.
 *
 * @throws UsageError if it is there
 */
export function openNew(file: string): number {
  try {
    return openSync(file, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new UsageError(
      `${file} is there already, and nothing is written over. Choose another --out.`,
      { cause: error },
    );
  }
}

export function writeNew(file: string, text: string): void {
  const descriptor = openNew(file);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
