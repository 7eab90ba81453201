import { planDue } from "../agenda.ts";
import type { Address } from "../directory.ts";
import type { Office } from "../office.ts";
import type { Mail } from "./mail.ts";

/** What a mail from outside the episode says. */
export interface Letter {
  readonly from: Address;
  readonly subject: string;
  readonly text: string;
}

/** The office with a mail to the agent on its way. @param at when it arrives, epoch milliseconds */
export function planLetter(office: Office, letter: Letter, at: number): Office {
  const { mailbox, agenda } = office;
  const ref = `mail:${mailbox.next}`;
  const domain = letter.from.address.slice(letter.from.address.lastIndexOf("@") + 1);
  const mail: Mail = {
    ...letter,
    ref,
    messageId: `<${mailbox.next}.${at}@${domain}>`,
    thread: ref,
    references: [],
    to: [mailbox.owner],
    cc: [],
    bcc: [],
    sentAt: at,
    folder: "inbox",
    read: false,
    flagged: false,
    labels: [],
    attachments: [],
  };
  return {
    ...office,
    mailbox: { ...mailbox, next: mailbox.next + 1 },
    agenda: planDue(agenda, { at, kind: "mail", mail }),
  };
}
