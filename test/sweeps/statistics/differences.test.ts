import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pairedDifference } from "../../../sweeps/statistics/paired-difference.ts";
import { scoreDifference } from "../../../sweeps/statistics/score-difference.ts";

const stratum = (x1: number, n1: number, x2: number, n2: number) => ({
  first: { count: x1, of: n1 },
  second: { count: x2, of: n2 },
});

test.each([
  // R. G. Newcombe, Statistics in Medicine 17, 1998, table II: Miettinen and Nurminen's.
  [56, 70, 48, 80, 0.0528, 0.3382],
  [9, 10, 3, 10, 0.17, 0.8406],
  [6, 7, 2, 7, 0.0342, 0.8534],
  [5, 56, 0, 29, -0.0326, 0.1933],
  [0, 10, 0, 20, -0.1658, 0.2844],
  [0, 10, 0, 10, -0.2879, 0.2879],
  [10, 10, 0, 20, 0.7156, 1],
  [10, 10, 0, 10, 0.6636, 1],
])("%i of %i less %i of %i", (x1, n1, x2, n2, low, high) => {
  const found = scoreDifference([stratum(x1, n1, x2, n2)]);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("over strata, as reckoned apart by maximising the likelihood in each", () => {
  const found = scoreDifference([
    stratum(5, 10, 2, 12),
    stratum(1, 20, 4, 18),
    stratum(7, 9, 1, 3),
  ]);
  expect(found.difference).toBeCloseTo(0.069076, 6);
  expect(found.low).toBeCloseTo(-0.121387, 6);
  expect(found.high).toBeCloseTo(0.274764, 6);
  // The Cochran–Mantel–Haenszel test, reckoned from its own formula.
  expect(found.p).toBeCloseTo(0.485696501547, 10);
});

const table = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
  .chain(([n1, n2]) =>
    fc.tuple(fc.nat(n1), fc.constant(n1), fc.nat(n2), fc.constant(n2)).map((t) => stratum(...t)),
  );

test("the interval holds the difference, turns round with the arms, and has width", () => {
  fc.assert(
    fc.property(fc.array(table, { minLength: 1, maxLength: 5 }), (strata) => {
      const found = scoreDifference(strata);
      const turned = scoreDifference(strata.map((s) => ({ first: s.second, second: s.first })));
      expect(found.low).toBeLessThanOrEqual(found.difference);
      expect(found.high).toBeGreaterThanOrEqual(found.difference);
      expect(found.high - found.low).toBeGreaterThan(0.01);
      expect(turned.low).toBeCloseTo(-found.high, 9);
      expect(turned.high).toBeCloseTo(-found.low, 9);
      const isOut = found.low > 0 || found.high < 0;
      if (Math.abs(found.p - 0.05) > 1e-9) expect(found.p < 0.05).toBe(isOut);
    }),
    { seed: 1 },
  );
});

test.each([
  // Reckoned apart, by maximising the likelihood of the three cells at each difference.
  [36, 12, 2, 0, 0.061112, 0.344709, 0.012939453125],
  [0, 1, 0, 43, -0.059393, 0.118077, 1],
  // No pair disagrees: z² / (n + z²).
  [0, 0, 0, 44, -0.080296, 0.080296, 1],
  [20, 0, 0, 24, -0.080296, 0.080296, 1],
])("%i both, %i and %i alone, %i neither", (both, firstOnly, secondOnly, neither, low, high, p) => {
  const found = pairedDifference({ both, firstOnly, secondOnly, neither });
  expect(found.low).toBeCloseTo(low, 6);
  expect(found.high).toBeCloseTo(high, 6);
  expect(found.p).toBeCloseTo(p, 9);
});

test("without pairs or strata nothing is known", () => {
  const nothing = { difference: 0, low: -1, high: 1, p: 1 };
  expect(pairedDifference({ both: 0, firstOnly: 0, secondOnly: 0, neither: 0 })).toEqual(nothing);
  expect(scoreDifference([])).toEqual(nothing);
});
