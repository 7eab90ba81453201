import { pooled } from "./pool.ts";
import { termsOf } from "./terms.ts";

/** A linear classifier of texts, fitted to messages and development cases by `npm run fit`. */
export interface Words {
  readonly bias: number;
  /** A line a term: the term, its weight, and how rare it is (smoothed inverse document frequency). */
  readonly terms: string;
}

/**
 * The log odds that a text says it: its terms, each once, weighed by their rarity, in texts of any
 * length alike (tf-idf with binary counts, cosine-normalised; a logistic regression over it).
 */
export function leaningOf(text: string, words: Words): number {
  let read = readers.get(words);
  if (!read) readers.set(words, (read = readerOf(words)));
  return read(text);
}

const readers = new WeakMap<Words, (text: string) => number>();

function readerOf({ bias, terms }: Words): (text: string) => number {
  const known = new Map(
    terms.split("\n").map((line) => {
      const [term, weight, rarity] = line.split(" ") as [string, string, string];
      return [term, { weight: Number(weight), rarity: Number(rarity) }];
    }),
  );
  return pooled((text) => {
    let [sum, square] = [0, 0];
    for (const term of termsOf(text)) {
      const met = known.get(term);
      if (!met) continue;
      sum += met.weight * met.rarity;
      square += met.rarity ** 2;
    }
    return bias + (square ? sum / Math.sqrt(square) : 0);
  });
}
