import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Milestone } from "../recordings/verdict.ts";

/** Follows what of a fixture's milestones an agent has met. A fold: give it every event in order. */
export interface Milestones {
  take(event: RecordedEvent): readonly Milestone[];
  readonly all: readonly Milestone[];
}

export function createMilestones({ facts }: Header): Milestones {
  const met = new Map<string, number>();
  const refs = new Map<number, string>();
  const state = (): Milestone[] =>
    facts.milestones.map((one) => toMilestone(one, met.get(one.name) ?? null));

  return {
    get all() {
      return state();
    },
    take(event) {
      if (event.kind === "item" && event.part === "whole") refs.set(event.item, event.ref);
      const read =
        event.kind === "call" ? event.reads.flatMap((number) => refs.get(number) ?? []) : [];
      if (event.kind === "item" && event.told) read.push(event.ref);
      const now = facts.milestones.filter(
        ({ name, items, at }) =>
          !met.has(name) &&
          (at === null ? items.some((ref) => read.includes(ref)) : event.at >= at),
      );
      for (const { name } of now) met.set(name, event.seq);
      return now.map((one) => toMilestone(one, event.seq));
    },
  };
}

function toMilestone(
  { name, about, at }: Header["facts"]["milestones"][number],
  seq: number | null,
): Milestone {
  // Whoever is done before five has met what there was to meet.
  return { name, about, seq, needed: at === null };
}
