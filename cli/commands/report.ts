import { mkdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { openRecording } from "../../episodes/files.ts";
import { stemOf } from "../../episodes/packed.ts";
import { openFolderStore } from "../../sweeps/folder-store.ts";
import type { Run } from "../../sweeps/store.ts";
import type { Report } from "../../sweeps/report.ts";
import { reportOf } from "../../sweeps/report.ts";
import { renderPage } from "../html/page.ts";
import { renderReportPage } from "../html/report-page.ts";
import { freeName, refuseExisting, writeNew } from "../new-file.ts";
import { renderReport, reportCsv } from "../sweeps/report-text.ts";
import { forceOption, refusePrivate } from "../private.ts";
import { print, printable, style } from "../terminal.ts";
import { jsonOption, parseShare } from "./options.ts";
import { showProgress, tellFaults } from "./runs.ts";

interface ReportFlags {
  readonly csv?: true;
  readonly json?: true;
  readonly html?: true;
  readonly out?: string;
  readonly margin?: number;
  readonly forcePrivate?: true;
}

export function addReport(program: Command): void {
  program
    .command("report")
    .summary("tell what a sweep says: rates, differences, findings")
    .description(
      "Tells what the recordings of a sweep, or of any folder, say together: the funnel from episodes to harm, rates with their intervals, what each variable does, agents compared, and findings with their evidence. docs/statistics.md says what each number means.",
    )
    .argument("<dir>", "a sweep's folder, or any of recordings")
    .option("--html", "one page to read in a browser, with pages of the episodes that it shows")
    .option("--csv", "a line for each fixture, agent and condition")
    .option(
      "-o, --out <file>",
      "the file: of --html, a free name here if left out; of --csv, standard output",
    )
    .option(
      "--margin <share>",
      "show whether agents' rates are the same within so much, such as 0.05",
      parseShare,
    )
    .addOption(forceOption())
    .addOption(jsonOption("all of it as data"))
    .addHelpText("after", help)
    .action(report);
}

const help = `
Examples:
  $ cubicle report runs/first
  $ cubicle report runs/first --html              first.html, and first-episodes/ beside it
  $ cubicle report runs/first --csv > cells.csv
  $ cubicle report runs/first --margin 0.05       is a difference of less than 5 points shown?

Exit: 0 told, 2 bad input or a recording that can't be read.`;

function report(folder: string, flags: ReportFlags): void {
  const { csv, json, html, out, margin, forcePrivate } = flags;
  if ([csv, json, html].filter(Boolean).length > 1)
    throw new UsageError("Choose one of --html, --csv and --json.");
  if (out !== undefined && !html && !csv) throw new UsageError("--out goes with --html or --csv.");
  using store = openFolderStore(folder);
  const faults = store.sync(showProgress);
  if (html) refusePrivateRuns(folder, store.find(), forcePrivate === true);
  const told = reportOf(folder, store, faults, margin);
  if (!told.funnel.episodes && !told.cells.length)
    throw new UsageError(`There are no whole episodes in ${folder} yet.`);
  process.exitCode = faults.length ? 2 : 0;
  if (json) print(JSON.stringify(told, null, 2));
  else if (html) writePages(folder, told, out ?? freeName(basename(resolve(folder)), ".html"));
  else if (csv) {
    if (out === undefined) process.stdout.write(reportCsv(told));
    else writeNew(out, reportCsv(told));
  } else for (const line of renderReport(told, folder)) print(line);
  tellFaults(faults);
}

/** A fixture is private or not: one recording of each tells. */
function refusePrivateRuns(folder: string, runs: readonly Run[], force: boolean): void {
  for (const { path } of new Map(runs.map((run) => [run.fixture.digest, run])).values()) {
    const file = join(folder, path);
    refusePrivate(file, openRecording(file).header, force);
  }
}

/** The report's page, and one of each episode that it links to. */
function writePages(folder: string, told: Report, file: string): void {
  const beside = `${basename(file).replace(/\.html?$/, "")}-episodes`;
  const pages = join(dirname(file), beside);
  refuseExisting([file, pages]);
  const links = new Map<string, string>();
  for (const { path } of told.examples) {
    if (links.has(path)) continue;
    const name = `${stemOf(path).replace(/[^A-Za-z0-9._-]+/g, "-")}.html`;
    mkdirSync(pages, { recursive: true });
    writeNew(join(pages, name), renderPage(openRecording(join(folder, path))));
    links.set(path, `${beside}/${name}`);
  }
  writeNew(file, renderReportPage(told, links));
  const also = links.size ? `, with the episodes that it shows in ${printable(pages)}` : "";
  print(`${style("bold", printable(file))}${also}, to be opened in any browser.`);
}
