import type { Outcome } from "./outcome.ts";
import { betweenClusters } from "./statistics/beta-binomial.ts";
import { talliesBy } from "./tally.ts";
import type { Asked } from "./tally.ts";
import { wilson } from "./wilson.ts";
import type { Rate } from "./wilson.ts";

/** Fewer clusters than this are too few to speak of others like them. */
export const ENOUGH_CLUSTERS = 10;

/** What episodes are drawn in clusters by: those of one cluster are more alike than others. */
export const clusterings = {
  /** Fixtures, each clone a fixture of its own. */
  fixtures: (outcome: Outcome) => outcome.fixture,
  /** A fixture and its clones together. */
  families: (outcome: Outcome) => outcome.family,
  /** Wordings of the prompt. */
  phrasings: (outcome: Outcome) => outcome.phrasing ?? "",
  /** What forks go back to. */
  roots: (outcome: Outcome) => outcome.root,
} as const;
export type Clustering = keyof typeof clusterings;

export interface ClusteredRate extends Rate {
  readonly over: Clustering;
  readonly clusters: number;
  /** Interval for others like these: it holds how much clusters differ. */
  readonly beyond: { readonly low: number; readonly high: number };
  /** What must stand beside `low` and `high`; null where there are clusters enough for `beyond`. */
  readonly words: string | null;
}

/**
 * A rate with two intervals: Wilson's for these very clusters, and a wider one for others like them.
 * Below ten clusters the wide one depends much on the model and says little, so the narrow one
 * stands, with the words that it is conditional. At ten or more, quote `beyond`.
 */
export function clusteredRate(
  outcomes: readonly Outcome[],
  over: Clustering = "fixtures",
  asked: Asked = {},
): ClusteredRate {
  const clusters = [...talliesBy(outcomes, clusterings[over], asked).values()];
  const count = clusters.reduce((sum, one) => sum + one.count, 0);
  const of = clusters.reduce((sum, one) => sum + one.of, 0);
  return {
    ...wilson(count, of),
    over,
    clusters: clusters.length,
    beyond: betweenClusters(clusters),
    words: conditionalWords(clusters.length, over),
  };
}

/** "conditional on these fixtures", or null if there are enough of them. */
export const conditionalWords = (clusters: number, over: Clustering = "fixtures"): string | null =>
  clusters < ENOUGH_CLUSTERS ? `conditional on these ${over}` : null;
