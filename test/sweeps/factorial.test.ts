import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Factors } from "../../sweeps/effects.ts";
import { fractionOf } from "../../sweeps/factorial/fraction.ts";
import { mixedFraction } from "../../sweeps/factorial/mixed.ts";
import { regularFraction } from "../../sweeps/factorial/regular.ts";
import { createRandom } from "../../env/random.ts";

const factors = (...sizes: number[]): Factors =>
  Object.fromEntries(
    sizes.map((size, i) => [
      String.fromCodePoint(65 + i),
      Array.from({ length: size }, (_, value) => String(value)),
    ]),
  );
const twos = (count: number) => factors(...Array.from({ length: count }, () => 2));

test.each([
  // Words of three, four, … factors of the fractions of least aberration: A. Fries and W. G. Hunter,
  // Technometrics 22, 1980, and J. Chen, D. X. Sun, C. F. J. Wu, Int. Statistical Review 61, 1993.
  [3, 4, [1]],
  [5, 16, [0, 0, 1]],
  [6, 16, [0, 3]],
  [7, 8, [7, 7, 0, 0, 1]],
  [7, 16, [0, 7]],
  [7, 32, [0, 1, 2]],
  [8, 16, [0, 14, 0, 0, 0, 1]],
  [8, 32, [0, 3, 4]],
  [9, 16, [4, 14, 8, 0, 4, 1]],
  [9, 32, [0, 6, 8, 0, 0, 1]],
  [10, 32, [0, 10, 16, 0, 0, 5]],
])("%i factors in %i settings", (count, runs, words) => {
  const { defining, kind, settings } = fractionOf(twos(count), runs, createRandom(1));
  const lengths = words.map((_, i) => defining.filter((word) => word.length === i + 3).length);
  expect(lengths).toEqual(words);
  expect(defining).toHaveLength(words.reduce((sum, one) => sum + one, 0));
  expect(kind).toBe("regular fraction");
  expect(new Set(settings.map((one) => JSON.stringify(one))).size).toBe(runs);
});

test("a half of three factors: each is another two's interaction", () => {
  const { settings, confounded, words, of } = regularFraction(twos(3), 4);
  expect(settings.map((one) => Object.values(one).join(""))).toEqual(["000", "101", "011", "110"]);
  expect(of).toBe(8);
  expect(confounded).toEqual([
    { factor: "A", with: ["B", "C"], share: 1 },
    { factor: "B", with: ["A", "C"], share: 1 },
    { factor: "C", with: ["A", "B"], share: 1 },
  ]);
  expect(words).toBe(
    "main effects are clear of each other, and mixed with interactions of two factors (A with B × C by 100 % at most)",
  );
});

test.each([
  ["L9", [3, 3, 3, 3], 9],
  ["L18", [2, 3, 3, 3, 3, 3, 3, 3], 18],
  ["L12 with a three", [3, 2, 2, 2, 2], 12],
  ["L16 of fours", [4, 4, 4, 4, 4], 16],
])("orthogonal arrays that are known to be are found: %s", (_, sizes, runs) => {
  const { kind, settings, confounded } = mixedFraction(factors(...sizes), runs, createRandom(1));
  expect(kind).toBe("orthogonal array");
  expect(confounded.filter((one) => one.with.length === 1)).toEqual([]);
  expect(settings).toHaveLength(runs);
});

test("values are run equally often, or once more or less, whatever the sizes", () => {
  const size = fc.integer({ min: 2, max: 4 });
  fc.assert(
    fc.property(fc.array(size, { minLength: 3, maxLength: 6 }), fc.nat(8), (sizes, more) => {
      const given = factors(...sizes);
      const runs = 1 + sizes.reduce((sum, one) => sum + one - 1, 0) + more;
      const all = sizes.reduce((product, one) => product * one, 1);
      fc.pre(runs < all);
      const { settings } = mixedFraction(given, runs, createRandom(more));
      for (const [name, values] of Object.entries(given)) {
        const counts = values.map((v) => settings.filter((one) => one[name] === v).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }),
    { seed: 1, numRuns: 8 },
  );
});

test("the same chance gives the same settings", () => {
  const draw = (seed: number) =>
    fractionOf(factors(3, 2, 3, 2, 4), 20, createRandom(seed)).settings;
  expect(draw(5)).toEqual(draw(5));
});

test("all settings are all, in order", () => {
  const { kind, settings, words } = fractionOf(factors(2, 3), 6, createRandom(1));
  expect(kind).toBe("full");
  expect(settings.map((one) => Object.values(one).join(""))).toEqual([
    "00",
    "01",
    "02",
    "10",
    "11",
    "12",
  ]);
  expect(words).toBe("every setting is run: nothing is confounded");
});

test("numbers of settings that can't be are refused, with those that can", () => {
  expect(() => mixedFraction(factors(3, 3, 3), 6, createRandom(1))).toThrow(
    "at least 7 settings, for their main effects, and have 27",
  );
  expect(() => fractionOf(factors(3, 3), 12, createRandom(1))).toThrow(RangeError);
  expect(() => regularFraction(twos(4), 12)).toThrow(RangeError);
  expect(() => regularFraction(factors(2, 3), 4)).toThrow("two values");
});
