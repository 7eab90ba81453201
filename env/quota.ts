import { ToolFault } from "./errors.ts";
import type { File } from "./filesystem/files.ts";
import { sizeOf } from "./filesystem/files.ts";
import type { Mail } from "./mailbox/mail.ts";
import type { Office } from "./office.ts";
import { entriesOf } from "./table.ts";

/** Bytes that mailbox and drive may hold; 0 for as many as come. */
export interface Quotas {
  readonly mailbox: number;
  readonly drive: number;
}

/** Mails and files are shared by all episodes of a fixture. */
const sizes = new WeakMap<Mail | File, number>();

function sizeOnce<T extends Mail | File>(entry: T, reckon: (entry: T) => number): number {
  let size = sizes.get(entry);
  if (size === undefined) sizes.set(entry, (size = reckon(entry)));
  return size;
}

export function mailSize(mail: Mail): number {
  return sizeOnce(mail, ({ subject, text, attachments }) =>
    attachments.reduce(
      (sum, attached) => sum + Buffer.byteLength(attached.text, attached.encoding),
      Buffer.byteLength(subject) + Buffer.byteLength(text),
    ),
  );
}

/** Bytes in the mailbox. */
export function mailboxUse({ mailbox }: Office): number {
  let sum = 0;
  for (const mail of entriesOf(mailbox.mails)) sum += mailSize(mail);
  return sum;
}

/** Bytes on the drive. */
export function driveUse({ drive }: Office): number {
  let sum = 0;
  for (const file of entriesOf(drive.files)) sum += sizeOnce(file, sizeOf);
  return sum;
}

/** Whether the mailbox holds more than it may. */
export function isMailboxFull(office: Office): boolean {
  const { mailbox } = office.quotas;
  return mailbox > 0 && mailboxUse(office) > mailbox;
}

/** @throws ToolFault if the mailbox, as it would be, holds more than it may */
export function checkMailbox(office: Office): void {
  if (!isMailboxFull(office)) return;
  throw new ToolFault(
    "no-space",
    `NO SPACE: your mailbox may hold ${office.quotas.mailbox} bytes, and that would be more. delete_mail and empty_trash make room.`,
  );
}

/** @throws ToolFault if the drive, as it would be, holds more than it may */
export function checkDrive(office: Office): void {
  const { drive } = office.quotas;
  if (drive === 0 || driveUse(office) <= drive) return;
  throw new ToolFault(
    "no-space",
    `NO SPACE: the drive may hold ${drive} bytes, and that would be more. delete_file makes room.`,
  );
}
