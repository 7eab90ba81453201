import type { Features } from "../../detectors/score.ts";
import type { Sparse } from "./sparse.ts";
import { add, dot } from "./sparse.ts";

/** A case's candidates, of which the best speaks for it. */
export interface Bag {
  readonly isPositive: boolean;
  readonly weight: number;
  readonly candidates: readonly Features[];
}

const ROUNDS = 1500;
const RATE = 0.5;

/**
 * A logistic regression of bags by full-batch gradient descent, in which each round asks anew which
 * candidate is the best.
 */
export function learnFeatures(
  bags: readonly Bag[],
  decay: number,
): { bias: number; features: Record<string, number> } {
  const names = [
    ...new Set(bags.flatMap(({ candidates }) => candidates.flatMap((one) => Object.keys(one)))),
  ].toSorted();
  const places = new Map(names.map((name, index) => [name, index]));
  const rows = bags.map(({ candidates }) =>
    candidates.map((features): Sparse => {
      const met = Object.entries(features).filter(([, value]) => value !== 0);
      return {
        places: met.map(([name]) => places.get(name)!),
        values: met.map(([, value]) => value),
      };
    }),
  );
  const total = bags.reduce((sum, { weight }) => sum + weight, 0);
  const weights = new Float64Array(names.length);
  let bias = -1;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(names.length);
    let pull = 0;
    for (const [index, { isPositive, weight }] of bags.entries()) {
      const { row, sum } = bestOf(rows[index]!, weights);
      const error = (1 / (1 + Math.exp(-sum - bias)) - (isPositive ? 1 : 0)) * weight;
      pull += error;
      add(row, error, slope);
    }
    bias -= (RATE * pull) / total;
    for (let place = 0; place < weights.length; place++)
      weights[place]! -= RATE * (slope[place]! / total + decay * weights[place]!);
  }
  return { bias, features: Object.fromEntries(names.map((name, at) => [name, weights[at]!])) };
}

function bestOf(rows: readonly Sparse[], weights: Float64Array): { row: Sparse; sum: number } {
  let [best, most] = [rows[0]!, -Infinity];
  for (const row of rows) {
    const sum = dot(row, weights);
    if (sum > most) [best, most] = [row, sum];
  }
  return { row: best, sum: most };
}
