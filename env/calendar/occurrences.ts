import { entriesOf } from "../table.ts";
import type { Calendar, CalendarEvent, Occurrence } from "./calendar.ts";
import { recurrencesOf } from "./ics.ts";

/** What takes place between two instants, by start; of a repeating event each time it does. */
export function occurrencesBetween(calendar: Calendar, from: number, to: number): Occurrence[] {
  const found: Occurrence[] = [];
  for (const event of entriesOf(calendar.events)) {
    const length = event.end - event.start;
    for (const start of startsOf(event, from - length, to)) {
      if (start < to && start + Math.max(length, 1) > from) {
        found.push({ event, start, end: start + length });
      }
    }
  }
  return found.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || (a.event.ref < b.event.ref ? -1 : 1),
  );
}

function startsOf(event: CalendarEvent, from: number, to: number): Iterable<number> {
  return event.recurrence ? recurrencesOf(event.recurrence, from, to) : [event.start];
}
