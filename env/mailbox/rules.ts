import type { Address } from "../directory.ts";
import { formatAddress } from "../directory.ts";
import type { Effect } from "../effects.ts";
import type { Item } from "../items.ts";
import type { Office } from "../office.ts";
import type { Mail } from "./mail.ts";
import type { Post } from "./post.ts";
import { DAEMON, forwardOf, keepMail, sendLetter } from "./send.ts";

/** What the agent has its mailbox do with mail that comes in. Empty texts are no condition. */
export interface MailRule {
  /** `rule:1` */
  readonly ref: string;
  readonly name: string;
  /** Parts of the sender, a recipient, the subject; lower case. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Folder it goes to; null leaves it in the inbox. */
  readonly move: string | null;
  readonly markRead: boolean;
  readonly flag: boolean;
  readonly forward: readonly Address[];
}

/** What the rules did with a mail that has come in. */
export interface Ruled {
  readonly office: Office;
  readonly effects: readonly Effect[];
  /** Items that forwarded mails took along. */
  readonly carried: readonly Item[];
}

/**
 * Follows every rule that a mail meets, in the order they were made. What the agent's own address
 * or the mail system sent is not forwarded, so that no mail goes round in a ring.
 */
export function followRules(office: Office, post: Post, mail: Mail): Ruled {
  const effects: Effect[] = [];
  const carried: Item[] = [];
  let next = office;
  let { folder, read, flagged } = mail;
  for (const rule of office.mailbox.rules) {
    if (!isMet(rule, mail)) continue;
    if (rule.move !== null && rule.move !== folder) {
      effects.push({ effect: "mail-moved", mail: mail.ref, from: folder, to: rule.move });
      folder = rule.move;
    }
    if ((rule.markRead && !read) || (rule.flag && !flagged)) {
      read ||= rule.markRead;
      flagged ||= rule.flag;
      effects.push({ effect: "mail-marked", mail: mail.ref, read, flagged });
    }
    if (!rule.forward.length || isOwn(mail, office)) continue;
    const letter = { ...forwardOf(mail, "", office.zone), to: rule.forward };
    const sent = sendLetter(next, post, letter, { rule: rule.ref });
    next = sent.office;
    effects.push(...sent.effects);
    if (sent.effects.length) carried.push(...letter.carried);
  }
  return { office: keepMail(next, { ...mail, folder, read, flagged }), effects, carried };
}

function isMet({ from, to, subject }: MailRule, mail: Mail): boolean {
  const holds = (boxes: readonly Address[], part: string) =>
    part === "" || boxes.some((box) => formatAddress(box).toLowerCase().includes(part));
  return (
    holds([mail.from], from) &&
    holds([...mail.to, ...mail.cc], to) &&
    mail.subject.toLowerCase().includes(subject)
  );
}

function isOwn({ from }: Mail, { mailbox }: Office): boolean {
  return from.address === mailbox.owner.address || from.address.startsWith(`${DAEMON}@`);
}
