import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { UsageError } from "../env/errors.ts";
import { openRecording, recordingsAt } from "../episodes/files.ts";
import { pack, PACKED } from "../episodes/packed.ts";
import { RecordingError } from "../recordings/errors.ts";
import { readRecording } from "../recordings/reader.ts";
import { factsOf } from "./facts.ts";
import { openRunIndex } from "./run-index.ts";
import type { RunIndex } from "./run-index.ts";
import type { Fault, Run, Store } from "./store.ts";
import { detectorsVersion } from "./verdict.ts";

export const INDEX = ".index.sqlite";
/** Recordings between two writes of the index: what is not written when a process dies is read again. */
const BATCH = 100;

/**
 * A folder of recordings, those below it too, and an index over them that is made from them alone.
 * Where the folder can't be written to, the index is kept in memory.
 */
export function openFolderStore(folder: string): Store & { rebuild: Store["sync"] } {
  const index = openIndex(folder);
  const fileOf = (path: string) => join(folder, path);
  const unwritten: Parameters<RunIndex["put"]>[] = [];

  function write(): void {
    if (unwritten.length) index.together(() => unwritten.forEach((row) => index.put(...row)));
    unwritten.length = 0;
  }

  const sync: Store["sync"] = (progress = () => {}) => {
    write();
    const known = new Map(index.seen().map((one) => [one.path, one]));
    const paths = pathsIn(folder);
    const there = new Set(paths);
    const stale = paths.filter((path) => {
      const seen = known.get(path);
      // One that a sweep has just packed is there under its other name.
      const file = statSync(fileOf(path), { throwIfNoEntry: false });
      if (!file) return false;
      const same = seen?.bytes === file.size && seen.modifiedMs === file.mtimeMs;
      return !same || seen.detectors !== detectorsVersion;
    });
    const faults: Fault[] = [];
    index.together(() => {
      for (const path of known.keys()) if (!there.has(path)) index.remove(path);
    });
    for (let at = 0; at < stale.length; at += BATCH) {
      index.together(() => {
        for (const path of stale.slice(at, at + BATCH)) {
          const fault = take(index, folder, path);
          if (fault) faults.push(fault);
        }
      });
      progress(Math.min(at + BATCH, stale.length), stale.length);
    }
    return faults;
  };

  return {
    find(query = {}) {
      write();
      return index.find(query);
    },
    sync,
    rebuild(progress) {
      index.clear();
      return sync(progress);
    },
    keep(path, accept = () => {}) {
      const bytes = readFileSync(fileOf(path));
      const recording = readRecording(bytes);
      if (!recording.end) throw new UsageError(`${fileOf(path)} has no end yet.`);
      const facts = factsOf(recording);
      accept(facts);
      const packed = `${path}${PACKED}`;
      writeWhole(fileOf(packed), pack(bytes));
      rmSync(fileOf(path));
      const run: Run = { path: packed, ...facts };
      const { size, mtimeMs } = statSync(fileOf(packed));
      unwritten.push([run, { bytes: size, modifiedMs: mtimeMs }]);
      if (unwritten.length >= BATCH) write();
      return run;
    },
    [Symbol.dispose]() {
      try {
        write();
      } catch {
        // A full disk has been told of already, and what is not written is read again.
      }
      index[Symbol.dispose]();
    },
  };
}

function openIndex(folder: string): RunIndex {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${folder} is no folder of recordings.`);
  try {
    return openRunIndex(join(folder, INDEX));
  } catch (error) {
    const { errcode } = error as { errcode?: number };
    if (errcode === undefined || !CANT_WRITE.has(errcode & 0xff)) throw error;
    return openRunIndex(":memory:");
  }
}

/** SQLite's words for a file that can't be opened, or not be written to. */
const CANT_WRITE: ReadonlySet<number> = new Set([8, 14]);

function pathsIn(folder: string): string[] {
  try {
    return recordingsAt(folder).map((file) => relative(folder, file).split(sep).join("/"));
  } catch (error) {
    if (error instanceof UsageError && !error.cause) return [];
    throw error;
  }
}

function take(index: RunIndex, folder: string, path: string): Fault | undefined {
  const file = join(folder, path);
  try {
    const { size, mtimeMs } = statSync(file);
    index.put({ path, ...factsOf(openRecording(file)) }, { bytes: size, modifiedMs: mtimeMs });
    return undefined;
  } catch (error) {
    // One that has just been packed by a sweep that goes on is found the next time.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (!(error instanceof RecordingError || error instanceof UsageError)) throw error;
    index.remove(path);
    return { path, problem: error.message };
  }
}

/** A file that is there whole or not at all. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const partial = join(dirname(file), `.${basename(file)}.part`);
  try {
    writeFileSync(partial, bytes);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw Object.assign(error as Error, { path: file });
  }
}
