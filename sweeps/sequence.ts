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
  const holds = (rate: number) => evidence({ count, of }, rate) < limit;
  const rate = count / of;
  return { low: lastWhere(holds, rate, 0), high: lastWhere(holds, rate, 1) };
}

/**
 * The same for the difference of two rates, first less second: all differences that some pair of
 * rates has against which both arms' evidence together (the product of their mixtures) is too weak.
 */
export function differenceSequence(first: Tally, second: Tally, level = 0.95): Interval {
  if (first.of === 0 || second.of === 0) return { low: -1, high: 1 };
  const limit = -Math.log(1 - level);
  const holds = (difference: number) => {
    const together = (rate: number) =>
      -evidence(first, Math.min(1, Math.max(0, rate + difference))) - evidence(second, rate);
    const from = Math.max(0, -difference);
    const to = Math.min(1, 1 - difference);
    const ends = Math.max(together(from), together(to));
    return Math.max(ends, largest(together, from, to, 40).value) > -limit;
  };
  const seen = first.count / first.of - second.count / second.of;
  return { low: lastWhere(holds, seen, -1, 25), high: lastWhere(holds, seen, 1, 25) };
}

/** Logarithm of a bet's winnings against this rate: over ln 20 it is out at 95 %. */
function evidence({ count, of }: Tally, rate: number): number {
  const yes = count ? count * Math.log(rate) : 0;
  const no = of - count ? (of - count) * Math.log1p(-rate) : 0;
  return lnBeta(PRIOR + count, PRIOR + of - count) - lnBeta(PRIOR, PRIOR) - yes - no;
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
