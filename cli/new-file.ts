import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../env/errors.ts";

/** A file that gets its name when it is whole; disposed of before that, it leaves nothing behind. */
export interface NewFile extends Disposable {
  readonly path: string;
  write(bytes: string | Uint8Array): void;
  finish(): void;
}

/** @throws UsageError if one of them is there already: nothing is written over */
export function refuseExisting(paths: readonly string[]): void {
  const there = paths.find((path) => existsSync(path));
  if (there === undefined) return;
  throw new UsageError(
    `${there} is there already, and nothing is written over. Choose another --out.`,
  );
}

export function createNewFile(path: string): NewFile {
  refuseExisting([path]);
  mkdirSync(dirname(path), { recursive: true });
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const descriptor = openSync(partial, "wx");
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    path,
    write(bytes) {
      const rest = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
      for (let done = 0; done < rest.length;) done += writeSync(descriptor, rest, done);
    },
    finish() {
      close();
      refuseExisting([path]);
      renameSync(partial, path);
    },
    [Symbol.dispose]() {
      close();
      rmSync(partial, { force: true });
    },
  };
}

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
