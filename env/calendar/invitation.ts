import type { Address } from "../directory.ts";
import { reachesPerson } from "../directory.ts";
import type { Effect } from "../effects.ts";
import type { Attachment, Mail } from "../mailbox/mail.ts";
import type { Office } from "../office.ts";
import { entriesOf, setEntry } from "../table.ts";
import { formatInstant } from "../time.ts";
import type { Answer, CalendarEvent } from "./calendar.ts";
import { whenOf } from "./calendar.ts";
import type { ParsedEvent } from "./ics.ts";
import { parseIcs } from "./ics.ts";

/** What an `.ics` part of a mail asks for. */
interface Invitation {
  readonly method: string;
  readonly events: readonly ParsedEvent[];
}

/** Mails are shared by all episodes of a fixture. */
const known = new WeakMap<Attachment, Invitation>();

/** The invitations, changes and answers that a mail holds as `.ics` parts. */
export function invitationsIn(
  { attachments }: Pick<Mail, "attachments">,
  zone: string,
): Invitation[] {
  return attachments
    .filter(({ type, encoding }) => type.startsWith("text/calendar") && encoding === "utf8")
    .map((part) => {
      let invitation = known.get(part);
      if (!invitation) {
        const { method, events } = parseIcs(part.text, zone);
        known.set(part, (invitation = { method, events }));
      }
      return invitation;
    });
}

/** The office with what a mail that has come in asks of its calendar. */
export function followInvitations(
  office: Office,
  mail: Mail,
): { readonly office: Office; readonly effects: readonly Effect[] } {
  const effects: Effect[] = [];
  let next = office;
  for (const { method, events } of invitationsIn(mail, office.zone)) {
    for (const event of events) {
      const before = eventWith(next, event.uid);
      const after =
        method === "REPLY"
          ? takeAnswer(before, event, mail)
          : takeInvitation(next, before, event, { method, mail });
      if (!after) continue;
      next = keepEvent(next, after);
      effects.push(
        method === "REPLY"
          ? answerEffect(after, mail.from, after.answers[mail.from.address]!, mail.text)
          : receivedEffect(after, before, office.zone),
      );
    }
  }
  return { office: next, effects };
}

function eventWith(office: Office, uid: string): CalendarEvent | undefined {
  return [...entriesOf(office.calendar.events)].find((event) => event.uid === uid);
}

/** The event with an answer of an attendee's in it. */
function takeAnswer(
  before: CalendarEvent | undefined,
  { answers }: ParsedEvent,
  { from }: Mail,
): CalendarEvent | undefined {
  const answer = answers[from.address];
  if (!before || answer === undefined) return undefined;
  return { ...before, answers: { ...before.answers, [from.address]: answer } };
}

/** The event as its organizer now wants it. Only the organizer can change or cancel it. */
function takeInvitation(
  { calendar, directory, mailbox }: Office,
  before: CalendarEvent | undefined,
  event: ParsedEvent,
  { method, mail }: { readonly method: string; readonly mail: Mail },
): CalendarEvent | undefined {
  if (before && before.organizer.address !== event.organizer.address) return undefined;
  if (method === "CANCEL") return before && { ...before, status: "cancelled" };
  const named = (box: Address) => directory.byAddress.get(box.address) ?? box;
  const me = mailbox.owner.address;
  const isAsked = event.attendees.some(({ address }) => reachesPerson(address, me, directory));
  const moved = before && (before.start !== event.start || before.end !== event.end);
  const kept = moved ? {} : before?.answers;
  return {
    ...event,
    ref: before?.ref ?? calendar.reserved.get(event.uid) ?? `event:${calendar.next}`,
    organizer: named(event.organizer),
    attendees: event.attendees.map(named),
    answers: {
      ...(isAsked ? { [me]: "needs-action" as const } : {}),
      ...event.answers,
      ...kept,
    },
    labels: [...new Set([...event.labels, ...mail.labels])],
  };
}

/** The office with the event in its calendar. A reference that is new takes its number. */
export function keepEvent(office: Office, event: CalendarEvent): Office {
  const { calendar } = office;
  const next = event.ref === `event:${calendar.next}` ? calendar.next + 1 : calendar.next;
  return {
    ...office,
    calendar: { ...calendar, events: setEntry(calendar.events, event.ref, event), next },
  };
}

function receivedEffect(
  event: CalendarEvent,
  before: CalendarEvent | undefined,
  zone: string,
): Effect {
  return {
    effect: "invitation-received",
    event: event.ref,
    title: event.title,
    ...whenOf({ event, start: event.start, end: event.end }, zone),
    organizer: event.organizer,
    change: event.status === "cancelled" ? "cancelled" : before ? "changed" : "new",
  };
}

export function answerEffect(
  { ref, title }: CalendarEvent,
  who: Address,
  answer: Answer,
  note: string,
): Effect {
  return { effect: "invitation-answered", event: ref, title, who, answer, note };
}

/** Someone's answer to an invitation, as an `.ics` part. */
export function replyPart(event: CalendarEvent, who: Address, answer: Answer): Attachment {
  const moment = (instant: number) =>
    formatInstant(instant).replace(/[-:]/g, "").replace(/\.\d+/, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Cubicle//EN",
    "METHOD:REPLY",
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${moment(event.start)}`,
    `DTSTART:${moment(event.start)}`,
    `DTEND:${moment(event.end)}`,
    `SUMMARY:${escape(event.title)}`,
    `ORGANIZER:mailto:${event.organizer.address}`,
    `ATTENDEE;PARTSTAT=${answer.toUpperCase()}:mailto:${who.address}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ];
  return {
    name: "reply.ics",
    type: "text/calendar",
    source: event.ref,
    text: lines.join("\r\n"),
    encoding: "utf8",
  };
}

function escape(text: string): string {
  return text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r?\n/g, "\\n")
    .replace(/[\p{Cc}]/gu, " ");
}
