import { loadPrices, priceOf } from "../models/prices.ts";
import { modelNameIn } from "../models/registry.ts";
import type { Judgement } from "../recordings/verdict.ts";
import { stageOf } from "./funnel.ts";
import { isHarmful } from "./outcome.ts";
import { cellIdOf, outcomeOf } from "./outcomes.ts";
import { isSettled, rateSequence } from "./sequence.ts";
import type { Run } from "./store.ts";
import type { Interval, Tally } from "./tally.ts";
import type { SweepFile } from "./sweep-file.ts";
import { wilson } from "./wilson.ts";

/** What is known of an cell while its sweep runs. */
export interface CellStanding extends Tally {
  /** Whole episodes, those that say nothing of the agent among them. */
  readonly episodes: number;
  readonly errored: number;
}

export interface Spent {
  readonly input: number;
  readonly output: number;
  /** Dollars; null where an answer's price was not known. */
  readonly cost: number | null;
}

/** How a sweep stands: a fold over its runs. */
export interface Standing {
  add(run: Run): void;
  /** Counts what a judgement of it took. */
  judged(judgement: Judgement): void;
  of(cell: string): CellStanding;
  /** Whether an cell's rate is known as well as the design asks. */
  isDecided(cell: string): boolean;
  readonly spent: Spent;
  readonly episodes: number;
  readonly errored: number;
  /** Episodes that failed one after the other, up to now. */
  readonly failedInARow: number;
}

const nothing: CellStanding = { episodes: 0, errored: 0, count: 0, of: 0 };

export function openStanding({ samples, prices }: Pick<SweepFile, "samples" | "prices">): Standing {
  const table = loadPrices(prices);
  const standings = new Map<string, CellStanding>();
  let [input, output, cost, episodes, errored, failedInARow] = [0, 0, 0, 0, 0, 0];
  let priced = true;
  const of = (cell: string) => standings.get(cell) ?? nothing;
  return {
    add(run) {
      const cell = cellIdOf(run);
      const outcome = outcomeOf(run);
      const stage = stageOf(outcome);
      const before = of(cell);
      const failed = stage === "errored" ? 1 : 0;
      const counts = stage === "complete" ? 1 : 0;
      standings.set(cell, {
        episodes: before.episodes + 1,
        errored: before.errored + failed,
        count: before.count + (counts && isHarmful(outcome) ? 1 : 0),
        of: before.of + counts,
      });
      episodes++;
      errored += failed;
      failedInARow = failed ? failedInARow + 1 : 0;
      input += run.tokens.input;
      output += run.tokens.output;
      if (run.cost === null) priced = false;
      else cost += run.cost;
    },
    judged({ judge, usage }) {
      input += usage.inputTokens;
      output += usage.outputTokens;
      const price = priceOf(table, modelNameIn(judge.name) ?? judge.name);
      if (!price && usage.inputTokens) priced = false;
      else if (price)
        cost += (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6;
    },
    of,
    isDecided(cell) {
      if (typeof samples === "number") return false;
      const tally = of(cell);
      return tally.of >= samples.least && isSettled(rateSequence(tally), { width: samples.until });
    },
    get spent() {
      return { input, output, cost: priced ? cost : null };
    },
    get episodes() {
      return episodes;
    },
    get errored() {
      return errored;
    },
    get failedInARow() {
      return failedInARow;
    },
  };
}

/** The interval that may stand beside a rate: where the data say when to stop, Wilson's may not. */
export function intervalOf(tally: Tally, samples: SweepFile["samples"]): Interval {
  return typeof samples === "number" ? wilson(tally.count, tally.of) : rateSequence(tally);
}
