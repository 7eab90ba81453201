import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../env/errors.ts";
import { judgementSchema, labelSchema, verdictSchema } from "../recordings/verdict.ts";
import { splitMember } from "./bundles.ts";
import { stemOf } from "./packed.ts";
import { cantRead } from "./paths.ts";

const keptSchema = z.discriminatedUnion("kind", [verdictSchema, judgementSchema, labelSchema]);

/** What was said of a recording by whomever: detectors, a judge, a person. */
export type Said = z.output<typeof keptSchema>;

/** Something said of a recording, and the file that holds it. */
export interface Kept<S extends Said = Said> {
  readonly path: string;
  readonly said: S;
  /** When it was written, epoch milliseconds of the machine: not part of what was said. */
  readonly writtenMs: number;
}

/** Where verdicts on a recording are kept: a folder beside it, or beside its bundle. */
export function verdictFolder(file: string): string {
  const member = splitMember(file);
  if (member) return join(`${member.bundle}.verdicts`, stemOf(member.name));
  return `${stemOf(file)}.verdicts`;
}

/**
 * Keeps what was said, in a file of its own: nothing is written over. What is there already, word
 * for word, is not written again.
 *
 * @param who first part of the file's name
 * @param always whether to write it even so: a second opinion that says the same is still a second
 */
export function keepVerdict(file: string, who: string, said: Said, always = false): string {
  const folder = verdictFolder(file);
  const text = `${JSON.stringify(said, null, 2)}\n`;
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `.${process.pid}.part`);
  try {
    writeFileSync(partial, text);
    for (let count = 1; ; count++) {
      const path = join(folder, `${nameOf(who)}${count > 1 ? `-${count}` : ""}.json`);
      if (tryLink(partial, path)) return path;
      if (!always && readFileSync(path, "utf8") === text) return path;
    }
  } finally {
    rmSync(partial, { force: true });
  }
}

function nameOf(who: string): string {
  return who.replace(/[^\w.-]+/g, "-").slice(0, 120);
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(code ?? "")) throw error;
    return writeAlone(from, to);
  }
}

/** For disks that know no links. */
function writeAlone(from: string, to: string): boolean {
  try {
    writeFileSync(to, readFileSync(from), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** All that is kept on a recording, oldest first. What is none of our files is passed over. */
export function verdictsOn(file: string): Kept[] {
  const folder = verdictFolder(file);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".json") && !name.startsWith("."))
    .toSorted()
    .flatMap((name) => read(join(folder, name)) ?? [])
    .toSorted((a, b) => a.writtenMs - b.writtenMs);
}

/** @throws UsageError for what is no verdict */
export function openVerdict(path: string): Kept {
  try {
    statSync(path);
  } catch (error) {
    throw cantRead(path, error);
  }
  const kept = read(path);
  if (kept) return kept;
  throw new UsageError(`${path} is no verdict: those are the .json files in NAME.verdicts/.`);
}

function read(path: string): Kept | undefined {
  try {
    const said = keptSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    return { path, said, writtenMs: statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}
