/**
 * p-values corrected for being many, in the order given: the chance that even one of those under
 * `alpha` is false stays under `alpha`, whatever depends on what (S. Holm, Scandinavian Journal of
 * Statistics 6, 1979).
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).toSorted((a, b) => values[a]! - values[b]!);
  const corrected = values.map(() => 1);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (values.length - rank) * values[index]!));
    corrected[index] = least;
  }
  return corrected;
}

/** The words that stand beside corrected p-values. */
export const manyWords = (comparisons: number): string =>
  comparisons > 1
    ? `p corrected for ${comparisons} comparisons (Holm); intervals are not`
    : "one comparison, nothing to correct";
