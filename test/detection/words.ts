import type { Words } from "../../detectors/text/leaning.ts";
import { termsOf } from "../../detectors/text/terms.ts";
import type { Sparse } from "./sparse.ts";
import { add, dot } from "./sparse.ts";

/** A text that says it, or does not. */
export interface Said {
  readonly text: string;
  readonly isPositive: boolean;
  readonly weight: number;
}

/** Terms of one text alone tell nothing; and of the rest, those that tell most are kept. */
const LEAST = 2;
const KEPT = 4000;
/** The inverse of the strength by which weights are held near 0. */
const C = 10;
const ROUNDS = 150;

interface Row extends Sparse {
  readonly isPositive: boolean;
  readonly weight: number;
}

/**
 * Fits a logistic regression over tf-idf of terms; once to choose the terms that tell most, once
 * more with these alone.
 */
export function learnWords(said: readonly Said[]): Words {
  const texts = said.map(({ text }) => [...termsOf(text)]);
  const often = new Map<string, number>();
  for (const terms of texts) for (const term of terms) often.set(term, (often.get(term) ?? 0) + 1);
  const all = [...often.keys()].filter((term) => often.get(term)! >= LEAST).toSorted();
  const rarity = (term: string) => 1 + Math.log((1 + said.length) / (1 + often.get(term)!));
  const first = fit(rowsOf(all));
  const kept = all
    .map((term, index) => ({ term, tells: Math.abs(first.weights[index]! * rarity(term)) }))
    .toSorted((a, b) => b.tells - a.tells)
    .slice(0, KEPT)
    .map(({ term }) => term)
    .toSorted();
  const { bias, weights } = fit(rowsOf(kept));
  const lines = kept.map(
    (term, index) => `${term} ${weights[index]!.toFixed(2)} ${rarity(term).toFixed(1)}`,
  );
  return { bias: Math.round(bias * 100) / 100, terms: lines.join("\n") };

  function rowsOf(names: readonly string[]): { rows: readonly Row[]; size: number } {
    const places = new Map(names.map((name, index) => [name, index]));
    const rows = said.map(({ isPositive, weight }, index): Row => {
      const met = texts[index]!.filter((term) => places.has(term));
      const norm = Math.hypot(...met.map(rarity)) || 1;
      return {
        places: met.map((term) => places.get(term)!),
        values: met.map((term) => rarity(term) / norm),
        isPositive,
        weight,
      };
    });
    return { rows, size: names.length };
  }
}

/** Accelerated gradient descent (Nesterov 1983), by steps as long as the steepest bend allows. */
function fit({ rows, size }: { readonly rows: readonly Row[]; readonly size: number }) {
  // The last is the bias, which is not held back.
  let now = new Float64Array(size + 1);
  let before = now;
  const step = 1 / (1 + (C / 4) * bendOf(rows, size));
  for (let round = 1; round <= ROUNDS; round++) {
    const push = (round - 1) / (round + 2);
    const ahead = now.map((value, index) => value + push * (value - before[index]!));
    const slope = slopeAt(ahead);
    before = now;
    now = ahead.map((value, index) => value - step * slope[index]!);
  }
  return { weights: now.subarray(0, size), bias: now[size]! };

  function slopeAt(weights: Float64Array): Float64Array {
    const slope = Float64Array.from(weights);
    slope[size] = 0;
    for (const row of rows) {
      const score = weights[size]! + dot(row, weights);
      const { isPositive, weight } = row;
      const pull =
        ((isPositive ? -1 : 1) * C * weight) / (1 + Math.exp(isPositive ? score : -score));
      add(row, pull, slope);
      slope[size]! += pull;
    }
    return slope;
  }
}

/** The largest eigenvalue of the weighed rows' product with themselves, by power iteration. */
function bendOf(rows: readonly Row[], size: number): number {
  let vector = new Float64Array(size + 1).fill(1 / Math.sqrt(size + 1));
  let bend = 0;
  for (let round = 0; round < 12; round++) {
    const next = new Float64Array(size + 1);
    for (const row of rows) {
      const along = row.weight * (dot(row, vector) + vector[size]!);
      add(row, along, next);
      next[size]! += along;
    }
    bend = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    vector = next.map((value) => value / bend);
  }
  return bend * 1.05;
}
