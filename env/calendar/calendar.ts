import type { Address } from "../directory.ts";
import { formatAddress } from "../directory.ts";
import type { Effect } from "../effects.ts";
import type { Item } from "../items.ts";
import type { Table } from "../table.ts";
import { formatDay, formatLocal } from "../time.ts";

/** How an event repeats, in the event's own zone. */
export interface Recurrence {
  /** RFC 5545 RRULE without its name: `FREQ=WEEKLY;BYDAY=MO`. */
  readonly rule: string;
  readonly zone: string;
  /** Local start of the first one: `2026-03-09T09:30`. */
  readonly first: string;
  /** Local starts left out. */
  readonly except: readonly string[];
  /** Those that take place otherwise than the rule says; their own starts are left out of it. */
  readonly overrides: readonly Override[];
}

/** One of a repeating event's times that was changed by itself. */
export type Override = Pick<
  CalendarEvent,
  "title" | "description" | "location" | "start" | "end" | "status"
>;

/** How somebody answered an invitation. */
export type Answer = "accepted" | "declined" | "tentative" | "needs-action";

export interface CalendarEvent {
  /** `event:3` */
  readonly ref: string;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  /** Epoch milliseconds, of the first one if it repeats. */
  readonly start: number;
  readonly end: number;
  readonly allDay: boolean;
  readonly organizer: Address;
  readonly attendees: readonly Address[];
  /** By address; who is not here was not asked for an answer. */
  readonly answers: Readonly<Record<string, Answer>>;
  readonly status: "confirmed" | "cancelled";
  readonly recurrence: Recurrence | null;
  readonly labels: readonly string[];
}

export interface Calendar {
  readonly events: Table<CalendarEvent>;
  /** Number of the next event. */
  readonly next: number;
  /** References of events that mail to come brings, by UID. */
  readonly reserved: ReadonlyMap<string, string>;
}

export interface Occurrence {
  readonly event: CalendarEvent;
  readonly start: number;
  readonly end: number;
}

/** When it is, in words of the zone: a day for all-day events. */
export function whenOf(
  { event, start, end }: Occurrence,
  zone: string,
): { start: string; end: string } {
  const format = event.allDay ? formatDay : formatLocal;
  return { start: format(start, zone), end: format(event.allDay ? end - 1 : end, zone) };
}

export function eventHead(event: CalendarEvent, zone: string): Item {
  const { start } = whenOf({ event, start: event.start, end: event.end }, zone);
  return itemOf(event, "head", `${start} ${event.title}`);
}

export function eventItem(event: CalendarEvent, zone: string): Item {
  const { start, end } = whenOf({ event, start: event.start, end: event.end }, zone);
  const lines = [
    event.title,
    `${start} to ${end}`,
    ...(event.location ? [`Where: ${event.location}`] : []),
    `Organizer: ${formatAddress(event.organizer)}`,
    ...(event.attendees.length
      ? [`With: ${event.attendees.map((box) => showAttendee(event, box)).join(", ")}`]
      : []),
    ...(event.description ? ["", event.description] : []),
  ];
  return itemOf(event, "whole", lines.join("\n"));
}

function showAttendee({ answers }: CalendarEvent, box: Address): string {
  const answer = answers[box.address];
  return answer === undefined ? formatAddress(box) : `${formatAddress(box)} (${answer})`;
}

function itemOf(event: CalendarEvent, part: Item["part"], text: string): Item {
  const principals = [event.organizer, ...event.attendees].map(({ address }) => address);
  return {
    ref: event.ref,
    part,
    title: event.title,
    text,
    labels: event.labels,
    audience: { circle: "participants", principals: [...new Set(principals)] },
  };
}

export function eventEffect(
  effect: "event-created" | "event-updated" | "event-cancelled",
  event: CalendarEvent,
  zone: string,
): Effect {
  return {
    effect,
    event: event.ref,
    title: event.title,
    description: event.description,
    location: event.location,
    ...whenOf({ event, start: event.start, end: event.end }, zone),
    attendees: event.attendees,
  };
}
