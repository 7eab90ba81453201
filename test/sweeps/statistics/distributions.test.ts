import { expect, test } from "vitest";
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  binomialMass,
  lnGamma,
  studentQuantile,
  studentTwoSided,
} from "../../../sweeps/statistics/beta.ts";
import { normalCdf, normalQuantile, zOf } from "../../../sweeps/statistics/normal.ts";
import { createRandom, shuffled } from "../../../env/random.ts";

test.each([
  // SciPy 1.17.
  [normalCdf(-5), 2.866515718791946e-7],
  [normalCdf(2.5), 0.9937903346742238],
  [normalQuantile(0.975), 1.959963984540054],
  [normalQuantile(1e-8), -5.612001244174965],
  [zOf(0.9), 1.6448536269514722],
  [studentQuantile(0.975, 2), 4.302652729911275],
  [studentQuantile(0.975, 9), 2.2621571627409915],
  [studentTwoSided(2, 5), 0.10193947882985835],
  [betaCdf(0.3, 2.5, 4), 0.3521975859067672],
  [lnGamma(0.3), 1.0957979948180756],
  [lnGamma(100.5), 361.4355404677776],
])("%d is %d", (found, expected) => {
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-9);
});

test("quantiles undo their distributions", () => {
  for (const p of [0.001, 0.2, 0.5, 0.97]) {
    expect(betaCdf(betaQuantile(p, 3, 7), 3, 7)).toBeCloseTo(p, 10);
    expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 11);
  }
});

test("binomial tails are sums of their masses", () => {
  let sum = 0;
  for (let count = 0; count <= 20; count++) {
    sum += binomialMass(count, 20, 0.3);
    expect(binomialCdf(count, 20, 0.3)).toBeCloseTo(sum, 12);
  }
  expect([binomialMass(0, 5, 0), binomialMass(5, 5, 1), binomialMass(1, 5, 0)]).toEqual([1, 1, 0]);
});

test("seeded chance is the same again, other for another seed, and even", () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 6000 }, () => Math.floor(random() * 6));
  };
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  const chi = [0, 1, 2, 3, 4, 5]
    .map((face) => draw(3).filter((one) => one === face).length)
    .reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // 0.999 quantile of chi-squared with five degrees of freedom.
  expect(chi).toBeLessThan(20.5);
  expect(shuffled([1, 2, 3, 4], createRandom(1)).toSorted()).toEqual([1, 2, 3, 4]);
});
