import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { FixtureFiles } from "../env/fixture/load.ts";
import { UsageError } from "../env/errors.ts";
import { cantRead } from "./paths.ts";

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 50_000;

/**
 * The files of a fixture's folder. Links are not followed: a stranger's fixture has no business
 * outside its folder. Hidden files are left out.
 *
 * @throws UsageError for a folder that is none, or too large
 */
export function readFixtureFolder(folder: string): FixtureFiles {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  const walk = (prefix: string): void => {
    const entries = readdirSync(join(folder, prefix), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const { name } = entry;
      if (name.startsWith(".") || name === "node_modules") continue;
      const path = prefix ? `${prefix}/${name}` : name;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) {
        const content = readAtMost(join(folder, path), MOST_BYTES - bytes);
        if (!content || files.size >= MOST_FILES) {
          throw new UsageError(
            `${folder} is too large for a fixture: at most 256 MiB in 50,000 files.`,
          );
        }
        bytes += content.length;
        files.set(path, content);
      }
    }
  };
  try {
    walk("");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cantRead((error as NodeJS.ErrnoException).path ?? folder, error);
  }
  return files;
}

const buffer = Buffer.allocUnsafe(64 * 1024);

/** A file's bytes; `undefined` if there are more than that. Asks nothing but to read it. */
function readAtMost(path: string, most: number): Uint8Array | undefined {
  const descriptor = openSync(path, "r");
  try {
    const parts: Buffer[] = [];
    for (let left = most; ;) {
      const length = readSync(descriptor, buffer);
      left -= length;
      if (left < 0) return undefined;
      if (!length) return parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts.push(Buffer.from(buffer.subarray(0, length)));
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes a fixture's folder, whole or not at all: it gets its name when all is written.
 *
 * @throws UsageError if something bears the name already
 */
export function writeFixtureFolder(folder: string, files: FixtureFiles): void {
  const target = resolve(folder);
  refuseThere(folder);
  const made = `${target}.part-${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  mkdirSync(made);
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), bytes, { flag: "wx" });
    }
    renameSync(made, target);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

/** @throws UsageError if something bears the name already */
export function refuseThere(folder: string): void {
  if (!lstatSync(resolve(folder), { throwIfNoEntry: false })) return;
  throw new UsageError(`${folder} is there already, and nothing is written over.`);
}
