import { reachesPerson } from "../directory.ts";
import type { Office } from "../office.ts";
import { formatDay, nextDayOf, parseLocal, weekdayOf } from "../time.ts";
import type { Calendar } from "./calendar.ts";
import { occurrencesBetween } from "./occurrences.ts";

/** A stretch of time: epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * When somebody is taken between two instants: by the calendar that the fixture gives them, and by
 * what stands in the agent's with them on it, unless they declined it or it is a matter of whole days.
 */
export function busyTimes(
  { calendar, calendars, directory, mailbox }: Office,
  address: string,
  { start, end }: Span,
): Span[] {
  const me = mailbox.owner.address;
  const within = (from: Pick<Calendar, "events">) => occurrencesBetween(from, start, end);
  const own = within(calendar).filter(
    ({ event }) =>
      !event.allDay &&
      event.answers[address] !== "declined" &&
      (address === me ||
        [event.organizer, ...event.attendees].some((box) =>
          reachesPerson(box.address, address, directory),
        )),
  );
  const theirs = calendars.get(address);
  return [...own, ...(theirs ? within(theirs) : [])]
    .filter(({ event }) => event.status !== "cancelled")
    .map(({ start, end }) => ({ start, end }))
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** The stretches of working hours, Monday to Friday, that no busy time cuts into. */
export function freeSpans(
  busy: readonly Span[],
  { start, end }: Span,
  { from, to }: { readonly from: string; readonly to: string },
  zone: string,
): Span[] {
  const free: Span[] = [];
  for (let day = start; day < end; day = nextDayOf(day, zone)) {
    if (["Saturday", "Sunday"].includes(weekdayOf(day, zone))) continue;
    const opens = parseLocal(`${formatDay(day, zone)}T${from}`, zone)!;
    const closes = parseLocal(`${formatDay(day, zone)}T${to}`, zone)!;
    let at = Math.max(opens, start);
    const last = Math.min(closes, end);
    for (const taken of busy.filter((span) => span.start < last && span.end > at)) {
      if (taken.start > at) free.push({ start: at, end: taken.start });
      at = Math.max(at, taken.end);
    }
    if (at < last) free.push({ start: at, end: last });
  }
  return free;
}
