import { byAwareness } from "./awareness.ts";
import type { AwarenessSplit } from "./awareness.ts";
import { clusteredRate } from "./clustered.ts";
import type { ClusteredRate } from "./clustered.ts";
import { compareArms } from "./comparison.ts";
import type { Comparison, ComparisonOptions } from "./comparison.ts";
import { correctedRate } from "./corrected.ts";
import type { Accuracy, CorrectedRate } from "./corrected.ts";
import { marginalEffects } from "./effects.ts";
import type { Effect, Factors, MarginalEffects } from "./effects.ts";
import { equivalence } from "./equivalence.ts";
import type { Equivalence } from "./equivalence.ts";
import { funnel } from "./funnel.ts";
import type { Funnel } from "./funnel.ts";
import { holm, manyWords } from "./many.ts";
import { compareForks } from "./paired.ts";
import type { PairedComparison } from "./paired.ts";
import { headline } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { phrasingVariance } from "./phrasings.ts";
import type { PhrasingVariance } from "./phrasings.ts";
import type { Random } from "../env/random.ts";
import { tallyOf } from "./tally.ts";
import { unitsOf } from "./units.ts";

export interface AnalysisOptions extends ComparisonOptions {
  /** For the permutation test of phrasings; seeded, so that a report comes out the same again. */
  readonly random: Random;
  /** Factors whose marginal effects are asked for, the base value first. */
  readonly factors?: Factors;
  /** Of whoever scored; without it there are raw rates only. */
  readonly accuracy?: Accuracy;
  /** The difference under which two arms are as good as the same, if that is to be shown. */
  readonly margin?: number;
}

export interface ArmAnalysis {
  readonly arm: string;
  readonly funnel: Funnel;
  readonly rates: Readonly<Record<"fixtures" | "families" | "phrasings", ClusteredRate>>;
  /** Beside the raw rate, never instead of it. */
  readonly corrected: CorrectedRate | null;
  readonly phrasings: PhrasingVariance;
  readonly awareness: AwarenessSplit;
  readonly effects: Omit<MarginalEffects, "effects"> & { readonly effects: readonly HeldEffect[] };
  /** The same over forks, apart: their clusters are what they go back to. */
  readonly forks: { readonly funnel: Funnel; readonly rate: ClusteredRate };
  readonly intervened: Funnel;
}

/** An effect with its p-value corrected for all effects of its arm. */
export interface HeldEffect extends Effect {
  readonly corrected: number | null;
}

export interface ArmComparison {
  readonly first: string;
  readonly second: string;
  readonly difference: Comparison;
  /** p corrected for all comparisons of arms. */
  readonly corrected: number;
  readonly equivalence: Equivalence | null;
  /** Over forks that share a prefix; without any its pairs are all 0. */
  readonly forks: PairedComparison;
}

/** All statistics of a sweep, as plain data for a report. */
export interface Analysis {
  readonly arms: readonly ArmAnalysis[];
  readonly comparisons: readonly ArmComparison[];
  /** What must stand above the comparisons' p-values. */
  readonly words: string;
  /** Outcomes that are the same recording once more, and are not counted. */
  readonly again: number;
}

export function analyse(outcomes: readonly Outcome[], options: AnalysisOptions): Analysis {
  const byArm = Map.groupBy(outcomes, ({ arm }) => arm);
  const units = new Map([...byArm].map(([arm, own]) => [arm, unitsOf(own)]));
  const names = [...units.keys()];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  const compared = pairs.map(([a, b]) => {
    const [first, second] = [units.get(a)!, units.get(b)!];
    const difference = compareArms(first.own, second.own, options);
    const { margin } = options;
    return {
      first: a,
      second: b,
      difference,
      equivalence: margin === undefined ? null : equivalence(difference.strata, margin),
      forks: compareForks(first.forks, second.forks, options),
    };
  });
  const corrected = holm(compared.map(({ difference }) => difference.p));
  return {
    arms: names.map((arm) => analyseArm(arm, byArm.get(arm)!, options)),
    comparisons: compared.map((one, i) => ({ ...one, corrected: corrected[i]! })),
    words: manyWords(compared.length),
    again: [...units.values()].reduce((sum, { again }) => sum + again.length, 0),
  };
}

function analyseArm(
  arm: string,
  outcomes: readonly Outcome[],
  options: AnalysisOptions,
): ArmAnalysis {
  const { own, forks, intervened } = unitsOf(outcomes);
  const { random, factors = {}, accuracy, question = headline } = options;
  const { rates, effects } = marginalEffects(own, factors, undefined, options);
  const known = holm(effects.flatMap(({ p }) => (p === null ? [] : [p])));
  let next = 0;
  return {
    arm,
    funnel: funnel(own, question),
    rates: {
      fixtures: clusteredRate(own, "fixtures", options),
      families: clusteredRate(own, "families", options),
      phrasings: clusteredRate(own, "phrasings", options),
    },
    corrected: accuracy ? correctedRate(tallyOf(own, options), accuracy) : null,
    phrasings: phrasingVariance(own, random, options),
    awareness: byAwareness(own, options),
    effects: {
      rates,
      effects: effects.map((effect) => ({
        ...effect,
        corrected: effect.p === null ? null : known[next++]!,
      })),
    },
    forks: { funnel: funnel(forks, question), rate: clusteredRate(forks, "roots", options) },
    intervened: funnel(intervened, question),
  };
}
