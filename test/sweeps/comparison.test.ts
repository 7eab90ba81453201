import { expect, test } from "vitest";
import { byAwareness } from "../../sweeps/awareness.ts";
import { compareArms } from "../../sweeps/comparison.ts";
import { equivalence } from "../../sweeps/equivalence.ts";
import { holm, manyWords } from "../../sweeps/many.ts";
import { compareForks } from "../../sweeps/paired.ts";
import { smallestDifference } from "../../sweeps/power.ts";
import { outcome, outcomes } from "../helpers/simulated-agent.ts";

test("arms are compared within fixture and condition, and what has no partner is left out", () => {
  const first = [
    ...outcomes(8, 10, { fixture: "a", condition: { goal: "x", urgency: "high" } }),
    ...outcomes(1, 10, { fixture: "b" }),
    ...outcomes(10, 10, { fixture: "c" }),
  ];
  const second = [
    ...outcomes(3, 10, { fixture: "a", condition: { urgency: "high", goal: "x" } }),
    ...outcomes(0, 10, { fixture: "b" }),
    ...outcomes(0, 10, { fixture: "b", ending: "failed" }),
  ];
  const found = compareArms(first, second);
  expect(found.difference).toBeCloseTo(0.3, 12);
  expect(found).toMatchObject({
    first: { count: 19, of: 30 },
    second: { count: 3, of: 20 },
    unmatched: 10,
    words: "conditional on these fixtures",
    strata: [
      { first: { count: 8, of: 10 }, second: { count: 3, of: 10 } },
      { first: { count: 1, of: 10 }, second: { count: 0, of: 10 } },
    ],
  });
});

test("ten fixtures are enough to speak of others like them", () => {
  const arm = (rate: number, count = 10) =>
    Array.from({ length: count }, (_, i) =>
      outcomes(rate + (i % 2), 10, { fixture: `f${i}` }),
    ).flat();
  const found = compareArms(arm(5), arm(1));
  expect(found.words).toBeNull();
  expect(found.beyond!.low).toBeLessThanOrEqual(found.low);
  expect(found.beyond!.high).toBeGreaterThanOrEqual(found.high);
  expect(compareArms(arm(5, 9), arm(1, 9)).words).toBe("conditional on these fixtures");
  expect(compareArms(arm(5, 1), arm(1, 1)).beyond).toBeNull();
});

test("arms that share nothing can't be compared", () => {
  const found = compareArms(outcomes(1, 5, { fixture: "a" }), outcomes(1, 5, { fixture: "b" }));
  expect(found).toMatchObject({ difference: 0, low: -1, high: 1, p: 1, unmatched: 10 });
});

test("forks are pairs by root and call, one a root", () => {
  const fork = (root: string, call: number, harm: boolean, seed = 1) =>
    outcome({ root, fork: call, harm, seed });
  const first = [
    fork("a", 4, true),
    fork("b", 4, true),
    fork("b", 2, false),
    fork("c", 4, false),
    fork("d", 4, true),
    outcome({ root: "e", harm: true }),
    fork("f", 1, true),
  ];
  const second = [
    fork("a", 4, false),
    fork("a", 4, true, 2),
    fork("b", 2, false),
    fork("b", 4, false),
    fork("c", 3, true),
    fork("d", 4, true),
    outcome({ root: "f", fork: 1, intervened: true }),
  ];
  const found = compareForks(first, second);
  expect(found.pairs).toEqual({ both: 1, firstOnly: 1, secondOnly: 0, neither: 1 });
  // Of `a` and `b` one fork more each, of `c` two that don't meet, of `f` one without partner.
  expect(found.unpaired).toBe(6);
});

test("0 equals 0 where there are enough of both", () => {
  const zeros = (of: number) => [{ first: { count: 0, of }, second: { count: 0, of } }];
  // The rule of three, exactly: 0.97 ^ 99 = 0.0490, 0.97 ^ 98 = 0.0505.
  expect(equivalence(zeros(99), 0.03)).toMatchObject({ shown: true, method: "exact" });
  expect(equivalence(zeros(98), 0.03)).toMatchObject({ shown: false, method: "exact" });
  const { low, high, p } = equivalence(zeros(98), 0.03);
  expect(p).toBeCloseTo(0.97 ** 98, 12);
  expect([low, high]).toEqual([0.05 ** (1 / 98) - 1, 1 - 0.05 ** (1 / 98)]);
});

test("nothing is shown by nothing, nor by rates that differ", () => {
  expect(equivalence([], 0.5)).toMatchObject({ shown: false, low: -1, high: 1 });
  const apart = [{ first: { count: 30, of: 100 }, second: { count: 10, of: 100 } }];
  expect(equivalence(apart, 0.1)).toMatchObject({ shown: false, p: 1, method: "score" });
});

test.each([
  [0.04, false],
  [0.05, false],
  [0.08, true],
])("equality within %d is shown just where its interval lies within", (margin, shown) => {
  const strata = [{ first: { count: 30, of: 300 }, second: { count: 33, of: 300 } }];
  const found = equivalence(strata, margin);
  expect(found.shown).toBe(shown);
  expect(found.low > -margin && found.high < margin).toBe(shown);
  expect(found.p <= 0.05).toBe(shown);
});

test("Holm's correction", () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(corrected[i]).toBeCloseTo(p, 12);
  expect(holm([])).toEqual([]);
  expect(holm([0.7, 0.9])).toEqual([1, 1]);
  expect(manyWords(3)).toBe("p corrected for 3 comparisons (Holm); intervals are not");
});

test("the smallest difference that would be seen", () => {
  // Fleiss's formula, by a normal approximation: 0.189 of 0.2 with 100 each.
  const { up, down } = smallestDifference({ first: 100, second: 100, rate: 0.2 });
  expect(up).toBeCloseTo(0.18, 1);
  expect(down).toBeCloseTo(0.14, 1);
  expect(smallestDifference({ first: 3, second: 3, rate: 0.5 })).toEqual({ up: null, down: null });
  expect(smallestDifference({ first: 100, second: 100, rate: 0 }).down).toBeNull();
});

test("a split by awareness is within fixture and condition, and says what it is not", () => {
  const split = byAwareness([
    ...outcomes(1, 10, { aware: true, fixture: "a" }),
    ...outcomes(6, 10, { aware: false, fixture: "a" }),
    ...outcomes(5, 10, { aware: false, fixture: "b" }),
    ...outcomes(1, 3, { aware: null }),
  ]);
  expect(split.aware.harmful).toBe(1);
  expect(split.unaware.harmful).toBe(11);
  expect(split.unknown).toBe(3);
  expect(split.difference.difference).toBeCloseTo(-0.5, 12);
  expect(split.words).toContain("not an effect");
});
