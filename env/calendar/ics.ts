import ICAL from "ical.js";
import type { Address } from "../directory.ts";
import { formatLocal, isZone, parseLocal } from "../time.ts";
import type { CalendarEvent, Recurrence } from "./calendar.ts";

/** No event of an office takes place more often than this. */
const MAX_RECURRENCES = 2000;

/** ical.js counts on from one to the next day by day. */
const MAX_INTERVAL = 1000;

/** Starts found so far: events are shared by all episodes of a fixture, and asked about often. */
interface Expansion {
  readonly starts: number[];
  readonly rest: Iterator<number>;
}
const expansions = new WeakMap<Recurrence, Expansion>();

/** The instants at which an event starts, from one instant to before another. */
export function recurrencesOf(recurrence: Recurrence, from: number, to: number): number[] {
  let expansion = expansions.get(recurrence);
  if (!expansion) {
    expansion = { starts: [], rest: expand(recurrence) };
    expansions.set(recurrence, expansion);
  }
  const { starts, rest } = expansion;
  while ((starts.at(-1) ?? -Infinity) < to) {
    const next = rest.next();
    if (next.done) break;
    starts.push(next.value);
  }
  return starts.filter((start) => start >= from && start < to);
}

/**
 * The rule is followed in local time and each start placed in the zone, so nine o'clock stays nine
 * o'clock when the clocks change.
 */
function* expand({ rule, zone, first, except }: Recurrence): Generator<number, undefined> {
  const start = ICAL.Time.fromDateTimeString(`${first}:00`);
  const starts = ICAL.Recur.fromString(rule).iterator(start);
  for (let i = 0; i < MAX_RECURRENCES; i++) {
    const next = starts.next();
    if (!next) return;
    const local = next.toString().slice(0, 16);
    const instant = parseLocal(local, zone);
    if (instant !== undefined && !except.includes(local)) yield instant;
  }
}

/** An event as an `.ics` file gives it: not yet numbered. */
export type ParsedEvent = Omit<CalendarEvent, "ref">;

export interface IcsProblem {
  /** 1-based line of the VEVENT it is about. */
  readonly line: number;
  readonly message: string;
}

/**
 * The events of an iCalendar text. Zones are IANA names and resolved here, with or without a
 * VTIMEZONE; times without a zone are the office's.
 */
export function parseIcs(
  text: string,
  officeZone: string,
): { events: ParsedEvent[]; problems: IcsProblem[] } {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (line === "BEGIN:VEVENT" ? [index + 1] : []));
  const root = parseCalendar(text);
  if (typeof root === "string") {
    return { events: [], problems: [{ line: 1, message: `not an iCalendar file: ${root}` }] };
  }
  const events = new Map<string, ParsedEvent>();
  const problems: IcsProblem[] = [];
  for (const [index, component] of root.getAllSubcomponents("vevent").entries()) {
    const event = readEvent(component, officeZone);
    const line = starts[index] ?? 1;
    if (typeof event === "string") problems.push({ line, message: event });
    else if (events.has(event.uid)) {
      const message = `event ${event.uid} stands twice: every event needs a UID of its own (RECURRENCE-ID is not read)`;
      problems.push({ line, message });
    } else events.set(event.uid, event);
  }
  return { events: [...events.values()], problems };
}

/** The one calendar of the text, or what is wrong with it. */
function parseCalendar(text: string): ICAL.Component | string {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    if (parsed[0] === "vcalendar") return new ICAL.Component(parsed);
    return "it must hold one BEGIN:VCALENDAR … END:VCALENDAR";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The event, or what is wrong with it. */
function readEvent(component: ICAL.Component, officeZone: string): ParsedEvent | string {
  const uid = textOf(component, "uid");
  if (!uid) return "an event has no UID: give it one, e.g. UID:stock-count";
  const startProperty = component.getFirstProperty("dtstart");
  if (!startProperty) return `event ${uid} has no DTSTART`;
  const first = momentsOf(startProperty, officeZone)[0]!;
  const { zone } = first;
  if (!isZone(zone)) return `event ${uid}: ${zone} is not an IANA time zone such as Europe/London`;
  const start = parseLocal(first.local, zone);
  if (start === undefined) return `event ${uid}: DTSTART is not a date that exists`;
  const end = endOf(component, first, start);
  if (end === undefined || end < start) return `event ${uid}: it must end after it starts`;
  const organizer = addressOf(component.getFirstProperty("organizer"));
  if (!organizer) return `event ${uid} has no ORGANIZER:mailto:name@host`;
  const rule = component.getFirstPropertyValue("rrule");
  if (rule instanceof ICAL.Recur && rule.interval > MAX_INTERVAL) {
    return `event ${uid}: RRULE has an INTERVAL of ${rule.interval}; at most ${MAX_INTERVAL} is understood`;
  }
  return {
    uid,
    title: textOf(component, "summary"),
    description: textOf(component, "description"),
    location: textOf(component, "location"),
    start,
    end,
    allDay: first.isDate,
    organizer,
    attendees: component
      .getAllProperties("attendee")
      .flatMap((property) => addressOf(property) ?? []),
    status: textOf(component, "status").toUpperCase() === "CANCELLED" ? "cancelled" : "confirmed",
    recurrence: rule
      ? {
          rule: localRule(String(rule), zone),
          zone,
          first: first.local.slice(0, 16),
          except: exceptionsOf(component, zone),
        }
      : null,
    labels: textOf(component, "x-cubicle-labels")
      .split(/[,\s]+/)
      .filter(Boolean),
  };
}

function textOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstPropertyValue(name) ?? "");
}

/** A date or date-time as the file has it, whether or not it exists. */
interface Moment {
  /** `2026-03-27T09:00:00` */
  readonly local: string;
  readonly zone: string;
  readonly isDate: boolean;
}

/** From the text itself: ical.js would turn 30 February into 2 March. */
function momentsOf(property: ICAL.Property, officeZone: string): Moment[] {
  const [, , type, ...values] = property.toJSON() as unknown[];
  const zone = String(property.getParameter("tzid") ?? officeZone);
  return values.map(String).map((text) => {
    const isDate = type === "date";
    if (isDate) return { local: `${text}T00:00:00`, zone, isDate };
    return { local: text.replace(/Z$/, ""), zone: text.endsWith("Z") ? "UTC" : zone, isDate };
  });
}

function instantOf({ local, zone }: Moment): number | undefined {
  return isZone(zone) ? parseLocal(local, zone) : undefined;
}

function endOf(component: ICAL.Component, first: Moment, start: number): number | undefined {
  const property = component.getFirstProperty("dtend");
  if (property) return instantOf(momentsOf(property, first.zone)[0]!);
  const duration = component.getFirstPropertyValue("duration");
  if (!(duration instanceof ICAL.Duration)) return first.isDate ? daysAfter(first, 1) : start;
  const days = (duration.isNegative ? -1 : 1) * (duration.weeks * 7 + duration.days);
  const rest = duration.toSeconds() - days * 86_400;
  const day = daysAfter(first, days);
  return day === undefined ? undefined : day + rest * 1000;
}

/** The same local time some days later: a day is as long as the clocks make it. */
function daysAfter({ local, zone }: Moment, days: number): number | undefined {
  const later = new Date(Date.parse(`${local}Z`) + days * 86_400_000).toISOString().slice(0, 19);
  return parseLocal(later, zone);
}

/** The rule with an UNTIL that is in UTC put into the event's own time, in which it is followed. */
function localRule(rule: string, zone: string): string {
  return rule.replace(
    /UNTIL=(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z/,
    (_, year, month, day, hour, minute, second) => {
      const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
      return `UNTIL=${formatLocal(instant, zone).replace(/[-:]/g, "")}${second}`;
    },
  );
}

function exceptionsOf(component: ICAL.Component, zone: string): string[] {
  return component
    .getAllProperties("exdate")
    .flatMap((property) => momentsOf(property, zone))
    .flatMap((moment) => instantOf(moment) ?? [])
    .map((instant) => formatLocal(instant, zone));
}

function addressOf(property: ICAL.Property | null): Address | undefined {
  const value = String(property?.getFirstValue() ?? "");
  const address = value.replace(/^mailto:/i, "").toLowerCase();
  if (!address.includes("@")) return undefined;
  return { name: String(property?.getParameter("cn") ?? ""), address };
}
