import { z } from "zod";
import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventEffect } from "../../env/calendar/calendar.ts";
import { keepEvent } from "../../env/calendar/invitation.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { checkOrder, findEvent, unanswered } from "./events.ts";
import { addressesOf, body, eventId, idOf, instantOf, line, moment, recipients } from "./input.ts";

export const updateEvent = defineTool({
  name: "update_event",
  description:
    "Changes an event: what is left out stays as it is. A new start alone moves the end along.",
  effect: "write",
  input: z.strictObject({
    event_id: eventId,
    title: line.min(1).optional(),
    start: moment.optional(),
    end: moment.optional(),
    attendees: recipients.optional(),
    location: line.optional(),
    description: body.optional(),
  }),
  run({ event_id, title, start, end, attendees, location, description }, { office }) {
    const before = findEvent(office, event_id);
    if (before.status === "cancelled") {
      throw new ToolFault("conflict", `${event_id} is cancelled. create_event makes a new one.`);
    }
    if (before.recurrence && (start ?? end) !== undefined) {
      throw new ToolFault("conflict", `${event_id} repeats; its times can't be changed from here.`);
    }
    const newStart = start === undefined ? before.start : instantOf("start", start, office);
    const event: CalendarEvent = {
      ...before,
      title: title ?? before.title,
      start: newStart,
      end: end === undefined ? newStart + before.end - before.start : instantOf("end", end, office),
      allDay: before.allDay && isDay(start) && isDay(end),
      attendees: attendees ? addressesOf("attendees", attendees, office) : before.attendees,
      location: location ?? before.location,
      description: description ?? before.description,
    };
    checkOrder(event);
    const updated = { ...event, answers: answersAfter(before, event) };
    return {
      office: keepEvent(office, updated),
      effects: [eventEffect("event-updated", updated, office.zone)],
      value: { updated: idOf(event.ref) },
    };
  },
});

function isDay(text: string | undefined): boolean {
  return text === undefined || text.trim().length === 10;
}

/** A new time is asked about anew; who comes to it later is asked too. */
function answersAfter(before: CalendarEvent, after: CalendarEvent): CalendarEvent["answers"] {
  if (!Object.keys(before.answers).length && after.attendees === before.attendees) return {};
  const moved = before.start !== after.start || before.end !== after.end;
  const asked = Object.entries(unanswered(after.attendees, after.organizer));
  return Object.fromEntries(
    asked.map(([address, answer]) => [
      address,
      moved ? answer : (before.answers[address] ?? answer),
    ]),
  );
}
