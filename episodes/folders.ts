import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { FixtureFiles } from "../env/fixture/load.ts";
import { UsageError } from "../env/errors.ts";
import { cantRead } from "./files.ts";

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
    for (const name of readdirSync(join(folder, prefix)).toSorted()) {
      if (name.startsWith(".") || name === "node_modules") continue;
      const path = prefix ? `${prefix}/${name}` : name;
      const info = lstatSync(join(folder, path));
      if (info.isDirectory()) walk(path);
      else if (info.isFile()) {
        bytes += info.size;
        if (bytes > MOST_BYTES || files.size >= MOST_FILES) {
          throw new UsageError(
            `${folder} is too large for a fixture: at most 256 MiB in 50,000 files.`,
          );
        }
        files.set(path, readFileSync(join(folder, path)));
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

/**
 * Makes a fixture's folder, whole or not at all: it gets its name when all is written.
 *
 * @throws UsageError if something bears the name already
 */
export function writeFixtureFolder(folder: string, files: FixtureFiles): void {
  const target = resolve(folder);
  if (lstatSync(target, { throwIfNoEntry: false })) {
    throw new UsageError(`${folder} is there already, and nothing is written over.`);
  }
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
