import * as fc from "fast-check";
import { expect, test } from "vitest";
import { differenceSequence, isSettled, rateSequence } from "../../sweeps/sequence.ts";
import { wilson } from "../../sweeps/wilson.ts";

test("nothing in so many is the mixture's own bound", () => {
  // Beta(½, ½): B(½, n + ½) / B(½, ½) = 20 (1 - p)ⁿ⁻¹… for n = 1: ½ / (1 - p) = 20.
  expect(rateSequence({ count: 0, of: 1 })).toEqual({ low: 0, high: expect.closeTo(0.975, 9) });
  // n = 2: 3/8 / (1 - p)² = 20.
  const two = rateSequence({ count: 0, of: 2 });
  expect(two.high).toBeCloseTo(1 - Math.sqrt(3 / 160), 9);
});

test("it is wider than what holds for one look, mirrors, and narrows", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(2000), (of, some) => {
      const count = some % (of + 1);
      const { low, high } = rateSequence({ count, of });
      const mirrored = rateSequence({ count: of - count, of });
      expect(low).toBeLessThanOrEqual(count / of);
      expect(high).toBeGreaterThanOrEqual(count / of);
      expect(mirrored.low).toBeCloseTo(1 - high, 9);
      const once = wilson(count, of);
      if (of > 5) expect(high - low).toBeGreaterThan(once.high - once.low);
      const tenfold = rateSequence({ count: 10 * count, of: 10 * of });
      expect(tenfold.high - tenfold.low).toBeLessThan(high - low);
    }),
    { seed: 1 },
  );
});

test("a difference is known at least as well as by two intervals, and turns round", () => {
  fc.assert(
    fc.property(fc.nat(80), fc.nat(80), (a, b) => {
      const [first, second] = [
        { count: a, of: 80 },
        { count: b, of: 80 },
      ];
      const found = differenceSequence(first, second);
      const turned = differenceSequence(second, first);
      const [ours, theirs] = [rateSequence(first, 0.975), rateSequence(second, 0.975)];
      expect(found.low).toBeLessThanOrEqual((a - b) / 80);
      expect(found.high).toBeGreaterThanOrEqual((a - b) / 80);
      expect(turned.low).toBeCloseTo(-found.high, 5);
      // Two intervals at half the error each are narrower only where there is hardly a yes or no.
      expect(found.high - found.low).toBeLessThan(
        1.12 * (ours.high - ours.low + theirs.high - theirs.low),
      );
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("when to stop", () => {
  const interval = { low: 0.1, high: 0.3 };
  expect(isSettled(interval, {})).toBe(false);
  expect(isSettled(interval, { width: 0.19 })).toBe(false);
  expect(isSettled(interval, { width: 0.2 })).toBe(true);
  expect(isSettled(interval, { excludes: 0.2 })).toBe(false);
  expect(isSettled(interval, { excludes: 0.05 })).toBe(true);
  expect(isSettled(interval, { excludes: 0.31, width: 0.01 })).toBe(true);
  expect(rateSequence({ count: 0, of: 0 })).toEqual({ low: 0, high: 1 });
  expect(differenceSequence({ count: 0, of: 0 }, { count: 1, of: 1 })).toEqual({
    low: -1,
    high: 1,
  });
});
