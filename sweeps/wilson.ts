import { zOf } from "./statistics/normal.ts";

/** A rate with the interval that holds the true one nineteen times in twenty. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  /** From 0 to 1. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A rate of yes and no with its score interval, of 95 % unless said otherwise (E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", JASA 22, 1927). It holds
 * for small counts and for rates of 0 and 1.
 */
export function wilson(count: number, of: number, level = 0.95): Rate {
  if (of === 0) return { count, of, rate: 0, low: 0, high: 1 };
  return { count, of, rate: count / of, ...scoreInterval(count / of, of, zOf(level)) };
}

/** Wilson's interval for a rate of `of` units, which need be no whole numbers, at `z` errors. */
export function scoreInterval(rate: number, of: number, z: number) {
  const spread = z * Math.sqrt((rate * (1 - rate)) / of + (z * z) / (4 * of * of));
  const middle = rate + (z * z) / (2 * of);
  const whole = 1 + (z * z) / of;
  return {
    low: rate === 0 ? 0 : (middle - spread) / whole,
    high: rate === 1 ? 1 : (middle + spread) / whole,
  };
}
