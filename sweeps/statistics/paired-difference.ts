import { binomialCdf } from "./beta.ts";
import { zOf } from "./normal.ts";
import type { Difference } from "./score-difference.ts";
import { lastWhere } from "./search.ts";

/** Pairs by what their two halves came to. */
export interface Pairs {
  readonly both: number;
  readonly firstOnly: number;
  readonly secondOnly: number;
  readonly neither: number;
}

/**
 * Difference of paired rates: the exact test of Q. McNemar (Psychometrika 12, 1947) on the pairs
 * that disagree, and the score interval of T. Tango (Statistics in Medicine 17, 1998), which has
 * width even where no pair disagrees. Pairs must be independent of each other.
 */
export function pairedDifference(pairs: Pairs, level = 0.95): Difference {
  const { firstOnly, secondOnly } = pairs;
  const all = pairs.both + firstOnly + secondOnly + pairs.neither;
  if (!all) return { difference: 0, low: -1, high: 1, p: 1 };
  const difference = (firstOnly - secondOnly) / all;
  const distance = (assumed: number) => {
    if (assumed === difference) return 0;
    const b = (2 * all - firstOnly + secondOnly) * assumed - firstOnly - secondOnly;
    const c = -secondOnly * assumed * (1 - assumed);
    const rate = (Math.sqrt(Math.max(0, b * b - 8 * all * c)) - b) / (4 * all);
    const variance = Math.max(0, all * (2 * rate + assumed * (1 - assumed)));
    return (all * (difference - assumed)) / Math.sqrt(variance);
  };
  const z = zOf(level);
  const fewer = Math.min(firstOnly, secondOnly);
  return {
    difference,
    low: lastWhere((assumed) => distance(assumed) <= z, difference, -1),
    high: lastWhere((assumed) => distance(assumed) >= -z, difference, 1),
    p: Math.min(1, 2 * binomialCdf(fewer, firstOnly + secondOnly, 0.5)),
  };
}
