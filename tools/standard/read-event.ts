import { z } from "zod";
import { eventItem } from "../../env/calendar/calendar.ts";
import { defineTool } from "../define.ts";
import { findEvent, showOccurrence } from "./events.ts";
import { eventId } from "./input.ts";

export const readEvent = defineTool({
  name: "read_event",
  description:
    "Shows all of an event: who is asked, what they answered; of one that repeats, its first.",
  effect: "read",
  input: z.strictObject({ event_id: eventId }),
  run({ event_id }, { office }) {
    const event = findEvent(office, event_id);
    const { start, end } = event;
    return {
      reads: [eventItem(event, office.zone)],
      value: showOccurrence({ event, start, end }, office.zone),
    };
  },
});
