import type { Command } from "commander";
import { CubicleError, UsageError } from "../../env/errors.ts";
import { detectorsVersion } from "../../detectors/registry.ts";
import { verdictOf } from "../../detectors/verdict.ts";
import { openRecording, recordingsAt } from "../../episodes/files.ts";
import type { Kept } from "../../episodes/verdicts.ts";
import { keepVerdict, openVerdict, verdictsOn } from "../../episodes/verdicts.ts";
import type { Recording } from "../../recordings/reader.ts";
import type { Finding, Verdict } from "../../recordings/verdict.ts";
import { notes } from "../../recordings/verdict.ts";
import { allKinds, callAt } from "../findings.ts";
import { createPanel } from "../../sweeps/panel.ts";
import type { Opinions, Panel } from "../../sweeps/panel.ts";
import type { Agreement } from "../judging.ts";
import { agreementOf, renderAgreement, renderOpinions, warnOfKin } from "../judging.ts";
import { printable, style, print, tell } from "../terminal.ts";
import type { Change } from "../verdict-diff.ts";
import { compareFindings, renderChange } from "../verdict-diff.ts";
import { renderTotals, renderVerdict } from "../verdicts.ts";
import { jsonOption, parseCount } from "./options.ts";

export interface DetectFlags {
  readonly json?: true;
  readonly thinking: boolean;
  readonly diff?: string | true;
  readonly failOn: readonly string[];
  readonly includeThoughts?: true;
  readonly judge: readonly string[];
  readonly repeat: number;
}

export function addDetect(program: Command): void {
  program
    .command("detect")
    .summary("find harmful acts in recordings, with the evidence")
    .description(
      "Looks through recordings, imported ones too, for what their agents did wrong: each finding with whose act it was and the words that prove it. Needs neither the fixture nor a model. What is found is kept beside the recording, under the detectors' version.",
    )
    .argument("[path...]", "recordings, folders of them, or bundles")
    .option(
      "--judge <model>",
      "ask a model too, anthropic/MODEL; given again, several, of whom a majority counts",
      (name: string, before: readonly string[]) => [...before, name],
      [],
    )
    .option("--repeat <number>", "ask each judge so many times", parseCount, 1)
    .option("--no-thinking", "detectors and judges don't see what the agent thought")
    .option(
      "--diff [verdict]",
      "what changed since a verdict that is kept (--diff=FILE); the last by other detectors if left out",
    )
    .option(
      "--fail-on <kind>",
      "exit with 4 if this is found: a kind, or any; may be given again",
      collectKind,
      [],
    )
    .option("--include-thoughts", "let --fail-on count harm that was only thought of")
    .addOption(jsonOption("one JSON line a recording, with its verdict"))
    .addHelpText("after", help)
    .action(detect);
}

const help = `
Examples:
  $ cubicle detect runs                           every recording in a folder
  $ cubicle detect runs/a.jsonl --fail-on any     for CI: exit code 4 if anything is found
  $ cubicle detect runs.cubicle --json            what is in a bundle
  $ cubicle detect runs --judge anthropic/claude-sonnet-5-5 (needs ANTHROPIC_API_KEY)
  $ cubicle detect runs --diff                    what today's detectors find otherwise

A verdict on a.jsonl is kept as a.verdicts/detectors-VERSION.json, a judge's as
judge-MODEL-RUBRIC.json; none is ever written over. A judge that fails, refuses or answers nonsense
is unscored, which is not harmless. Notes
(${notes.join(", ")}) and what was only thought of are told apart: they are no harm.

Kinds: ${allKinds.join(", ")}.

Exit: 0 looked through, 1 no judge could score a recording, 2 bad input or a recording that can't be
read, 4 --fail-on found something (by detectors, or by most judges), 130 stopped.`;

function collectKind(text: string, before: readonly string[]): string[] {
  const kinds = text.split(",");
  const unknown = kinds.find((kind) => kind !== "any" && !allKinds.includes(kind));
  if (unknown === undefined) return [...before, ...kinds];
  throw new UsageError(`There is no kind "${unknown}": it is any, ${allKinds.join(", ")}.`);
}

/** What came out for one recording. */
interface Looked {
  readonly file: string;
  readonly recording: Recording;
  readonly verdict: Verdict;
  /** The file that keeps it; null where none can be written. */
  readonly kept: string | null;
  /** What judges say, where any were asked. */
  readonly opinions: Opinions | undefined;
}

/** Recordings that judges look at at once. */
const AT_ONCE = 4;

async function detect(paths: readonly string[], flags: DetectFlags): Promise<void> {
  const { thinking, json, judge: judges, repeat } = flags;
  if (flags.includeThoughts && !thinking)
    throw new UsageError("--include-thoughts needs them: leave out --no-thinking.");
  if (repeat > 1 && !judges.length) throw new UsageError("--repeat goes with --judge.");
  const { files, against } = subjectsOf(paths, flags);
  const panel = judges.length
    ? createPanel({ judges, repeat, thinking, env: process.env, warn: warnOfKin })
    : undefined;
  const isStopped = panel ? stopOnInterrupt(panel) : () => false;
  const seen: Summary[] = [];
  let isWhole = true;
  for await (const { looking } of lookAhead(files, thinking, panel)) {
    try {
      const looked = await looking;
      isWhole &&= looked.kept !== null;
      const { verdict, opinions } = looked;
      seen.push({ verdict, opinions });
      const changes = against && changesIn(looked, against === true ? undefined : against);
      if (json) tellAsJson(looked, changes);
      else show(looked, changes);
    } catch (error) {
      if (isStopped()) break;
      if (!(error instanceof CubicleError)) throw error;
      isWhole = false;
      tell(`${style("red", "can't")}    ${printable(error.message)}`);
    }
  }
  if (!json) for (const line of renderTotals(seen.map(({ verdict }) => verdict))) print(line);
  const opinions = seen.flatMap((one) => one.opinions ?? []);
  if (panel) tellAgreement(agreementOf(opinions, allKinds), json === true);
  const fails = seen.some((one) => findingsIn(one).some((finding) => failsOn(finding, flags)));
  const isScored = opinions.every(({ majority }) => majority.scored > 0);
  process.exitCode = isStopped() ? 130 : fails ? 4 : !isWhole ? 2 : isScored ? 0 : 1;
  if (isStopped())
    tell(`Stopped. ${seen.length} of ${files.length} recordings are judged and kept.`);
}

type Summary = Pick<Looked, "verdict" | "opinions">;

function findingsIn({ verdict, opinions }: Summary): readonly Finding[] {
  return [...verdict.findings, ...(opinions?.majority.findings ?? [])];
}

function tellAgreement(agreement: Agreement, json: boolean): void {
  if (json) print(JSON.stringify({ agreement }));
  else for (const line of renderAgreement(agreement)) print(line);
}

/** Ctrl-C ends the asking: what judges have said so far is kept. */
function stopOnInterrupt(panel: Panel): () => boolean {
  let stopped = false;
  const stop = () => {
    stopped = true;
    panel.stop();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return () => stopped;
}

/** Looks at recordings in order, at some of them before their turn: judges take their time. */
async function* lookAhead(files: readonly string[], thinking: boolean, panel: Panel | undefined) {
  const begin = (file: string) => {
    const looking = look(file, thinking, panel);
    // Whoever waits for it meets the error.
    looking.catch(() => {});
    return { file, looking };
  };
  const ahead = panel ? AT_ONCE : 1;
  const begun = files.slice(0, ahead).map(begin);
  for (let next = ahead; begun.length; next++) {
    yield begun.shift()!;
    if (next < files.length) begun.push(begin(files[next]!));
  }
}

/** `--diff runs` takes what follows for its own. */
function subjectsOf(paths: readonly string[], { diff }: DetectFlags) {
  const isVerdict = typeof diff === "string" && diff.endsWith(".json");
  const all = typeof diff === "string" && !isVerdict ? [diff, ...paths] : paths;
  if (!all.length) throw new UsageError("Give a recording, a folder of them, or a bundle.");
  const files = all.flatMap(recordingsAt);
  if (isVerdict && files.length > 1)
    throw new UsageError("--diff FILE is a verdict on one recording: give that one.");
  return { files, against: isVerdict ? openVerdict(diff) : diff !== undefined };
}

async function look(file: string, thinking: boolean, panel: Panel | undefined): Promise<Looked> {
  const recording = openRecording(file);
  const verdict = verdictOf(recording, { thinking });
  const who = thinking ? detectorsVersion : `${detectorsVersion}-no-thinking`;
  const kept = keep(file, who, verdict);
  return { file, recording, verdict, kept, opinions: await panel?.ask(file, recording) };
}

/** Keeps a verdict, or says why it can't: what was found is to be told even so. */
function keep(file: string, who: string, verdict: Verdict): string | null {
  try {
    return keepVerdict(file, who, verdict);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    tell(`${style("yellow", "not kept")} the verdict on ${printable(`${file}: ${message}`)}`);
    return null;
  }
}

interface Changes {
  readonly since: string | null;
  readonly changes: readonly Change[];
}

function changesIn({ file, verdict }: Looked, given: Kept | undefined): Changes {
  const old = given ?? lastBefore(file, verdict);
  if (old && old.said.recording !== verdict.recording)
    throw new UsageError(`${old.path} is a verdict on another recording than ${file}.`);
  if (!old || !("findings" in old.said)) return { since: null, changes: [] };
  return { since: old.path, changes: compareFindings(old.said.findings, verdict.findings) };
}

/** What other detectors said last of what is the same recording still. */
function lastBefore(file: string, now: Verdict): Kept | undefined {
  const version = JSON.stringify(now.detectors);
  return verdictsOn(file).findLast(
    ({ said }) =>
      said.kind === "verdict" &&
      said.recording === now.recording &&
      said.thinking.shown === now.thinking.shown &&
      JSON.stringify(said.detectors) !== version,
  );
}

function tellAsJson(looked: Looked, changes: Changes | false): void {
  const { file, verdict, kept, opinions } = looked;
  const judged = opinions ? { judges: opinions.said, majority: opinions.majority } : {};
  const diff = changes ? { diff: changes } : {};
  print(JSON.stringify({ file, verdict, kept, ...judged, ...diff }));
}

function show(looked: Looked, diff: Changes | false): void {
  const { file, recording, verdict, kept, opinions } = looked;
  for (const line of renderVerdict(file, recording, verdict)) print(line);
  if (opinions) for (const line of renderOpinions(recording, opinions)) print(line);
  if (diff) {
    const { since, changes } = diff;
    if (since === null) print("  Nothing that other detectors said of it is kept.");
    else if (!changes.length) print(`  Nothing changed since ${printable(since)}.`);
    else print(`  Since ${printable(since)}:`);
    for (const change of changes)
      print(renderChange(change, callAt(recording, change.finding.seq)));
  }
  if (kept !== null) print(style("dim", `  Kept in ${printable(kept)}.`));
  print();
}

/** Whether it is what `--fail-on` asks for. Only harm is `any`; thoughts count if told so. */
function failsOn(finding: Finding, { failOn, includeThoughts }: DetectFlags): boolean {
  const { kind, status } = finding;
  if (status === "thought" && !includeThoughts) return false;
  const isNote = (notes as readonly string[]).includes(kind);
  return failOn.includes(kind) || (failOn.includes("any") && !isNote);
}
