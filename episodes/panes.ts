import { channelName, messageItem } from "../env/chat/chat.ts";
import type { Message } from "../env/chat/chat.ts";
import { eventItem, whenOf } from "../env/calendar/calendar.ts";
import type { CalendarEvent } from "../env/calendar/calendar.ts";
import { formatAddress } from "../env/directory.ts";
import { fileItem, listTree, sizeOf } from "../env/filesystem/files.ts";
import { listMails, mailItem, numberOf } from "../env/mailbox/mail.ts";
import { createListing } from "../env/listing.ts";
import type { Office } from "../env/office.ts";
import { entriesOf, getEntry } from "../env/table.ts";
import { formatLocal } from "../env/time.ts";

/** What of an office can be looked at. */
export const paneNames = ["mail", "chat", "files", "calendar", "people"] as const;
export type PaneName = (typeof paneNames)[number];

/** One thing in a pane: what a list shows of it. */
export interface Row {
  /** Reference, as effects name it. */
  readonly ref: string;
  /** Folder, path or team that it lies in. */
  readonly where: string;
  /** Local date, where it has one. */
  readonly when: string;
  readonly title: string;
  /** People, or what else tells it apart. */
  readonly who: string;
  /** `unread`, `flagged`, `cancelled`, and labels. */
  readonly marks: readonly string[];
}

export interface Look {
  /** How many rows there are that fit, and how many at all. */
  readonly total: number;
  readonly of: number;
  readonly rows: readonly Row[];
  /** Where the rows that were asked after stand among those that fit. */
  readonly places: readonly number[];
}

export interface LookOptions {
  readonly from: number;
  readonly count: number;
  /** Only rows that hold this, in whatever case; all if empty. */
  readonly search: string;
  /** References of rows to find. */
  readonly refs?: readonly string[];
}

/** A stretch of what lies in one part of an office. */
export function lookAt(office: Office, pane: PaneName, options: LookOptions): Look {
  return looks[pane](office, options);
}

/** All of one thing as text; null if it is not there. */
export function openItem(office: Office, ref: string): string | null {
  const { mailbox, chat, drive, calendar, directory, zone } = office;
  const find = <T extends { readonly ref: string }>(things: Iterable<T>): T | undefined => {
    for (const thing of things) if (thing.ref === ref) return thing;
    return undefined;
  };
  const mail = find(entriesOf(mailbox.mails));
  if (mail) return mailItem(mail, zone).text;
  const message = find(entriesOf(chat.messages));
  if (message) return messageItem(message, chat, mailbox.owner.address, zone).text;
  const file = find(entriesOf(drive.files));
  if (file) {
    const shares = Object.entries(file.shared).map(([address, access]) => `${address} (${access})`);
    const head = [
      file.path,
      `Owner: ${file.owner}`,
      `Shared: ${shares.join(", ") || "with nobody"}`,
    ];
    return [...head, "", fileItem(file, directory).text].join("\n");
  }
  const event = find(entriesOf(calendar.events));
  if (event) return eventItem(event, zone).text;
  const person = directory.people.find(({ address }) => address === ref);
  if (!person) return null;
  const manager = directory.people.find(({ id }) => id === person.manager);
  return [
    person.name,
    person.address,
    [person.title, person.team, person.org].filter(Boolean).join(", "),
    ...(person.phone ? [person.phone] : []),
    ...(manager ? [`Reports to ${manager.name}`] : []),
  ].join("\n");
}

/** Rows are made once for each entry, and only of what is shown or searched. */
function createLook<T extends { readonly ref?: string; readonly address?: string }>(
  list: (office: Office) => readonly T[],
  rowOf: (entry: T, office: Office) => Omit<Row, "ref">,
): (office: Office, options: LookOptions) => Look {
  const known = new WeakMap<T, Row>();
  const refOf = (entry: T) => entry.ref ?? entry.address!;
  return (office, { from, count, search, refs = [] }) => {
    const row = (entry: T) => {
      let made = known.get(entry);
      if (!made) known.set(entry, (made = { ref: refOf(entry), ...rowOf(entry, office) }));
      return made;
    };
    const all = list(office);
    const text = search.toLowerCase();
    const found = text ? all.filter((entry) => textOf(row(entry)).includes(text)) : all;
    const wanted = new Set(refs);
    return {
      total: found.length,
      of: all.length,
      rows: found.slice(from, from + count).map(row),
      places: wanted.size
        ? found.flatMap((entry, place) => (wanted.has(refOf(entry)) ? [place] : []))
        : [],
    };
  };
}

const messages = createListing<Message>(
  (a, b) => b.sentAt - a.sentAt || numberOf(b.ref) - numberOf(a.ref),
  ({ text }) => text,
);
const events = createListing<CalendarEvent>(
  (a, b) => a.start - b.start || (a.ref < b.ref ? -1 : 1),
  ({ title }) => title,
);

const looks: Readonly<Record<PaneName, ReturnType<typeof createLook>>> = {
  mail: createLook(
    ({ mailbox }) => listMails(mailbox, () => true),
    (mail, { zone }) => ({
      where: mail.folder,
      when: formatLocal(mail.sentAt, zone),
      title: mail.subject,
      who: mail.folder === "sent" ? `to ${mail.to.map(nameOf).join(", ")}` : nameOf(mail.from),
      marks: [
        ...(mail.read ? [] : ["unread"]),
        ...(mail.flagged ? ["flagged"] : []),
        ...mail.labels,
      ],
    }),
  ),
  chat: createLook(
    ({ chat }) => messages.all(chat.messages),
    (message, { chat, mailbox, zone }) => ({
      where: channelName(getEntry(chat.channels, message.channel)!, mailbox.owner.address),
      when: formatLocal(message.sentAt, zone),
      title: message.text,
      who: nameOf(message.from),
      marks: [...(message.thread ? ["answer"] : []), ...message.labels],
    }),
  ),
  files: createLook(
    ({ drive }) => listTree(drive, "/"),
    (file, { zone }) => ({
      where: file.path.slice(0, file.path.lastIndexOf("/")) || "/",
      when: formatLocal(file.modifiedAt, zone),
      title: file.path.slice(file.path.lastIndexOf("/") + 1),
      who: `${file.owner}, ${sizeOf(file)} bytes`,
      marks: file.labels,
    }),
  ),
  calendar: createLook(
    ({ calendar }) => events.all(calendar.events),
    (event, { zone }) => ({
      where: event.location,
      when: whenOf({ event, start: event.start, end: event.end }, zone).start,
      title: event.title,
      who: event.attendees.map(nameOf).join(", "),
      marks: [
        ...(event.status === "cancelled" ? ["cancelled"] : []),
        ...(event.recurrence ? ["repeats"] : []),
        ...event.labels,
      ],
    }),
  ),
  people: createLook(
    ({ directory }) => directory.people,
    (person) => ({
      where: person.org || person.team,
      when: "",
      title: person.name,
      who: person.title,
      marks: person.org ? [person.kind] : [],
    }),
  ),
};

function nameOf(address: { readonly name: string; readonly address: string }): string {
  return address.name || formatAddress(address);
}

function textOf({ where, when, title, who, marks }: Row): string {
  return [where, when, title, who, ...marks].join(" ").toLowerCase();
}
