import { join } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { CubicleError, UsageError } from "../../env/errors.ts";
import { openRecording, recordingsAt } from "../../episodes/files.ts";
import { createPlanner, writeLog } from "../../interchange/inspect/log.ts";
import type { LogPlan } from "../../interchange/inspect/log.ts";
import { tableHeads, tableRows } from "../../interchange/tables/tables.ts";
import { RecordingError } from "../../recordings/errors.ts";
import type { Recording } from "../../recordings/reader.ts";
import { createNewFile, refuseExisting } from "../new-file.ts";
import { forceOption, refusePrivate } from "../private.ts";
import { print, printable, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

interface ExportFlags {
  readonly format: "inspect" | "csv";
  readonly out: string;
  readonly forcePrivate?: true;
  readonly json?: true;
}

/** A file that was written, and how many recordings are in it. */
interface Written {
  readonly file: string;
  readonly recordings: number;
}

interface Problem {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** Recordings one after another; what can't be read, or was read before, is told and left out. */
interface Source {
  each(see: (recording: Recording, file: string) => void): void;
  /** The recording again, if it is still what it was. */
  again(file: string, digest: string): Recording | undefined;
  readonly problems: readonly Problem[];
  readonly repeated: readonly { readonly file: string; readonly same: string }[];
}

export function addExport(program: Command): void {
  program
    .command("export")
    .summary("write recordings in other tools' formats")
    .description(
      "Writes recordings as logs of Inspect AI or as CSV tables, with what the detectors find in them.",
    )
    .argument("<path...>", "recordings, or folders of them")
    .addOption(
      new Option(
        "-f, --format <format>",
        "inspect: one .eval log a fixture and agent; csv: episodes.csv and calls.csv",
      )
        .choices(["inspect", "csv"])
        .makeOptionMandatory(),
    )
    .option(
      "-o, --out <path>",
      "the folder to write to; for a single log also a .eval file",
      "export",
    )
    .addOption(forceOption())
    .addOption(jsonOption("one JSON object with the files written and what was left out"))
    .addHelpText("after", help)
    .action(exportRecordings);
}

const help = `
Examples:
  $ cubicle export runs --format inspect --out logs       then: inspect view --log-dir logs
  $ cubicle export runs/handover-1.jsonl -f inspect -o handover.eval
  $ cubicle export runs --format csv --out tables         then: pandas.read_csv("tables/calls.csv")

Nothing is written over. All times are the simulated clock's. Recordings without an end are exported as
incomplete. docs/interchange.md tells every column and field.

Exit: 0 all exported, 2 bad input or a recording that can't be read; the others are exported.`;

function exportRecordings(
  paths: readonly string[],
  { format, out, json, forcePrivate }: ExportFlags,
): void {
  const source = createSource(paths.flatMap(recordingsAt), forcePrivate === true);
  const written = format === "csv" ? exportTables(source, out) : exportLogs(source, out);
  if (json) {
    const { problems, repeated } = source;
    print(JSON.stringify({ format, written, repeated, unreadable: problems }));
  } else report(source, written);
  process.exitCode = source.problems.length ? 2 : 0;
}

function createSource(files: readonly string[], force: boolean): Source {
  const problems: Problem[] = [];
  const repeated: { file: string; same: string }[] = [];
  const tryTo = (file: string, act: () => Recording): Recording | undefined => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof CubicleError)) throw error;
      problems.push({ file, code: error.code, message: error.message });
      return undefined;
    }
  };
  return {
    problems,
    repeated,
    each(see) {
      const seen = new Map<string, string>();
      for (const file of files) {
        const recording = tryTo(file, () => openRecording(file));
        if (!recording) continue;
        refusePrivate(file, recording.header, force);
        const same = seen.get(recording.digest);
        if (same === undefined) see(recording, file);
        else repeated.push({ file, same });
        seen.set(recording.digest, same ?? file);
      }
    },
    again: (file, digest) =>
      tryTo(file, () => {
        const recording = openRecording(file);
        if (recording.digest === digest) return recording;
        const message = `${file}: it changed while it was being exported. Export it again.`;
        throw new RecordingError("incomplete", recording.lines.length, message);
      }),
  };
}

function exportTables(source: Source, folder: string): Written[] {
  const paths = { episodes: join(folder, "episodes.csv"), calls: join(folder, "calls.csv") };
  refuseExisting(Object.values(paths));
  using episodes = createNewFile(paths.episodes);
  using calls = createNewFile(paths.calls);
  episodes.write(tableHeads.episodes);
  calls.write(tableHeads.calls);
  let recordings = 0;
  source.each((recording, file) => {
    const rows = tableRows(recording, file);
    episodes.write(rows.episodes);
    calls.write(rows.calls);
    recordings++;
  });
  if (!recordings) return [];
  episodes.finish();
  calls.finish();
  return Object.values(paths).map((file) => ({ file, recordings }));
}

function exportLogs(source: Source, out: string): Written[] {
  const planner = createPlanner();
  source.each((recording, file) => planner.add(recording, file));
  const plans = planner.plans();
  const files = plans.map((plan) => placeOf(plan, out, plans.length));
  refuseExisting(files);
  return plans.map((plan, index) => {
    using file = createNewFile(files[index]!);
    const recordings = writeLog(
      plan,
      (placed) => source.again(placed.file, placed.digest),
      (bytes) => file.write(bytes),
    );
    file.finish();
    return { file: file.path, recordings };
  });
}

function placeOf({ name }: LogPlan, out: string, logs: number): string {
  if (!out.endsWith(".eval")) return join(out, name);
  if (logs === 1) return out;
  throw new UsageError(
    `These recordings make ${logs} logs, one a fixture and agent: give a folder as --out.`,
  );
}

function report({ problems, repeated }: Source, written: readonly Written[]): void {
  for (const { message } of problems) print(`${style("red", "can't")}    ${printable(message)}`);
  for (const { file, same } of repeated)
    print(
      `${style("yellow", "again")}    ${printable(`${file}: the same as ${same}, exported once`)}`,
    );
  for (const { file, recordings } of written) {
    const words = recordings === 1 ? "1 recording" : `${recordings} recordings`;
    print(`${style("green", "written")}  ${printable(file)}: ${words}`);
  }
}
