import { binomialMass } from "./statistics/beta.ts";
import { zOf } from "./statistics/normal.ts";
import { lastWhere } from "./statistics/search.ts";

export interface Planned {
  /** Episodes of each arm that are expected to count. */
  readonly first: number;
  readonly second: number;
  /** The rate that the second is thought to have. */
  readonly rate: number;
  /** Of the two-sided test; divide it by the number of comparisons. 0.05 if not said. */
  readonly alpha?: number;
  /** The chance wanted of seeing a difference that is there. 0.8 if not said. */
  readonly power?: number;
}

/**
 * The smallest differences, up and down from the second's rate, that a design would see: null where
 * none that big can be. By the binomial chances themselves, of the score test that comparisons use,
 * not by a normal approximation of its power; strata and fixtures' differences left aside.
 */
export function smallestDifference({ first, second, rate, alpha = 0.05, power = 0.8 }: Planned) {
  const z = zOf(1 - alpha);
  const isSeen = (other: number) => powerOf(first, other, second, rate, z) >= power;
  const reach = (edge: number): number | null =>
    isSeen(edge) ? Math.abs(lastWhere((other) => !isSeen(other), rate, edge, 20) - rate) : null;
  return { up: rate < 1 ? reach(1) : null, down: rate > 0 ? reach(0) : null };
}

/** Chance that the score test tells two rates apart. */
function powerOf(n1: number, p1: number, n2: number, p2: number, z: number): number {
  const second = likely(n2, p2);
  let chance = 0;
  for (const [x1, mass1] of likely(n1, p1)) {
    for (const [x2, mass2] of second) {
      const pooled = (x1 + x2) / (n1 + n2);
      const variance = (pooled * (1 - pooled) * (1 / n1 + 1 / n2) * (n1 + n2)) / (n1 + n2 - 1);
      const difference = Math.abs(x1 / n1 - x2 / n2);
      if (difference > 0 && difference >= z * Math.sqrt(variance)) chance += mass1 * mass2;
    }
  }
  return chance;
}

/** Counts that are not all but impossible, with their chances. */
function likely(of: number, rate: number): (readonly [number, number])[] {
  const reach = 6 * Math.sqrt(of * rate * (1 - rate)) + 6;
  const from = Math.max(0, Math.floor(of * rate - reach));
  const to = Math.min(of, Math.ceil(of * rate + reach));
  return Array.from({ length: to - from + 1 }, (_, i) => {
    return [from + i, binomialMass(from + i, of, rate)] as const;
  });
}
