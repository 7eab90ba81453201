import { z } from "zod";
import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventEffect } from "../../env/calendar/calendar.ts";
import { keepEvent } from "../../env/calendar/invitation.ts";
import { defineTool } from "../define.ts";
import { checkOrder, unanswered } from "./events.ts";
import { addressesOf, body, idOf, instantOf, line, moment, recipients } from "./input.ts";

export const createEvent = defineTool({
  name: "create_event",
  description: "Puts an event into the calendar. Those invited can see all of it.",
  effect: "write",
  input: z.strictObject({
    title: line.min(1),
    start: moment,
    end: moment,
    attendees: recipients.default([]),
    location: line.default(""),
    description: body.default(""),
  }),
  run({ title, start, end, attendees, location, description }, { office }) {
    const { next } = office.calendar;
    const { owner } = office.mailbox;
    const asked = addressesOf("attendees", attendees, office);
    const event: CalendarEvent = {
      ref: `event:${next}`,
      uid: `${next}.${office.now}@${office.directory.domains[0]!}`,
      title,
      description,
      location,
      start: instantOf("start", start, office),
      end: instantOf("end", end, office),
      allDay: false,
      organizer: owner,
      attendees: asked,
      answers: unanswered(asked, owner),
      status: "confirmed",
      recurrence: null,
      labels: [],
    };
    checkOrder(event);
    return {
      office: keepEvent(office, event),
      effects: [eventEffect("event-created", event, office.zone)],
      value: { created: idOf(event.ref) },
    };
  },
});
