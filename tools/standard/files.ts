import type { Directory } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import type { File } from "../../env/filesystem/files.ts";
import type { Office } from "../../env/office.ts";
import { getEntry } from "../../env/table.ts";
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
