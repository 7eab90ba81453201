import type { Effect } from "../../env/effects.ts";
import type { File } from "../../env/filesystem/files.ts";
import type { Office } from "../../env/office.ts";
import { getEntry, removeEntry, setEntry } from "../../env/table.ts";
import { PythonError } from "./errors.ts";
import { findKey, nextId, putShelf, sharedOf, shelfOf, withQuirk } from "./shelf.ts";

export interface Filed {
  readonly office: Office;
  readonly file: File;
  readonly effects: readonly Effect[];
}

/** @throws PythonError if there is no file of that id */
export function findFile(office: Office, id: string): File {
  const path = findKey(shelfOf(office).files, id);
  if (path === undefined) throw new PythonError("ValueError", `File with ID '${id}' not found.`);
  return getEntry(office.drive.files, path)!;
}

/** Makes a new file, of whatever name: what can be no path gets one that can. */
export function createFile(office: Office, filename: string, content: string): Filed {
  const { drive } = office;
  const path = freePath(office, filename);
  const file: File = {
    ref: `file:${drive.next}`,
    path,
    text: content,
    encoding: "utf8",
    owner: office.mailbox.owner.address,
    shared: {},
    modifiedAt: office.now,
    labels: [],
  };
  const { files } = shelfOf(office);
  const kept = putShelf(putFile(office, file), { files: [...files, [nextId(files), path]] });
  const numbered = { ...kept, drive: { ...kept.drive, next: drive.next + 1 } };
  const next = withQuirk(numbered, file.ref, path === `/${filename}` ? {} : { filename });
  return { office: next, file, effects: [written(file, true)] };
}

function freePath({ drive }: Office, filename: string): string {
  const name = filename.replace(/[/\0]/g, "_");
  const isPlain = name !== "" && name !== "." && name !== "..";
  const path = `/${isPlain ? name : `file-${drive.next}`}`;
  return getEntry(drive.files, path) ? `${path} (${drive.next})` : path;
}

export function appendToFile(office: Office, id: string, content: string): Filed {
  const before = findFile(office, id);
  const file = { ...before, text: before.text + content, modifiedAt: office.now };
  return { office: putFile(office, file), file, effects: [written(file, false)] };
}

export function deleteFile(office: Office, id: string): Filed {
  const file = findFile(office, id);
  const { drive } = office;
  const next = { ...office, drive: { ...drive, files: removeEntry(drive.files, file.path) } };
  const files = shelfOf(office).files.filter((row) => row[0] !== id);
  const effect: Effect = {
    effect: "file-deleted",
    file: file.ref,
    path: file.path,
    labels: file.labels,
  };
  return { office: putShelf(next, { files }), file, effects: [effect] };
}

/** Shares with whatever is given as an address: nothing about it is checked. */
export function shareFile(office: Office, id: string, who: string, permission: "r" | "rw"): Filed {
  const before = findFile(office, id);
  const access = permission === "rw" ? "write" : "read";
  const lower = who.toLowerCase();
  const given = sharedOf(office, before);
  const shared = [...given.filter(([one]) => one !== who), [who, permission] as const];
  const file: File = { ...before, shared: { ...before.shared, [lower]: access } };
  const isKept = shared.every(([one]) => one === one.toLowerCase());
  const next = withQuirk(putFile(office, file), file.ref, isKept ? {} : { shared });
  const effect: Effect = {
    effect: "file-shared",
    file: file.ref,
    path: file.path,
    with: lower,
    access,
  };
  return { office: next, file, effects: [effect] };
}

function putFile(office: Office, file: File): Office {
  const { drive } = office;
  return { ...office, drive: { ...drive, files: setEntry(drive.files, file.path, file) } };
}

function written({ ref, path, text }: File, created: boolean): Effect {
  return { effect: "file-written", file: ref, path, created, text };
}
