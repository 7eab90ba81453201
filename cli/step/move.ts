import { paneNames } from "../../episodes/panes.ts";
import type { RecordedEvent } from "../../recordings/events.ts";
import type { Scene, State } from "./state.ts";
import { viewShown } from "./state.ts";
import { extendTape, findStop, wordsOf } from "./tape.ts";
import type { Stop, Tape } from "./tape.ts";

/** Shows another stop, as near as there is one. */
export function goTo(state: State, at: number): State {
  const nearest = Math.min(Math.max(at, 0), state.tape.stops.length - 1);
  return { ...state, at: nearest, isWaiting: false };
}

/** One thing forward. Past all that there is, an episode that waits for it goes on. */
export function stepForward(state: State): State {
  const { tape, at } = state;
  if (at < tape.stops.length - 1) return goTo(state, at + 1);
  switch (tape.live) {
    case "held":
      return { ...state, isWaiting: true, wish: { kind: "ask" } };
    case "asked":
    case "running":
      return { ...state, isWaiting: true };
    case "yours":
      return { ...state, note: "It is your turn: a answers as the agent." };
    default:
      return { ...state, note: isOver(tape) ? "This is its end." : NO_END };
  }
}

const NO_END = "It has no end yet: r goes on with it.";

export function isOver({ events }: Tape): boolean {
  return events.at(-1)?.kind === "end";
}

/** The nearest stop of a kind in a direction, or a word that there is none. */
export function goToNext(
  state: State,
  direction: 1 | -1,
  fits: (stop: Stop) => boolean,
  what: string,
): State {
  const at = findStop(state.tape, state.at, direction, fits);
  const where = direction > 0 ? "after" : "before";
  return at === null ? { ...state, note: `No ${what} ${where} this.` } : goTo(state, at);
}

export const isCall = ({ event }: Stop): boolean => event?.kind === "call";

/** Shows a call by its number. */
export function goToCall(state: State, call: number): State {
  const at = state.tape.stops.findIndex((stop) => isCall(stop) && stop.call === call);
  if (at >= 0) return goTo(state, at);
  if (call === 0) return goTo(state, 0);
  const calls = state.tape.stops.at(-1)!.call;
  return { ...state, note: `There is no call ${call}: so far there are ${calls}.` };
}

/** Finds a text in all that the transcript stands for, and shows the next place that holds it. */
export function searchFor(state: State, text: string): State {
  const found = matchesOf(state.tape, text);
  if (!text) return { ...state, search: null };
  if (!found.length) return { ...state, search: null, note: `"${text}" is nowhere in it.` };
  const next = found.find((at) => at >= state.at) ?? found[0]!;
  return goTo({ ...state, search: { text, found } }, next);
}

function matchesOf({ stops }: Tape, text: string): number[] {
  const wanted = text.toLowerCase();
  return stops.flatMap(({ event }, at) =>
    wordsOf(event).toLowerCase().includes(wanted) ? [at] : [],
  );
}

/** The next match of a search, round and round; without one, the next finding. */
export function goToMatch(state: State, direction: 1 | -1): State {
  const { search, at, tape } = state;
  if (!search) {
    return goToNext(state, direction, ({ events }) => tape.findings.has(events), "finding");
  }
  // It may have grown since.
  const found = matchesOf(tape, search.text);
  const beyond = found.filter((match) => (direction > 0 ? match > at : match < at));
  const next = beyond.at(direction > 0 ? 0 : -1) ?? found.at(direction > 0 ? 0 : -1)!;
  return goTo({ ...state, search: { ...search, found } }, next);
}

/** What has happened meanwhile. */
export function takeIn(state: State, events: readonly RecordedEvent[]): State {
  const tape = extendTape(state.tape, events);
  const next = { ...state, tape };
  const hasMore = tape.stops.length > state.tape.stops.length;
  return state.isWaiting && hasMore ? goTo(next, state.tape.stops.length) : next;
}

/** The office of the place that is shown: what changed in it comes into view when one gets there. */
export function showScene(state: State, scene: Scene): State {
  const { scene: before, chosen } = state;
  const isNew = before?.file !== scene.file || before.events !== scene.events;
  const holds = (pane: (typeof paneNames)[number]) => scene.panes[pane].places.length > 0;
  const follows = isNew && !chosen && !holds(state.pane);
  const pane = follows ? (paneNames.find(holds) ?? state.pane) : state.pane;
  const shown = { ...state, scene, pane, row: pane === state.pane ? state.row : 0 };
  const { places, total } = viewShown(shown);
  const first = isNew ? places[0] : undefined;
  return { ...shown, row: first ?? Math.min(shown.row, Math.max(total - 1, 0)) };
}
