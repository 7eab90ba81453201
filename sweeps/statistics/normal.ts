/** The normal distribution. */

/**
 * Probability below `x`. Series near the middle, continued fraction in the tails (DLMF 7.6.2,
 * 7.9.3); relative error under 1e-13 in either tail.
 */
export function normalCdf(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = 0;
  for (let step = 200; step >= 1; step--) fraction = step / (Math.abs(x) + fraction);
  const tail = density / (Math.abs(x) + fraction);
  return x < 0 ? tail : 1 - tail;
}

/** The value below which the share `p` lies, for 0 < p < 1. Exact to about 1e-12. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -40;
  let high = 0;
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const known = new Map<number, number>();

/** How many standard errors a two-sided interval of this level reaches: 1.96 for 0.95. */
export function zOf(level: number): number {
  const z = known.get(level) ?? normalQuantile(1 - (1 - level) / 2);
  known.set(level, z);
  return z;
}

/** Two-sided p-value of a statistic that is normal where nothing differs. */
export const twoSided = (z: number): number => Math.min(1, 2 * normalCdf(-Math.abs(z)));
