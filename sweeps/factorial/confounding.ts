import type { Confounded, Setting } from "./factorial.ts";
import type { Factors } from "../effects.ts";

/** Less than this share is rounding. */
const NONE = 1e-9;

/**
 * What main effects are mixed with in a set of settings: other main effects, and interactions of two
 * others; largest share first. By the generalised word length of H. Xu and C. F. J. Wu (Annals of
 * Statistics 29, 2001), reckoned for each pair and triple of factors by itself.
 */
export function confoundingOf(factors: Factors, settings: readonly Setting[]): Confounded[] {
  const names = Object.keys(factors);
  const imbalance = (...some: string[]) => {
    const cells = Map.groupBy(settings, (setting) =>
      JSON.stringify(some.map((name) => setting[name])),
    );
    const product = some.reduce((size, name) => size * factors[name]!.length, 1);
    const squares = [...cells.values()].reduce((sum, { length }) => sum + length * length, 0);
    return (product * squares) / settings.length ** 2 - 1;
  };
  const one = new Map(names.map((name) => [name, imbalance(name)]));
  const pairs = new Map<string, number>();
  const pair = (a: string, b: string) => {
    const key = JSON.stringify([a, b].toSorted());
    const known = pairs.get(key) ?? imbalance(a, b);
    pairs.set(key, known);
    return known;
  };
  const found: Confounded[] = [];
  const add = (factor: string, others: string[], words: number) => {
    const share = Math.min(1, words / (factors[factor]!.length - 1));
    if (share > NONE) found.push({ factor, with: others, share });
  };
  for (const [i, a] of names.entries()) {
    for (const [j, b] of names.entries()) {
      if (i !== j) add(a, [b], pair(a, b) - one.get(a)! - one.get(b)!);
      for (const c of i === j ? [] : names.slice(j + 1)) {
        if (c === a) continue;
        const lower = pair(a, b) + pair(a, c) + pair(b, c);
        const lowest = one.get(a)! + one.get(b)! + one.get(c)!;
        add(a, [b, c], imbalance(a, b, c) - lower + lowest);
      }
    }
  }
  return found.toSorted((a, b) => b.share - a.share);
}

/**
 * A sentence of what `confoundingOf` found; `isFive` where the design is known to be of resolution V
 * or more.
 */
export function confoundingWords(confounded: readonly Confounded[], isFive = false): string {
  if (isFive) return "main effects and interactions of two factors are clear of each other";
  const [main, interaction] = [1, 2].map((others) => {
    return confounded.find((one) => one.with.length === others);
  });
  const atMost = ({ factor, with: others, share }: Confounded) =>
    `${factor} with ${others.join(" × ")} by ${(100 * share).toFixed(0)} % at most`;
  const among = main
    ? `main effects are partly mixed with each other (${atMost(main)})`
    : "main effects are clear of each other";
  const beyond = interaction
    ? `mixed with interactions of two factors (${atMost(interaction)})`
    : "clear of interactions of two factors, which may be mixed with one another";
  return `${among}, and ${beyond}`;
}
