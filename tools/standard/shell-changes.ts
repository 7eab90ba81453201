import type { Effect } from "../../env/effects.ts";
import { sizeOf } from "../../env/filesystem/files.ts";
import type { File, FileTree } from "../../env/filesystem/files.ts";
import type { Office } from "../../env/office.ts";
import { removeEntry, setEntry } from "../../env/table.ts";
import type { ShellAnswer } from "../../shell/shell.ts";
import { fileAt } from "./files.ts";

/** The files of these paths, as they were before the command. */
export function filesAt(office: Office, paths: readonly string[]): File[] {
  return [...new Set(paths)].flatMap((path) => fileAt(office, path) ?? []);
}

/** What may stand in what it wrote. */
export function sourcesOf(office: Office, { read, moved }: ShellAnswer): File[] {
  return filesAt(office, [...read, ...moved.map(({ from }) => from)]);
}

/** The office after the command. A moved file that nothing else became of stays the file it was. */
export function applyChanges(
  office: Office,
  answer: ShellAnswer,
): { readonly next: Office; readonly effects: Effect[] } {
  const { drive } = office;
  let { files, next } = drive;
  const effects: Effect[] = [];
  const movedTo = movesIn(office, answer);
  const movedFrom = new Set([...movedTo.values()].map(({ path }) => path));
  for (const { ref, path, labels } of filesAt(office, answer.deleted)) {
    files = removeEntry(files, path);
    if (movedFrom.has(path)) continue;
    effects.push({ effect: "file-deleted", file: ref, path, labels });
  }
  const sources = sourcesOf(office, answer);
  for (const { path, at, text, encoding } of answer.written) {
    const moved = movedTo.get(path);
    if (moved) {
      files = setEntry(files, path, { ...moved, path });
      effects.push({ effect: "file-moved", file: moved.ref, from: moved.path, to: path });
      continue;
    }
    const before = fileAt(office, path);
    const inherited = sources.filter((source) => mayHold({ text, encoding }, source));
    const labels = [before, ...inherited].flatMap((file) => file?.labels ?? []);
    const file: File = {
      ...(before ?? {
        ref: `file:${next++}`,
        path,
        owner: office.mailbox.owner.address,
        shared: {},
      }),
      text,
      encoding,
      modifiedAt: at,
      labels: [...new Set(labels)],
    };
    files = setEntry(files, path, file);
    effects.push({ effect: "file-written", file: file.ref, path, created: !before, text });
  }
  const struck = countStruck(drive, answer.struck);
  return { next: { ...office, drive: { ...drive, files, next, struck } }, effects };
}

function countStruck({ faults, struck }: FileTree, met: readonly number[]): readonly number[] {
  if (!met.length) return struck;
  return faults.map(({ times }, index) => {
    const before = struck[index] ?? 0;
    return times ? before + met.filter((one) => one === index).length : before;
  });
}

/** Files that were moved as they are to where none was, by where they are now. */
function movesIn(office: Office, { moved, written, deleted }: ShellAnswer): Map<string, File> {
  const gone = new Set(deleted);
  const found = new Map<string, File>();
  for (const { from, to } of moved) {
    const file = fileAt(office, from);
    const now = written.find(({ path }) => path === to);
    if (!file || !now || !gone.has(from) || fileAt(office, to)) continue;
    if (now.text === file.text && now.encoding === file.encoding) found.set(to, file);
  }
  return found;
}

/**
 * Whether what was written may hold some of a source, whose labels it then takes: a line of it, or so
 * much of anything that half of the source could stand in it in other characters.
 */
function mayHold(written: Pick<File, "text" | "encoding">, source: File): boolean {
  if (Buffer.byteLength(written.text, written.encoding) * 2 >= sizeOf(source)) return true;
  if (written.encoding !== "utf8" || source.encoding !== "utf8") return false;
  const lines = new Set(linesOf(source.text));
  return linesOf(written.text).some((line) => lines.has(line));
}

function linesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => line.trim() || []);
}
