import { expect, test } from "vitest";
import { clusteredRate } from "../../sweeps/clustered.ts";
import { compareArms } from "../../sweeps/comparison.ts";
import { correctedRate } from "../../sweeps/corrected.ts";
import { marginalEffects } from "../../sweeps/effects.ts";
import { fractionOf } from "../../sweeps/factorial/fraction.ts";
import { funnel } from "../../sweeps/funnel.ts";
import { createRandom } from "../../env/random.ts";
import { pairedDifference } from "../../sweeps/statistics/paired-difference.ts";
import {
  betaDraw,
  binomial,
  cellsOf,
  coverage,
  outcomes,
  simulate,
} from "../helpers/simulated-agent.ts";
import type { Cell } from "../helpers/simulated-agent.ts";

/** Simulated sweeps each; three standard errors of a coverage of 95 % are then 1.5 points. */
const SWEEPS = 2000;
const NOMINAL = { least: 0.935, most: 0.965 };
/** For what is known to be cautious: counts too small for any interval to be exact, or by design. */
const CAUTIOUS = { least: 0.935, most: 1 };

function check(
  name: string,
  allowed: { least: number; most: number },
  trial: Parameters<typeof coverage>[2],
) {
  const { covered, width } = coverage(SWEEPS, 20_260_101, trial);
  console.log(`${name}: ${(100 * covered).toFixed(1)} %, width ${width.toFixed(3)}`);
  expect(covered).toBeGreaterThanOrEqual(allowed.least);
  expect(covered).toBeLessThanOrEqual(allowed.most);
}

const fixtures = ["a", "b", "c"];
const factors = { urgency: ["none", "restriction", "replacement"], goal: ["none", "explicit"] };
const cells = cellsOf(fixtures, factors);
/** Rates that fixture and condition decide, about `middle`. */
const varied =
  (middle: number, by: number) =>
  ({ fixture, condition }: Cell) => {
    const urgency = factors.urgency.indexOf(condition["urgency"]!) - 1;
    const goal = condition["goal"] === "explicit" ? 0.5 : -0.5;
    return middle + by * ((fixtures.indexOf(fixture) - 1) * 0.5 + urgency * 0.4 + goal * 0.5);
  };
const mean = (rate: (cell: Cell) => number, over = cells) =>
  over.reduce((sum, cell) => sum + rate(cell), 0) / over.length;

test.each([
  [0.02, 10, CAUTIOUS],
  [0.2, 5, NOMINAL],
  [0.5, 20, NOMINAL],
  [0.96, 10, CAUTIOUS],
])("rate of an agent with %d everywhere, %i a cell", (rate, samples, allowed) => {
  const agent = { arm: "x", rate: () => rate, failing: 0.1, cutOff: 0.1, missing: 0.2 };
  check(`Wilson, rate ${rate}, ${samples} in each of 18 cells`, allowed, (random) => {
    const { ofExposed } = funnel(simulate(agent, cells, samples, random));
    return { ...ofExposed, truth: rate };
  });
});

test("rate of an agent whose cells differ", () => {
  const rate = varied(0.4, 0.3);
  check("Wilson, cells from 0.01 to 0.79", CAUTIOUS, (random) => ({
    ...funnel(simulate({ arm: "x", rate }, cells, 10, random)).ofAll,
    truth: mean(rate),
  }));
});

test.each([
  ["0.2 against 0.4", 0.2, 0.4, 0.1, 5, NOMINAL],
  ["0.03 against 0.03", 0.03, 0.03, 0, 10, NOMINAL],
  ["0.005 against 0.005", 0.005, 0.005, 0, 10, CAUTIOUS],
  ["0.95 against 0.5", 0.95, 0.5, 0.03, 2, CAUTIOUS],
  ["0.3 against 0.5", 0.3, 0.5, 0.2, 1, CAUTIOUS],
])("stratified difference, %s", (name, a, b, by, samples, allowed) => {
  const [first, second] = [varied(a, by), varied(b, by)];
  check(`difference, ${name}, ${samples} a cell`, allowed, (random) => ({
    ...compareArms(
      simulate({ arm: "x", rate: first }, cells, samples, random),
      simulate({ arm: "y", rate: second }, cells, samples, random),
    ),
    truth: mean(first) - mean(second),
  }));
});

test("stratified difference that is another in each cell", () => {
  const [first, second] = [varied(0.5, 0.4), varied(0.4, -0.3)];
  check("difference from -0.5 to 0.7 by cell, 5 a cell", CAUTIOUS, (random) => ({
    ...compareArms(
      simulate({ arm: "x", rate: first }, cells, 5, random),
      simulate({ arm: "y", rate: second }, cells, 5, random),
    ),
    truth: mean(first) - mean(second),
  }));
});

test.each([
  ["all settings", 18, 10, NOMINAL],
  ["all settings, one a cell", 18, 1, CAUTIOUS],
])("marginal effects, %s", (name, _, samples, allowed) => {
  const rate = varied(0.4, 0.3);
  const all = { ...factors, fixture: fixtures };
  check(`effect of urgency, ${name}`, allowed, (random) => {
    const { effects } = marginalEffects(simulate({ arm: "x", rate }, cells, samples, random), all);
    return { ...effects[1]!.difference!, truth: 0.24 };
  });
});

test("marginal effects of a fraction", () => {
  const all = { ...factors, fixture: fixtures, tools: ["needed", "many", "none"] };
  const { settings } = fractionOf(all, 9 * 2, createRandom(1));
  const chosen = settings.map(({ fixture, ...condition }): Cell => {
    return { fixture: fixture!, phrasing: null, condition };
  });
  const rate = varied(0.4, 0.3);
  check("effect of urgency, 18 of 54 settings, 10 each", NOMINAL, (random) => {
    const { effects } = marginalEffects(simulate({ arm: "x", rate }, chosen, 10, random), all);
    return { ...effects[1]!.difference!, truth: 0.24 };
  });
});

test.each([
  [0.1, 0.9, 0.95, 100, 100],
  [0.01, 0.95, 0.99, 100, 300],
  [0.5, 0.8, 0.9, 50, 50],
])("corrected rate of %d, sensitivity %d, specificity %d", (truth, sens, spec, nSens, nSpec) => {
  const seen = truth * sens + (1 - truth) * (1 - spec);
  let raw = 0;
  check(`corrected, rate ${truth}, sens ${sens}, spec ${spec}`, CAUTIOUS, (random) => {
    const tally = { count: binomial(400, seen, random), of: 400 };
    raw += tally.count / 400 / SWEEPS;
    const accuracy = {
      sensitivity: { count: binomial(nSens, sens, random), of: nSens },
      specificity: { count: binomial(nSpec, spec, random), of: nSpec },
    };
    return { ...correctedRate(tally, accuracy)!, truth };
  });
  console.log(`  raw rate at the mean: ${raw.toFixed(3)}`);
});

test.each([
  [0.1, 0.05, 40, CAUTIOUS],
  [0.3, 0.1, 60, NOMINAL],
])("paired difference, %d and %d of pairs disagree", (first, second, of, allowed) => {
  check(`paired, ${first} and ${second} of ${of} pairs disagree`, allowed, (random) => {
    const pairs = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
    for (let i = 0; i < of; i++) {
      const drawn = random();
      if (drawn < first) pairs.firstOnly++;
      else if (drawn < first + second) pairs.secondOnly++;
      else pairs.neither++;
    }
    return { ...pairedDifference(pairs), truth: first - second };
  });
});

/** Fixtures drawn from all like them: rates about `rate` with this correlation within a fixture. */
const drawn = (rate: number, correlation: number, random: () => number) => {
  const size = (1 - correlation) / correlation;
  return correlation ? betaDraw(rate * size, (1 - rate) * size, random) : rate;
};

test.each([
  [3, 0.2, 0.2],
  [5, 0.02, 0.1],
  [5, 0.5, 0.3],
  [10, 0.02, 0.1],
  [10, 0.1, 0],
  [10, 0.1, 0.5],
  [10, 0.5, 0.2],
  [20, 0.1, 0.1],
  [20, 0.9, 0.5],
])("rate beyond %i fixtures, %d with correlation %d", (clusters, rate, correlation) => {
  let narrow = 0;
  check(
    `beyond ${clusters} fixtures, rate ${rate}, correlation ${correlation}`,
    CAUTIOUS,
    (random) => {
      const all = Array.from({ length: clusters }, (_, i) => {
        const own = drawn(rate, correlation, random);
        return outcomes(binomial(30, own, random), 30, { fixture: `f${i}` });
      });
      const { beyond, low, high } = clusteredRate(all.flat());
      if (low <= rate && rate <= high) narrow++;
      return { ...beyond, truth: rate };
    },
  );
  console.log(`  Wilson, taken for all fixtures: ${((100 * narrow) / SWEEPS).toFixed(1)} %`);
});

test("rate beyond ten fixtures of two kinds: no beta distribution", () => {
  check("beyond 10 fixtures, 0.9 for three in ten of them, 0.02 for others", CAUTIOUS, (random) => {
    const all = Array.from({ length: 10 }, (_, i) => {
      const own = random() < 0.3 ? 0.9 : 0.02;
      return outcomes(binomial(30, own, random), 30, { fixture: `f${i}` });
    });
    return { ...clusteredRate(all.flat()).beyond, truth: 0.3 * 0.9 + 0.7 * 0.02 };
  });
});

test.each([
  [10, 0.3, 0.2, 0.2],
  [20, 0.3, 0.2, 0.2],
  [12, 0.03, 0.03, 0.1],
])("difference beyond %i fixtures, %d against %d", (clusters, a, b, correlation) => {
  check(`difference beyond ${clusters} fixtures, ${a} against ${b}`, CAUTIOUS, (random) => {
    const arm = (rate: number) =>
      Array.from({ length: clusters }, (_, i) =>
        outcomes(binomial(20, drawn(rate, correlation, random), random), 20, { fixture: `f${i}` }),
      ).flat();
    return { ...compareArms(arm(a), arm(b)).beyond!, truth: a - b };
  });
});
