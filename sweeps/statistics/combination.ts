import { scoreInterval } from "../wilson.ts";
import type { Interval, Tally } from "../tally.ts";
import { zOf } from "./normal.ts";
import { lastWhere } from "./search.ts";

/** A tally and what its rate weighs in a sum. */
export interface Weighed extends Tally {
  readonly weight: number;
}

export interface Combination extends Interval {
  readonly value: number;
}

/**
 * A weighted sum of rates with its interval. Rates with positive and with negative weights are each
 * a weighted mean, with Wilson's interval at its effective number of units; the two are put together
 * as R. G. Newcombe does for a difference (Statistics in Medicine 17, 1998; for sums G. Y. Zou et
 * al., Computational Statistics & Data Analysis 53, 2009). Tallies of nothing must be left out.
 */
export function combination(tallies: readonly Weighed[], level = 0.95): Combination {
  const z = zOf(level);
  const plus = weightedMean(tallies, 1, z);
  const minus = weightedMean(tallies, -1, z);
  const value = plus.value - minus.value;
  return {
    value,
    low: value - Math.hypot(plus.value - plus.low, minus.high - minus.value),
    high: value + Math.hypot(plus.high - plus.value, minus.value - minus.low),
  };
}

/** Two-sided p-value of a sum of 0: one less the level at which the interval just reaches it. */
export function combinationP(tallies: readonly Weighed[]): number {
  const reaches = (level: number) => {
    const { low, high } = combination(tallies, level);
    return low > 0 || high < 0;
  };
  return reaches(1e-9) ? 1 - lastWhere(reaches, 1e-9, 1 - 1e-12) : 1;
}

function weightedMean(tallies: readonly Weighed[], sign: 1 | -1, z: number): Combination {
  const parts = tallies
    .map(({ count, of, weight }) => ({ rate: count / of, of, weight: sign * weight }))
    .filter(({ weight }) => weight > 1e-12);
  if (!parts.length) return { value: 0, low: 0, high: 0 };
  const sum = (value: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + value(part), 0);
  const whole = sum(({ weight }) => weight);
  const rate = Math.min(1, sum((part) => part.weight * part.rate) / whole);
  const pooled = sum(({ weight, of }) => (weight * weight) / of) * rate * (1 - rate);
  // Parts differ, so that they vary less than as many units of one rate: as far as they show it.
  const apart = sum(({ weight, of, rate }) =>
    of > 1 ? (weight * weight * rate * (1 - rate)) / (of - 1) : Infinity,
  );
  const share = pooled > 0 && apart > 0 ? Math.min(1, apart / pooled) : 1;
  const units = (whole * whole) / (sum(({ weight, of }) => (weight * weight) / of) * share);
  const { low, high } = scoreInterval(rate, units, z);
  return { value: whole * rate, low: whole * low, high: whole * high };
}
