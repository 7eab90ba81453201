import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { Option } from "commander";
import { cantRead } from "../../episodes/paths.ts";
import { formats } from "../../interchange/formats/registry.ts";
import { importRuns } from "../../interchange/import-runs.ts";
import type { ImportRow } from "../../interchange/import-runs.ts";
import { commonMapping, parseMapping } from "../../interchange/mapping.ts";
import type { Mapping } from "../../interchange/mapping.ts";
import { createTally, exitCodeOf, renderRow, showTally } from "../imports.ts";
import { print, tell } from "../terminal.ts";
import { jsonOption } from "./options.ts";

interface ImportFlags {
  readonly format: string;
  readonly out: string;
  readonly fixture?: string;
  readonly mapping?: string;
  readonly json?: true;
}

export function addImportRun(program: Command): void {
  program
    .command("import-run")
    .summary("make recordings of other programs' transcripts")
    .description(
      "Makes recordings of transcripts that other programs wrote. On a fixture the calls are executed and their results compared.",
    )
    .argument("<file>", "a transcript, or JSON lines or an array of many; gzip too")
    .addOption(
      new Option("-f, --format <format>", "what wrote it")
        .choices(formats.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .requiredOption("-o, --out <dir>", "folder of the recordings; nothing in it is written over")
    .option("--fixture <dir>", "fixture to execute the calls on: a name, or a folder's path")
    .option(
      "--mapping <file>",
      "what tools reveal and change, by their names; `none` for nothing. Without a fixture, common names of mail, file and calendar tools unless told otherwise",
    )
    .addOption(jsonOption("one JSON object with counts and a row for each transcript"))
    .addHelpText("after", help)
    .action(importRun);
}

const help = `
Examples:
  $ cubicle import-run runs.jsonl.gz --format agentdojo --fixture ./workspace --out imported
  $ cubicle replay imported --fixture ./workspace       every call again, compared
  $ cubicle import-run chats.jsonl --format openai-chat --out imported
  $ cubicle import-run log.json --format anthropic-messages --mapping our-tools.yaml --out imported

Exit: 0 all imported and equal, 1 some could not be imported, 2 bad input or none could be, 3 all
imported and some result or verdict differs, 130 stopped; run it again to go on.`;

async function importRun(file: string, flags: ImportFlags): Promise<void> {
  const { format, out, fixture = null, json } = flags;
  const mapping = readMapping(flags);
  const tally = createTally();
  const rows: ImportRow[] = [];
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const { signal } = stopped;
  try {
    for await (const row of importRuns({ file, format, out, fixture, mapping, signal })) {
      tally.add(row);
      if (json) rows.push(row);
      else tellRow(renderRow(file, row));
      showProgress(tally.imported);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    showProgress(null);
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  if (json) print(JSON.stringify({ ...tally.counts(), rows }));
  else showTally(tally, out, fixture !== null);
  if (signal.aborted) tell("Stopped. What was imported is kept; run it again to go on.");
  process.exitCode = signal.aborted ? 130 : exitCodeOf(tally);
}

/** On a fixture, tools that it does not have are opaque unless a mapping is given. */
function readMapping({ mapping, fixture }: ImportFlags): Mapping {
  if (mapping === "none" || (mapping === undefined && fixture !== undefined)) {
    return parseMapping("");
  }
  const file = mapping ?? commonMapping;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw cantRead(file, error);
  }
  return parseMapping(text);
}

function tellRow(lines: readonly string[]): void {
  if (lines.length) showProgress(null);
  for (const line of lines) print(line);
}

let shownAt = 0;

/** A line for whoever sits there, written again a few times a second; gone when given null. */
function showProgress(imported: number | null): void {
  if (!process.stderr.isTTY) return;
  if (imported === null) process.stderr.write("\r\u001b[2K");
  else if (Date.now() - shownAt > 200) {
    shownAt = Date.now();
    process.stderr.write(`\r\u001b[2K… ${imported} imported`);
  }
}
