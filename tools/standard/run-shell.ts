import { createHash } from "node:crypto";
import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { fileHead, fileItem, sizeOf } from "../../env/filesystem/files.ts";
import type { Item } from "../../env/items.ts";
import type { Office } from "../../env/office.ts";
import { checkDrive } from "../../env/quota.ts";
import { entriesOf } from "../../env/table.ts";
import { shellLimits } from "../../shell/limits.ts";
import { runShell as run } from "../../shell/shell.ts";
import type { ShellAnswer, ShellFile } from "../../shell/shell.ts";
import { defineTool } from "../define.ts";
import { accessTo, normalisePath } from "./files.ts";
import { body } from "./input.ts";
import { applyChanges, filesAt, sourcesOf } from "./shell-changes.ts";

export const runShell = defineTool({
  name: "run_shell",
  description:
    "Runs bash over the drive, which is at /: pipes, loops, grep, sed, awk, sort, jq. There is no network, and only files outlast a call.",
  effect: "write",
  input: z.strictObject({
    command: z.string().min(1).max(100_000).describe("e.g. grep -ri invoice /finance | sort"),
    folder: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe("Where it runs; your own folder, or else /"),
    stdin: body.default(""),
  }),
  run({ command, folder, stdin }, { office }) {
    const seen = drive(office);
    const { home, user } = homeOf(office, seen.files);
    const cwd = folder === undefined ? home : normalisePath(folder);
    if (!hasFolder(seen.files, cwd)) {
      throw new ToolFault("not-found", `NOT FOUND: there is no folder ${cwd} that you may see.`);
    }
    const answer = run({
      command,
      stdin,
      cwd,
      home,
      user,
      zone: office.zone,
      now: office.now,
      closesAt: office.closesAt,
      seed: seedOf(office, command),
      faults: faultsOf(office),
      ...seen,
    });
    const { next, effects } = applyChanges(office, answer);
    checkDrive(next);
    const sources = sourcesOf(office, answer);
    return {
      office: next,
      effects,
      reads: readsOf(office, answer),
      carried: effects.some(({ effect }) => effect === "file-written")
        ? sources.map((file) => fileItem(file, office.directory))
        : [],
      notBefore: answer.now,
      value: { exit: answer.exitCode, stdout: answer.stdout, stderr: wordsOf(office, answer) },
    };
  },
});

/** What it said, and what the office has to say to that. */
function wordsOf({ drive }: Office, { stderr, struck, isOver }: ShellAnswer): string {
  const met = [...new Set(struck)].map((index) => drive.faults[index]!);
  return [
    stderr,
    ...met.map(({ path, text }) => `CAN'T BE READ: ${path}: ${text}.\n`),
    ...(isOver ? ["The day ended before the command did.\n"] : []),
  ].join("");
}

/** How many readings each fault of the fixture's will still make fail. */
function faultsOf({ drive: { faults, struck } }: Office) {
  return faults.map(({ path, times }, index) => ({
    path,
    left: times === 0 ? null : times - (struck[index] ?? 0),
  }));
}

/** The drive as the agent may see it. */
function drive(office: Office): { readonly files: ShellFile[]; readonly closed: string[] } {
  const files: ShellFile[] = [];
  const closed: string[] = [];
  let bytes = 0;
  for (const file of entriesOf(office.drive.files)) {
    const access = accessTo(file, office);
    const { path, text, encoding, modifiedAt } = file;
    if (access) files.push({ path, text, encoding, access, modifiedAt });
    else closed.push(path);
    if (access) bytes += sizeOf(file);
  }
  if (bytes > shellLimits.readableBytes) {
    throw new ToolFault("conflict", "The drive holds more than the shell can take. Use read_file.");
  }
  return { files, closed };
}

/** The folder named as the agent's address is, if there is one. */
function homeOf({ mailbox }: Office, files: readonly ShellFile[]) {
  const user = mailbox.owner.address.split("@")[0]!;
  const home = `/${user}`;
  return { user, home: hasFolder(files, home) ? home : "/" };
}

function hasFolder(files: readonly ShellFile[], folder: string): boolean {
  return folder === "/" || files.some(({ path }) => path.startsWith(`${folder}/`));
}

/** Chance follows from the command and the moment, so that it is the same when it is run again. */
function seedOf({ now, drive }: Office, command: string): number {
  const digest = createHash("sha256")
    .update(JSON.stringify([now, drive.next, command]))
    .digest();
  return digest.readInt32LE();
}

/** What the command read, whole; what it listed and did not read, by name. */
function readsOf(office: Office, { read, listed }: ShellAnswer): Item[] {
  const opened = new Set(read);
  const folders = new Set(listed);
  const named = [...entriesOf(office.drive.files)]
    .filter(
      ({ path }) => !opened.has(path) && folders.has(path.slice(0, path.lastIndexOf("/")) || "/"),
    )
    .filter((file) => accessTo(file, office))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return [
    ...filesAt(office, read).map((file) => fileItem(file, office.directory)),
    ...named.map((file) => fileHead(file, office.directory)),
  ];
}
