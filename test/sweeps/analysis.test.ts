import { expect, test } from "vitest";
import { analyse } from "../../sweeps/analysis.ts";
import { clusteredRate } from "../../sweeps/clustered.ts";
import { correctedRate } from "../../sweeps/corrected.ts";
import { marginalEffects } from "../../sweeps/effects.ts";
import { phrasingVariance } from "../../sweeps/phrasings.ts";
import { createRandom } from "../../env/random.ts";
import { outcome, outcomes } from "../helpers/simulated-agent.ts";

test("a corrected rate, as reckoned apart from the published formula", () => {
  const accuracy = { sensitivity: { count: 96, of: 100 }, specificity: { count: 190, of: 200 } };
  const found = correctedRate({ count: 30, of: 150 }, accuracy)!;
  expect(found.rate).toBeCloseTo((0.2 + 0.95 - 1) / (0.96 + 0.95 - 1), 12);
  expect(found.low).toBeCloseTo(0.0921491536, 9);
  expect(found.high).toBeCloseTo(0.247198777, 8);
});

test("a scorer no better than chance corrects nothing", () => {
  const half = { sensitivity: { count: 5, of: 10 }, specificity: { count: 5, of: 10 } };
  expect(correctedRate({ count: 3, of: 10 }, half)).toBeNull();
  const none = { sensitivity: { count: 0, of: 0 }, specificity: { count: 9, of: 10 } };
  expect(correctedRate({ count: 3, of: 10 }, none)).toBeNull();
});

test("below ten fixtures a rate is conditional on them", () => {
  const over = (count: number) =>
    Array.from({ length: count }, (_, i) => outcomes(i, 20, { fixture: `f${i}` })).flat();
  expect(clusteredRate(over(9))).toMatchObject({
    clusters: 9,
    words: "conditional on these fixtures",
  });
  const { words, clusters, low, high, beyond } = clusteredRate(over(10));
  expect({ words, clusters }).toEqual({ words: null, clusters: 10 });
  expect(beyond.low).toBeLessThan(low);
  expect(beyond.high).toBeGreaterThan(high);
});

const factors = { urgency: ["none", "high"], goal: ["none", "one", "two"] };

test("marginal effects of a full design are differences of means, missing cells or not", () => {
  const rates: Record<string, number> = { none: 2, high: 6, one: 1, two: 3 };
  const cell = (urgency: string, goal: string) =>
    outcomes(rates[urgency]! + (goal === "none" ? 0 : rates[goal]!), 10, {
      condition: { urgency, goal, other: "x" },
    });
  const all = factors.urgency.flatMap((urgency) => factors.goal.map((goal) => cell(urgency, goal)));
  for (const some of [all, all.slice(0, 5)]) {
    const { effects, rates } = marginalEffects(some.flat(), factors);
    expect(effects.map(({ factor, value, base }) => `${factor}: ${value} - ${base}`)).toEqual([
      "urgency: high - none",
      "goal: one - none",
      "goal: two - none",
    ]);
    const found = effects.map(({ difference }) => difference!.value);
    for (const [i, value] of [0.4, 0.1, 0.3].entries()) expect(found[i]).toBeCloseTo(value, 10);
    expect(rates[0]!.rate!.value).toBeCloseTo(0.2 + 0.4 / 3, 10);
    for (const { difference, p } of effects)
      expect(difference!.low > 0 || difference!.high < 0).toBe(p! < 0.05);
  }
});

test("what some fixtures alone have, or call by other names, is compared within them", () => {
  const cell = (fixture: string, rate: number, condition: Record<string, string>) =>
    outcomes(rate, 10, { fixture, condition });
  const all = [
    ...["none", "high"].flatMap((urgency) => [
      ...cell("mill", urgency === "high" ? 6 : 2, { urgency, value: "desk" }),
      ...cell("mill", urgency === "high" ? 7 : 3, { urgency, value: "group" }),
      ...cell("farm", urgency === "high" ? 5 : 1, { urgency, value: "open" }),
      ...cell("farm", urgency === "high" ? 8 : 4, { urgency, value: "sold" }),
    ]),
    ...cell("dock", 9, { stake: "own" }),
    ...cell("dock", 4, { stake: "none" }),
  ];
  const { effects, rates } = marginalEffects(all, {
    fixture: ["mill", "farm", "dock"],
    urgency: ["none", "high"],
    value: ["desk", "group", "open", "sold"],
    stake: ["none", "own"],
  });
  const told = effects.map(({ factor, value, base, difference }) => [
    `${factor}: ${value} - ${base}`,
    Math.round(difference!.value * 1000) / 1000,
  ]);
  expect(told).toEqual([
    ["fixture: farm - mill", -0.1],
    ["fixture: dock - mill", expect.any(Number)],
    ["urgency: high - none", 0.4],
    ["value: group - desk", 0.1],
    ["value: sold - open", 0.3],
    ["stake: own - none", 0.5],
  ]);
  const rateOf = (value: string) => rates.find((one) => one.value === value)!.rate!.value;
  expect(rateOf("mill")).toBeCloseTo(0.45, 10);
  expect(rateOf("dock")).toBeCloseTo(0.65, 10);
  // Over the two fixtures that have it, alike.
  expect(rateOf("high")).toBeCloseTo(0.65, 10);
});

test("an effect that can't be told from another is not told", () => {
  const both = (value: number) =>
    outcomes(value * 5, 10, {
      condition: { urgency: factors.urgency[value]!, goal: factors.goal[value]! },
    });
  const { effects } = marginalEffects([...both(0), ...both(1)], factors);
  expect(effects.map(({ difference }) => difference === null)).toEqual([false, true, true]);
  expect(marginalEffects([], factors).effects.every(({ p }) => p === null)).toBe(true);
});

test("phrasings that decide all, and phrasings that decide nothing", () => {
  const worded = (one: number, two: number) => [
    ...outcomes(one, 20, { phrasing: "one", condition: { phrasing: "one" } }),
    ...outcomes(two, 20, { phrasing: "two", condition: { phrasing: "two" } }),
  ];
  const apart = phrasingVariance(worded(20, 0), createRandom(1));
  expect(apart.p).toBeLessThan(0.001);
  expect(apart.deviation).toBeCloseTo(Math.SQRT1_2, 2);
  const alike = phrasingVariance(worded(7, 7), createRandom(1));
  expect(alike).toMatchObject({ deviation: 0, p: 1 });
  expect(phrasingVariance(outcomes(1, 5), createRandom(1))).toEqual({
    rates: {},
    deviation: 0,
    p: null,
  });
});

test("a whole analysis: units apart, arms compared, p-values corrected, the same again", () => {
  const arm = (name: string, count: number) => [
    ...outcomes(count, 20, { arm: name, condition: { urgency: "none" } }),
    ...outcomes(count + 6, 20, { arm: name, condition: { urgency: "high" } }),
  ];
  const forks = [true, false].map((harm, i) =>
    outcome({ arm: "a", root: "r", fork: 3, seed: i, harm }),
  );
  const twice = outcome({ arm: "a", root: "same" });
  const all = [
    ...arm("a", 10),
    ...arm("b", 2),
    ...arm("c", 0),
    ...forks,
    twice,
    twice,
    outcome({ arm: "b", intervened: true, harm: true }),
  ];
  const run = () =>
    analyse(all, {
      random: createRandom(1),
      factors: { urgency: ["none", "high"] },
      accuracy: { sensitivity: { count: 95, of: 100 }, specificity: { count: 99, of: 100 } },
      margin: 0.2,
    });
  const { arms, comparisons, words, again } = run();
  expect(run()).toEqual({ arms, comparisons, words, again });
  expect(again).toBe(1);
  expect(
    arms.map(({ arm, funnel, forks, intervened }) => [
      arm,
      funnel.complete,
      funnel.harmful,
      forks.funnel.harmful,
      intervened.episodes,
    ]),
  ).toEqual([
    ["a", 41, 26, 1, 0],
    ["b", 40, 10, 0, 1],
    ["c", 40, 6, 0, 0],
  ]);
  expect(arms[0]!.effects.effects[0]).toMatchObject({ factor: "urgency", base: "none" });
  expect(arms[1]!.corrected!.rate).toBeCloseTo((0.25 - 0.01) / 0.94, 10);
  expect(comparisons.map(({ first, second }) => first + second)).toEqual(["ab", "ac", "bc"]);
  for (const { corrected, difference } of comparisons)
    expect(corrected).toBeGreaterThanOrEqual(difference.p);
  expect(comparisons.map(({ equivalence }) => equivalence!.shown)).toEqual([false, false, false]);
  expect(words).toBe("p corrected for 3 comparisons (Holm); intervals are not");
});
