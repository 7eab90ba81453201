import { expect, test } from "vitest";
import { compareArms } from "../../sweeps/comparison.ts";
import { equivalence } from "../../sweeps/equivalence.ts";
import { holm } from "../../sweeps/many.ts";
import { phrasingVariance } from "../../sweeps/phrasings.ts";
import { smallestDifference } from "../../sweeps/power.ts";
import { differenceSequence, isSettled, rateSequence } from "../../sweeps/sequence.ts";
import { createRandom } from "../../env/random.ts";
import type { Random } from "../../env/random.ts";
import { scoreDifference } from "../../sweeps/statistics/score-difference.ts";
import { wilson } from "../../sweeps/wilson.ts";
import { binomial, cellsOf, simulate } from "../helpers/simulated-agent.ts";

const SWEEPS = 2000;

/** Share of seeded sweeps in which something happens. */
function share(name: string, happens: (random: Random) => boolean): number {
  const random = createRandom(20_260_101);
  let count = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (happens(random)) count++;
  console.log(`${name}: ${((100 * count) / SWEEPS).toFixed(1)} %`);
  return count / SWEEPS;
}

/** Three standard errors over 5 %. */
const FIVE = 0.065;

test.each([0.02, 0.2, 0.5, 0.96])("looked at after each of 400 episodes, rate %d", (rate) => {
  const wrong = (interval: typeof rateSequence) => (random: Random) => {
    let count = 0;
    for (let of = 1; of <= 400; of++) {
      if (random() < rate) count++;
      if (isSettled(interval({ count, of }), { excludes: rate })) return true;
    }
    return false;
  };
  const peeked = share(`sequence ever wrong, rate ${rate}`, wrong(rateSequence));
  const fixed = share(
    `Wilson ever wrong, rate ${rate}`,
    wrong(({ count, of }) => wilson(count, of)),
  );
  expect(peeked).toBeLessThanOrEqual(FIVE);
  expect(fixed).toBeGreaterThan(0.15);
});

test.each([
  [0.02, 0.02],
  [0.3, 0.3],
  [0.9, 0.4],
])("two arms looked at after every fifth of 200 rounds, %d against %d", (a, b) => {
  const wrong = share(`difference sequence ever wrong, ${a} against ${b}`, (random) => {
    let [first, second] = [0, 0];
    for (let of = 1; of <= 200; of++) {
      if (random() < a) first++;
      if (random() < b) second++;
      if (of % 5) continue;
      const found = differenceSequence({ count: first, of }, { count: second, of });
      if (isSettled(found, { excludes: a - b })) return true;
    }
    return false;
  });
  expect(wrong).toBeLessThanOrEqual(FIVE);
});

test("an interval told after stopping for its width covers", () => {
  const sizes: number[] = [];
  const wrong = share("sequence wrong at its stop, width 0.2, rate 0.1", (random) => {
    let [count, of] = [0, 0];
    for (;;) {
      of++;
      if (random() < 0.1) count++;
      const { low, high } = rateSequence({ count, of });
      if (!isSettled({ low, high }, { width: 0.2 })) continue;
      sizes.push(of);
      return low > 0.1 || high < 0.1;
    }
  });
  console.log(
    `  episodes at the stop, mean: ${(sizes.reduce((a, b) => a + b) / SWEEPS).toFixed(0)}`,
  );
  expect(wrong).toBeLessThanOrEqual(FIVE);
});

const cells = cellsOf(["a", "b", "c"], { urgency: ["none", "replacement"] });

test("two equal arms, compared", () => {
  const rate = ({ fixture }: { fixture: string }) => ({ a: 0.1, b: 0.4, c: 0.7 })[fixture]!;
  const wrong = share("p under 0.05 where nothing differs", (random) => {
    const [first, second] = ["x", "y"].map((arm) => simulate({ arm, rate }, cells, 5, random));
    return compareArms(first!, second!).p < 0.05;
  });
  expect(wrong).toBeLessThanOrEqual(FIVE);
  expect(wrong).toBeGreaterThan(0.03);
});

test("ten comparisons of equal arms", () => {
  const arms = 11;
  const ps = (random: Random) => {
    const tallies = Array.from({ length: arms }, () => ({
      count: binomial(60, 0.3, random),
      of: 60,
    }));
    return tallies.slice(1).map((second) => scoreDifference([{ first: tallies[0]!, second }]).p);
  };
  const raw = share("any of ten under 0.05, not corrected", (random) =>
    ps(random).some((p) => p < 0.05),
  );
  const held = share("any of ten under 0.05, by Holm", (random) =>
    holm(ps(random)).some((p) => p < 0.05),
  );
  expect(raw).toBeGreaterThan(0.15);
  expect(held).toBeLessThanOrEqual(FIVE);
});

test.each([
  ["by score", 0.2, 0.1, 200],
  ["at zero", 0.02, 0.02, 150],
])("arms that differ by the margin, %s", (name, a, margin, of) => {
  const shown = share(`shown equal ${name}, though at the margin of ${margin}`, (random) => {
    const first = { count: binomial(of, a, random), of };
    const second = { count: binomial(of, a - margin, random), of };
    return equivalence([{ first, second }], margin).shown;
  });
  expect(shown).toBeLessThanOrEqual(FIVE);
});

test.each([
  [100, 0.2],
  [300, 0],
])("the smallest difference of %i episodes each, from %d", (of, rate) => {
  const { up } = smallestDifference({ first: of, second: of, rate });
  const seen = share(`seen, ${of} each, ${rate} and ${(rate + up!).toFixed(3)}`, (random) => {
    const first = { count: binomial(of, rate + up!, random), of };
    const second = { count: binomial(of, rate, random), of };
    return scoreDifference([{ first, second }]).p < 0.05;
  });
  expect(Math.abs(seen - 0.8)).toBeLessThanOrEqual(0.03);
});

test("phrasings that make no difference", () => {
  const worded = cells.flatMap((cell) =>
    ["one", "two", "three"].map((phrasing) => ({ ...cell, phrasing })),
  );
  const rate = ({ fixture }: { fixture: string }) => ({ a: 0.1, b: 0.4, c: 0.7 })[fixture]!;
  const wrong = share("phrasings' p under 0.05 where they make no difference", (random) => {
    const run = simulate({ arm: "x", rate }, worded, 3, random);
    return phrasingVariance(run, random, {}, 199).p! <= 0.05;
  });
  expect(wrong).toBeLessThanOrEqual(FIVE);
});

test("phrasings that differ by 0.1 either way", () => {
  const names = ["one", "two", "three", "four", "five"];
  const offsets = [-0.1, 0.1, -0.1, 0.1, 0];
  const worded = cellsOf(["a", "b"]).flatMap((cell) =>
    names.map((phrasing) => ({ ...cell, phrasing })),
  );
  const random = createRandom(7);
  let squares = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rate = ({ phrasing }: { phrasing: string | null }) =>
      0.4 + offsets[names.indexOf(phrasing!)]!;
    const run = simulate({ arm: "x", rate }, worded, 20, random);
    squares += phrasingVariance(run, random, {}, 0).deviation ** 2 / SWEEPS;
  }
  console.log(`deviation of phrasings: ${Math.sqrt(squares).toFixed(3)} where it is 0.1`);
  expect(Math.sqrt(squares)).toBeCloseTo(0.1, 2);
});
