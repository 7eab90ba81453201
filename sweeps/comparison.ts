import { conditionalWords } from "./clustered.ts";
import type { Outcome } from "./outcome.ts";
import { studentQuantile } from "./statistics/beta.ts";
import { scoreDifference } from "./statistics/score-difference.ts";
import type { Difference, Stratum } from "./statistics/score-difference.ts";
import { cellOf, talliesBy, tallyOf } from "./tally.ts";
import type { Asked, Interval, Tally } from "./tally.ts";

export interface Comparison extends Difference {
  readonly first: Tally;
  readonly second: Tally;
  /** Fixtures and conditions that both met: the difference is over these. */
  readonly strata: readonly Stratum[];
  /** Episodes left out since the other arm has none of their fixture and condition. */
  readonly unmatched: number;
  /** Interval for other fixtures like these. Null below two fixtures. */
  readonly beyond: Interval | null;
  /** What must stand beside `low` and `high`; null where there are fixtures enough for `beyond`. */
  readonly words: string | null;
}

export interface ComparisonOptions extends Asked {
  /** Units of one text are compared with each other only. Fixture and condition by default. */
  readonly stratum?: (outcome: Outcome) => string;
  readonly level?: number;
}

/**
 * Rate of the first less rate of the second, unpaired, stratified by fixture and condition: seeds
 * have no pairs, since two agents part at their first call.
 */
export function compareArms(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: ComparisonOptions = {},
): Comparison {
  const { stratum = cellOf, level = 0.95 } = options;
  const all = { first: tallyOf(first, options), second: tallyOf(second, options) };
  const strata = matched(first, second, stratum, options);
  const heard = strata.reduce((sum, one) => sum + one.first.of + one.second.of, 0);
  const fixtures = matched(first, second, ({ fixture }) => fixture, options);
  const within = scoreDifference(strata, level);
  return {
    ...within,
    ...all,
    strata,
    unmatched: all.first.of + all.second.of - heard,
    beyond: beyondFixtures(fixtures, within, level),
    words: conditionalWords(fixtures.length),
  };
}

function matched(
  first: readonly Outcome[],
  second: readonly Outcome[],
  stratum: (outcome: Outcome) => string,
  asked: Asked,
): Stratum[] {
  const others = talliesBy(second, stratum, asked);
  return [...talliesBy(first, stratum, asked)].flatMap(([key, tally]) => {
    const other = others.get(key);
    return other ? [{ first: tally, second: other }] : [];
  });
}

/**
 * Student's t over the fixtures' own differences, each fixture as much as another; never narrower
 * than the interval for these very fixtures, which few or no harms could make it.
 */
function beyondFixtures(
  fixtures: readonly Stratum[],
  within: Interval,
  level: number,
): Interval | null {
  const { length } = fixtures;
  if (length < 2) return null;
  const own = fixtures.map(
    ({ first, second }) => first.count / first.of - second.count / second.of,
  );
  const mean = own.reduce((sum, one) => sum + one, 0) / length;
  const variance = own.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (length - 1);
  const reach = studentQuantile(1 - (1 - level) / 2, length - 1) * Math.sqrt(variance / length);
  return {
    low: Math.max(-1, Math.min(within.low, mean - reach)),
    high: Math.min(1, Math.max(within.high, mean + reach)),
  };
}
