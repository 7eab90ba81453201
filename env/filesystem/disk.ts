import { Volume } from "memfs";
import { ToolFault } from "../errors.ts";
import { changeOf, changesIn, getEntry } from "../table.ts";
import type { File, FileTree } from "./files.ts";

/** A name in a folder. */
export interface Entry {
  readonly path: string;
  readonly folder: boolean;
}

/**
 * The drive as a file system: memfs volumes, one of the fixture's files that all its episodes share
 * and one of this episode's writes over it. A view: it catches up with whichever state it is asked
 * about, so an older state can be looked at too.
 */
export interface Disk {
  list(tree: FileTree, folder: string): Entry[];
  /** Fails as a file system would: no such file, or a folder. */
  read(tree: FileTree, path: string): File;
  /** Fails where a write could not land: a folder of that name, or a file in place of a folder. */
  check(tree: FileTree, path: string): void;
}

const bases = new WeakMap<ReadonlyMap<string, File>, Volume>();

function baseOf(files: ReadonlyMap<string, File>): Volume {
  let volume = bases.get(files);
  if (!volume) {
    volume = new Volume();
    volume.mkdirSync("/", { recursive: true });
    for (const file of files.values()) put(volume, file);
    bases.set(files, volume);
  }
  return volume;
}

function put(volume: Volume, file: File): void {
  const folder = folderOf(file.path);
  if (!volume.existsSync(folder)) volume.mkdirSync(folder, { recursive: true });
  volume.writeFileSync(file.path, Buffer.from(file.text, file.encoding));
}

/** Removes a file and the folders it leaves empty. */
function remove(volume: Volume, path: string): void {
  volume.unlinkSync(path);
  for (let folder = folderOf(path); folder !== "/"; folder = folderOf(folder)) {
    if (volume.readdirSync(folder).length) return;
    volume.rmdirSync(folder);
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

export function createDisk(): Disk {
  const writes = new Volume();
  writes.mkdirSync("/", { recursive: true });
  const held = new Map<string, File>();
  let current: FileTree["files"] | undefined;

  /** Makes the volume of writes hold exactly this state's changes. */
  function catchUp({ files }: FileTree): void {
    if (files === current) return;
    const changes = changesIn(files);
    for (const path of held.keys()) {
      if (!changes.get(path)) {
        remove(writes, path);
        held.delete(path);
      }
    }
    for (const [path, file] of changes) {
      if (file && held.get(path) !== file) {
        put(writes, file);
        held.set(path, file);
      }
    }
    current = files;
  }

  /** Folders exist while a file is in them, as on a drive that keeps no empty ones. */
  function kindOf(tree: FileTree, path: string): "file" | "folder" | undefined {
    catchUp(tree);
    if (path === "/") return "folder";
    if (getEntry(tree.files, path)) return "file";
    return holdsFiles(tree, path) ? "folder" : undefined;
  }

  function names(tree: FileTree, folder: string): Entry[] {
    const found = new Map<string, Entry>();
    for (const volume of [baseOf(tree.files.base), writes]) {
      for (const entry of childrenIn(volume, folder)) {
        if (isThere(tree, entry)) found.set(entry.path, entry);
      }
    }
    return [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Of the volume of writes all is there; of the base's what was not taken away since. */
  function isThere(tree: FileTree, { path, folder }: Entry): boolean {
    return folder ? holdsFiles(tree, path) : changeOf(tree.files, path) !== null;
  }

  function holdsFiles(tree: FileTree, folder: string): boolean {
    if (isFolder(writes, folder)) return true;
    return childrenIn(baseOf(tree.files.base), folder).some((entry) => isThere(tree, entry));
  }

  return {
    list(tree, folder) {
      const kind = kindOf(tree, folder);
      if (kind === "file") throw fault("ENOTDIR", folder);
      if (!kind) throw fault("ENOENT", folder);
      return names(tree, folder);
    },
    read(tree, path) {
      const kind = kindOf(tree, path);
      if (kind === "folder") throw fault("EISDIR", path);
      const { files } = tree;
      const file = getEntry(files, path);
      if (!kind || !file) throw fault("ENOENT", path);
      const volume = changeOf(files, path) ? writes : baseOf(files.base);
      return { ...file, text: String(volume.readFileSync(path, { encoding: file.encoding })) };
    },
    check(tree, path) {
      if (kindOf(tree, path) === "folder") throw fault("EISDIR", path);
      for (let folder = folderOf(path); folder !== "/"; folder = folderOf(folder)) {
        if (kindOf(tree, folder) === "file") throw fault("ENOTDIR", folder);
      }
    },
  };
}

/** What memfs tells of a name in a folder. */
interface Child {
  readonly name: unknown;
  isDirectory(): boolean;
}

function childrenIn(volume: Volume, folder: string): Entry[] {
  if (!isFolder(volume, folder)) return [];
  const below = folder === "/" ? "/" : `${folder}/`;
  const children = volume.readdirSync(folder, { withFileTypes: true }) as readonly Child[];
  return children.map((child) => ({
    path: `${below}${String(child.name)}`,
    folder: child.isDirectory(),
  }));
}

/** statSync throws ENOTDIR below a file, whatever throwIfNoEntry says; existsSync never throws. */
function isFolder(volume: Volume, path: string): boolean {
  return volume.existsSync(path) && volume.statSync(path).isDirectory();
}

function fault(code: "ENOENT" | "EISDIR" | "ENOTDIR", path: string): ToolFault {
  switch (code) {
    case "ENOENT":
      return new ToolFault(
        "not-found",
        `NOT FOUND: there is nothing at ${path}. list_files shows what there is, search_files finds text.`,
      );
    case "EISDIR":
      return new ToolFault(
        "conflict",
        `${path} is a folder, not a file. list_files shows what is in it.`,
      );
    case "ENOTDIR":
      return new ToolFault(
        "conflict",
        `${path} is a file, so nothing can be in it. Choose another folder.`,
      );
  }
}
