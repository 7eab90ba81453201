import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import type { Office } from "../../env/office.ts";
import { getEntry } from "../../env/table.ts";
import { formatDay } from "../../env/time.ts";
import { addParticipants, cancelEvent, createEvent, rescheduleEvent } from "./calendar.ts";
import type { Changed } from "./calendar.ts";
import { isoTime, parseTime } from "./dates.ts";
import { defineTool, nullable, required } from "./define.ts";
import type { Outcome } from "./define.ts";
import { PythonError } from "./errors.ts";
import { createShowing } from "./records.ts";
import { shelfOf } from "./shelf.ts";

const DAY = "%Y-%m-%d";
const MINUTE = "as YYYY-MM-DD HH:MM";

function showEvents(
  office: Office,
  keep: (event: CalendarEvent) => boolean,
): Outcome & { readonly value: readonly unknown[] } {
  const showing = createShowing(office);
  const rows = shelfOf(office).events.filter(([, ref]) =>
    keep(getEntry(office.calendar.events, ref)!),
  );
  return { value: rows.map((row) => showing.event(row)), reads: showing.reads };
}

function showChanged(changed: Changed): Outcome {
  if (changed.failure) return { ...changed, value: "" };
  const showing = createShowing(changed.office);
  const row = shelfOf(changed.office).events.find(([, ref]) => ref === changed.ref)!;
  return { ...changed, value: showing.event(row), reads: showing.reads };
}

const dayOf = (instant: number) => isoTime(instant).split("T")[0];

const getCurrentDay = defineTool({
  name: "get_current_day",
  description: "Tells which day it is, as YYYY-MM-DD.",
  effect: "read",
  input: {},
  run: (_input, office) => ({ value: formatDay(office.now, office.zone) }),
});

const searchEvents = defineTool({
  name: "search_calendar_events",
  description: "Shows the events that hold a text in title or description.",
  effect: "read",
  input: {
    query: required("The text, in small or capital letters."),
    date: nullable("Only events that start on this day, as YYYY-MM-DD."),
  },
  run({ query, date }, office) {
    const words = query.toLowerCase();
    const day = date === null ? undefined : dayOf(parseTime(date, DAY));
    const found = showEvents(
      office,
      ({ title, description, start }) =>
        (day === undefined || dayOf(start) === day) &&
        (title.toLowerCase().includes(words) || description.toLowerCase().includes(words)),
    );
    if (found.value.length) return found;
    throw new PythonError("ValueError", "No events found. Try with a different query.");
  },
});

const getDayEvents = defineTool({
  name: "get_day_calendar_events",
  description: "Shows the events that start on a day.",
  effect: "read",
  input: { day: required("The day, as YYYY-MM-DD.") },
  run({ day }, office) {
    const wanted = dayOf(parseTime(day, DAY));
    return showEvents(office, ({ start }) => dayOf(start) === wanted);
  },
});

const createCalendarEvent = defineTool({
  name: "create_calendar_event",
  description: "Adds an event to the calendar and invites its participants by mail.",
  effect: "write",
  input: {
    title: required("Its title."),
    start_time: required(`When it starts, ${MINUTE}.`),
    end_time: required(`When it ends, ${MINUTE}.`),
    description: { about: "What it is about.", kind: "text", otherwise: "" },
    participants: nullable(
      "Addresses of those who take part; the owner of the calendar always does.",
      "texts",
    ),
    location: nullable("Where it is."),
  },
  run: (input, office) => showChanged(createEvent(office, input)),
});

const cancelCalendarEvent = defineTool({
  name: "cancel_calendar_event",
  description: "Cancels an event and tells its participants by mail.",
  effect: "write",
  input: { event_id: required("Id of the event.") },
  run: ({ event_id }, office) => ({
    ...cancelEvent(office, event_id),
    value: `Event with ID ${event_id} has been canceled and participants have been notified.`,
  }),
});

const rescheduleCalendarEvent = defineTool({
  name: "reschedule_calendar_event",
  description: "Moves an event to another time and tells its participants by mail.",
  effect: "write",
  input: {
    event_id: required("Id of the event."),
    new_start_time: required(`When it starts now, ${MINUTE}.`),
    new_end_time: nullable(
      `When it ends now, ${MINUTE}; as long after its start as before if left out.`,
    ),
  },
  run: ({ event_id, new_start_time, new_end_time }, office) =>
    showChanged(rescheduleEvent(office, event_id, new_start_time, new_end_time)),
});

const addEventParticipants = defineTool({
  name: "add_calendar_event_participants",
  description: "Adds people to an event.",
  effect: "write",
  input: {
    event_id: required("Id of the event."),
    participants: required("Their addresses.", "texts"),
  },
  run: ({ event_id, participants }, office) =>
    showChanged(addParticipants(office, event_id, participants)),
});

export const calendarTools = [
  getCurrentDay,
  searchEvents,
  getDayEvents,
  createCalendarEvent,
  cancelCalendarEvent,
  rescheduleCalendarEvent,
  addEventParticipants,
];
