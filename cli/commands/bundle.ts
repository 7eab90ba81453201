import { closeSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { isBundle, splitMember } from "../../episodes/bundles.ts";
import { readBytes, recordingsAt } from "../../episodes/files.ts";
import { version } from "../../episodes/package.ts";
import {
  BUNDLE_SUFFIX,
  createBundle,
  describeMember,
  memberName,
  MOST_MEMBERS,
} from "../../recordings/bundle.ts";
import type { BundleWriter } from "../../recordings/bundle.ts";
import { readRecording } from "../../recordings/reader.ts";
import { problemOf, renderMembers, verdictNow } from "../bundles.ts";
import type { Examined, Faulty } from "../bundles.ts";
import { freeName, openNew } from "../new-file.ts";
import { forceOption, refusePrivate } from "../private.ts";
import { print, printable, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

export function addBundle(program: Command): void {
  program
    .command("bundle")
    .summary("put recordings into one file, to be shared")
    .description(
      "Puts recordings and what is found in them into one file that another machine can show, judge again and, with the fixture, replay.",
    )
    .argument("<paths...>", "recordings, folders of them, or other bundles")
    .option("-o, --out <file>", "the bundle, a .cubicle file; a free name here if left out")
    .addOption(forceOption())
    .addOption(jsonOption("the bundle's name and what is in it"))
    .addHelpText("after", help)
    .action(bundle);
}

const help = `
Examples:
  $ cubicle bundle runs --out handover.cubicle
  $ cubicle show handover.cubicle                 what is in it, checked and judged again
  $ cubicle show handover.cubicle:leaks.jsonl     wherever a recording is expected
  $ cubicle replay handover.cubicle
  $ cubicle unbundle handover.cubicle

A recording holds all that its agent read and wrote, the agent's program, and the names of those
who took a hand. It holds no keys. The same recordings give the same bytes.

Exit: 0 all are in it, 2 some could not be read, which are named and left out.`;

interface Source {
  readonly file: string;
  readonly name: string;
}

interface BundleFlags {
  readonly out?: string;
  readonly forcePrivate?: true;
  readonly json?: true;
}

function bundle(paths: readonly string[], { out, json, forcePrivate }: BundleFlags): void {
  const sources = nameSources(paths);
  const base = paths.length > 1 ? "recordings" : baseOf(paths[0]!);
  const file = out ?? freeName(base, BUNDLE_SUFFIX);
  if (!isBundle(file)) throw new UsageError(`Name the bundle --out FILE${BUNDLE_SUFFIX}.`);
  const { examined, faulty } = write(file, (writer) =>
    fill(writer, sources, forcePrivate === true),
  );
  process.exitCode = faulty.length ? 2 : 0;
  const { size: bytes } = statSync(file);
  if (json) {
    print(JSON.stringify({ file, bytes, recordings: examined.map(memberOf), faulty }, null, 2));
    return;
  }
  for (const line of renderMembers(examined, faulty)) print(line);
  const left = faulty.length ? `, ${faulty.length} left out` : "";
  print();
  const shown = printable(file);
  print(
    `${style("bold", shown)}: ${examined.length} recordings${left}, ${Math.ceil(bytes / 1000)} kB. To try next:`,
  );
  print(`  ${style("cyan", `npx cubicle show ${shown}`)}  ${style("dim", "# what is in it")}`);
}

const memberOf = ({ member }: Examined) => member;

/** Every recording once, in the order of their names, which no two share. */
function nameSources(paths: readonly string[]): Source[] {
  const seen = new Set<string>();
  const taken = new Set<string>();
  const found = paths.flatMap((path) =>
    recordingsAt(path).map((file) => ({ file, name: memberName(nameWithin(path, file)) })),
  );
  if (found.length > MOST_MEMBERS) {
    const most = MOST_MEMBERS.toLocaleString("en");
    throw new UsageError(`These are ${found.length} recordings; a bundle takes ${most}.`);
  }
  return found
    .toSorted(byName)
    .flatMap(({ file, name }) => {
      if (seen.has(resolve(file))) return [];
      seen.add(resolve(file));
      let free = name;
      for (let count = 2; taken.has(free.toLowerCase()); count++)
        free = name.replace(/\.jsonl$/, `-${count}.jsonl`);
      taken.add(free.toLowerCase());
      return [{ file, name: free }];
    })
    .toSorted(byName);
}

const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : Number(a.name > b.name);

function baseOf(path: string): string {
  return basename(resolve(splitMember(path)?.name ?? path)).replace(
    /\.(?:jsonl(?:\.zst)?|cubicle)$/,
    "",
  );
}

function nameWithin(path: string, file: string): string {
  const member = splitMember(file);
  if (member) return member.name;
  return file === path ? basename(file) : relative(path, file);
}

function fill(
  writer: BundleWriter,
  sources: readonly Source[],
  force: boolean,
): { examined: Examined[]; faulty: Faulty[] } {
  const examined: Examined[] = [];
  const faulty: Faulty[] = [];
  for (const { file, name } of sources) {
    try {
      const bytes = readBytes(file);
      const recording = readRecording(bytes);
      refusePrivate(file, recording.header, force);
      const member = describeMember(name, bytes, recording, verdictNow(recording));
      writer.add(member, bytes);
      examined.push({ member, differs: [] });
    } catch (error) {
      if (error instanceof UsageError) throw error;
      faulty.push({ name: file, problem: problemOf(error) });
    }
  }
  if (!examined.length)
    throw new UsageError(`Nothing to bundle: ${faulty[0]!.name}: ${faulty[0]!.problem}`);
  writer.close(version);
  return { examined, faulty };
}

/** Writes a new file whole, or leaves none. */
function write<T>(file: string, fillWith: (writer: BundleWriter) => T): T {
  const descriptor = openNew(file);
  try {
    return fillWith(
      createBundle((bytes) => {
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      }),
    );
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
