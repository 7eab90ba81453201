import type { Address } from "../directory.ts";
import { formatAddress } from "../directory.ts";
import type { Item } from "../items.ts";
import { createListing } from "../listing.ts";
import type { Refusal } from "../effects.ts";
import type { MailRule } from "./rules.ts";
import type { Table } from "../table.ts";
import { formatLocal } from "../time.ts";

export interface Attachment {
  readonly name: string;
  readonly type: string;
  /** Reference of the item it was made from; empty for one that came with a mail. */
  readonly source: string;
  readonly text: string;
  readonly encoding: "utf8" | "base64";
}

export interface Mail {
  /** `mail:17` */
  readonly ref: string;
  readonly messageId: string;
  /** Reference of the thread's first mail. */
  readonly thread: string;
  /** Message-IDs of the mails before it, oldest first. */
  readonly references: readonly string[];
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly subject: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly folder: string;
  readonly read: boolean;
  readonly flagged: boolean;
  readonly labels: readonly string[];
  readonly attachments: readonly Attachment[];
  /** Of a draft alone: the items it takes along once it is sent. */
  readonly carried?: readonly Item[];
}

/** A delivery that a fixture makes fail. `to` is an address or `*@domain`. */
export interface DeliveryFault {
  readonly to: string;
  readonly code: number;
  readonly text: string;
  /** True: accepted, and comes back as mail. False: refused at sending. */
  readonly bounce: boolean;
  /** How many deliveries fail before one works; 0 for all. */
  readonly times: number;
}

/** The mailbox of the agent: mail it holds, and what its server does with mail it sends. */
export interface Mailbox {
  readonly owner: Address;
  readonly mails: Table<Mail>;
  /** Number of the next mail. */
  readonly next: number;
  readonly faults: readonly DeliveryFault[];
  /** How often each fault has struck, by its index. */
  readonly struck: readonly number[];
  /** What is done by itself with mail that comes in, oldest rule first. */
  readonly rules: readonly MailRule[];
  /** Number of the next rule. */
  readonly nextRule: number;
}

export const folders = ["inbox", "sent", "archive", "trash"] as const;

/** Newest first; mails of the same moment by number, newest first. */
export function listMails(mailbox: Mailbox, keep: (mail: Mail) => boolean): Mail[] {
  return listing.all(mailbox.mails).filter(keep);
}

/** Mails in which every word occurs (people, subject, text or attached text), in the same order. */
export function searchMails(mailbox: Mailbox, words: readonly string[]): readonly Mail[] {
  return listing.matching(mailbox.mails, words);
}

const listing = createListing(newestFirst, searchedText);

function searchedText(mail: Mail): string {
  const people = partiesOf(mail).map(formatAddress);
  const attached = mail.attachments.map(({ name, text, encoding }) =>
    encoding === "utf8" ? `${name} ${text}` : name,
  );
  return [mail.subject, ...people, mail.text, ...attached].join("\n").toLowerCase();
}

function newestFirst(a: Mail, b: Mail): number {
  return b.sentAt - a.sentAt || numberOf(b.ref) - numberOf(a.ref);
}

export function numberOf(ref: string): number {
  return Number(ref.slice(ref.indexOf(":") + 1));
}

/** Every address on a mail, in the order from, to, cc, bcc, without repeats. */
export function partiesOf(mail: Mail): Address[] {
  const seen = new Set<string>();
  return [mail.from, ...mail.to, ...mail.cc, ...mail.bcc].filter(
    ({ address }) => !seen.has(address) && seen.add(address),
  );
}

export function mailHead(mail: Mail, zone: string): Item {
  const date = formatLocal(mail.sentAt, zone);
  return {
    ref: mail.ref,
    part: "head",
    title: mail.subject,
    text: `${date} ${formatAddress(mail.from)}: ${mail.subject}`,
    labels: mail.labels,
    audience: audienceOf(mail),
  };
}

export function mailItem(mail: Mail, zone: string): Item {
  const lines = [
    `From: ${formatAddress(mail.from)}`,
    `To: ${mail.to.map(formatAddress).join(", ")}`,
    ...(mail.cc.length ? [`Cc: ${mail.cc.map(formatAddress).join(", ")}`] : []),
    `Date: ${formatLocal(mail.sentAt, zone)}`,
    `Subject: ${mail.subject}`,
    "",
    mail.text,
    ...mail.attachments.flatMap(({ name, text, encoding }) =>
      encoding === "utf8" ? ["", `[${name}]`, text] : ["", `[${name}: binary]`],
    ),
  ];
  return {
    ref: mail.ref,
    part: "whole",
    title: mail.subject,
    text: lines.join("\n"),
    labels: mail.labels,
    audience: audienceOf(mail),
  };
}

function audienceOf(mail: Mail): Item["audience"] {
  return {
    circle: "participants",
    principals: partiesOf(mail).map(({ address }) => address),
  };
}

/** The fault that meets a delivery to this address now, with its index. */
export function faultFor(
  mailbox: Mailbox,
  address: string,
): { readonly fault: DeliveryFault; readonly index: number } | undefined {
  const domain = address.slice(address.lastIndexOf("@"));
  const index = mailbox.faults.findIndex(
    ({ to, times }, i) =>
      (to === address || to === `*${domain}`) && (times === 0 || (mailbox.struck[i] ?? 0) < times),
  );
  return index < 0 ? undefined : { fault: mailbox.faults[index]!, index };
}

export function refusalOf(address: string, { code, text }: DeliveryFault): Refusal {
  return { address, code, text };
}
