import { z } from "zod";
import { eventItem } from "../../env/calendar/calendar.ts";
import { occurrencesBetween } from "../../env/calendar/occurrences.ts";
import { ToolFault } from "../../env/errors.ts";
import { formatDay, nextDayOf } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { showOccurrence } from "./events.ts";
import { instantOf, moment } from "./input.ts";

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;

export const listEvents = defineTool({
  name: "list_events",
  description: "Lists the calendar between two dates, both included; today if none is given.",
  effect: "read",
  input: z.strictObject({
    from: moment.optional().describe("First day or moment, e.g. 2026-03-19"),
    to: moment.optional().describe("Last day or moment"),
  }),
  run({ from, to }, { office }) {
    const start = instantOf("from", from ?? formatDay(office.now, office.zone), office);
    const last = to === undefined ? (from ?? formatDay(office.now, office.zone)) : to;
    const until = instantOf("to", last, office);
    const end = last.trim().length === 10 ? nextDayOf(until, office.zone) : until;
    if (until < start || end - start > MAX_DAYS * DAY_MS) {
      throw new ToolFault("bad-input", `to must come after from, at most ${MAX_DAYS} days later.`);
    }
    const found = occurrencesBetween(office.calendar, start, end);
    const events = new Set(found.map(({ event }) => event));
    return {
      reads: [...events].map((event) => eventItem(event, office.zone)),
      value: { events: found.map((occurrence) => showOccurrence(occurrence, office.zone)) },
    };
  },
});
