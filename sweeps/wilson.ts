/** A rate with the interval that holds the true one nineteen times in twenty. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  /** From 0 to 1. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A rate of yes and no with its 95 % score interval (E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22, 1927). It holds for small counts and for rates
 * of 0 and 1.
 */
export function wilson(count: number, of: number): Rate {
  if (of === 0) return { count, of, rate: 0, low: 0, high: 1 };
  const rate = count / of;
  const spread = Z * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of));
  const middle = rate + (Z * Z) / (2 * of);
  const whole = 1 + (Z * Z) / of;
  return {
    count,
    of,
    rate,
    low: count === 0 ? 0 : (middle - spread) / whole,
    high: count === of ? 1 : (middle + spread) / whole,
  };
}
