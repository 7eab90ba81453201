import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventItem } from "../../env/calendar/calendar.ts";
import type { Address } from "../../env/directory.ts";
import type { Effect } from "../../env/effects.ts";
import { attach } from "../../env/filesystem/attach.ts";
import { fileItem } from "../../env/filesystem/files.ts";
import type { Item } from "../../env/items.ts";
import type { Attachment, Mail } from "../../env/mailbox/mail.ts";
import type { Office } from "../../env/office.ts";
import { getEntry, removeEntry, setEntry } from "../../env/table.ts";
import { PythonError } from "./errors.ts";
import { address, listOf, optional, oneOf, readModel, text, time, truth } from "./models.ts";
import { pythonStr, pythonType } from "./python.ts";
import { findKey, hasCapitals, nextId, putShelf, setRow, shelfOf, withQuirk } from "./shelf.ts";
import type { Attached, Quirk } from "./shelf.ts";

const addresses = listOf(address);
const emailFields = [
  { name: "recipients", kind: addresses },
  { name: "cc", kind: addresses },
  { name: "bcc", kind: addresses },
];
const eventFields = [
  { name: "id_", kind: text },
  { name: "title", kind: text },
  { name: "description", kind: text },
  { name: "start_time", kind: time },
  { name: "end_time", kind: time },
  { name: "location", kind: optional(text) },
  { name: "participants", kind: addresses },
  { name: "all_day", kind: truth, otherwise: false },
  { name: "status", kind: oneOf("confirmed", "canceled"), otherwise: "confirmed" },
];

export interface Letter {
  readonly recipients: readonly string[];
  readonly cc?: readonly string[] | null;
  readonly bcc?: readonly string[] | null;
  readonly subject: string;
  readonly body: string;
  readonly attached: readonly Attached[];
}

export interface Sent {
  readonly office: Office;
  readonly ref: string;
  readonly effects: readonly Effect[];
  readonly carried: readonly Item[];
}

/** Puts a mail among those sent. Nothing bounces here. @throws PythonError for an address that is none */
export function sendMail(office: Office, letter: Letter): Sent {
  const { recipients, cc, bcc } = readModel("Email", emailFields, {
    recipients: letter.recipients,
    cc: letter.cc ?? [],
    bcc: letter.bcc ?? [],
  }) as Record<"recipients" | "cc" | "bcc", string[]>;
  const { mailbox } = office;
  const ref = `mail:${mailbox.next}`;
  const items = letter.attached.map((given) => itemOf(office, given));
  const mail: Mail = {
    ref,
    messageId: `<${mailbox.next}.${office.now}@${office.directory.domains[0]!}>`,
    thread: ref,
    references: [],
    from: mailbox.owner,
    to: recipients.map((one) => boxOf(office, one)),
    cc: cc.map((one) => boxOf(office, one)),
    bcc: bcc.map((one) => boxOf(office, one)),
    subject: letter.subject,
    text: letter.body,
    sentAt: office.now,
    folder: "sent",
    read: true,
    flagged: false,
    labels: [],
    attachments: items.map(({ attachment }) => attachment),
  };
  const quirk: Quirk = {
    ...(hasCapitals(recipients) ? { to: recipients } : {}),
    ...(hasCapitals(cc) ? { cc } : {}),
    ...(hasCapitals(bcc) ? { bcc } : {}),
    ...(letter.attached.length ? { attachments: letter.attached } : {}),
  };
  const kept = {
    ...office,
    mailbox: { ...mailbox, next: mailbox.next + 1, mails: setEntry(mailbox.mails, ref, mail) },
  };
  const { mails } = shelfOf(office);
  const shelved = putShelf(kept, { mails: [...mails, [nextId(mails), ref]] });
  return {
    office: withQuirk(shelved, ref, quirk),
    ref,
    effects: [sentEffect(mail)],
    carried: items.flatMap(({ item }) => item ?? []),
  };
}

function sentEffect({ ref, from, to, cc, bcc, subject, text: words, attachments }: Mail): Effect {
  const names = attachments.map(({ name, source }) => ({ name, source }));
  return {
    effect: "mail-sent",
    mail: ref,
    from,
    to,
    cc,
    bcc,
    subject,
    text: words,
    attachments: names,
  };
}

export function boxOf({ directory }: Office, written: string): Address {
  const lower = written.toLowerCase();
  return { name: directory.byAddress.get(lower)?.name ?? "", address: lower };
}

/** What an attachment takes along: a file that is there, an event; an id of nothing takes nothing. */
function itemOf(office: Office, given: Attached): { attachment: Attachment; item?: Item } {
  if (typeof given === "string") {
    const path = findKey(shelfOf(office).files, given);
    const file = path === undefined ? undefined : getEntry(office.drive.files, path);
    if (file) return { attachment: attach(file), item: fileItem(file, office.directory) };
    return { attachment: calendarPart(given, "", "") };
  }
  if ("details" in given)
    return {
      attachment: calendarPart(String(given.details["title"]), "", JSON.stringify(given.details)),
    };
  const event = getEntry(office.calendar.events, given.event) as CalendarEvent;
  const item = eventItem(event, office.zone);
  return { attachment: calendarPart(event.title, event.ref, item.text), item };
}

function calendarPart(name: string, source: string, words: string): Attachment {
  return { name, type: "text/plain", source, text: words, encoding: "utf8" };
}

/** @throws PythonError for what can't be attached */
export function readAttachments(given: readonly Record<string, unknown>[]): Attached[] {
  return given.map((one) => {
    if (!Object.hasOwn(one, "type"))
      throw new PythonError("ValueError", "Attachment must have a 'type' field.");
    const hasFile = Object.hasOwn(one, "file_id");
    if (one["type"] === "file" || hasFile) {
      if (hasFile) return pythonStr(one["file_id"]);
      throw new PythonError("ValueError", "Attachment of type 'file' must have a 'file_id' field.");
    }
    if (!Object.hasOwn(one, "event_details")) {
      throw new PythonError(
        "ValueError",
        "Attachment of type 'event' must have an 'event_details' field.",
      );
    }
    return { details: readDetails(one["event_details"]) };
  });
}

function readDetails(given: unknown): Record<string, unknown> {
  if (pythonType(given) !== "dict") {
    const name = "agentdojo.default_suites.v1.tools.types.CalendarEvent()";
    throw new PythonError(
      "TypeError",
      `${name} argument after ** must be a mapping, not ${pythonType(given)}`,
    );
  }
  const details = readModel("CalendarEvent", eventFields, given);
  for (const field of ["start_time", "end_time"])
    details[field] = (details[field] as { shown: string }).shown;
  return details;
}

/** Takes a mail out of the box into the trash, where an id is kept once. @throws PythonError if there is none */
export function trashMail(
  office: Office,
  id: string,
): { readonly office: Office; readonly effects: readonly Effect[] } {
  const { mails, trash } = shelfOf(office);
  const ref = findKey(mails, id);
  if (ref === undefined) throw new PythonError("ValueError", `Email with ID '${id}' not found.`);
  const mail = getEntry(office.mailbox.mails, ref)!;
  const effects: Effect[] = [{ effect: "mail-moved", mail: ref, from: mail.folder, to: "trash" }];
  let table = setEntry(office.mailbox.mails, ref, { ...mail, folder: "trash" });
  const displaced = findKey(trash, id);
  if (displaced !== undefined) {
    effects.push({
      effect: "mail-deleted",
      mail: displaced,
      subject: getEntry(table, displaced)!.subject,
    });
    table = removeEntry(table, displaced);
  }
  const next = { ...office, mailbox: { ...office.mailbox, mails: table } };
  const rows = { mails: mails.filter((row) => row[0] !== id), trash: setRow(trash, [id, ref]) };
  return { office: putShelf(next, rows), effects };
}

/** Marks all unread mail as read. */
export function readUnread(office: Office): {
  readonly office: Office;
  readonly effects: readonly Effect[];
  readonly refs: readonly string[];
} {
  let { mails } = office.mailbox;
  const effects: Effect[] = [];
  for (const [, ref] of shelfOf(office).mails) {
    const mail = getEntry(mails, ref)!;
    if (mail.read) continue;
    mails = setEntry(mails, ref, { ...mail, read: true });
    effects.push({ effect: "mail-marked", mail: ref, read: true, flagged: mail.flagged });
  }
  const refs = effects.map((effect) => (effect as { mail: string }).mail);
  return { office: { ...office, mailbox: { ...office.mailbox, mails } }, effects, refs };
}
