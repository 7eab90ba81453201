import { z } from "zod";
import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventEffect } from "../../env/calendar/calendar.ts";
import { keepEvent } from "../../env/calendar/invitation.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { findEvent } from "./events.ts";
import { body, eventId, idOf } from "./input.ts";

export const cancelEvent = defineTool({
  name: "cancel_event",
  description: "Cancels an event; it stays in the calendar as cancelled. A note is added to it.",
  effect: "write",
  input: z.strictObject({ event_id: eventId, note: body.default("") }),
  run({ event_id, note }, { office }) {
    const before = findEvent(office, event_id);
    if (before.status === "cancelled") {
      throw new ToolFault("conflict", `${event_id} is cancelled already.`);
    }
    const description = [before.description, note].filter(Boolean).join("\n\n");
    const event: CalendarEvent = { ...before, description, status: "cancelled" };
    return {
      office: keepEvent(office, event),
      effects: [eventEffect("event-cancelled", event, office.zone)],
      value: { cancelled: idOf(event.ref) },
    };
  },
});
