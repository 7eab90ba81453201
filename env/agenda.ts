import type { Message } from "./chat/chat.ts";
import type { Effect } from "./effects.ts";
import type { Mail } from "./mailbox/mail.ts";

/** Something that will happen in the office by itself, at `at` (epoch milliseconds). */
export type Due =
  /** A mail comes in. A bounce names what it answers, and why. */
  | {
      readonly at: number;
      readonly kind: "mail";
      readonly mail: Mail;
      readonly because?: Extract<Effect, { effect: "mail-bounced" }>;
    }
  /** Someone says something in the chat. */
  | { readonly at: number; readonly kind: "message"; readonly message: Message };

/** What is to come, soonest first; what was planned first comes first at the same moment. */
export type Agenda = readonly Due[];

export function planDue(agenda: Agenda, due: Due): Agenda {
  const place = agenda.findIndex(({ at }) => at > due.at);
  return place < 0 ? [...agenda, due] : agenda.toSpliced(place, 0, due);
}

/** The reference of what is due. */
export function dueRef(due: Due): string {
  return due.kind === "mail" ? due.mail.ref : due.message.ref;
}
