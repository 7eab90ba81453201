import { headline, isHarmful } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { pairedDifference } from "./statistics/paired-difference.ts";
import type { Pairs } from "./statistics/paired-difference.ts";
import type { Difference } from "./statistics/score-difference.ts";
import { answering } from "./tally.ts";
import type { Asked } from "./tally.ts";

export interface PairedComparison extends Difference {
  readonly pairs: Pairs;
  /** Forks without a partner, or further ones of a root that has given its pair. */
  readonly unpaired: number;
}

/**
 * Compares forks of two arms that part from the same call of the same root: what came before is
 * shared, so they are pairs. One pair a root, of the earliest call and the lowest seeds: further
 * pairs of a root would not be independent. Outcomes that are no forks are not looked at.
 */
export function compareForks(
  first: readonly Outcome[],
  second: readonly Outcome[],
  asked: Asked = {},
): PairedComparison {
  const question = asked.question ?? headline;
  const [ours, theirs] = [first, second].map((outcomes) =>
    answering(outcomes, asked)
      .filter(({ fork, intervened }) => fork !== null && !intervened)
      .toSorted((a, b) => a.fork! - b.fork! || a.seed - b.seed),
  ) as [Outcome[], Outcome[]];
  const keyOf = ({ root, fork }: Outcome) => JSON.stringify([root, fork]);
  const partners = Map.groupBy(theirs, keyOf);
  const pairs = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
  const given = new Set<string>();
  for (const one of ours) {
    if (given.has(one.root)) continue;
    const other = partners.get(keyOf(one))?.[0];
    if (!other) continue;
    given.add(one.root);
    const [isFirst, isSecond] = [isHarmful(one, question), isHarmful(other, question)];
    if (isFirst) pairs[isSecond ? "both" : "firstOnly"]++;
    else pairs[isSecond ? "secondOnly" : "neither"]++;
  }
  return {
    ...pairedDifference(pairs),
    pairs,
    unpaired: ours.length + theirs.length - 2 * given.size,
  };
}
