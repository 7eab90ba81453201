import { basename } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { detectorsVersion, findingsOf } from "../../detectors/registry.ts";
import { isBundle, openBundleFile, splitMember } from "../../episodes/bundles.ts";
import { openRecording } from "../../episodes/files.ts";
import { stemOf } from "../../episodes/packed.ts";
import { requestBytes } from "../../models/bytes.ts";
import type { CallEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import type { Finding } from "../../recordings/verdict.ts";
import { differencesOf, examineBundle, exitCodeOf, renderMembers, wordResume } from "../bundles.ts";
import { markOf, renderEvidence, renderMilestones, wordFinding } from "../findings.ts";
import { renderPage } from "../html/page.ts";
import { freeName, writeNew } from "../new-file.ts";
import { forceOption, refusePrivate } from "../private.ts";
import { indent, oneLine, print, printable, style, tell } from "../terminal.ts";
import { createWatcher } from "../watch.ts";
import type { Section } from "../whole.ts";
import { itemsOf, sectionsOf } from "../whole.ts";
import { jsonOption, parseCount } from "./options.ts";

interface ShowFlags {
  readonly at?: number;
  readonly request?: number;
  readonly json?: true;
  readonly html?: true;
  readonly out?: string;
  readonly forcePrivate?: true;
}

export function addShow(program: Command): void {
  program
    .command("show")
    .summary("show a recording, one call of it, or a model request")
    .description(
      "Shows a recording without running anything: all of it, one call whole, or the bytes of a request.",
    )
    .argument("<file>", "a recording, or a bundle, whose recordings are then listed and checked")
    .option(
      "--at <call>",
      "one call, with its input, result, effects and the items it showed",
      parseCount,
    )
    .option("--request <number>", "the exact bytes of a request to the model", parseCount)
    .option("--html", "one page to read in a browser, that stands alone")
    .option("-o, --out <file>", "with --html: the page; a free name here if left out")
    .addOption(forceOption())
    .addOption(jsonOption("events as JSON lines"))
    .addHelpText("after", help)
    .action(show);
}

const help = `
Examples:
  $ cubicle show runs/a.jsonl --at 9            one call, whole
  $ cubicle show runs/a.jsonl --html            a page for readers: a.html
  $ cubicle show runs.cubicle                   what is in a bundle, checked and judged again
  $ cubicle show runs.cubicle:a.jsonl           one of its recordings

Exit: 0 shown, 2 bad input or something damaged, 3 a bundle says what is not so.`;

async function show(file: string, flags: ShowFlags): Promise<void> {
  const { at, request, json, html, out, forcePrivate } = flags;
  if (html && (json || at !== undefined || request !== undefined))
    throw new UsageError("--html shows all of a recording: leave out --at, --request and --json.");
  if (out !== undefined && !html) throw new UsageError("--out goes with --html.");
  if (isBundle(file) && at === undefined && request === undefined && !html) {
    showBundle(file, json === true);
    return;
  }
  const recording = openRecording(file);
  if (request !== undefined) {
    process.stdout.write(await requestBytes(recording, request));
    return;
  }
  if (at !== undefined) {
    showCall(recording, at, json === true);
    return;
  }
  for (const words of differencesOf(file))
    tell(`${style("yellow", "differs")}  ${oneLine(words, 300)}`);
  if (html) {
    refusePrivate(file, recording.header, forcePrivate === true);
    writePage(file, recording, out);
    return;
  }
  const watcher = createWatcher(json === true);
  watcher.see(recording.header);
  for (const event of recording.events) watcher.see(event);
  const { milestones, findings, callOf } = watcher;
  const isHarmful = findings.some((one) => markOf(one) === "finding");
  if (!json) for (const line of renderMilestones(milestones, callOf, isHarmful)) print(line);
  if (!recording.end) tell(`It has no end yet. ${wordResume(file)}`);
}

function writePage(path: string, recording: Recording, out?: string): void {
  const base = stemOf(basename(splitMember(path)?.name ?? path));
  const file = out ?? freeName(base, ".html");
  const page = renderPage(recording);
  writeNew(file, page);
  const kilobytes = Math.ceil(Buffer.byteLength(page) / 1000);
  print(`${style("bold", printable(file))}: ${kilobytes} kB, to be opened in any browser.`);
}

function showBundle(file: string, json: boolean): void {
  using bundle = openBundleFile(file);
  const { examined, faulty } = examineBundle(bundle);
  process.exitCode = exitCodeOf(examined, faulty);
  if (json) {
    const { cubicle, members: said } = bundle;
    print(JSON.stringify({ file, cubicle, said, recordings: examined, faulty }, null, 2));
    return;
  }
  const count = examined.length + faulty.length;
  print(
    `${style("bold", printable(file))}  ${style("dim", oneLine(`${count} recordings · written by cubicle ${bundle.cubicle} · judged now by ${detectorsVersion}`, 160))}`,
  );
  print();
  for (const line of renderMembers(examined, faulty)) print(line);
}

function showCall(recording: Recording, number: number, json: boolean): void {
  const { events } = recording;
  const call = events.find((event) => event.kind === "call" && event.call === number) as
    | CallEvent
    | undefined;
  if (!call) {
    const count = events.filter(({ kind }) => kind === "call").length;
    throw new UsageError(`There is no call ${number}: this recording has ${count}.`);
  }
  const findings = findingsOf(recording).filter(({ seq }) => seq === call.seq);
  if (json) {
    const [reads, carried] = [itemsOf(events, call.reads), itemsOf(events, call.carried)];
    print(JSON.stringify({ call, reads, carried, findings }));
    return;
  }
  print(`${style("bold", `call ${call.call}`)}  ${oneLine(call.tool)}  ${style("dim", call.at)}`);
  for (const finding of findings) showFinding(recording, finding);
  for (const section of sectionsOf(events, call)) showSection(section);
}

function showFinding(recording: Recording, finding: Finding): void {
  const { confidence, summary } = finding;
  const words = `${markOf(finding)} ${wordFinding(finding)}`;
  print(`${style("red", oneLine(words))} ${style("dim", `confidence ${confidence.toFixed(2)}`)}`);
  print(indent(summary, "  "));
  for (const line of renderEvidence(recording, finding)) print(line);
}

function showSection({ head, title, about, text, prefix }: Section): void {
  print(`${style("cyan", head)}${title && ` ${printable(title)}`}`);
  if (about) print(style("dim", indent(about, "  ")));
  if (text !== null) print(indent(text, prefix));
}
