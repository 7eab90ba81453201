import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
