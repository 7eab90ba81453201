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
  const left = new Set(except.map((local) => parseLocal(local, zone)));
  let last = -Infinity;
  for (let i = 0; i < MAX_RECURRENCES; i++) {
    const next = starts.next();
    if (!next) return;
    const instant = parseLocal(next.toString().slice(0, 16), zone);
    // Two local times that a clock change makes one are one.
    if (instant === undefined || instant <= last) continue;
    last = instant;
    if (!left.has(instant)) yield instant;
  }
}

/** An event as an `.ics` file gives it: not yet numbered. */
export type ParsedEvent = Omit<CalendarEvent, "ref">;

export interface IcsProblem {
  /** 1-based line of the VEVENT it is about. */
  readonly line: number;
  readonly message: string;
}

export interface ParsedIcs {
  /** What it is sent for: `REQUEST`, `CANCEL`, `REPLY`; empty for a calendar. */
  readonly method: string;
  readonly events: ParsedEvent[];
  readonly problems: IcsProblem[];
}

/**
 * The events of an iCalendar text. Zones are IANA names and resolved here, with or without a
 * VTIMEZONE; times without a zone are the office's.
 */
export function parseIcs(text: string, officeZone: string): ParsedIcs {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (line === "BEGIN:VEVENT" ? [index + 1] : []));
  const root = parseCalendar(text);
  if (typeof root === "string") {
    return {
      method: "",
      events: [],
      problems: [{ line: 1, message: `not an iCalendar file: ${root}` }],
    };
  }
  const events = new Map<string, ParsedEvent>();
  const problems: IcsProblem[] = [];
  const say = (index: number, message: string) =>
    problems.push({ line: starts[index] ?? 1, message });
  const components = [...root.getAllSubcomponents("vevent").entries()];
  const isOverride = (component: ICAL.Component) => component.hasProperty("recurrence-id");
  for (const [index, component] of components.filter(([, one]) => !isOverride(one))) {
    const event = readEvent(component, officeZone);
    if (typeof event === "string") say(index, event);
    else if (events.has(event.uid)) {
      say(
        index,
        `event ${event.uid} stands twice: every event needs a UID of its own, but for one with a RECURRENCE-ID`,
      );
    } else events.set(event.uid, event);
  }
  for (const [index, component] of components.filter(([, one]) => isOverride(one))) {
    const problem = override(events, component, officeZone);
    if (problem) say(index, problem);
  }
  const method = String(root.getFirstPropertyValue("method") ?? "").toUpperCase();
  return {
    method,
    events: [...events.values()],
    problems: problems.toSorted((a, b) => a.line - b.line),
  };
}

/** Puts one changed time of a repeating event into it; gives what is wrong with it, if anything. */
function override(
  events: Map<string, ParsedEvent>,
  component: ICAL.Component,
  officeZone: string,
): string {
  const changed = readEvent(component, officeZone);
  if (typeof changed === "string") return changed;
  const { uid, title, description, location, start, end, status } = changed;
  const property = component.getFirstProperty("recurrence-id")!;
  const master = events.get(uid);
  if (!master?.recurrence)
    return `event ${uid} has a RECURRENCE-ID, but nothing of that UID repeats`;
  if (property.getParameter("range") !== undefined) {
    return `event ${uid}: RECURRENCE-ID with a RANGE is not understood; end the rule with UNTIL and begin another event`;
  }
  const instant = instantOf(momentsOf(property, officeZone)[0]!);
  const { recurrence } = master;
  const at = instant === undefined ? undefined : formatLocal(instant, recurrence.zone);
  if (at === undefined || !recurrencesOf(recurrence, instant!, instant! + 1).length) {
    return `event ${uid}: RECURRENCE-ID is none of the times at which it takes place`;
  }
  const over = { title, description, location, start, end, status };
  events.set(uid, {
    ...master,
    recurrence: {
      ...recurrence,
      except: [...recurrence.except, at],
      overrides: [...recurrence.overrides, over],
    },
  });
  return "";
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
    answers: answersOf(component),
    status: textOf(component, "status").toUpperCase() === "CANCELLED" ? "cancelled" : "confirmed",
    recurrence: rule
      ? {
          rule: localRule(String(rule), zone),
          zone,
          first: first.local.slice(0, 16),
          except: exceptionsOf(component, zone),
          overrides: [],
        }
      : null,
    labels: textOf(component, "x-cubicle-labels")
      .split(/[,\s]+/)
      .filter(Boolean),
  };
}

/** What attendees have answered; those of whom nothing is said are left out. */
function answersOf(component: ICAL.Component): ParsedEvent["answers"] {
  const known = ["accepted", "declined", "tentative", "needs-action"] as const;
  return Object.fromEntries(
    component.getAllProperties("attendee").flatMap((property) => {
      const said = String(property.getParameter("partstat") ?? "").toLowerCase();
      const answer = known.find((one) => one === said);
      const box = addressOf(property);
      return box && answer ? [[box.address, answer]] : [];
    }),
  );
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
