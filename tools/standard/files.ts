import type { Directory } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import type { File } from "../../env/filesystem/files.ts";
import type { Office } from "../../env/office.ts";
import { checkDrive } from "../../env/quota.ts";
import { getEntry, setEntry } from "../../env/table.ts";
import type { Scene } from "../define.ts";

/** An absolute path with `.`, `..` and doubled slashes taken out; it can't leave the drive. */
export function normalisePath(path: string): string {
  if (path.includes("\0")) throw new ToolFault("bad-input", "A path can't hold a NUL character.");
  const parts: string[] = [];
  for (const part of path.trim().split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** What the agent may do with a file: its own, shared with it, or with a group it is in. */
export function accessTo(file: File, office: Office): "read" | "write" | undefined {
  const me = office.mailbox.owner.address;
  if (file.owner === me) return "write";
  let access: "read" | "write" | undefined;
  for (const address of memberships(office)) {
    const granted = file.shared[address];
    if (granted === "write") return granted;
    access ??= granted;
  }
  return access;
}

const known = new WeakMap<Directory, readonly string[]>();

/** The addresses whose shares reach the agent: its own, and those of its groups. */
function memberships({ directory, mailbox }: Office): readonly string[] {
  let addresses = known.get(directory);
  if (!addresses) {
    const me = mailbox.owner.address;
    const id = directory.people.find(({ address }) => address === me)?.id;
    const groups = directory.groups.filter(
      ({ members }) => id !== undefined && members.includes(id),
    );
    addresses = [me, ...groups.map(({ address }) => address)];
    known.set(directory, addresses);
  }
  return addresses;
}

/** The file, if it is there and the agent may read it. */
export function openFile({ office, desk }: Scene, path: string): File {
  const file = desk.disk.read(office.drive, normalisePath(path));
  if (accessTo(file, office)) return file;
  throw notAllowed(file.path, file.owner);
}

/** The file, if it is there and the agent may change it. */
export function openForChange(scene: Scene, path: string): File {
  const file = openFile(scene, path);
  if (accessTo(file, scene.office) === "write") return file;
  throw new ToolFault(
    "not-allowed",
    `You may read ${file.path} but not change it. Its owner is ${file.owner}.`,
  );
}

function notAllowed(path: string, owner: string): ToolFault {
  return new ToolFault("not-allowed", `${path} is not shared with you. Its owner is ${owner}.`);
}

export function fileAt(office: Office, path: string): File | undefined {
  return getEntry(office.drive.files, path);
}

/** The office with the file at its path. A reference that is new takes its number. */
export function putFile(office: Office, file: File): Office {
  const { files, next } = office.drive;
  const isNew = file.ref === `file:${next}`;
  return {
    ...office,
    drive: {
      ...office.drive,
      files: setEntry(files, file.path, file),
      next: isNew ? next + 1 : next,
    },
  };
}

/** The same, if there is room for what was added. */
export function withFile(office: Office, file: File): Office {
  const next = putFile(office, file);
  checkDrive(next);
  return next;
}

/** A path at which a file could be put, and where none is. */
export function freePath({ office, desk }: Scene, path: string): string {
  const target = normalisePath(path);
  desk.disk.check(office.drive, target);
  if (!fileAt(office, target)) return target;
  throw new ToolFault("conflict", `There is a file at ${target} already. Choose another name.`);
}

/** What meets a reading of this file: a fault of the fixture's, with the office that has counted it. */
export function readingFault(
  { office }: Scene,
  path: string,
): { readonly office: Office; readonly fault: ToolFault } | undefined {
  const { faults, struck } = office.drive;
  const index = faults.findIndex(
    (fault, i) => fault.path === path && (fault.times === 0 || (struck[i] ?? 0) < fault.times),
  );
  if (index < 0) return undefined;
  const { text, times } = faults[index]!;
  const counts = times ? faults.map((_, i) => (struck[i] ?? 0) + (i === index ? 1 : 0)) : struck;
  return {
    office: { ...office, drive: { ...office.drive, struck: counts } },
    fault: new ToolFault("unavailable", `CAN'T BE READ: ${path}: ${text}.`),
  };
}
