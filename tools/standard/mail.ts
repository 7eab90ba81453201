import type { Effect } from "../../env/effects.ts";
import { planDue } from "../../env/agenda.ts";
import { formatAddress } from "../../env/directory.ts";
import type { Address } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import { attach } from "../../env/filesystem/attach.ts";
import { fileItem } from "../../env/filesystem/files.ts";
import type { Attachment, Mail, Mailbox } from "../../env/mailbox/mail.ts";
import type { Item } from "../../env/items.ts";
import type { Refusal } from "../../env/effects.ts";
import type { Office } from "../../env/office.ts";
import { getEntry, setEntry } from "../../env/table.ts";
import { formatLocal } from "../../env/time.ts";
import type { Outcome, Scene } from "../define.ts";
import { openFile } from "./files.ts";
import { idOf, refOf } from "./input.ts";

const BOUNCE_DELAY_MS = 60_000;

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

/** What a sending tool has decided on. */
export interface Draft {
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly subject: string;
  readonly text: string;
  /** Mail it answers. */
  readonly before: Mail | null;
  readonly attachments: readonly Attachment[];
  /** The items it takes along. */
  readonly carried: readonly Item[];
}

export function attachPaths(
  scene: Scene,
  paths: readonly string[],
): Pick<Draft, "attachments" | "carried"> {
  const files = paths.map((path) => openFile(scene, path));
  return {
    attachments: files.map(attach),
    carried: files.map((file) => fileItem(file, scene.office.directory)),
  };
}

/** Hands a mail to the company's server, which may refuse it, and plans what comes back. */
export function sendDraft(scene: Scene, draft: Draft): Outcome {
  const { office, desk } = scene;
  const { mailbox, directory } = office;
  if (!draft.to.length && !draft.cc.length && !draft.bcc.length) {
    throw new ToolFault("bad-input", "A mail needs at least one recipient in to, cc or bcc.");
  }
  const mail = write(office, draft);
  const { refused, bounced, struck } = desk.post.dispatch(mail, mailbox, directory);
  const counted = { ...mailbox, struck: count(struck, mailbox) };
  if (refused.length) {
    const words = refused
      .map(({ address, code, text }) => `${address}: ${code} ${text}`)
      .join("; ");
    const fault = new ToolFault("mail-refused", `NOT SENT: the mail server refused it (${words}).`);
    return { office: { ...office, mailbox: counted }, value: null, fault };
  }
  let next = putMail({ ...office, mailbox: { ...counted, next: mailbox.next + 1 } }, mail);
  if (reachesOwner(mail, office)) {
    next = plan(next, { ...mail, folder: "inbox", read: false, bcc: [] }, office.now);
  }
  for (const refusal of bounced) next = planBounce(next, mail, refusal);
  const effect: Effect = {
    effect: "mail-sent",
    mail: mail.ref,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    bcc: mail.bcc,
    subject: mail.subject,
    text: mail.text,
    attachments: mail.attachments.map(({ name, source }) => ({ name, source })),
  };
  return {
    office: next,
    effects: [effect],
    carried: draft.carried,
    value: { sent: idOf(mail.ref), to: [...mail.to, ...mail.cc, ...mail.bcc].map(formatAddress) },
  };
}

function write(office: Office, { before, carried: _, ...draft }: Draft): Mail {
  const { mailbox, now, directory } = office;
  const ref = `mail:${mailbox.next}`;
  return {
    ...draft,
    ref,
    messageId: messageId(mailbox, now, directory.domains[0]!),
    thread: before?.thread ?? ref,
    references: before ? [...before.references, before.messageId] : [],
    from: mailbox.owner,
    sentAt: now,
    folder: "sent",
    read: true,
    flagged: false,
    labels: [],
  };
}

function messageId({ next }: Mailbox, now: number, domain: string): string {
  return `<${next}.${now}@${domain}>`;
}

/** Only faults that end after some strikes are counted. */
function count(indexes: readonly number[], { struck, faults }: Mailbox): readonly number[] {
  const ending = indexes.filter((index) => faults[index]!.times > 0);
  if (!ending.length) return struck;
  const counts = faults.map((_, index) => struck[index] ?? 0);
  for (const index of ending) counts[index]!++;
  return counts;
}

/** Whether it also comes to the agent's own inbox, by name or through a group. */
function reachesOwner(mail: Mail, { directory, mailbox }: Office): boolean {
  const owner = directory.people.find(({ address }) => address === mailbox.owner.address);
  return [...mail.to, ...mail.cc, ...mail.bcc].some(
    ({ address }) =>
      address === mailbox.owner.address ||
      directory.groups.some(
        (group) => group.address === address && owner && group.members.includes(owner.id),
      ),
  );
}

function plan(office: Office, mail: Mail, at: number, because?: Effect): Office {
  const { mailbox } = office;
  const arriving = { ...mail, ref: `mail:${mailbox.next}` };
  const due = { at, mail: arriving, ...(because?.effect === "mail-bounced" ? { because } : {}) };
  return {
    ...office,
    mailbox: { ...mailbox, next: mailbox.next + 1 },
    agenda: planDue(office.agenda, due),
  };
}

function planBounce(office: Office, mail: Mail, refusal: Refusal): Office {
  const { mailbox, directory, now } = office;
  const domain = directory.domains[0]!;
  const at = now + BOUNCE_DELAY_MS;
  const lines = [
    `Your message "${mail.subject}" could not be delivered to ${refusal.address}.`,
    "",
    `The server answered: ${refusal.code} ${refusal.text}`,
    "",
    "It will not be tried again.",
  ];
  const notice: Mail = {
    ref: "",
    messageId: messageId(mailbox, at, domain),
    thread: mail.thread,
    references: [...mail.references, mail.messageId],
    from: { name: "Mail Delivery System", address: `mailer-daemon@${domain}` },
    to: [mailbox.owner],
    cc: [],
    bcc: [],
    subject: `Undelivered: ${mail.subject}`,
    text: lines.join("\n"),
    sentAt: at,
    folder: "inbox",
    read: false,
    flagged: false,
    labels: [],
    attachments: [],
  };
  return plan(office, notice, at, { effect: "mail-bounced", mail: mail.ref, refusal });
}
