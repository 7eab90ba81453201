import type { Agenda } from "./agenda.ts";
import { dueRef } from "./agenda.ts";
import type { Chat } from "./chat/chat.ts";
import { createDisk } from "./filesystem/disk.ts";
import type { Disk } from "./filesystem/disk.ts";
import type { FileTree } from "./filesystem/files.ts";
import type { Calendar } from "./calendar/calendar.ts";
import type { Colleagues } from "./colleagues/rules.ts";
import type { Directory } from "./directory.ts";
import type { Mailbox } from "./mailbox/mail.ts";
import { createPost } from "./mailbox/post.ts";
import type { Post } from "./mailbox/post.ts";
import type { Notes } from "./notes.ts";
import type { Quotas } from "./quota.ts";
import { changesOf } from "./table.ts";

/**
 * The live simulated company of one episode, as plain data. An operation gives the next office and
 * leaves this one valid.
 */
export interface Office {
  /** Simulated time, epoch milliseconds. */
  readonly now: number;
  /** When the fixture's day is over: time stops there. */
  readonly closesAt: number;
  /** IANA zone in which its people write times. */
  readonly zone: string;
  readonly directory: Directory;
  readonly mailbox: Mailbox;
  readonly drive: FileTree;
  readonly calendar: Calendar;
  /** Calendars of others, by address: fixed for the length of an episode. */
  readonly calendars: ReadonlyMap<string, Pick<Calendar, "events">>;
  readonly chat: Chat;
  readonly notes: Notes;
  readonly quotas: Quotas;
  readonly colleagues: Colleagues;
  readonly agenda: Agenda;
  /** What a pack keeps about its own ids: plain JSON. */
  readonly memo: Readonly<Record<string, unknown>>;
}

/** Views over one episode's office. They hold nothing that the office does not. */
export interface Desk {
  readonly post: Post;
  readonly disk: Disk;
}

/** Views are made when first used: many episodes never send a mail or open a file. */
export function createDesk(): Desk {
  let post: Post | undefined;
  let disk: Disk | undefined;
  return {
    get post() {
      return (post ??= createPost());
    },
    get disk() {
      return (disk ??= createDisk());
    },
  };
}

/** All that this episode changed, as JSON whose text is the same for the same office. */
export function stateOf(office: Office): unknown {
  const { mailbox, drive, calendar, chat, notes, colleagues } = office;
  return [
    office.now,
    [changesOf(mailbox.mails), mailbox.next, mailbox.struck, mailbox.rules, mailbox.nextRule],
    [changesOf(drive.files), drive.next, drive.struck],
    [changesOf(calendar.events), calendar.next],
    [changesOf(chat.channels), changesOf(chat.messages), chat.nextChannel, chat.next],
    [changesOf(notes.notes), notes.next],
    [colleagues.met, colleagues.fired, colleagues.counts],
    office.agenda.map((due) => [due.at, dueRef(due)]),
    office.memo,
  ];
}
