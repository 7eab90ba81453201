import type { Item } from "../items.ts";
import type { Directory } from "../directory.ts";
import { isInside } from "../directory.ts";
import { createListing } from "../listing.ts";
import type { Table } from "../table.ts";

export interface File {
  /** `file:4` */
  readonly ref: string;
  /** Absolute, below the shared drive: `/policies/leave.md`. */
  readonly path: string;
  readonly text: string;
  readonly encoding: "utf8" | "base64";
  /** Address of its owner. */
  readonly owner: string;
  /** Access of others, by address of person or group. */
  readonly shared: Readonly<Record<string, "read" | "write">>;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  readonly labels: readonly string[];
}

/** Reading a file that a fixture makes fail. */
export interface FileFault {
  readonly path: string;
  /** How it is said. */
  readonly text: string;
  /** How many readings fail before one works; 0 for all. */
  readonly times: number;
}

/** The shared drive, by path. */
export interface FileTree {
  readonly files: Table<File>;
  /** Number of the next file. */
  readonly next: number;
  readonly faults: readonly FileFault[];
  /** How often each fault has struck, by its index. */
  readonly struck: readonly number[];
}

/** All files below a folder, by path. */
export function listTree(tree: FileTree, folder: string): readonly File[] {
  const files = listing.all(tree.files);
  if (folder === "/") return files;
  return files.filter(({ path }) => path.startsWith(`${folder}/`));
}

/** Files in whose path or text every word occurs, by path. */
export function searchTree(tree: FileTree, words: readonly string[]): readonly File[] {
  return listing.matching(tree.files, words);
}

const listing = createListing<File>(
  (a, b) => (a.path < b.path ? -1 : 1),
  ({ path, text, encoding }) => `${path}\n${encoding === "utf8" ? text : ""}`.toLowerCase(),
);

/** Bytes, for files of text and of anything else. */
export function sizeOf(file: File): number {
  return Buffer.byteLength(file.text, file.encoding);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function fileHead(file: File, directory: Directory): Item {
  return itemOf(file, directory, "head", file.path);
}

export function fileItem(file: File, directory: Directory): Item {
  const text = file.encoding === "utf8" ? file.text : `[${nameOf(file.path)}: binary]`;
  return itemOf(file, directory, "whole", text);
}

function itemOf(file: File, directory: Directory, part: Item["part"], text: string): Item {
  const principals = [file.owner, ...Object.keys(file.shared)];
  const everyone = directory.groups.find(({ members }) => coversStaff(members, directory));
  const circle = everyone && principals.includes(everyone.address) ? "company" : "team";
  return {
    ref: file.ref,
    part,
    title: file.path,
    text,
    labels: file.labels,
    audience: { circle, principals },
  };
}

const staffCover = new WeakMap<readonly string[], boolean>();

/** Whether a group holds everyone inside. */
function coversStaff(members: readonly string[], directory: Directory): boolean {
  let covers = staffCover.get(members);
  if (covers === undefined) {
    const known = new Set(members);
    covers = directory.people.every(
      ({ id, address }) => known.has(id) || !isInside(address, directory),
    );
    staffCover.set(members, covers);
  }
  return covers;
}
