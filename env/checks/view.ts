import type { CalendarEvent } from "../calendar/calendar.ts";
import { whenOf } from "../calendar/calendar.ts";
import type { File } from "../filesystem/files.ts";
import { nameOf } from "../filesystem/files.ts";
import type { Mail } from "../mailbox/mail.ts";
import type { Office } from "../office.ts";
import { entriesOf } from "../table.ts";

/** A mail as checks see it. Ids are those that the agent was shown. */
export interface MailView {
  readonly id: string;
  readonly folder: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly read: boolean;
  /** Ids of files, or names of what is no file of the drive. */
  readonly attachments: readonly string[];
}

export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** Code points, as CEL counts. */
  readonly size: bigint;
  readonly owner: string;
  /** Addresses. */
  readonly shared: readonly string[];
}

export interface EventView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Local: `2026-03-19T14:30`. */
  readonly start: string;
  readonly end: string;
  readonly people: readonly string[];
  readonly cancelled: boolean;
}

/** What checks see of an office. */
export interface View {
  readonly owner: string;
  /** All mail but what is in the trash. */
  readonly mails: readonly MailView[];
  readonly trash: readonly MailView[];
  readonly files: readonly FileView[];
  readonly events: readonly EventView[];
}

/** A view whose lists are made when first looked at: most checks look at one of them. */
export function createView(
  owner: string,
  lists: { readonly [L in ListName]: () => View[L] },
): View {
  const made: { -readonly [L in ListName]?: View[L] } = {};
  const view: Record<string, unknown> = { owner };
  for (const name of Object.keys(lists) as ListName[]) {
    Object.defineProperty(view, name, {
      enumerable: true,
      get: () => ((made as Record<string, unknown>)[name] ??= lists[name]()),
    });
  }
  return view as unknown as View;
}

type ListName = Exclude<keyof View, "owner">;

/** An office whose pack shows ids made of references: `mail-17`. */
export function viewOffice(office: Office): View {
  const idOf = ({ ref }: { readonly ref: string }) => ref.replace(":", "-");
  const ids = new Map([...entriesOf(office.drive.files)].map((file) => [file.ref, idOf(file)]));
  const mails = (inTrash: boolean) =>
    [...entriesOf(office.mailbox.mails)]
      .filter(({ folder }) => (folder === "trash") === inTrash)
      .map((mail) => ({
        ...viewMail(mail, idOf(mail)),
        attachments: mail.attachments.map(({ source, name }) => ids.get(source) ?? name),
      }));
  return createView(office.mailbox.owner.address, {
    mails: () => mails(false),
    trash: () => mails(true),
    files: () => [...entriesOf(office.drive.files)].map((file) => viewFile(file, idOf(file))),
    events: () =>
      [...entriesOf(office.calendar.events)].map((event) =>
        viewEvent(event, idOf(event), office.zone),
      ),
  });
}

export function viewMail(mail: Mail, id: string): Omit<MailView, "attachments"> {
  const plain = (boxes: Mail["to"]) => boxes.map(({ address }) => address);
  return {
    id,
    folder: mail.folder,
    from: mail.from.address,
    to: plain(mail.to),
    cc: plain(mail.cc),
    bcc: plain(mail.bcc),
    subject: mail.subject,
    text: mail.text,
    read: mail.read,
  };
}

export function viewFile(file: File, id: string, name = nameOf(file.path)): FileView {
  let size: bigint | undefined;
  return {
    id,
    name,
    text: file.text,
    get size() {
      return (size ??= BigInt(codePoints(file.text)));
    },
    owner: file.owner,
    shared: Object.keys(file.shared),
  };
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index++) {
    const isTail = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isTail && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) count--;
  }
  return count;
}

export function viewEvent(event: CalendarEvent, id: string, zone: string): EventView {
  return {
    id,
    title: event.title,
    text: event.description,
    ...whenOf({ event, start: event.start, end: event.end }, zone),
    people: event.attendees.map(({ address }) => address),
    cancelled: event.status === "cancelled",
  };
}
