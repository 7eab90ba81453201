import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import type { Command } from "commander";
import { createSimulator } from "../../episodes/simulator.ts";
import { createPanel } from "../../sweeps/panel.ts";
import { planCells } from "../../sweeps/plan.ts";
import type { Cell } from "../../sweeps/plan.ts";
import { createQueue } from "../../sweeps/queue.ts";
import { runSweep } from "../../sweeps/run-sweep.ts";
import type { SweepEnd } from "../../sweeps/run-sweep.ts";
import { readSweepFile } from "../../sweeps/sweep-file.ts";
import type { SweepFile } from "../../sweeps/sweep-file.ts";
import { warnOfKin } from "../judging.ts";
import { createLog } from "../log.ts";
import type { LogLevel } from "../log.ts";
import { showDryRun } from "../sweeps/dry-run.ts";
import { watchInterrupt } from "../sweeps/interrupt.ts";
import { openSweep } from "../sweeps/open-sweep.ts";
import { createJsonProgress, createLiveProgress, createPlainProgress } from "../sweeps/progress.ts";
import { renderCells } from "../sweeps/tables.ts";
import { wordCount } from "../sweeps/words.ts";
import { print, printable, style, tell } from "../terminal.ts";
import { jsonOption, logOption, parseCount } from "./options.ts";

interface SweepFlags {
  readonly out?: string;
  readonly resume?: true;
  readonly dryRun?: true;
  readonly workers?: number;
  readonly atOnce?: number;
  readonly json?: true;
  readonly logLevel: LogLevel;
}

export function addSweep(program: Command): void {
  program
    .command("sweep")
    .summary("run many episodes, and tell rates")
    .description(
      "Runs agents in fixtures under conditions, many times each, and tells how often what was found. All is checked before anything is spent; every episode is kept, and judged as it ends.",
    )
    .argument("<file>", "what to run (YAML): see docs/sweeps.md, or cubicle schema sweep")
    .option("-o, --out <dir>", "the folder to keep it in; the file's own `out`, or runs/NAME")
    .option("--resume", "go on with what is in that folder: whole episodes stay, half ones go on")
    .option("-n, --dry-run", "check it, and tell counts, tokens, cost, time and what it could see")
    .option("--workers <number>", "worker processes; one a core if left out", parseCount)
    .option("--at-once <number>", "episodes under way at once; 16 a worker if left out", parseCount)
    .addOption(jsonOption("one JSON line an episode, and one of how the sweep ended"))
    .addOption(logOption())
    .addHelpText("after", help)
    .action(sweep);
}

const help = `
Examples:
  $ cubicle sweep examples/sweep.yaml --dry-run
  $ cubicle sweep examples/sweep.yaml --out runs/first
  $ cubicle sweep examples/sweep.yaml --out runs/first --resume
  $ cubicle report runs/first

Ctrl-C once: what is under way is finished, nothing more begins. Twice: it stops at once. Either way
nothing is lost, and --resume goes on.

Exit: 0 all is done, 1 it stopped for a budget or for failures, 2 bad input, 130 stopped.`;

async function sweep(path: string, flags: SweepFlags): Promise<void> {
  const file = readSweepFile(path);
  const folder = flags.out ?? file.out;
  const { workers = availableParallelism(), atOnce = 16 * workers } = flags;
  const log = createLog(flags.logLevel, process.env);
  using simulator = createSimulator({
    folder,
    workers,
    slots: SLOTS,
    atOnce: Math.ceil(atOnce / workers),
    ...(file.prices === undefined ? {} : { prices: file.prices }),
    note: (message, fields) => log.info(fields, message),
  });
  const plan = await planCells(file, simulator, process.env);
  const { cells } = plan;
  if (flags.dryRun) {
    await showDryRun(file, plan, { workers, atOnce, json: flags.json === true, clock });
    return;
  }
  using opened = openSweep(folder, file, plan, flags.resume === true);
  const { store, standing, jobs, faults } = opened;
  for (const { path, problem } of faults)
    tell(`${style("red", "can't")} ${printable(`${path}: ${problem}`)} It is left as it is.`);
  const view = createView(flags, {
    cells,
    samples: file.samples,
    standing,
    total: standing.episodes + jobs.length,
    clock,
  });
  if (standing.episodes) view.say(`${wordCount(standing.episodes, "episode")} are there already.`);
  const panel = file.judges.length ? openPanel(file.judges) : null;
  using interrupt = watchInterrupt(
    () => view.say("Finishing what is under way; Ctrl-C again stops at once."),
    () => {
      panel?.stop();
      simulator.close();
    },
  );
  try {
    const end = await runSweep({
      budget: file.budget,
      folder,
      simulator,
      store,
      standing,
      panel,
      probes: file.probes,
      atOnce,
      clock,
      queue: createQueue(jobs),
      signal: interrupt.signal,
      kept: view.kept,
      lost: view.lost,
    });
    view.finish();
    conclude(end, { path, folder, file, cells, flags });
    if (flags.json)
      print(
        JSON.stringify({
          sweep: {
            folder,
            ...end,
            episodes: standing.episodes,
            errored: standing.errored,
            spent: standing.spent,
          },
        }),
      );
    else
      for (const line of renderCells(
        store.find().filter(({ probe }) => probe === null),
        cells,
        file.samples,
      ))
        print(line);
    process.exitCode = exitCodeOf(end, interrupt.signal.aborted);
  } catch (error) {
    view.finish();
    tell(`${wordCount(standing.episodes, "episode")} are whole and kept in ${printable(folder)}.`);
    throw error;
  }
}

const openPanel = (judges: readonly string[]) =>
  createPanel({ judges, repeat: 1, thinking: true, env: process.env, warn: warnOfKin });

/** A worker that starts anew costs half a second: it takes as many as a process may have files open. */
const SLOTS = 400;

const clock = () => performance.now();

function createView({ json }: SweepFlags, options: Parameters<typeof createLiveProgress>[0]) {
  if (json) return createJsonProgress();
  return process.stderr.isTTY ? createLiveProgress(options) : createPlainProgress(options);
}

function exitCodeOf({ why, lost }: SweepEnd, interrupted: boolean): number {
  if (interrupted) return 130;
  return why === "all" && !lost ? 0 : 1;
}

interface Concluded {
  readonly path: string;
  readonly folder: string;
  readonly file: SweepFile;
  readonly cells: readonly Cell[];
  readonly flags: SweepFlags;
}

function conclude({ why, lost }: SweepEnd, { path, folder, file, flags }: Concluded): void {
  const { budget } = file;
  const out = flags.out === undefined ? "" : ` --out ${folder}`;
  const resume = `Go on with: npx cubicle sweep ${path}${out} --resume`;
  const words: Record<SweepEnd["why"], string> = {
    all: lost ? `${wordCount(lost, "episode")} could not be run to the end. ${resume}` : "",
    stopped: `Stopped. What was recorded is kept. ${resume}`,
    episodes: `The budget of ${budget.episodes} episodes is spent.`,
    tokens: `The budget of ${budget.tokens} tokens is spent.`,
    cost: `The budget of $${budget.cost} is spent.`,
    minutes: `The ${budget.minutes} minutes are over. ${resume}`,
    failures: `Too many episodes failed one after the other: look at one with cubicle runs ${folder} --ending failed. ${resume}`,
  };
  if (words[why]) tell(printable(words[why]));
}
