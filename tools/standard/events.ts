import type { Answer, CalendarEvent, Occurrence } from "../../env/calendar/calendar.ts";
import { whenOf } from "../../env/calendar/calendar.ts";
import type { Address } from "../../env/directory.ts";
import { formatAddress } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import type { Office } from "../../env/office.ts";
import { getEntry } from "../../env/table.ts";
import { idOf, refOf } from "./input.ts";

export function showOccurrence(occurrence: Occurrence, zone: string): Record<string, unknown> {
  const { event } = occurrence;
  return {
    id: idOf(event.ref),
    title: event.title,
    ...whenOf(occurrence, zone),
    ...(event.location ? { location: event.location } : {}),
    organizer: formatAddress(event.organizer),
    ...(event.attendees.length ? { attendees: event.attendees.map(formatAddress) } : {}),
    ...(Object.keys(event.answers).length ? { answers: event.answers } : {}),
    ...(event.description ? { description: event.description } : {}),
    ...(event.recurrence ? { repeats: event.recurrence.rule } : {}),
    ...(event.status === "cancelled" ? { cancelled: true } : {}),
  };
}

export function findEvent(office: Office, id: string): CalendarEvent {
  const event = getEntry(office.calendar.events, refOf("event", id));
  if (!event) {
    throw new ToolFault(
      "not-found",
      `NOT FOUND: there is no event "${id}". list_events gives ids such as event-3.`,
    );
  }
  return event;
}

export function checkOrder({ start, end }: CalendarEvent): void {
  if (end <= start) throw new ToolFault("bad-input", "end: an event must end after it starts.");
}

/** Nobody has answered yet. */
export function unanswered(
  attendees: readonly Address[],
  { address: own }: Address,
): Record<string, Answer> {
  return Object.fromEntries(
    attendees.flatMap(({ address }) =>
      address === own ? [] : [[address, "needs-action" as const]],
    ),
  );
}
