import type { Interval, Tally } from "../tally.ts";
import { twoSided, zOf } from "./normal.ts";
import { lastWhere } from "./search.ts";

/** Two arms where all else is equal: one fixture, one condition. */
export interface Stratum {
  readonly first: Tally;
  readonly second: Tally;
}

export interface Difference extends Interval {
  /** Rate of the first less rate of the second, -1 to 1. */
  readonly difference: number;
  /** Two-sided, of no difference: the Cochran–Mantel–Haenszel test without its continuity correction. */
  readonly p: number;
}

/**
 * Difference of two rates over strata: Mantel and Haenszel's weights, and the score interval of O. S.
 * Miettinen and M. Nurminen (Statistics in Medicine 4, 1985), which stays honest at zero counts, in
 * which Wald's and Sato's have no width. Strata in which an arm has no units say nothing and must
 * be left out by the caller. It assumes that the difference is much the same in all strata; where it
 * is not, the value is their weighted mean. Without any stratum, nothing is known: -1 to 1.
 */
export function scoreDifference(strata: readonly Stratum[], level = 0.95): Difference {
  if (!strata.length) return { difference: 0, low: -1, high: 1, p: 1 };
  const weights = strata.map(
    ({ first, second }) => (first.of * second.of) / (first.of + second.of),
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const difference =
    strata.reduce((sum, { first, second }, i) => {
      return sum + weights[i]! * (first.count / first.of - second.count / second.of);
    }, 0) / whole;
  const distance = (assumed: number) => {
    const variance = strata.reduce(
      (sum, stratum, i) => sum + (weights[i]! / whole) ** 2 * varianceAt(stratum, assumed),
      0,
    );
    if (difference === assumed) return 0;
    return (difference - assumed) / Math.sqrt(variance);
  };
  const z = zOf(level);
  return {
    difference,
    low: lastWhere((assumed) => distance(assumed) <= z, difference, -1),
    high: lastWhere((assumed) => distance(assumed) >= -z, difference, 1),
    p: twoSided(distance(0)),
  };
}

/** Variance of a stratum's difference, were the true one `assumed`. */
function varianceAt({ first, second }: Stratum, assumed: number): number {
  const all = first.of + second.of;
  const p2 = likeliest({ first, second }, assumed);
  const p1 = Math.min(1, Math.max(0, p2 + assumed));
  const plain = (p1 * (1 - p1)) / first.of + (p2 * (1 - p2)) / second.of;
  return (plain * all) / (all - 1);
}

/** The second's likeliest rate, were the difference `assumed`: the root of a cubic equation. */
function likeliest({ first, second }: Stratum, assumed: number): number {
  const all = first.of + second.of;
  const yes = first.count + second.count;
  const c2 = (first.of + 2 * second.of) * assumed - all - yes;
  const c1 = (second.of * assumed - all - 2 * second.count) * assumed + yes;
  const c0 = second.count * assumed * (1 - assumed);
  const q = c2 ** 3 / (3 * all) ** 3 - (c1 * c2) / (6 * all * all) + c0 / (2 * all);
  const p = (Math.sign(q) || 1) * Math.sqrt(Math.max(0, (c2 / (3 * all)) ** 2 - c1 / (3 * all)));
  const angle = p === 0 ? 0 : (Math.PI + Math.acos(Math.min(1, Math.max(-1, q / p ** 3)))) / 3;
  const root = 2 * p * Math.cos(angle) - c2 / (3 * all);
  return Math.min(1, 1 - assumed, Math.max(0, -assumed, root));
}
