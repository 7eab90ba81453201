import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
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
