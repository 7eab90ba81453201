import { expect, test } from "vitest";
import { betweenClusters } from "../../../sweeps/statistics/beta-binomial.ts";
import { combination, combinationP } from "../../../sweeps/statistics/combination.ts";
import { leastSquares } from "../../../sweeps/statistics/least-squares.ts";
import { wilson } from "../../../sweeps/wilson.ts";

const clusters = (...counts: number[]) => counts.map((count) => ({ count, of: 50 }));

test("clusters without a single yes count as little as may be: each as one", () => {
  const { low, high } = betweenClusters(clusters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  expect(low).toBe(0);
  // Ten units, cut at t² / 2 with nine degrees of freedom: 1 - exp(-2.26216² / 20).
  expect(high).toBeCloseTo(0.22575, 2);
});

test("the more clusters differ, the wider; all or none mirror each other", () => {
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  const alike = betweenClusters(clusters(10, 10, 11, 9, 10, 10, 10, 10, 10, 10));
  const apart = betweenClusters(clusters(0, 50, 0, 0, 0, 25, 0, 0, 0, 25));
  expect(width(alike)).toBeLessThan(0.12);
  expect(width(apart)).toBeGreaterThan(0.3);
  const some = betweenClusters(clusters(1, 4, 0, 9));
  const mirrored = betweenClusters(clusters(49, 46, 50, 41));
  expect(mirrored.low).toBeCloseTo(1 - some.high, 3);
  expect(mirrored.high).toBeCloseTo(1 - some.low, 3);
});

test("of one cluster nothing is known beyond it", () => {
  expect(betweenClusters(clusters(7))).toEqual({ low: 0, high: 1 });
  expect(betweenClusters([{ count: 0, of: 0 }, ...clusters(7)])).toEqual({ low: 0, high: 1 });
});

test("a weighted sum is Wilson's interval for one, and Newcombe's for two", () => {
  const one = combination([{ count: 3, of: 20, weight: 1 }]);
  expect(one.low).toBeCloseTo(wilson(3, 20).low, 3);
  // R. G. Newcombe, Statistics in Medicine 17, 1998, table II, method 10: each alone is near it,
  // since a cell's own variance is taken with n - 1.
  const two = combination([
    { count: 56, of: 70, weight: 1 },
    { count: 48, of: 80, weight: -1 },
  ]);
  expect(two.value).toBeCloseTo(0.2, 12);
  expect(two.low).toBeCloseTo(0.0524, 3);
  expect(two.high).toBeCloseTo(0.3339, 3);
});

test("many cells of one episode are as many units", () => {
  const cells = Array.from({ length: 100 }, (_, i) => ({
    count: i < 5 ? 1 : 0,
    of: 1,
    weight: 0.01,
  }));
  const { low, high } = combination(cells);
  expect(low).toBeCloseTo(wilson(5, 100).low, 12);
  expect(high).toBeCloseTo(wilson(5, 100).high, 12);
});

test("a sum's p-value is where its interval reaches nothing", () => {
  const sum = [
    { count: 30, of: 50, weight: 1 },
    { count: 18, of: 50, weight: -1 },
  ];
  const p = combinationP(sum);
  expect(combination(sum, 1 - p).low).toBeCloseTo(0, 6);
  expect(p).toBeLessThan(0.05);
  expect(combinationP(sum.map((one) => ({ ...one, count: 20 })))).toBe(1);
});

test("least squares, and columns that can't be told apart", () => {
  const rows = [
    [1, 0, 0],
    [1, 1, 1],
    [1, 0, 0],
    [1, 1, 1],
  ];
  const { weights } = leastSquares(rows);
  expect(weights[2]).toBeNull();
  const fitted = (y: number[]) =>
    weights.map((w) => w && w.reduce((sum, v, i) => sum + v * y[i]!, 0));
  expect(fitted([1, 4, 3, 6])).toEqual([2, 3, null]);
});
