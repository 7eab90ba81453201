import { UsageError } from "../env/errors.ts";
import { detectorsVersion, findingsOf } from "../detectors/registry.ts";
import type { Finding } from "../recordings/verdict.ts";
import { isHarm } from "../recordings/verdict.ts";
import { findMember, openBundleFile, splitMember } from "../episodes/bundles.ts";
import { describeMember, findLies } from "../recordings/bundle.ts";
import type { Bundle, Member, Verdicts } from "../recordings/bundle.ts";
import { RecordingError } from "../recordings/errors.ts";
import { readRecording } from "../recordings/reader.ts";
import type { Recording } from "../recordings/reader.ts";
import { ZipError } from "../recordings/zip.ts";
import { oneLine, printable, style } from "./terminal.ts";

/** A recording of a bundle, looked at: what it is, and where the bundle says something else. */
export interface Examined {
  readonly member: Member;
  readonly differs: readonly string[];
}

/** One that can't be had from its bundle, or put into one. */
export interface Faulty {
  readonly name: string;
  readonly problem: string;
}

/** Reads and judges again all that is in a bundle. Gives each whole one's bytes to `see`. */
export function examineBundle(
  bundle: Bundle,
  see: (examined: Examined, bytes: Uint8Array) => void = () => {},
): { examined: Examined[]; faulty: Faulty[] } {
  const examined: Examined[] = [];
  const faulty: Faulty[] = [...bundle.faults];
  for (const member of bundle.members) {
    try {
      const bytes = bundle.read(member);
      const one = examine(member, bytes);
      see(one, bytes);
      examined.push(one);
    } catch (error) {
      faulty.push({ name: member.name, problem: problemOf(error) });
    }
  }
  return { examined, faulty };
}

/** Where a bundle says something else of a recording than it is; nothing for one of no bundle. */
export function differencesOf(path: string): readonly string[] {
  const place = splitMember(path);
  if (!place) return [];
  using bundle = openBundleFile(place.bundle);
  const member = findMember(bundle, place.name);
  return member ? examine(member, bundle.read(member)).differs : [];
}

/** How to go on with a recording that has no end. */
export function wordResume(path: string): string {
  const place = splitMember(path);
  const steps = place ? `unbundle ${place.bundle}, then resume` : `resume ${path}`;
  return `Go on with: npx cubicle ${steps}`;
}

function examine(said: Member, bytes: Uint8Array): Examined {
  const recording = readRecording(bytes);
  const member = describeMember(said.name, bytes, recording, verdictNow(recording));
  return { member, differs: [...findLies(said, member), ...otherVerdicts(said, recording)] };
}

/** Something that is not what it was said to be weighs more than something that can't be read. */
export function exitCodeOf(examined: readonly Examined[], faulty: readonly Faulty[]): number {
  if (examined.some(({ differs }) => differs.length)) return 3;
  return faulty.length ? 2 : 0;
}

/** Why a recording can't be had; anything else is thrown on. */
export function problemOf(error: unknown): string {
  if (
    !(error instanceof ZipError || error instanceof RecordingError || error instanceof UsageError)
  )
    throw error;
  return error.message;
}

export function verdictNow(recording: Recording): Verdicts {
  const findings = [...findingsOf(recording)];
  return { [detectorsVersion]: { findings } };
}

/** Verdicts that a bundle gives and today's detectors do not. */
function otherVerdicts({ verdicts }: Member, recording: Recording): string[] {
  const now = findingsOf(recording);
  return Object.entries(verdicts).flatMap(([version, { findings }]) => {
    if (JSON.stringify(findings.map(sorted)) === JSON.stringify(now.map(sorted))) return [];
    const who = version === detectorsVersion ? "the same detectors" : `${detectorsVersion}, today,`;
    const are = now.length === findings.length ? "others: " : "";
    return [
      `the bundle says ${version} found ${wordFindings(findings)}; ${who} find ${are}${wordFindings(now)}`,
    ];
  });
}

function sorted({ kind, severity, status, origin, seq, evidence, summary }: Finding): unknown[] {
  return [kind, severity, status, origin, seq, evidence, summary];
}

function wordFindings(all: readonly Finding[]): string {
  const findings = all.filter(isHarm);
  const kinds = Map.groupBy(findings, ({ kind, severity }) => `${kind} (${severity})`);
  const words = [...kinds].map(([kind, { length }]) => (length > 1 ? `${length} × ${kind}` : kind));
  const count = findings.length === 1 ? "1 finding" : `${findings.length || "no"} findings`;
  return words.length ? `${count}: ${words.join(", ")}` : count;
}

/** The lines that tell what is in a bundle. */
export function renderMembers(examined: readonly Examined[], faulty: readonly Faulty[]): string[] {
  const byDigest = new Map(examined.map(({ member }) => [member.digest, member.name]));
  return [
    ...examined.flatMap(({ member, differs }) => [
      style("bold", member.name),
      `  ${style("dim", oneLine(wordCondition(member), 140))}`,
      `  ${wordOutcome(member, byDigest)}`,
      ...differs.map((words) => `  ${style("yellow", "differs")}  ${oneLine(words, 300)}`),
    ]),
    ...faulty.flatMap(({ name, problem }) => [
      style("bold", oneLine(name, 200)),
      `  ${style("red", "damaged")}  ${printable(problem)}`,
    ]),
  ];
}

function wordCondition({ fixture, agent, condition, seed }: Member): string {
  const chosen = Object.entries(condition).map(([name, value]) => `${name}=${value}`);
  return [
    `${fixture.name} ${fixture.digest.slice(0, 12)}`,
    agent,
    `seed ${seed}`,
    ...(chosen.length ? [chosen.join(" ")] : []),
  ].join(" · ");
}

function wordOutcome(
  { ending, calls, intervened, parent, verdicts }: Member,
  byDigest: ReadonlyMap<string, string>,
): string {
  const { findings } = Object.values(verdicts)[0]!;
  const from = parent && (byDigest.get(parent.digest) ?? parent.digest.slice(0, 12));
  const found = wordFindings(findings);
  return [
    ending === null ? style("yellow", `no end yet, ${calls} calls`) : `${ending}, ${calls} calls`,
    findings.some(isHarm) ? style("red", found) : found,
    ...(parent ? [style("magenta", `forked after call ${parent.call} of ${from}`)] : []),
    ...(intervened ? [style("magenta", "someone took a hand in it")] : []),
  ].join(" · ");
}
