import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventEffect, eventItem } from "../../env/calendar/calendar.ts";
import type { Effect } from "../../env/effects.ts";
import type { Item } from "../../env/items.ts";
import type { Office } from "../../env/office.ts";
import { getEntry, setEntry } from "../../env/table.ts";
import { checkRange, isoTime, parseTime } from "./dates.ts";
import { PythonError } from "./errors.ts";
import { boxOf, sendMail } from "./mail.ts";
import type { Letter } from "./mail.ts";
import { address, listOf, readModel } from "./models.ts";
import {
  findKey,
  hasCapitals,
  nextId,
  participantsOf,
  putShelf,
  shelfOf,
  withQuirk,
} from "./shelf.ts";

const MINUTES = "%Y-%m-%d %H:%M";

/** What came of a change to the calendar: it may stand although telling the participants failed. */
export interface Changed {
  readonly office: Office;
  readonly ref: string;
  readonly effects: readonly Effect[];
  readonly carried: readonly Item[];
  readonly failure?: PythonError;
}

export interface NewEvent {
  readonly title: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly description: string;
  readonly participants: readonly string[] | null;
  readonly location: string | null;
}

/** Adds an event of the given people and the owner, and invites them. */
export function createEvent(office: Office, given: NewEvent): Changed {
  const start = parseTime(given.start_time, MINUTES);
  const end = parseTime(given.end_time, MINUTES);
  const { owner } = office.mailbox;
  const invited = [...(given.participants ?? []), owner.address];
  const model = readModel("CalendarEvent", [{ name: "participants", kind: listOf(address) }], {
    participants: [...new Set(invited)],
  });
  const participants = model["participants"] as string[];
  const { calendar } = office;
  const ref = `event:${calendar.next}`;
  const event: CalendarEvent = {
    ref,
    uid: `${calendar.next}.${office.now}@${office.directory.domains[0]!}`,
    title: given.title,
    description: given.description,
    location: given.location ?? "",
    start,
    end,
    allDay: false,
    organizer: owner,
    attendees: participants.map((one) => boxOf(office, one)),
    answers: {},
    status: "confirmed",
    recurrence: null,
    labels: [],
  };
  const { events } = shelfOf(office);
  const kept = putShelf(
    {
      ...office,
      calendar: {
        ...calendar,
        events: setEntry(calendar.events, ref, event),
        next: calendar.next + 1,
      },
    },
    { events: [...events, [nextId(events), ref]] },
  );
  const shown = withQuirk(kept, ref, {
    ...(hasCapitals(participants) ? { participants } : {}),
    ...(given.location === "" ? { location: "" } : {}),
  });
  return tell(shown, event, "event-created", {
    recipients: invited,
    subject: `Invitation: ${given.title}`,
    body: given.description,
    attached: [{ event: ref }],
  });
}

/** The change is made; then the mail about it is sent, or is not. */
function tell(
  office: Office,
  event: CalendarEvent,
  effect: "event-created" | "event-updated" | "event-cancelled",
  letter: Letter,
): Changed {
  const { ref } = event;
  const done = { ref, effects: [eventEffect(effect, event, office.zone)] };
  try {
    const sent = sendMail(office, letter);
    return {
      ...done,
      office: sent.office,
      effects: [...done.effects, ...sent.effects],
      carried: sent.carried,
    };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { ...done, office, carried: [], failure: error };
  }
}

/** Marks an event as cancelled, where it stays, and tells its participants. */
export function cancelEvent(office: Office, id: string): Changed {
  const event: CalendarEvent = { ...findEvent(office, id), status: "cancelled" };
  return tell(putEvent(office, event), event, "event-cancelled", {
    recipients: participantsOf(office, event),
    subject: `Canceled: '${event.title}'`,
    body: "The event has been canceled.",
    attached: [{ event: event.ref }],
  });
}

/** Moves an event, keeping its length if no end is given, and tells its participants. */
export function rescheduleEvent(
  office: Office,
  id: string,
  from: string,
  to: string | null,
): Changed {
  const until = to === null ? undefined : parseTime(to, MINUTES);
  const start = parseTime(from, MINUTES);
  const before = findEvent(office, id);
  let event: CalendarEvent = { ...before, start };
  try {
    event = { ...event, end: until ?? checkRange(start + before.end - before.start) };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const effects = [eventEffect("event-updated", event, office.zone)];
    return {
      office: putEvent(office, event),
      ref: event.ref,
      effects,
      carried: [],
      failure: error,
    };
  }
  const [startDay, startTime] = isoTime(event.start).split("T");
  const [endDay, endTime] = isoTime(event.end).split("T");
  return tell(putEvent(office, event), event, "event-updated", {
    recipients: participantsOf(office, event),
    // The original never fills this one in.
    subject: "Rescheduled: '{event.title}'",
    body: `The event has been rescheduled. It will start on  ${startDay} at ${startTime} and end on ${endDay} at ${endTime}.`,
    attached: [{ event: event.ref }],
  });
}

/** Adds people to an event. They are not told, and nothing about them is checked. */
export function addParticipants(office: Office, id: string, added: readonly string[]): Changed {
  const before = findEvent(office, id);
  const participants = [...participantsOf(office, before), ...added];
  const event = { ...before, attendees: participants.map((one) => boxOf(office, one)) };
  const next = withQuirk(
    putEvent(office, event),
    event.ref,
    hasCapitals(participants) ? { participants } : {},
  );
  const effects = [eventEffect("event-updated", event, office.zone)];
  return { office: next, ref: event.ref, effects, carried: [eventItem(event, office.zone)] };
}

function findEvent(office: Office, id: string): CalendarEvent {
  const ref = findKey(shelfOf(office).events, id);
  if (ref === undefined) throw new PythonError("ValueError", `Event with ID '${id}' not found.`);
  return getEntry(office.calendar.events, ref)!;
}

function putEvent(office: Office, event: CalendarEvent): Office {
  const { calendar } = office;
  return {
    ...office,
    calendar: { ...calendar, events: setEntry(calendar.events, event.ref, event) },
  };
}
