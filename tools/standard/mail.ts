import { formatAddress } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import type { Attachment, Mail } from "../../env/mailbox/mail.ts";
import type { Office } from "../../env/office.ts";
import { getEntry, setEntry } from "../../env/table.ts";
import { formatLocal } from "../../env/time.ts";
import { idOf, refOf } from "./input.ts";

export function findMail(office: Office, id: string): Mail {
  const mail = getEntry(office.mailbox.mails, refOf("mail", id));
  if (mail) return mail;
  throw new ToolFault(
    "not-found",
    `NOT FOUND: there is no mail "${id}". list_mail and search_mail give ids such as mail-17.`,
  );
}

export function putMail(office: Office, mail: Mail): Office {
  const { mailbox } = office;
  return { ...office, mailbox: { ...mailbox, mails: setEntry(mailbox.mails, mail.ref, mail) } };
}

/** A mail as a line of a list. */
export function showHead(mail: Mail, zone: string): Record<string, unknown> {
  return {
    id: idOf(mail.ref),
    date: formatLocal(mail.sentAt, zone),
    from: formatAddress(mail.from),
    to: mail.to.map(formatAddress),
    subject: mail.subject,
    ...(mail.read ? {} : { unread: true }),
    ...(mail.flagged ? { flagged: true } : {}),
    ...(mail.attachments.length ? { attachments: mail.attachments.map(({ name }) => name) } : {}),
  };
}

/** The whole mail. Attached text is shown, other attachments named. */
export function showMail(mail: Mail, zone: string): Record<string, unknown> {
  return {
    ...showHead(mail, zone),
    folder: mail.folder,
    thread: idOf(mail.thread),
    ...(mail.cc.length ? { cc: mail.cc.map(formatAddress) } : {}),
    ...(mail.bcc.length ? { bcc: mail.bcc.map(formatAddress) } : {}),
    text: mail.text,
    ...(mail.attachments.length ? { attachments: mail.attachments.map(showAttachment) } : {}),
  };
}

function showAttachment({ name, type, text, encoding }: Attachment): Record<string, unknown> {
  return encoding === "utf8" ? { name, type, text } : { name, type, binary: true };
}

/** The mail, if it has been sent: a draft can't be answered, sent on or filed. */
export function findSent(office: Office, id: string): Mail {
  const mail = findMail(office, id);
  if (mail.folder !== "drafts") return mail;
  throw new ToolFault(
    "conflict",
    `${id} is a draft of yours. update_draft changes it, send_draft sends it, delete_mail drops it.`,
  );
}

export function findDraft(office: Office, id: string): Mail {
  const mail = findMail(office, id);
  if (mail.folder === "drafts") return mail;
  throw new ToolFault("conflict", `${id} is no draft. list_mail of the folder drafts shows yours.`);
}
