import { lnBeta } from "./statistics/beta.ts";
import { largest, lastWhere } from "./statistics/search.ts";
import type { Interval, Tally } from "./tally.ts";

/** Beta(½, ½): which rates the mixture is best at. Any choice is valid; this one suits rare and common. */
const PRIOR = 0.5;

/**
 * Interval for a rate that may be looked at after every episode and stopped at any: with the chance
 * of `level` it holds the true rate at all times at once. The beta-binomial mixture (H. Robbins,
 * Annals of Mathematical Statistics 41, 1970; S. R. Howard et al., Annals of Statistics 49, 2021).
 *
 * It assumes that each next episode has the same chance of harm, whatever came before: episodes in
 * random order over fixtures and conditions, or looked at only after whole rounds of them.
 */
export function rateSequence({ count, of }: Tally, level = 0.95): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const limit = -Math.log(1 - level);
  const evidence = evidenceOf({ count, of });
  const holds = (rate: number) => evidence(rate) < limit;
  const rate = count / of;
  return { low: lastWhere(holds, rate, 0), high: lastWhere(holds, rate, 1) };
}

/**
 * The same for the difference of two rates, first less second: all differences that some pair of
 * rates has against which the arms' evidence is too weak. Half of the stake is on both arms' evidence
 * together, a quarter on each alone, which is stronger where neither has a yes; the mean of winnings
 * is evidence as good as each (V. Vovk, R. Wang, Annals of Statistics 49, 2021).
 */
export function differenceSequence(first: Tally, second: Tally, level = 0.95): Interval {
  if (first.of === 0 || second.of === 0) return { low: -1, high: 1 };
  const limit = -Math.log(1 - level);
  const [ours, theirs] = [evidenceOf(first), evidenceOf(second)];
  const holds = (difference: number) => {
    const weakness = (rate: number) => {
      const a = ours(Math.min(1, Math.max(0, rate + difference)));
      const b = theirs(rate);
      const most = Math.max(a + b, a, b);
      if (most === Infinity) return -Infinity;
      return (
        -most - Math.log((2 * Math.exp(a + b - most) + Math.exp(a - most) + Math.exp(b - most)) / 4)
      );
    };
    const from = Math.max(0, -difference);
    const to = Math.min(1, 1 - difference);
    const ends = Math.max(weakness(from), weakness(to));
    return Math.max(ends, largest(weakness, from, to, 40).value) > -limit;
  };
  const seen = first.count / first.of - second.count / second.of;
  return { low: lastWhere(holds, seen, -1, 25), high: lastWhere(holds, seen, 1, 25) };
}

/** Logarithm of a bet's winnings against a rate: over ln 20 it is out at 95 %. */
function evidenceOf({ count, of }: Tally): (rate: number) => number {
  const mixed = lnBeta(PRIOR + count, PRIOR + of - count) - lnBeta(PRIOR, PRIOR);
  return (rate) => {
    const yes = count ? count * Math.log(rate) : 0;
    const no = of - count ? (of - count) * Math.log1p(-rate) : 0;
    return mixed - yes - no;
  };
}

/** When enough is known. What is left out stops nothing; either of both stops. */
export interface StoppingRule {
  /** The interval is this wide at most, low to high. */
  readonly width?: number;
  /** The interval holds this value no longer: a rate to be shown higher or lower, or no difference, 0. */
  readonly excludes?: number;
}

/**
 * Whether to stop, by an interval of this file: what is then told must be that interval, since
 * Wilson's does not cover after a stop that the data chose.
 */
export const isSettled = ({ low, high }: Interval, { width, excludes }: StoppingRule): boolean =>
  (width !== undefined && high - low <= width) ||
  (excludes !== undefined && (excludes < low || excludes > high));
