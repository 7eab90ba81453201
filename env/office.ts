import type { Agenda } from "./agenda.ts";
import { createDisk } from "./filesystem/disk.ts";
import type { Disk } from "./filesystem/disk.ts";
import type { FileTree } from "./filesystem/files.ts";
import type { Calendar } from "./calendar/calendar.ts";
import type { Directory } from "./directory.ts";
import type { Effect } from "./effects.ts";
import type { Mailbox } from "./mailbox/mail.ts";
import { createPost } from "./mailbox/post.ts";
import type { Post } from "./mailbox/post.ts";
import type { Notes } from "./notes.ts";
import { changesOf, setEntry } from "./table.ts";

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
  readonly notes: Notes;
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

/** One thing that happened while time passed. */
export interface Arrival {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly effects: readonly Effect[];
}

/** The office at a later time, with what fell due until then, in order. */
export function advance(
  office: Office,
  until: number,
): { readonly office: Office; readonly arrivals: readonly Arrival[] } {
  let { mails } = office.mailbox;
  const arrivals: Arrival[] = [];
  for (const { at, mail, because } of office.agenda) {
    if (at > until) break;
    mails = setEntry(mails, mail.ref, mail);
    const received: Effect = {
      effect: "mail-received",
      mail: mail.ref,
      from: mail.from,
      subject: mail.subject,
    };
    arrivals.push({ at, effects: because ? [because, received] : [received] });
  }
  const now = Math.max(office.now, until);
  if (!arrivals.length) return { office: { ...office, now }, arrivals };
  const agenda = office.agenda.slice(arrivals.length);
  return { office: { ...office, now, mailbox: { ...office.mailbox, mails }, agenda }, arrivals };
}

/** All that this episode changed, as JSON whose text is the same for the same office. */
export function stateOf(office: Office): unknown {
  const { mailbox, drive, calendar, notes } = office;
  return [
    office.now,
    [changesOf(mailbox.mails), mailbox.next, mailbox.struck],
    [changesOf(drive.files), drive.next],
    [changesOf(calendar.events), calendar.next],
    [changesOf(notes.notes), notes.next],
    office.agenda.map(({ at, mail }) => [at, mail.ref]),
    office.memo,
  ];
}
