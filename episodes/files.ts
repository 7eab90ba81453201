import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../env/errors.ts";
import { RecordingError } from "../recordings/errors.ts";
import { readRecording } from "../recordings/reader.ts";
import type { Recording } from "../recordings/reader.ts";
import { isRecordingName, PACKED, unpack } from "./packed.ts";
import { isBundle, membersAt, readMember, splitMember } from "./bundles.ts";
import { cantRead } from "./paths.ts";

/**
 * Reads a recording from its file, or from a bundle.
 *
 * @throws UsageError if the file can't be read, RecordingError if it is no good recording
 */
export function openRecording(file: string): Recording {
  const bytes = readBytes(file);
  try {
    return readRecording(bytes);
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    throw new RecordingError(error.code, error.line, `${file}: ${error.message}`);
  }
}

/** The bytes of a file, unpacked, or of a recording in a bundle (`runs.cubicle:NAME`). */
export function readBytes(file: string): Uint8Array {
  const member = splitMember(file);
  if (member) return readMember(member);
  if (isBundle(file) && statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(`${file} is a bundle; say which recording in it: ${file}:NAME.`);
  }
  try {
    if (statSync(file).isDirectory()) {
      throw new UsageError(`${file} is a folder; give a recording in it (a .jsonl file).`);
    }
    const bytes = readFileSync(file);
    return file.endsWith(PACKED) ? unpack(file, bytes) : bytes;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cantRead(file, error);
  }
}

/** Where what is made of a recording belongs: the folder it lies in, or its bundle does. */
export function folderOf(file: string): string {
  return dirname(splitMember(file)?.bundle ?? file);
}

/**
 * The recordings at a path: the file itself, all in a bundle, or all `.jsonl` and `.jsonl.zst` files
 * of a folder and those below.
 */
export function recordingsAt(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    return [path];
  }
  if (!isFolder) return isBundle(path) ? membersAt(path) : [path];
  const found: string[] = [];
  const walk = (folder: string): void => {
    // What is there packed too was kept so when its episode ended.
    const names = new Set(readdirSync(folder).toSorted());
    for (const name of names) {
      if (name.startsWith(".")) continue;
      const inner = join(folder, name);
      const info = lstatSync(inner);
      if (info.isDirectory()) walk(inner);
      else if (info.isFile() && isRecordingName(name) && !names.has(`${name}${PACKED}`))
        found.push(inner);
    }
  };
  try {
    walk(path);
  } catch (error) {
    throw cantRead((error as NodeJS.ErrnoException).path ?? path, error);
  }
  if (!found.length) throw new UsageError(`There are no recordings (.jsonl files) in ${path}.`);
  return found;
}

/** Gives a file its name, unless something bears it: two runs may have chosen the same. */
export function placeNew(from: string, to: string): void {
  try {
    linkSync(from, to);
    unlinkSync(from);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw takenError(to, error);
    if (!["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(code ?? "")) throw error;
    placeWithoutLinks(from, to);
  }
}

/** For disks that know no links, such as FAT: the name is taken first, then written over. */
function placeWithoutLinks(from: string, to: string): void {
  try {
    closeSync(openSync(to, "wx"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw takenError(to, error);
    throw error;
  }
  renameSync(from, to);
}

function takenError(path: string, cause: unknown): UsageError {
  return new UsageError(`${path} is there already, and nothing is written over.`, { cause });
}
