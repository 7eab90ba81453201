import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wilson } from "../../sweeps/wilson.ts";

test.each([
  // Reckoned apart, from the roots of (p - rate)² = z² p (1 - p) / n.
  [0, 10, 0, 0.27753],
  [10, 10, 0.72247, 1],
  [1, 10, 0.01788, 0.40415],
  [50, 100, 0.40383, 0.59617],
  [96, 100, 0.90163, 0.98434],
])("%i of %i", (count, of, low, high) => {
  const found = wilson(count, of);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("the interval's ends are where the rate is z standard errors away", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(1000), (of, some) => {
      const count = some % (of + 1);
      const { rate, low, high } = wilson(count, of);
      for (const end of [low, high]) {
        if (end === 0 || end === 1) continue;
        const errors = Math.abs(rate - end) / Math.sqrt((end * (1 - end)) / of);
        expect(errors).toBeCloseTo(1.959964, 5);
      }
      expect(low).toBeLessThanOrEqual(rate);
      expect(high).toBeGreaterThanOrEqual(rate);
    }),
    { seed: 1 },
  );
});

test("of nothing, nothing is known", () => {
  expect(wilson(0, 0)).toEqual({ count: 0, of: 0, rate: 0, low: 0, high: 1 });
});
