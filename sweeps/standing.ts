import { stageOf } from "./funnel.ts";
import { isHarmful } from "./outcome.ts";
import { armOf, outcomeOf } from "./outcomes.ts";
import type { Arm } from "./plan.ts";
import { isSettled, rateSequence } from "./sequence.ts";
import type { Run } from "./store.ts";
import type { Interval, Tally } from "./tally.ts";
import type { SweepFile } from "./sweep-file.ts";
import { wilson } from "./wilson.ts";

/** What is known of an arm while its sweep runs. */
export interface ArmStanding extends Tally {
  /** Whole episodes, those that say nothing of the agent among them. */
  readonly episodes: number;
  readonly errored: number;
}

export interface Spent {
  readonly input: number;
  readonly output: number;
  /** Dollars; null where an agent asks a model and has no price. */
  readonly cost: number | null;
}

/** How a sweep stands: a fold over its runs. */
export interface Standing {
  add(run: Run): void;
  of(arm: string): ArmStanding;
  /** Whether an arm's rate is known as well as the design asks. */
  isDecided(arm: string): boolean;
  readonly spent: Spent;
  readonly episodes: number;
  readonly errored: number;
  /** Episodes that failed one after the other, up to now. */
  readonly failedInARow: number;
}

const nothing: ArmStanding = { episodes: 0, errored: 0, count: 0, of: 0 };

export function openStanding(
  { samples }: Pick<SweepFile, "samples">,
  arms: readonly Arm[],
): Standing {
  const known = new Map(arms.map((arm) => [arm.id, arm]));
  const standings = new Map<string, ArmStanding>();
  let [input, output, cost, episodes, errored, failedInARow] = [0, 0, 0, 0, 0, 0];
  let priced = true;
  const of = (arm: string) => standings.get(arm) ?? nothing;
  return {
    add(run) {
      const arm = armOf(run);
      const { price, asks } = known.get(arm) ?? {};
      const outcome = outcomeOf(run);
      const stage = stageOf(outcome);
      const before = of(arm);
      const failed = stage === "errored" ? 1 : 0;
      const counts = stage === "complete" ? 1 : 0;
      standings.set(arm, {
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
      if (price) cost += (run.tokens.input * price.input + run.tokens.output * price.output) / 1e6;
      else if (asks) priced = false;
    },
    of,
    isDecided(arm) {
      if (typeof samples === "number") return false;
      const tally = of(arm);
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
