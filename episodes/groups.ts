import type { RecordedEvent } from "../recordings/events.ts";

/**
 * Where the group of events that begins at `start` is driven from, and where it ends. Items come
 * before the event that shows them; arrivals, questions to colleagues and checkpoints after what let
 * time pass.
 */
export function groupFrom(
  events: readonly RecordedEvent[],
  start: number,
): { readonly driver: RecordedEvent | undefined; readonly next: number } {
  const afterItems = (from: number): number => {
    let index = from;
    while (events[index]?.kind === "item") index++;
    return index;
  };
  const place = afterItems(start);
  let next = place + 1;
  for (let at = afterItems(next); isPassing(events[at]); at = afterItems(next)) next = at + 1;
  return { driver: events[place], next: Math.min(next, events.length) };
}

function isPassing(event: RecordedEvent | undefined): boolean {
  return event?.kind === "arrival" || event?.kind === "asked" || event?.kind === "checkpoint";
}
