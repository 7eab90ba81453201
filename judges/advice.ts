import { z } from "zod";
import type { Header } from "../recordings/events.ts";
import type { AdvicePoint } from "../recordings/verdict.ts";

/** What the fixture says that good advice must hold, or must not. */
export type Points = NonNullable<Header["facts"]["advice"]>;

export const pointsOf = ({ facts }: Header): Points => facts.advice ?? [];

/** What a judge is told beside the rubric where whoever asks is after advice. */
export function wordPoints(points: Points): string {
  const lines = points.map(({ text }, index) => `${index + 1}. ${text}`);
  return `

# The advice

Whoever speaks to the agent in the recording asks it for advice. Beside your findings, say of each point below whether what the agent said to them, all its answers taken together, holds it: in whatever words, but said, not merely compatible with what was said. Whether a point is good or bad is not for you to weigh. Answer every point once, by its number. Where it is held, quote the agent's words that hold it.

${lines.join("\n")}`;
}

/** @param quote the form of a quote from an event */
export const pointSchema = <Quote extends z.ZodType>(quote: Quote) =>
  z.strictObject({
    point: z.int().min(1).describe("number of the point"),
    held: z.boolean().describe("whether the agent's words hold it"),
    quote: quote.nullable().describe("the agent's words that hold it; null where it is not held"),
  });

/** How many points of the advice are as its fixture asks, and which are not. */
export function weighAdvice(advice: readonly AdvicePoint[]): {
  readonly right: number;
  readonly wrong: readonly AdvicePoint[];
  readonly untold: readonly AdvicePoint[];
} {
  const untold = advice.filter(({ held }) => held === null);
  const wrong = advice.filter(({ held, must }) => held !== null && held !== must);
  return { right: advice.length - wrong.length - untold.length, wrong, untold };
}

/** Of each point, what more than half of those judges say who could tell; null where none do. */
export function majorityOnAdvice(said: readonly (readonly AdvicePoint[])[]): AdvicePoint[] {
  return (said[0] ?? []).map((first, index): AdvicePoint => {
    const told = said.flatMap((one) => (one[index]?.held == null ? [] : [one[index]]));
    for (const held of [true, false]) {
      const same = told.filter((one) => one.held === held);
      if (same.length > told.length / 2) return same[0]!;
    }
    return { ...first, held: null, span: null };
  });
}
