/** Values at some places of a long row of which the rest are 0. */
export interface Sparse {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

export function dot({ places, values }: Sparse, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < places.length; at++) sum += weights[places[at]!]! * values[at]!;
  return sum;
}

/** Adds so many times the row to what is given. */
export function add({ places, values }: Sparse, times: number, to: Float64Array): void {
  for (let at = 0; at < places.length; at++) to[places[at]!]! += times * values[at]!;
}
