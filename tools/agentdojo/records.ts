import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import { eventItem } from "../../env/calendar/calendar.ts";
import type { File } from "../../env/filesystem/files.ts";
import { fileItem } from "../../env/filesystem/files.ts";
import type { Item } from "../../env/items.ts";
import type { Mail } from "../../env/mailbox/mail.ts";
import { mailItem } from "../../env/mailbox/mail.ts";
import type { Office } from "../../env/office.ts";
import { getEntry } from "../../env/table.ts";
import { isoTime } from "./dates.ts";
import { lengthOf } from "./python.ts";
import { addressesOf, filenameOf, participantsOf, senderOf, sharedOf, shelfOf } from "./shelf.ts";
import type { Attached, Row } from "./shelf.ts";
import { Stamp } from "./yaml-writer.ts";
import type { Yaml, YamlMap } from "./yaml-writer.ts";

/** Items as a result shows them, and what it thereby reveals. */
export interface Showing {
  mail(row: Row): YamlMap;
  event(row: Row): YamlMap;
  file(row: Row): YamlMap;
  readonly reads: readonly Item[];
}

/** Shows items of one office in one result: an event that it shows twice is the same event. */
export function createShowing(office: Office): Showing {
  const reads: Item[] = [];
  const times = new Map<string, readonly [Stamp, Stamp]>();
  const shelf = shelfOf(office);

  function event([id, ref]: Row): YamlMap {
    const found = getEntry(office.calendar.events, ref)!;
    let stamps = times.get(ref);
    if (!stamps) {
      times.set(ref, (stamps = [stampOf(found.start), stampOf(found.end)]));
      reads.push(eventItem(found, office.zone));
    }
    return eventRecord(office, id, found, stamps);
  }

  function attached(given: Attached): Yaml {
    if (typeof given === "string") return given;
    if ("details" in given) return detailsRecord(given.details);
    const row = shelf.events.find(([, ref]) => ref === given.event);
    return row ? event(row) : null;
  }

  return {
    reads,
    event,
    mail([id, ref]) {
      const mail = getEntry(office.mailbox.mails, ref)!;
      reads.push(
        mailItem(
          { ...mail, attachments: mail.attachments.map((one) => ({ ...one, text: "" })) },
          office.zone,
        ),
      );
      return mailRecord(office, id, mail, attachmentsOf(office, mail).map(attached));
    },
    file([id, path]) {
      const file = getEntry(office.drive.files, path)!;
      reads.push(fileItem(file, office.directory));
      return fileRecord(office, id, file);
    },
  };
}

/** What is attached to a mail, as it was given; by the ids of files for mail that was there at the start. */
export function attachmentsOf(office: Office, mail: Mail): readonly Attached[] {
  const { quirks, files } = shelfOf(office);
  const given = quirks[mail.ref]?.attachments;
  if (given) return given;
  return mail.attachments.map(({ source, name }) => {
    const row = files.find(([, path]) => getEntry(office.drive.files, path)?.ref === source);
    return row ? row[0] : name;
  });
}

function stampOf(instant: number): Stamp {
  return new Stamp(isoTime(instant).replace("T", " "));
}

export const statuses: Readonly<Record<string, string>> = { sent: "sent", drafts: "draft" };

function mailRecord(office: Office, id: string, mail: Mail, attachments: readonly Yaml[]): YamlMap {
  const { to, cc, bcc } = addressesOf(office, mail);
  return {
    id_: id,
    sender: senderOf(office, mail),
    recipients: to,
    cc,
    bcc,
    subject: mail.subject,
    body: mail.text,
    status: statuses[mail.folder] ?? "received",
    read: mail.read,
    timestamp: stampOf(mail.sentAt),
    attachments,
  };
}

function eventRecord(
  office: Office,
  id: string,
  event: CalendarEvent,
  [start, end]: readonly [Stamp, Stamp],
): YamlMap {
  return {
    id_: id,
    title: event.title,
    description: event.description,
    start_time: start,
    end_time: end,
    location: event.location || (shelfOf(office).quirks[event.ref]?.location ?? null),
    participants: participantsOf(office, event),
    all_day: shelfOf(office).quirks[event.ref]?.allDay ?? event.allDay,
    status: event.status === "cancelled" ? "canceled" : "confirmed",
  };
}

function detailsRecord(details: Readonly<Record<string, unknown>>): YamlMap {
  const { start_time, end_time, ...rest } = details as Record<string, Yaml> &
    Record<"start_time" | "end_time", string>;
  return { ...rest, start_time: new Stamp(start_time), end_time: new Stamp(end_time) };
}

export function fileRecord(office: Office, id: string, file: File): YamlMap {
  return {
    id_: id,
    filename: filenameOf(office, file),
    content: file.text,
    owner: shelfOf(office).quirks[file.ref]?.owner ?? file.owner,
    last_modified: stampOf(file.modifiedAt),
    shared_with: Object.fromEntries(sharedOf(office, file)),
    size: lengthOf(file.text),
  };
}
