export interface Fit {
  /** For each column, what each row weighs in its coefficient; null for one that is aliased. */
  readonly weights: readonly (readonly number[] | null)[];
}

/**
 * Least squares as linear functions of the rows: coefficient k is the sum of weights[k][row] times
 * the row's value. A column that is a sum of earlier ones can't be told from them: it is left out,
 * and its weights are null.
 */
export function leastSquares(rows: readonly (readonly number[])[]): Fit {
  const width = rows[0]?.length ?? 0;
  const kept = independent(rows, width);
  // Normal equations beside the transposed rows, brought to the identity: (XᵀX | Xᵀ) → (I | weights).
  const table = kept.map((a) => [
    ...kept.map((b) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0)),
    ...rows.map((row) => row[a]!),
  ]);
  for (let pivot = 0; pivot < kept.length; pivot++) {
    const by = table[pivot]![pivot]!;
    table[pivot] = table[pivot]!.map((value) => value / by);
    for (let other = 0; other < kept.length; other++) {
      const factor = table[other]![pivot]!;
      if (other === pivot || factor === 0) continue;
      table[other] = table[other]!.map((value, i) => value - factor * table[pivot]![i]!);
    }
  }
  const weights: (readonly number[] | null)[] = Array.from({ length: width }, () => null);
  for (const [i, column] of kept.entries()) weights[column] = table[i]!.slice(kept.length);
  return { weights };
}

/** Columns that are no sum of those before them, by Gram and Schmidt. */
function independent(rows: readonly (readonly number[])[], width: number): number[] {
  const kept: number[] = [];
  const basis: number[][] = [];
  for (let column = 0; column < width; column++) {
    let rest = rows.map((row) => row[column]!);
    const size = Math.hypot(...rest);
    for (const direction of basis) {
      const along = rest.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      rest = rest.map((value, i) => value - along * direction[i]!);
    }
    const length = Math.hypot(...rest);
    if (length <= 1e-9 * (size || 1)) continue;
    kept.push(column);
    basis.push(rest.map((value) => value / length));
  }
  return kept;
}
