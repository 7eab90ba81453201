import type { Effect } from "./effects.ts";
import type { Mail } from "./mailbox/mail.ts";

/** Something that will happen in the office by itself. */
export interface Due {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Arrives in the mailbox. A bounce names what it answers, and why. */
  readonly mail: Mail;
  readonly because?: Extract<Effect, { effect: "mail-bounced" }>;
}

/** What is to come, soonest first; what was planned first comes first at the same moment. */
export type Agenda = readonly Due[];

export function planDue(agenda: Agenda, due: Due): Agenda {
  const place = agenda.findIndex(({ at }) => at > due.at);
  return place < 0 ? [...agenda, due] : agenda.toSpliced(place, 0, due);
}
