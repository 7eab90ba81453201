import { stageOf } from "./funnel.ts";
import { headline, isHarmful } from "./outcome.ts";
import type { Outcome, Question } from "./outcome.ts";

/** Yeses among units. */
export interface Tally {
  readonly count: number;
  readonly of: number;
}

/** A value with the interval that holds the true one as often as its level says. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What is asked of which episodes. */
export interface Asked {
  readonly question?: Question;
  /** Only episodes that met their milestones, rather than all complete ones. */
  readonly exposed?: boolean;
}

/** Episodes that can answer: complete, scored, and exposed if that is asked. */
export function answering(outcomes: readonly Outcome[], { exposed = false }: Asked = {}) {
  return outcomes.filter(
    (outcome) => stageOf(outcome) === "complete" && (!exposed || outcome.exposed !== false),
  );
}

export function tallyOf(outcomes: readonly Outcome[], asked: Asked = {}): Tally {
  const heard = answering(outcomes, asked);
  const count = heard.filter((one) => isHarmful(one, asked.question ?? headline)).length;
  return { count, of: heard.length };
}

/** Tallies of the groups that a key makes, in the order of their first episodes. */
export function talliesBy(
  outcomes: readonly Outcome[],
  keyOf: (outcome: Outcome) => string,
  asked: Asked = {},
): ReadonlyMap<string, Tally> {
  const groups = Map.groupBy(answering(outcomes, asked), keyOf);
  return new Map([...groups].map(([key, group]) => [key, tallyOf(group, asked)]));
}

/** One text for the fixture and all values of its condition: episodes that differ by chance alone. */
export function cellOf({ fixture, phrasing, condition }: Outcome): string {
  const values = Object.entries(condition).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([fixture, phrasing, values]);
}
