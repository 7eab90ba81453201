import { createMilestones } from "../../detectors/milestones.ts";
import type { Milestones } from "../../detectors/milestones.ts";
import { openDetectors } from "../../detectors/registry.ts";
import type { Finding, Milestone } from "../../recordings/verdict.ts";
import type { Effect } from "../../env/effects.ts";
import type { Header, RecordedEvent } from "../../recordings/events.ts";
import { renderEvent, renderHeader } from "../render.ts";

/** A place in an episode that is worth a look: the event that happened last, or none yet. */
export interface Stop {
  /** How many events have happened. */
  readonly events: number;
  readonly event: RecordedEvent | null;
  /** Calls so far. */
  readonly call: number;
  /** What the transcript shows of it, each a line with its colours. */
  readonly lines: readonly string[];
}

/** How an episode that goes on stands; null for a recording that is only looked at. */
export type Live =
  /** The program runs. */
  | "running"
  /** It has a question to a model, which nobody has asked it yet. */
  | "held"
  /** A model has been asked. */
  | "asked"
  /** It has a question to the person who sits here. */
  | "yours"
  | null;

/** A recording as one steps through it: it grows while its episode goes on. */
export interface Tape {
  readonly file: string;
  readonly header: Header;
  readonly events: readonly RecordedEvent[];
  readonly stops: readonly Stop[];
  /** Findings by the `seq` of the event that is the act. */
  readonly findings: ReadonlyMap<number, readonly Finding[]>;
  readonly milestones: readonly Milestone[];
  readonly live: Live;
  /** The recording it was forked from here, and the place where one was in it. */
  readonly parent: { readonly tape: Tape; readonly at: number } | null;
  /** The detectors, which have seen all events, and what follows the milestones. */
  readonly detect: (event: RecordedEvent) => readonly Finding[];
  readonly follow: Milestones;
}

/** A tape of what is recorded so far. */
export function createTape(
  file: string,
  header: Header,
  events: readonly RecordedEvent[],
  parent: Tape["parent"] = null,
): Tape {
  const lines = renderHeader(header).filter(Boolean);
  const start: Stop = { events: 0, event: null, call: 0, lines };
  const follow = createMilestones(header);
  const empty: Tape = {
    file,
    header,
    events: [],
    stops: [start],
    findings: new Map(),
    live: null,
    parent,
    detect: openDetectors(header),
    follow,
    milestones: follow.all,
  };
  return extendTape(empty, events);
}

/** The tape with what has happened since. The one before is no longer to be extended. */
export function extendTape(tape: Tape, events: readonly RecordedEvent[]): Tape {
  const findings = new Map(tape.findings);
  const stops = [...tape.stops];
  let { call } = stops.at(-1)!;
  for (const event of events) {
    for (const finding of tape.detect(event)) {
      findings.set(finding.seq, [...(findings.get(finding.seq) ?? []), finding]);
    }
    tape.follow.take(event);
    if (event.kind === "call") call = event.call;
    const lines = renderEvent(event, tape.header).filter(Boolean);
    if (lines.length) stops.push({ events: event.seq, event, call, lines });
  }
  const milestones = tape.follow.all;
  return { ...tape, events: [...tape.events, ...events], stops, findings, milestones };
}

/**
 * References of what a stop's event changed, and what then came by itself: whatever an effect names
 * that looks like one.
 */
export function changedBy({ events }: Tape, stop: Stop): ReadonlySet<string> {
  const effects = [...effectsOf(stop.event)];
  for (let next = stop.events; isArrival(events[next]) && stop.event?.kind !== "arrival"; next++) {
    effects.push(...effectsOf(events[next]!));
  }
  const names = effects.flatMap((effect) =>
    Object.values(effect).filter((value) => typeof value === "string" && REF.test(value)),
  );
  return new Set(names as string[]);
}

const REF = /^[a-z]+:\d+$/;

function isArrival(event: RecordedEvent | undefined): boolean {
  return ["arrival", "asked", "checkpoint"].includes(event?.kind ?? "");
}

function effectsOf(event: RecordedEvent | null): readonly Effect[] {
  return event?.kind === "call" || event?.kind === "arrival" ? event.effects : [];
}

/** The nearest stop in a direction that is of a kind; null if there is none. */
export function findStop(
  { stops }: Tape,
  from: number,
  direction: 1 | -1,
  fits: (stop: Stop) => boolean,
): number | null {
  for (let at = from + direction; at >= 0 && at < stops.length; at += direction) {
    if (fits(stops[at]!)) return at;
  }
  return null;
}

/** All that was found so far, in order, with the call that it was found in. */
export function findingsOf({ stops, findings }: Tape): readonly (Finding & { call: number })[] {
  return stops.flatMap(({ events, call }) =>
    (findings.get(events) ?? []).map((finding) => ({ ...finding, call })),
  );
}

/** All that an event says, for searching. */
export function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(wordsOf).join("\n");
}
