import type { Command } from "commander";
import { openFolderStore } from "../../sweeps/folder-store.ts";
import type { Fault, Run, RunQuery } from "../../sweeps/store.ts";
import { renderTable } from "../sweeps/tables.ts";
import { varied, wordCondition, wordCount } from "../sweeps/words.ts";
import { oneLine, print, printable, style, tell } from "../terminal.ts";
import { collectSetting, jsonOption, parseCount } from "./options.ts";

interface RunsFlags {
  readonly fixture?: string;
  readonly agent?: string;
  readonly set: Record<string, string>;
  readonly ending?: string;
  readonly found?: string | true;
  readonly text?: string;
  readonly limit: number;
  readonly rebuild?: true;
  readonly json?: true;
}

export function addRuns(program: Command): void {
  program
    .command("runs")
    .summary("list recordings, and find some")
    .description(
      "Lists the recordings of a folder and those below it, by an index (.index.sqlite) that is made from the recordings alone and brought up to date first.",
    )
    .argument("[dir]", "the folder", "runs")
    .option("--fixture <name>", "only those of a fixture")
    .option("-a, --agent <agent>", "only those of an agent, as recorded: script/leaks")
    .option(
      "-s, --set <name=value>",
      "only those under a condition; may be given again",
      collectSetting,
      {},
    )
    .option(
      "--ending <ending>",
      "only those that ended so: finished, deadline, limit, failed, none",
    )
    .option("--found [kind]", "only those in which harm was found, of any kind or this one")
    .option("--text <words>", "only those with these words in their path or in what was found")
    .option("--limit <number>", "show no more than so many", parseCount, 50)
    .option("--rebuild", "forget the index, and make it anew from the recordings")
    .addOption(jsonOption("an array of all that is known of each, whatever the limit"))
    .addHelpText("after", help)
    .action(runs);
}

const help = `
Examples:
  $ cubicle runs                                    all below runs/
  $ cubicle runs runs/first --found leak --set goal=none
  $ cubicle runs runs/first --ending failed --json
  $ cubicle runs --rebuild

Exit: 0 listed, also if there are none, 2 bad input or a recording that can't be read.`;

function runs(folder: string, { json, rebuild, limit, ...flags }: RunsFlags): void {
  using store = openFolderStore(folder);
  const faults = (rebuild ? store.rebuild : store.sync)(showProgress);
  const found = store.find(queryOf(flags));
  process.exitCode = faults.length ? 2 : 0;
  if (json) print(JSON.stringify(found, null, 2));
  else list(found, limit);
  tellFaults(faults);
}

function queryOf({ fixture, agent, set, ending, found, text }: Omit<RunsFlags, "limit">): RunQuery {
  return {
    condition: set,
    ...(fixture === undefined ? {} : { fixture }),
    ...(agent === undefined ? {} : { agent }),
    ...(ending === undefined ? {} : { ending }),
    ...(found === undefined ? {} : { harm: found === true ? "any" : found }),
    ...(text === undefined ? {} : { text }),
  };
}

function list(found: readonly Run[], limit: number): void {
  const shown = found.slice(0, limit);
  const names = varied(found.map(({ condition }) => condition));
  const rows = shown.map(({ path, condition, ending, code, calls, tokens, verdict }) => [
    oneLine(path, 90),
    oneLine(wordCondition(condition, names), 50),
    ending === null ? "no end yet" : oneLine(code ?? ending, 20),
    String(calls),
    String(tokens.input + tokens.output),
    oneLine([...new Set(verdict.harms.map(({ kind }) => kind))].join(" "), 40),
  ]);
  const head = ["recording", "condition", "ending", "calls", "tokens", "found"];
  if (rows.length)
    for (const line of renderTable(head, rows, (column) => column === 3 || column === 4))
      print(line);
  const more = found.length > limit ? `, of which ${limit} are shown (--limit)` : "";
  print(style("dim", `${wordCount(found.length, "recording")}${more}.`));
}

export function tellFaults(faults: readonly Fault[]): void {
  for (const { path, problem } of faults)
    tell(`${style("red", "can't")}    ${printable(`${path}: ${problem}`)}`);
}

/** Reading thousands of recordings takes a while. */
export function showProgress(read: number, of: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(read < of ? `\r${read} of ${of} recordings read` : "\r\u001b[2K");
}
