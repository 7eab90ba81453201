import { planDue } from "../agenda.ts";
import type { Address } from "../directory.ts";
import { reachesPerson } from "../directory.ts";
import type { Effect, Refusal } from "../effects.ts";
import type { Item } from "../items.ts";
import type { Office } from "../office.ts";
import { setEntry } from "../table.ts";
import type { Attachment, Mail, Mailbox } from "./mail.ts";
import { mailItem, numberOf } from "./mail.ts";
import type { Post } from "./post.ts";

const BOUNCE_DELAY_MS = 60_000;

/** A mail that is to be sent, as far as its writer decides on it. */
export interface Letter {
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly subject: string;
  readonly text: string;
  /** Where it stands in a thread; null where it starts one. */
  readonly place: Pick<Mail, "thread" | "references"> | null;
  readonly attachments: readonly Attachment[];
  /** The items it takes along. */
  readonly carried: readonly Item[];
}

/** What became of a letter. Refused, it was not sent, and only the server's faults have counted. */
export interface Sending {
  readonly office: Office;
  readonly refused: readonly Refusal[];
  readonly mail: Mail;
  readonly effects: readonly Effect[];
}

/**
 * Hands a letter to the company's server, which may refuse it, and plans what comes back.
 *
 * @param ref of the draft that it was; a new one if left out
 * @param rule reference of the mail rule that sends it, if one does
 */
export function sendLetter(
  office: Office,
  post: Post,
  letter: Letter,
  { ref, rule }: { readonly ref?: string; readonly rule?: string } = {},
): Sending {
  const { mailbox, directory } = office;
  const mail = writeMail(office, letter, ref ?? `mail:${mailbox.next}`);
  const { refused, bounced, struck } = post.dispatch(mail, mailbox, directory);
  const counted = { ...mailbox, struck: count(struck, mailbox) };
  if (refused.length)
    return { office: { ...office, mailbox: counted }, refused, mail, effects: [] };
  let next = keepMail({ ...office, mailbox: counted }, mail);
  if (reachesOwner(mail, office)) {
    next = planMail(next, { ...mail, folder: "inbox", read: false, bcc: [] }, office.now);
  }
  for (const refusal of bounced) next = planBounce(next, mail, refusal);
  return {
    office: next,
    refused,
    mail,
    effects: [{ ...sentEffect(mail), ...(rule ? { rule } : {}) }],
  };
}

function sentEffect(mail: Mail): Extract<Effect, { effect: "mail-sent" }> {
  return {
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
}

/** The letter as the agent's mail of this moment, in the folder of what was sent. */
function writeMail(office: Office, letter: Letter, ref: string): Mail {
  const { place, carried: _, ...rest } = letter;
  const { mailbox, now } = office;
  return {
    ...rest,
    ref,
    messageId: messageId(ref, now, mailbox.owner),
    thread: place?.thread ?? ref,
    references: place?.references ?? [],
    from: mailbox.owner,
    sentAt: now,
    folder: "sent",
    read: true,
    flagged: false,
    labels: [],
  };
}

export function messageId(ref: string, at: number, from: Address): string {
  return `<${numberOf(ref)}.${at}${from.address.slice(from.address.lastIndexOf("@"))}>`;
}

/** The office with the mail in its mailbox. A reference that is new takes its number. */
export function keepMail(office: Office, mail: Mail): Office {
  const { mailbox } = office;
  const next = mail.ref === `mail:${mailbox.next}` ? mailbox.next + 1 : mailbox.next;
  return {
    ...office,
    mailbox: { ...mailbox, mails: setEntry(mailbox.mails, mail.ref, mail), next },
  };
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
  return [...mail.to, ...mail.cc, ...mail.bcc].some(({ address }) =>
    reachesPerson(address, mailbox.owner.address, directory),
  );
}

/** Plans a mail to come, under a reference of its own. */
export function planMail(
  office: Office,
  mail: Mail,
  at: number,
  because?: Extract<Effect, { effect: "mail-bounced" }>,
): Office {
  const { mailbox } = office;
  const arriving = { ...mail, ref: `mail:${mailbox.next}` };
  return {
    ...office,
    mailbox: { ...mailbox, next: mailbox.next + 1 },
    agenda: planDue(office.agenda, {
      at,
      kind: "mail",
      mail: arriving,
      ...(because ? { because } : {}),
    }),
  };
}

function planBounce(office: Office, mail: Mail, refusal: Refusal): Office {
  const { mailbox, directory, now } = office;
  const from = { name: "Mail Delivery System", address: `${DAEMON}@${directory.domains[0]!}` };
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
    messageId: messageId(`mail:${mailbox.next}`, at, from),
    thread: mail.thread,
    references: [...mail.references, mail.messageId],
    from,
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
  return planMail(office, notice, at, { effect: "mail-bounced", mail: mail.ref, refusal });
}

/** Local part of the address that bounces come from. */
export const DAEMON = "mailer-daemon";

/** Where an answer to a mail stands. */
export function placeAfter({
  thread,
  references,
  messageId,
}: Mail): Pick<Mail, "thread" | "references"> {
  return { thread, references: [...references, messageId] };
}

/** A mail as a letter that sends it on, attachments included, with a text above it. */
export function forwardOf(mail: Mail, text: string, zone: string): Omit<Letter, "to"> {
  const original = mailItem({ ...mail, attachments: [] }, zone);
  return {
    cc: [],
    bcc: [],
    subject: /^fwd:/i.test(mail.subject) ? mail.subject : `Fwd: ${mail.subject}`,
    text: `${text}${text && "\n\n"}---------- Forwarded message ----------\n${original.text}`,
    place: null,
    attachments: mail.attachments,
    carried: [mailItem(mail, zone)],
  };
}
