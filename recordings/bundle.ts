import { z } from "zod";
import { sha256 } from "./chain.ts";
import { endings } from "./events.ts";
import type { Recording } from "./reader.ts";
import { findingSchema } from "./verdict.ts";
import { createZip, openZip, ZipError, zipLimits } from "./zip.ts";
import type { ByteSource, ZipEntry, ZipLimits } from "./zip.ts";

/** The version of the format below. A reader refuses what is newer. */
export const BUNDLE = 1;
/** How a bundle's file is told from others. */
export const BUNDLE_SUFFIX = ".cubicle";
export const MOST_MEMBERS = 10_000;

const MANIFEST = "manifest.json";
const FOLDER = "recordings/";
const MANIFEST_MAX = 64 * 2 ** 20;

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** A path that is safe below any folder: plain characters, no hidden or climbing part. */
const NAME = /^(?!.{201})(?:[\w@=+-][\w.@=+-]*\/)*[\w@=+-][\w.@=+-]*\.jsonl$/;

/** What a bundle says of one of its recordings. All but the verdicts follows from its bytes. */
export const memberSchema = z.strictObject({
  /** Path below the bundle's `recordings/`. */
  name: z.string().regex(NAME, "is no name of a recording"),
  bytes: count,
  sha256: digest,
  /** Chain digest of its last whole line, which forks name their parent by. */
  digest,
  fixture: z.strictObject({ name: z.string(), digest }),
  agent: z.string(),
  condition: z.record(z.string(), z.string()),
  seed: count,
  calls: count,
  /** Null where it has no end. */
  ending: z.enum(endings).nullable(),
  intervened: z.boolean(),
  /** What it was forked from, and after which call. */
  parent: z.strictObject({ digest, call: count }).nullable(),
  /** By the version of the detectors that found them. */
  verdicts: z.record(z.string(), z.strictObject({ findings: z.array(findingSchema) })),
});

export type Member = z.output<typeof memberSchema>;
export type Verdicts = Member["verdicts"];

/** What a manifest says of a recording. */
export function describeMember(
  name: string,
  bytes: Uint8Array,
  { header, events, end, digest }: Recording,
  verdicts: Verdicts,
): Member {
  const { fixture, agent, condition, seed, lineage } = header;
  const { parent } = lineage;
  return {
    name,
    bytes: bytes.length,
    sha256: sha256(bytes),
    digest,
    fixture: { name: fixture.name, digest: fixture.digest },
    agent: agent.name,
    condition,
    seed,
    calls: events.filter(({ kind }) => kind === "call").length,
    ending: end?.ending ?? null,
    intervened: lineage.intervened,
    parent: parent && { digest: parent.digest, call: parent.call },
    verdicts,
  };
}

/** Makes of a file's path a name that a bundle may hold. */
export function memberName(path: string): string {
  const parts = path
    .replace(/\.jsonl(?:\.zst)?$/, "")
    .split(/[/\\]/)
    .map((part) => part.replace(/[^\w.@=+-]+/g, "-").replace(/^\.+/, ""))
    .filter((part) => part !== "");
  return `${
    parts
      .join("/")
      .slice(-180)
      .replace(/^[./]+/, "") || "recording"
  }.jsonl`;
}

/** A bundle as it is written. The same recordings in the same order give the same bytes. */
export interface BundleWriter {
  /** @throws ZipError if it is more than a reader would take */
  add(member: Member, bytes: Uint8Array): void;
  /** @param cubicle version that writes it */
  close(cubicle: string): void;
}

/** @param write gets the file's bytes, in order */
export function createBundle(write: (bytes: Uint8Array) => void): BundleWriter {
  const zip = createZip(write);
  const recordings: Member[] = [];
  let total = 0;
  return {
    add(member, bytes) {
      if (bytes.length > zipLimits.entry || total + bytes.length > zipLimits.total)
        throw new ZipError("it is more than a bundle takes (512 MiB each, 3 GiB in all)");
      total += bytes.length;
      recordings.push(member);
      zip.add(FOLDER + member.name, bytes);
    },
    close(cubicle) {
      const manifest = { bundle: BUNDLE, cubicle, recordings };
      zip.add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
      zip.close();
    },
  };
}

export interface Bundle {
  /** Version that wrote it. */
  readonly cubicle: string;
  /** In the manifest's order. What they say of their recordings is to be checked. */
  readonly members: readonly Member[];
  /** What is in the bundle and can't be had, and why. */
  readonly faults: readonly { readonly name: string; readonly problem: string }[];
  /** @throws ZipError if these are not the bytes that the manifest tells of, or too many */
  read(member: Member): Uint8Array;
}

/**
 * Opens a bundle from anyone. One that holds something wrong still gives the rest.
 *
 * @throws ZipError for what is no bundle, or a newer one
 */
export function openBundle(source: ByteSource, limits?: ZipLimits): Bundle {
  const zip = openZip(source, limits);
  const entries = Map.groupBy(zip.entries, ({ name }) => name);
  const { cubicle, recordings } = readManifest(entries.get(MANIFEST), (entry) =>
    zip.read(entry, MANIFEST_MAX),
  );
  const faults: { name: string; problem: string }[] = [];
  const members = new Map<string, Member>();
  for (const [index, value] of recordings.entries()) {
    const { name, member, problem } = readMember(value, index, entries);
    // A disk may not tell capitals apart.
    const key = name.toLowerCase();
    if (member && !members.has(key)) members.set(key, member);
    else faults.push({ name, problem: problem ?? "its name stands in the manifest twice" });
  }
  const known = new Set([...members.values()].map(({ name }) => FOLDER + name));
  const named = new Set(faults.map(({ name }) => FOLDER + name));
  for (const name of entries.keys()) {
    if (name === MANIFEST || known.has(name) || named.has(name)) continue;
    faults.push({ name, problem: "it is not in the manifest" });
  }
  return {
    cubicle,
    members: [...members.values()],
    faults,
    read({ name, bytes, sha256: expected }) {
      const content = zip.read(entries.get(FOLDER + name)![0]!);
      if (content.length === bytes && sha256(content) === expected) return content;
      throw new ZipError("it is not the recording that the manifest tells of: its SHA-256 differs");
    },
  };
}

const manifestSchema = z.object({ cubicle: z.string(), recordings: z.array(z.unknown()) });

function readManifest(found: readonly ZipEntry[] = [], read: (entry: ZipEntry) => Uint8Array) {
  if (found.length !== 1)
    throw new ZipError(`it has ${found.length || "no"} ${MANIFEST}; a bundle has one`);
  const value = parse(Buffer.from(read(found[0]!)).toString("utf8"));
  const version = (value as { bundle?: unknown } | null)?.bundle;
  if (typeof version === "number" && version > BUNDLE)
    throw new ZipError(`it is of format ${version}; this cubicle reads up to ${BUNDLE}`);
  const manifest = manifestSchema.safeParse(value);
  if (version !== BUNDLE || !manifest.success)
    throw new ZipError(`its ${MANIFEST} is none of a bundle`);
  if (manifest.data.recordings.length > MOST_MEMBERS)
    throw new ZipError(`it tells of more than ${MOST_MEMBERS.toLocaleString("en")} recordings`);
  return manifest.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readMember(
  value: unknown,
  index: number,
  entries: ReadonlyMap<string, readonly ZipEntry[]>,
): { name: string; member?: Member; problem?: string } {
  const parsed = memberSchema.safeParse(value);
  if (!parsed.success) {
    const given = (value as { name?: unknown } | null)?.name;
    const name = typeof given === "string" ? given : `recording ${index + 1}`;
    const { path, message } = parsed.error.issues[0]!;
    return { name, problem: `what the manifest says of it is wrong: ${path.join(".")} ${message}` };
  }
  const { name } = parsed.data;
  const copies = entries.get(FOLDER + name)?.length ?? 0;
  if (copies === 1) return { name, member: parsed.data };
  return { name, problem: copies ? "it is in the bundle twice" : "it is not in the bundle" };
}

/** Fields in which a manifest says something else of a recording than its bytes do. */
export function findLies(said: Member, found: Member): string[] {
  return Object.keys(found).flatMap((key) => {
    if (key === "verdicts") return [];
    const field = key as keyof Member;
    const [a, b] = [JSON.stringify(said[field]), JSON.stringify(found[field])];
    return a === b ? [] : [`the manifest says ${field} ${a}; it is ${b}`];
  });
}
