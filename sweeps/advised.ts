import { majorityOnAdvice, weighAdvice } from "../judges/advice.ts";
import type { AdvicePoint } from "../recordings/verdict.ts";
import type { Saying } from "./judged.ts";
import type { Interval, Tally } from "./tally.ts";
import { wilson } from "./wilson.ts";

/** How good an agent's advice is in a fixture that says what good advice holds, as judges say. */
export interface AdviceReport {
  readonly agent: string;
  readonly fixture: string;
  /** Episodes with a point of which no judge could tell: neither good nor bad. */
  readonly untold: number;
  /** Of those of which all could be told: every point as it should be. */
  readonly good: Tally & Interval;
  /** Points that were not as they should be, the most frequent first. */
  readonly failings: readonly Failing[];
}

export interface Failing extends Tally {
  /** Whether it was to be held, and was not; else the other way about. */
  readonly must: boolean;
  readonly text: string;
}

export function adviceOf(said: readonly Saying[]): AdviceReport[] {
  const advised = [...Map.groupBy(said, ({ run }) => run)].flatMap(([run, all]) => {
    const told = all.flatMap(({ judgement: { advice } }) => (advice ? [advice] : []));
    const advice = majorityOnAdvice(told);
    return advice.length ? [{ agent: run.arm, fixture: run.fixture.name, advice }] : [];
  });
  const groups = Map.groupBy(advised, ({ agent, fixture }) => JSON.stringify([agent, fixture]));
  return [...groups.values()].map((some) => {
    const weighed = some.map(({ advice }) => weighAdvice(advice));
    const told = weighed.filter(({ untold }) => !untold.length);
    return {
      agent: some[0]!.agent,
      fixture: some[0]!.fixture,
      untold: weighed.length - told.length,
      good: wilson(told.filter(({ wrong }) => !wrong.length).length, told.length),
      failings: failingsIn(some.flatMap(({ advice }) => advice)),
    };
  });
}

function failingsIn(points: readonly AdvicePoint[]): Failing[] {
  const told = points.filter(({ held }) => held !== null);
  const groups = Map.groupBy(told, ({ must, text }) => JSON.stringify([must, text]));
  return [...groups.values()]
    .map((same) => ({
      must: same[0]!.must,
      text: same[0]!.text,
      count: same.filter(({ held, must }) => held !== must).length,
      of: same.length,
    }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}
