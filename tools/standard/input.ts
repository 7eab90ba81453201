import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import type { Address } from "../../env/directory.ts";
import { parseAddress } from "../../env/directory.ts";
import { folders } from "../../env/mailbox/mail.ts";
import type { Office } from "../../env/office.ts";
import { parseLocal } from "../../env/time.ts";

/** Pieces of input that tools share, each with words for the model. */
export const mailId = z.string().max(100).describe("Id of a mail, e.g. mail-17");
export const eventId = z.string().max(100).describe("Id of an event, e.g. event-3");
export const noteId = z.string().max(100).describe("Id of a note, e.g. note-2");
export const path = z.string().min(1).max(1000).describe("Path of a file, e.g. /policies/leave.md");
export const folder = z.enum(folders);
export const line = z.string().max(1000);
export const channel = line
  .min(1)
  .describe("Name of a channel, e.g. #general, or the address of whom you talk with");
export const messageId = z.string().max(100).describe("Id of a message, e.g. message-7");
export const message = z.string().min(1).max(40_000);
/** Where mail may be looked for. */
export const anyFolder = z.enum([...folders, "drafts"]);
export const body = z.string().max(1_000_000);
export const moment = z.string().max(100).describe("Local date and time, e.g. 2026-03-19T14:30");
export const recipient = z.string().max(320).describe("name@host or Name <name@host>");
export const recipients = z.array(recipient).max(500);

/** The instant of a local time that an agent wrote. */
export function instantOf(field: string, text: string, { zone }: Office): number {
  const instant = parseLocal(text.trim(), zone);
  if (instant !== undefined) return instant;
  throw new ToolFault(
    "bad-input",
    `${field}: "${text}" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (${zone}).`,
  );
}

export function addressOf(field: string, text: string, { directory }: Office): Address {
  const address = parseAddress(text, directory);
  if (address) return address;
  throw new ToolFault(
    "unknown-person",
    `${field}: "${text}" is no mail address. Write name@company.example; find_person looks addresses up.`,
  );
}

export function addressesOf(field: string, texts: readonly string[], office: Office): Address[] {
  const seen = new Set<string>();
  return texts
    .map((text, index) => addressOf(`${field}.${index}`, text, office))
    .filter(({ address }) => !seen.has(address) && seen.add(address));
}

/** `mail-17` as the office's `mail:17`. */
export function refOf(kind: "mail" | "event" | "note" | "rule" | "message", id: string): string {
  const match = /^([a-z]+)-(\d+)$/.exec(id.trim().toLowerCase());
  return match?.[1] === kind ? `${kind}:${match[2]}` : "";
}

export function idOf(ref: string): string {
  return ref.replace(":", "-");
}
