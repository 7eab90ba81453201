import { scoreDifference } from "./statistics/score-difference.ts";
import type { Stratum } from "./statistics/score-difference.ts";
import { lastWhere } from "./statistics/search.ts";
import type { Interval } from "./tally.ts";

/** Whether two rates are the same but for a margin that was stated before. */
export interface Equivalence extends Interval {
  readonly margin: number;
  /** Shown to be within the margin. False says only that it was not shown. */
  readonly shown: boolean;
  /** Chance of data so near, were the true difference at the margin or beyond. */
  readonly p: number;
  /** `exact` where neither arm has a single yes. */
  readonly method: "exact" | "score";
}

/**
 * Two one-sided tests (D. J. Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15, 1987) on
 * the score statistic of `scoreDifference`; `low` and `high` are the interval of level 1 - 2 α that
 * must lie within the margin.
 *
 * "0 equals 0" is exact instead: were the difference Δ, the larger rate would be Δ at least, and
 * n episodes without a yes have a chance of (1 - Δ)ⁿ at most. With both arms at zero of n, a margin
 * of 3 / n is about the least that α = 0.05 can show. Over strata that holds if each arm's share of
 * them is the same, as in a balanced design.
 */
export function equivalence(strata: readonly Stratum[], margin: number, alpha = 0.05): Equivalence {
  const yes = strata.reduce((sum, { first, second }) => sum + first.count + second.count, 0);
  const found = yes === 0 && strata.length ? atZero(strata, margin, alpha) : null;
  const { low, high, p } = found ?? byScore(strata, margin, alpha);
  return { margin, low, high, p, shown: p <= alpha, method: found ? "exact" : "score" };
}

function atZero(strata: readonly Stratum[], margin: number, alpha: number) {
  const first = strata.reduce((sum, stratum) => sum + stratum.first.of, 0);
  const second = strata.reduce((sum, stratum) => sum + stratum.second.of, 0);
  return {
    low: alpha ** (1 / second) - 1,
    high: 1 - alpha ** (1 / first),
    p: (1 - margin) ** Math.min(first, second),
  };
}

function byScore(strata: readonly Stratum[], margin: number, alpha: number) {
  const within = (alpha: number) => {
    const { low, high } = scoreDifference(strata, 1 - 2 * alpha);
    return low > -margin && high < margin;
  };
  const { low, high, difference } = scoreDifference(strata, 1 - 2 * alpha);
  const p =
    Math.abs(difference) >= margin ? 1 : 0.5 - lastWhere((x) => within(0.5 - x), 0, 0.4999999);
  return { low, high, p };
}
