import ICAL from "ical.js";
import type { Address } from "../directory.ts";
import { isZone, parseLocal } from "../time.ts";
import type { CalendarEvent, Recurrence } from "./calendar.ts";

/** No event of an office takes place more often than this. */
const MAX_RECURRENCES = 2000;

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
  let root: ICAL.Component;
  try {
    root = new ICAL.Component(ICAL.parse(text));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { events: [], problems: [{ line: 1, message: `not an iCalendar file: ${message}` }] };
  }
  const events: ParsedEvent[] = [];
  const problems: IcsProblem[] = [];
  for (const [index, component] of root.getAllSubcomponents("vevent").entries()) {
    const event = readEvent(component, officeZone);
    if (typeof event === "string") problems.push({ line: starts[index] ?? 1, message: event });
    else events.push(event);
  }
  return { events, problems };
}

/** The event, or what is wrong with it. */
function readEvent(component: ICAL.Component, officeZone: string): ParsedEvent | string {
  const uid = textOf(component, "uid");
  if (!uid) return "an event has no UID: give it one, e.g. UID:stock-count";
  const startProperty = component.getFirstProperty("dtstart");
  if (!startProperty) return `event ${uid} has no DTSTART`;
  const zone = String(startProperty.getParameter("tzid") ?? officeZone);
  if (!isZone(zone)) return `event ${uid}: ${zone} is not an IANA time zone such as Europe/London`;
  const startTime = startProperty.getFirstValue() as ICAL.Time;
  const start = instantOf(startTime, zone);
  if (start === undefined) return `event ${uid}: DTSTART is not a date that exists`;
  const end = endOf(component, startTime, start, zone);
  if (end === undefined || end < start) return `event ${uid}: it must end after it starts`;
  const organizer = addressOf(component.getFirstProperty("organizer"));
  if (!organizer) return `event ${uid} has no ORGANIZER:mailto:name@host`;
  const rule = component.getFirstPropertyValue("rrule");
  return {
    uid,
    title: textOf(component, "summary"),
    description: textOf(component, "description"),
    location: textOf(component, "location"),
    start,
    end,
    allDay: startTime.isDate,
    organizer,
    attendees: component
      .getAllProperties("attendee")
      .flatMap((property) => addressOf(property) ?? []),
    status: textOf(component, "status").toUpperCase() === "CANCELLED" ? "cancelled" : "confirmed",
    recurrence: rule
      ? { rule: String(rule), zone, first: localOf(startTime), except: exceptionsOf(component) }
      : null,
    labels: textOf(component, "x-cubicle-labels")
      .split(/[,\s]+/)
      .filter(Boolean),
  };
}

function textOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstPropertyValue(name) ?? "");
}

function localOf(time: ICAL.Time): string {
  const text = time.toString().slice(0, 16);
  return time.isDate ? `${text}T00:00` : text;
}

function instantOf(time: ICAL.Time, zone: string): number | undefined {
  return parseLocal(localOf(time), time.toString().endsWith("Z") ? "UTC" : zone);
}

function endOf(
  component: ICAL.Component,
  startTime: ICAL.Time,
  start: number,
  zone: string,
): number | undefined {
  const property = component.getFirstProperty("dtend");
  if (property) {
    const endZone = String(property.getParameter("tzid") ?? zone);
    return isZone(endZone) ? instantOf(property.getFirstValue() as ICAL.Time, endZone) : undefined;
  }
  const duration = component.getFirstPropertyValue("duration");
  if (duration instanceof ICAL.Duration) return start + duration.toSeconds() * 1000;
  return startTime.isDate ? start + 86_400_000 : start;
}

function exceptionsOf(component: ICAL.Component): string[] {
  return component
    .getAllProperties("exdate")
    .flatMap((property) => property.getValues() as ICAL.Time[])
    .map(localOf);
}

function addressOf(property: ICAL.Property | null): Address | undefined {
  const value = String(property?.getFirstValue() ?? "");
  const address = value.replace(/^mailto:/i, "").toLowerCase();
  if (!address.includes("@")) return undefined;
  return { name: String(property?.getParameter("cn") ?? ""), address };
}
