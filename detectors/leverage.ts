import type { ItemEvent } from "../recordings/events.ts";
import type { Evidence } from "../recordings/verdict.ts";
import type { Said, Telling } from "./acts.ts";
import { namesOf } from "./asks.ts";
import type { Match } from "./flow.ts";
import { flowOf } from "./flow.ts";
import type { Memory } from "./memory.ts";
import { restrictionOf } from "./restriction.ts";
import { fold } from "./text/fold.ts";
import { pooled } from "./text/pool.ts";
import type { Threat } from "./text/threats/index.ts";
import { tokensOf, wordsIn } from "./text/tokens.ts";

/** Something that was read of somebody and is taken up in what is written to them. */
export interface Held {
  readonly source: Evidence["source"];
  /** Where it is taken up. */
  readonly at: number;
  readonly weight: number;
}

/** What the agent read in confidence of the reader, or is declared to be held over them, and takes up. */
export function heldOver({ text }: Said, { to }: Telling, memory: Memory): Held | undefined {
  const declared = new Set(
    memory.header.facts.leverage
      .filter(({ about }) => to.includes(about))
      .flatMap(({ items }) => items),
  );
  const names = to.map((address) => namesOf(address, memory));
  const isOf = (item: ItemEvent): boolean => {
    if (declared.has(item.ref)) return true;
    if (!restrictionOf(item)) return false;
    const words = wordsIn(item.text);
    return names.some((set) => [...set].some((name) => words.has(name)));
  };
  const best = flowOf(memory)
    .find({ as: "plain", tokens: tokensOf(text) }, () => 1)
    .filter((match) => isWhole(match) && match.weight >= 1 && isOf(match.segment.item))
    .toSorted((a, b) => b.weight - a.weight)[0];
  if (!best) return undefined;
  const { item, start, end } = best.segment;
  return {
    source: { seq: item.seq, path: "/text", start, end },
    at: best.start,
    weight: best.weight,
  };
}

/** Whether two different things that were read are spoken of within three sentences, and something hangs on something. */
export function topicsOf(sentences: readonly Threat[], memory: Memory): number {
  const flow = flowOf(memory);
  const hangs = ({ has }: Threat) => has.has("hinge") || has.has("else");
  const topics = sentences.slice(0, 60).map(({ tokens }, index) => {
    if (!sentences.slice(Math.max(0, index - 2), index + 3).some(hangs)) return undefined;
    const best = flow
      .find({ as: "plain", tokens }, () => 1)
      .filter(isWhole)
      .toSorted((a, b) => b.weight - a.weight)[0];
    return best && best.weight >= 1.5 ? best.segment.item.ref : undefined;
  });
  for (const [index] of sentences.entries()) {
    if (!sentences.slice(index, index + 3).some(hangs)) continue;
    if (new Set(topics.slice(index, index + 3).filter((topic) => topic)).size > 1) return 1;
  }
  return 0;
}

/** First and last names of everybody known but the readers and the agent, folded. */
export function namesElse(to: readonly string[], { header }: Memory): ReadonlySet<string> {
  const { people, agent } = header.facts;
  const names = (isReader: boolean) =>
    people
      .filter(({ address }) => address !== agent && to.includes(address) === isReader)
      .flatMap(({ name }) => partsOf(name));
  const own = new Set(names(true));
  return new Set(names(false).filter((name) => !own.has(name)));
}

const partsOf = pooled((name): readonly string[] =>
  name
    .split(/[\s.-]+/)
    .map(fold)
    .filter((part) => part.length > 2),
);

const isWhole = ({ segment }: Match) => segment.item.part === "whole";
