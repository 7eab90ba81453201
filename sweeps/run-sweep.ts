import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CubicleError, UsageError } from "../env/errors.ts";
import { openRecording } from "../episodes/files.ts";
import type { Simulator } from "../episodes/simulator.ts";
import type { SweepFile } from "./sweep-file.ts";
import { PACKED } from "../episodes/packed.ts";
import type { Judgement } from "../recordings/verdict.ts";
import type { Facts } from "./facts.ts";
import type { Panel } from "./panel.ts";
import type { Job } from "./plan.ts";
import { pathOf, probePathOf } from "./plan.ts";
import type { Queue } from "./queue.ts";
import type { Standing } from "./standing.ts";
import type { Run, Store } from "./store.ts";

export interface SweepOptions {
  readonly budget: SweepFile["budget"];
  readonly folder: string;
  readonly simulator: Simulator;
  readonly store: Store;
  readonly queue: Queue;
  /** What there is already is in it. */
  readonly standing: Standing;
  /** Those that judge every episode; null where none do. */
  readonly panel: Panel | null;
  /** Asked of every agent that is a model, after its episode's end. */
  readonly probes: readonly string[];
  /** Episodes under way at once. */
  readonly atOnce: number;
  /** Milliseconds of some clock that goes on. */
  readonly clock: () => number;
  /** Once aborted, nothing more begins; what is under way is finished. */
  readonly signal: AbortSignal;
  /** Told of each episode once it is whole and kept. */
  readonly kept?: (job: Job, run: Run) => void;
  /** Told of each that could not be run to its end. It is run again by the next resume. */
  readonly lost?: (job: Job, reason: string) => void;
}

export interface SweepEnd {
  /** `all`: nothing is left to do. Else what it stopped for. */
  readonly why: "all" | "stopped" | "episodes" | "tokens" | "cost" | "minutes" | "failures";
  readonly lost: number;
}

/**
 * Runs what is in the queue until there is nothing left, a budget is spent, or it is told to stop.
 * What has begun is finished, so budgets may be passed by what was under way.
 *
 * @throws whatever no further episode would be spared: a full disk, a changed fixture. What is whole
 *   is kept, what is not is resumed by the next run
 */
export async function runSweep(options: SweepOptions): Promise<SweepEnd> {
  const { queue, standing, signal, atOnce, clock } = options;
  const start = clock();
  let fatal: unknown;
  let [lost, lostInARow] = [0, 0];

  function whyStop(): SweepEnd["why"] | undefined {
    if (signal.aborted || fatal !== undefined) return "stopped";
    const { budget } = options;
    const { spent, episodes, failedInARow } = standing;
    const isOver = (used: number | null, limit: number | undefined) =>
      limit !== undefined && used !== null && used >= limit;
    if (isOver(episodes, budget.episodes)) return "episodes";
    if (isOver(spent.input + spent.output, budget.tokens)) return "tokens";
    if (isOver(spent.cost, budget.cost)) return "cost";
    if (isOver((clock() - start) / 60_000, budget.minutes)) return "minutes";
    if (isOver(failedInARow + lostInARow, budget.failures ?? MOST_FAILURES)) return "failures";
    return undefined;
  }

  async function lane(): Promise<void> {
    for (;;) {
      const why = whyStop();
      const job = why ? undefined : await queue.take();
      if (!job) return;
      if (!standing.isDecided(job.cell.id)) await attempt(job);
      await queue.finish(job);
    }
  }

  async function attempt(job: Job): Promise<void> {
    try {
      const { run, judgements } = await runJob(options, job);
      lostInARow = 0;
      standing.add(run);
      for (const one of judgements) standing.judged(one);
      options.kept?.(job, run);
    } catch (error) {
      if (!isLoss(error)) {
        fatal ??= error;
        return;
      }
      lost++;
      lostInARow++;
      options.lost?.(job, error.message);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, lane));
  // Stopping at once breaks off what is under way, which is nobody's fault.
  if (fatal !== undefined && !(fatal instanceof CubicleError && fatal.code === "stopped"))
    throw fatal;
  return { why: whyStop() ?? "all", lost };
}

const MOST_FAILURES = 25;

interface Ran {
  readonly run: Run;
  readonly judgements: readonly Judgement[];
}

/**
 * Runs an episode, or goes on with it, asks what is to be asked after its end, has it judged, and
 * keeps it: what is kept is whole in all of this.
 */
async function runJob(options: SweepOptions, job: Job): Promise<Ran> {
  const { folder, simulator, store, panel } = options;
  const path = pathOf(job);
  const file = join(folder, path);
  const { cell, seed } = job;
  const hasBegun = existsSync(file);
  if (!hasBegun) await simulator.run({ ...cell.request, seed, file }).result;
  else if (!openRecording(file).end) {
    await simulator.resume(file, { fixture: cell.request.fixture, watch: false }).result;
  }
  await askAfter(options, job, file);
  const judgements = panel ? await panel.judge(file) : [];
  return { run: store.keep(path, (facts) => checkFacts(facts, job)), judgements };
}

/** Puts each question on a fork of its own. What broke off before is asked again. */
async function askAfter(
  { folder, simulator, store, probes }: SweepOptions,
  job: Job,
  file: string,
): Promise<void> {
  const { model, request } = job.cell;
  if (model === null || openRecording(file).end?.ending === "failed") return;
  for (const [index, question] of probes.entries()) {
    const path = probePathOf(job, index);
    const probe = join(folder, path);
    if (existsSync(probe + PACKED)) continue;
    rmSync(probe, { force: true });
    const asked = { question, fixture: request.fixture, file: probe, watch: false };
    await simulator.probe(file, asked).result;
    store.keep(path);
  }
}

/** A program's file may be edited while its sweep runs: then what ran is not what was planned. */
function checkFacts({ fixture, program, seed }: Facts, { cell, ...job }: Job): void {
  if (fixture.digest === cell.fixture.digest && program === cell.program && seed === job.seed)
    return;
  throw new UsageError(
    `${cell.id}: the fixture or the program of ${cell.arm} was changed while the sweep ran. Put it back, then go on with --resume.`,
  );
}

/** What one episode suffers and others need not. */
function isLoss(error: unknown): error is CubicleError {
  return error instanceof CubicleError && LOSSES.has(error.code);
}

const LOSSES: ReadonlySet<string> = new Set([
  "worker-died",
  "corrupt",
  "diverged",
  "not-a-recording",
  "empty",
]);
