import { z } from "zod";
import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventEffect } from "../../env/calendar/calendar.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { checkOrder, findEvent, putEvent } from "./events.ts";
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
    return {
      office: putEvent(office, event),
      effects: [eventEffect("event-updated", event, office.zone)],
      value: { updated: idOf(event.ref) },
    };
  },
});

function isDay(text: string | undefined): boolean {
  return text === undefined || text.trim().length === 10;
}
