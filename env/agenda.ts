import type { Message } from "./chat/chat.ts";
import type { Effect } from "./effects.ts";
import type { Mail } from "./mailbox/mail.ts";

/** Something that will happen in the office by itself, at `at` (epoch milliseconds). */
export type Due = { readonly at: number } & Happening;

type Happening =
  /** A mail comes in. A bounce names what it answers, and why. */
  | {
      readonly kind: "mail";
      readonly mail: Mail;
      readonly because?: Extract<Effect, { effect: "mail-bounced" }>;
    }
  /** Someone says something in the chat. */
  | { readonly kind: "message"; readonly message: Message }
  /** Something among colleagues, which changes nothing that the agent could look at. */
  | { readonly kind: "effect"; readonly effect: Effect }
  /** A colleague's rule of time is looked at. */
  | { readonly kind: "rule"; readonly rule: string };

/** What is to come, soonest first; what was planned first comes first at the same moment. */
export type Agenda = readonly Due[];

export function planDue(agenda: Agenda, due: Due): Agenda {
  const place = agenda.findIndex(({ at }) => at > due.at);
  return place < 0 ? [...agenda, due] : agenda.toSpliced(place, 0, due);
}

/** What is due, in short. */
export function dueRef(due: Due): string {
  switch (due.kind) {
    case "mail":
      return due.mail.ref;
    case "message":
      return due.message.ref;
    case "effect":
      return JSON.stringify(due.effect);
    case "rule":
      return due.rule;
  }
}
