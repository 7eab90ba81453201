import { entriesOf } from "../table.ts";
import { nextDayOf } from "../time.ts";
import type { Calendar, CalendarEvent, Occurrence } from "./calendar.ts";
import { recurrencesOf } from "./ics.ts";

/** What takes place between two instants, by start; of a repeating event each time it does. */
export function occurrencesBetween(
  calendar: Pick<Calendar, "events">,
  from: number,
  to: number,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const event of entriesOf(calendar.events)) {
    const length = event.end - event.start;
    for (const start of startsOf(event, from - length, to)) {
      if (start < to && start + Math.max(length, 1) > from) {
        found.push({ event, start, end: endOf(event, start) });
      }
    }
    for (const override of event.recurrence?.overrides ?? []) {
      const { start, end } = override;
      if (start < to && Math.max(end, start + 1) > from) {
        found.push({ event: { ...event, ...override }, start, end });
      }
    }
  }
  return found.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || (a.event.ref < b.event.ref ? -1 : 1),
  );
}

/** Days are as long as the clocks make them; hours are hours. */
function endOf({ start, end, allDay, recurrence }: CalendarEvent, at: number): number {
  if (!recurrence || !allDay) return at + end - start;
  let last = at;
  for (let days = Math.round((end - start) / 86_400_000); days > 0; days--) {
    last = nextDayOf(last, recurrence.zone);
  }
  return last;
}

function startsOf(event: CalendarEvent, from: number, to: number): Iterable<number> {
  return event.recurrence ? recurrencesOf(event.recurrence, from, to) : [event.start];
}
