import {
  createReadStream,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  closeSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { UsageError } from "../../env/errors.ts";
import { cantRead } from "../../episodes/paths.ts";
import type { Kept } from "./message.ts";
import { MOST_BYTES, readMbox } from "./mbox.ts";

/** Something that was found: a message, a calendar, or a file for the drive. */
export type Found =
  | {
      readonly kind: "mail";
      readonly place: string;
      readonly bytes: Uint8Array;
      readonly kept: Kept;
    }
  | { readonly kind: "calendar"; readonly place: string; readonly text: string }
  | {
      readonly kind: "file";
      readonly place: string;
      readonly path: string;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "left"; readonly place: string; readonly why: string };

const MOST_FILE = 8 * 1024 * 1024;
const tooLong = `it is longer than ${MOST_BYTES / 1024 / 1024} MiB`;

/**
 * All that lies at some paths: mboxes, maildirs, messages, calendars, other files. Links are not
 * followed, hidden files left out.
 *
 * @throws UsageError for a path that is not there
 */
export async function* readSources(paths: readonly string[]): AsyncGenerator<Found> {
  for (const path of paths) {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) throw new UsageError(`There is nothing at ${path}.`);
    if (!info.isDirectory() && !info.isFile())
      throw new UsageError(`${path} is neither a file nor a folder.`);
    try {
      if (info.isDirectory()) yield* readFolder(path, "");
      else yield* readOne(path, basename(path));
    } catch (error) {
      if (error instanceof UsageError || (error as NodeJS.ErrnoException).code === undefined)
        throw error;
      throw cantRead((error as NodeJS.ErrnoException).path ?? path, error);
    }
  }
}

async function* readFolder(root: string, within: string): AsyncGenerator<Found> {
  const folder = join(root, within);
  const names = readdirSync(folder).toSorted();
  if (["cur", "new"].every((name) => names.includes(name))) {
    yield* readMaildir(folder);
    for (const name of names.filter((one) => one.startsWith(".") && one.length > 1)) {
      const inner = join(folder, name);
      if (lstatSync(inner).isDirectory() && isMaildir(inner)) yield* readMaildir(inner);
    }
    return;
  }
  for (const name of names) {
    if (name.startsWith(".")) continue;
    const path = within ? `${within}/${name}` : name;
    const info = lstatSync(join(root, path));
    if (info.isDirectory()) yield* readFolder(root, path);
    else if (info.isFile()) yield* readOne(join(root, path), path);
  }
}

function isMaildir(folder: string): boolean {
  return ["cur", "new"].every((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory(),
  );
}

/** Messages of a maildir; what their names tell of them behind `:2,` is kept. */
function* readMaildir(folder: string): Generator<Found> {
  const inTrash = /trash|junk|spam/i.test(basename(folder));
  const inArchive = /archive/i.test(basename(folder));
  for (const part of ["cur", "new"] as const) {
    for (const name of readdirSync(join(folder, part)).toSorted()) {
      const path = join(folder, part, name);
      if (name.startsWith(".") || !lstatSync(path).isFile()) continue;
      const flags = /[:;!]2,([A-Za-z]*)$/.exec(name)?.[1] ?? "";
      const trashed = inTrash || flags.includes("T");
      const kept: Kept = {
        read: part === "cur" && flags.includes("S"),
        flagged: flags.includes("F"),
        folder: trashed ? "trash" : inArchive ? "archive" : "inbox",
      };
      yield readMail(path, kept);
    }
  }
}

function readMail(path: string, kept: Kept): Found {
  if (statSync(path).size > MOST_BYTES) return { kind: "left", place: path, why: tooLong };
  return { kind: "mail", place: path, bytes: readFileSync(path), kept };
}

async function* readOne(path: string, within: string): AsyncGenerator<Found> {
  const ending = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase();
  if (ending === "eml") yield readMail(path, {});
  else if (ending === "ics") {
    if (statSync(path).size > MOST_FILE)
      yield { kind: "left", place: path, why: "it is longer than 8 MiB" };
    else yield { kind: "calendar", place: path, text: readFileSync(path, "utf8") };
  } else if (ending === "mbox" || startsLikeMbox(path)) {
    for await (const { place, bytes } of readMbox(
      path,
      createReadStream(path, { highWaterMark: 1 << 20 }),
    )) {
      yield bytes
        ? { kind: "mail", place, bytes, kept: {} }
        : { kind: "left", place, why: tooLong };
    }
  } else if (statSync(path).size > MOST_FILE) {
    yield { kind: "left", place: path, why: "it is longer than 8 MiB" };
  } else yield { kind: "file", place: path, path: within, bytes: readFileSync(path) };
}

/** Mail programs name their mboxes as they like: `Inbox`, `Sent`. */
function startsLikeMbox(path: string): boolean {
  if (/\.[A-Za-z0-9]{1,5}$/.test(path)) return false;
  const descriptor = openSync(path, "r");
  try {
    const start = Buffer.alloc(5);
    return readSync(descriptor, start) === 5 && start.toString("latin1") === "From ";
  } finally {
    closeSync(descriptor);
  }
}
