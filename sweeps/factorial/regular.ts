import type { Factors } from "../effects.ts";
import { confoundingOf, confoundingWords } from "./confounding.ts";
import { settingsOf } from "./factorial.ts";
import type { Factorial } from "./factorial.ts";

/** How many products of words may be formed in looking for the best fraction: about a second. */
const PATIENCE = 2e7;

/**
 * A regular fraction of factors with two values each, of a power of two settings: the one of highest
 * resolution and, of these, least aberration (A. Fries, W. G. Hunter, Technometrics 22, 1980), found by
 * trying all choices of generators where they are not too many, else the even fraction, of resolution
 * IV if there is one. Throws a RangeError if there is no such fraction.
 */
export function regularFraction(factors: Factors, runs: number): Factorial {
  const names = Object.keys(factors);
  const base = Math.log2(runs);
  const added = names.length - base;
  if (names.some((name) => factors[name]!.length !== 2))
    throw new RangeError("a regular fraction needs two values for each factor");
  if (!Number.isInteger(base) || added < 0 || names.length > runs - 1)
    throw new RangeError(
      `${names.length} factors of two values need a power of two settings, more than ${names.length}, and no more than ${2 ** names.length}`,
    );
  const words = bestWords(base, added);
  const settings = Array.from({ length: runs }, (_, run) => {
    const signs = Array.from({ length: base }, (_, i) => (run >> i) & 1);
    const all = [...signs, ...words.map((word) => parity(word & run))];
    return Object.fromEntries(names.map((name, i) => [name, factors[name]![all[i]!]!]));
  });
  const confounded = confoundingOf(factors, settings);
  const defining = products(words, base);
  const isFive = defining.every((word) => weight(word) >= 5);
  return {
    kind: added ? "regular fraction" : "full",
    settings,
    of: settingsOf(factors),
    defining: defining.map((word) => names.filter((_, i) => (word >> i) & 1)),
    confounded,
    words: added
      ? confoundingWords(confounded, isFive)
      : "every setting is run: nothing is confounded",
  };
}

/** For each added factor, the base factors (as bits) whose product it is. */
function bestWords(base: number, added: number): readonly number[] {
  const candidates = Array.from({ length: 2 ** base }, (_, word) => word)
    .filter((word) => weight(word) >= 2)
    .toSorted((a, b) => weight(b) - weight(a) || a - b);
  if (choices(candidates.length, added) * 2 ** added > PATIENCE) {
    const odd = candidates.filter((word) => weight(word) % 2 === 1);
    return (odd.length >= added ? odd : candidates).slice(0, added);
  }
  let best: { words: readonly number[]; pattern: readonly number[] } | null = null;
  for (const words of combinations(candidates, added)) {
    const pattern = Array.from({ length: base + added + 1 }, () => 0);
    for (const product of products(words, base)) pattern[weight(product)]!++;
    if (!best || isLess(pattern, best.pattern)) best = { words, pattern };
  }
  return best!.words;
}

/** All products of the words that are the same in every setting, as bits over all factors. */
function products(words: readonly number[], base: number): number[] {
  const all = [0];
  for (const [i, word] of words.entries()) {
    const whole = word | (1 << (base + i));
    for (const product of all.slice()) all.push(product ^ whole);
  }
  return all.slice(1);
}

function* combinations(from: readonly number[], size: number): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = 0; i + size <= from.length; i++)
    for (const rest of combinations(from.slice(i + 1), size - 1)) yield [from[i]!, ...rest];
}

function choices(of: number, size: number): number {
  let product = 1;
  for (let i = 0; i < size; i++) product = (product * (of - i)) / (i + 1);
  return product;
}

/** Fewer short words, the shortest first. */
function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((count, i) => count !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}

function weight(word: number): number {
  let bits = 0;
  for (let rest = word; rest; rest &= rest - 1) bits++;
  return bits;
}
const parity = (word: number): number => weight(word) & 1;
