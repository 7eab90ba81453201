import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ToolFault } from "../../../env/errors.ts";
import { createDisk } from "../../../env/filesystem/disk.ts";
import type { Disk } from "../../../env/filesystem/disk.ts";
import type { File, FileTree } from "../../../env/filesystem/files.ts";
import { createTable, getEntry, removeEntry, setEntry } from "../../../env/table.ts";

type Model = ReadonlyMap<string, File>;
interface Moment {
  readonly tree: FileTree;
  readonly model: Model;
}

/** Few names on few levels, so that files and folders come to stand where the other stood. */
const name = fc.constantFrom("a", "b", "__proto__", "ü c");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const text = fc.constantFrom("", "one", "zwei ü\n", "three");
const step = fc.record({ path, text: fc.option(text) });

function fileOf(where: string, content: string): File {
  const ref = `file:${where}`;
  return {
    ref,
    path: where,
    text: content,
    encoding: "utf8",
    owner: "o",
    shared: {},
    modifiedAt: 0,
    labels: [],
  };
}

const faults = {
  ENOENT: (at: string) => [
    "not-found",
    `NOT FOUND: there is nothing at ${at}. list_files shows what there is, search_files finds text.`,
  ],
  EISDIR: (at: string) => [
    "conflict",
    `${at} is a folder, not a file. list_files shows what is in it.`,
  ],
  ENOTDIR: (at: string) => [
    "conflict",
    `${at} is a file, so nothing can be in it. Choose another folder.`,
  ],
};

function foldersAbove(at: string): string[] {
  const parts = at.split("/").slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`).toReversed();
}

function modelKind(model: Model, at: string): "file" | "folder" | undefined {
  if (model.has(at)) return "file";
  const isFolder = at === "/" || [...model.keys()].some((other) => other.startsWith(`${at}/`));
  return isFolder ? "folder" : undefined;
}

function modelList(model: Model, folder: string): unknown {
  const kind = modelKind(model, folder);
  if (kind !== "folder") return kind ? faults.ENOTDIR(folder) : faults.ENOENT(folder);
  const prefix = folder === "/" ? "/" : `${folder}/`;
  const found = new Map<string, boolean>();
  for (const other of model.keys()) {
    if (!other.startsWith(prefix)) continue;
    const [first, ...rest] = other.slice(prefix.length).split("/");
    found.set(prefix + first!, rest.length > 0);
  }
  return [...found]
    .map(([at, isFolder]) => ({ path: at, folder: isFolder }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function modelRead(model: Model, at: string): unknown {
  const kind = modelKind(model, at);
  return kind === "file" ? model.get(at) : kind ? faults.EISDIR(at) : faults.ENOENT(at);
}

function modelCheck(model: Model, at: string): unknown {
  if (modelKind(model, at) === "folder") return faults.EISDIR(at);
  const blocking = foldersAbove(at).find((folder) => model.has(folder));
  return blocking ? faults.ENOTDIR(blocking) : undefined;
}

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (error instanceof ToolFault) return [error.code, error.message];
    throw error;
  }
}

/** Every way of looking, at the path and above and below it, agrees with the model. */
function agree(disk: Disk, { tree, model }: Moment, at: string): void {
  for (const where of ["/", at, ...foldersAbove(at), `${at}/a`]) {
    expect(attempt(() => disk.list(tree, where))).toEqual(modelList(model, where));
    if (where === "/") continue;
    expect(attempt(() => disk.read(tree, where))).toEqual(modelRead(model, where));
    expect(attempt(() => disk.check(tree, where))).toEqual(modelCheck(model, where));
  }
}

/** A write that can't land is not made; deleting nothing changes nothing. */
function apply({ tree, model }: Moment, change: { path: string; text: string | null }): Moment {
  const next = new Map(model);
  if (change.text === null) {
    if (!next.delete(change.path)) return { tree, model };
    return { tree: { ...tree, files: removeEntry(tree.files, change.path) }, model: next };
  }
  if (modelCheck(model, change.path)) return { tree, model };
  const file = fileOf(change.path, change.text);
  return {
    tree: { ...tree, files: setEntry(tree.files, change.path, file) },
    model: next.set(change.path, file),
  };
}

function startFrom(paths: readonly string[]): Moment {
  let model = new Map<string, File>();
  for (const at of paths) {
    if (!modelCheck(model, at)) model = new Map(model).set(at, fileOf(at, `base ${at}`));
  }
  return { tree: { files: createTable(model), next: 1, faults: [], struck: [] }, model };
}

test("the disk is the tree's files, after any changes and at any earlier state", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 5 }),
      fc.array(step, { maxLength: 25, size: "max" }),
      fc.array(fc.tuple(fc.nat(), path), { maxLength: 15 }),
      (base, steps, looks) => {
        const disk = createDisk();
        const moments = [startFrom(base)];
        for (const change of steps) {
          moments.push(apply(moments.at(-1)!, change));
          agree(disk, moments.at(-1)!, change.path);
        }
        for (const [which, at] of looks) agree(disk, moments[which % moments.length]!, at);
        agree(createDisk(), moments.at(-1)!, "/a");
      },
    ),
    { numRuns: 300 },
  );
});

test("a file may take a folder's place once that is empty, and the other way round", () => {
  const start = startFrom(["/a/b", "/c"]);
  const swapped = [
    { path: "/a/b", text: null },
    { path: "/a", text: "now a file" },
    { path: "/c", text: null },
    { path: "/c/d", text: "now in a folder" },
  ].reduce(apply, start);
  const disk = createDisk();
  expect(disk.list(swapped.tree, "/")).toEqual([
    { path: "/a", folder: false },
    { path: "/c", folder: true },
  ]);
  expect(disk.read(swapped.tree, "/a").text).toBe("now a file");
  expect(disk.list(start.tree, "/")).toEqual([
    { path: "/a", folder: true },
    { path: "/c", folder: false },
  ]);
  expect(disk.read(start.tree, "/a/b").text).toBe("base /a/b");
});

test("binary content comes back as it was", () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0xc3]).toString("base64");
  const file = { ...fileOf("/x.bin", bytes), encoding: "base64" as const };
  const tree = { files: createTable([["/x.bin", file]]), next: 1, faults: [], struck: [] };
  expect(createDisk().read(tree, "/x.bin")).toEqual(file);
  const rewritten = { ...tree, files: setEntry(tree.files, "/y.bin", { ...file, path: "/y.bin" }) };
  expect(createDisk().read(rewritten, "/y.bin").text).toBe(bytes);
  expect(getEntry(tree.files, "/y.bin")).toBeUndefined();
});
