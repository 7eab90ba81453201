import type { Due } from "./agenda.ts";
import type { Message } from "./chat/chat.ts";
import { channelName } from "./chat/chat.ts";
import { keepMessage } from "./chat/post.ts";
import { followInvitations } from "./calendar/invitation.ts";
import { react, reactToTime } from "./colleagues/react.ts";
import type { Effect } from "./effects.ts";
import type { Item } from "./items.ts";
import { keepMail } from "./mailbox/send.ts";
import { followRules } from "./mailbox/rules.ts";
import type { Desk, Office } from "./office.ts";
import { isMailboxFull } from "./quota.ts";
import { getEntry } from "./table.ts";

/** One thing that happened while time passed. */
export interface Arrival {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly effects: readonly Effect[];
  /** Items that it took along, as a mail does that a rule forwards. */
  readonly carried: readonly Item[];
}

/** Whether it brings the agent something to look at. */
export function comesIn({ effects }: Arrival): boolean {
  return effects.some(({ effect }) => effect === "mail-received" || effect === "chat-received");
}

/**
 * The office at a later time, with what fell due until then, in order; or at an earlier one, where it
 * is held.
 */
export function advance(
  office: Office,
  until: number,
  desk: Desk,
  isHeld: (office: Office) => boolean = () => false,
): { readonly office: Office; readonly arrivals: readonly Arrival[] } {
  const arrivals: Arrival[] = [];
  let next = office;
  for (;;) {
    const due = next.agenda[0];
    if (!due || due.at > until) break;
    const now = Math.max(next.now, due.at);
    const agenda = next.agenda.slice(1);
    const { office: after, ...arrival } = happen({ ...next, now, agenda }, due, desk);
    next = react(after, arrival.effects);
    if (arrival.effects.length) arrivals.push({ at: due.at, ...arrival });
    if (isHeld(next)) return { office: next, arrivals };
  }
  return { office: { ...next, now: Math.max(next.now, until) }, arrivals };
}

type Happened = Omit<Arrival, "at"> & { readonly office: Office };

function happen(office: Office, due: Due, desk: Desk): Happened {
  switch (due.kind) {
    case "mail":
      return receiveMail(office, due, desk);
    case "message":
      return receiveMessage(office, due.message);
    case "effect":
      return { office, effects: [due.effect], carried: [] };
    case "rule":
      return { office: reactToTime(office, due.rule), effects: [], carried: [] };
  }
}

function receiveMail(
  office: Office,
  { mail, because }: Extract<Due, { kind: "mail" }>,
  { post }: Desk,
): Happened {
  const { mailbox } = office;
  const kept = keepMail(office, mail);
  if (isMailboxFull(kept)) {
    const refusal = { address: mailbox.owner.address, code: 552, text: "5.2.2 mailbox full" };
    return { office, effects: [{ effect: "mail-bounced", mail: mail.ref, refusal }], carried: [] };
  }
  const { ref, from, subject } = mail;
  const invited = followInvitations(kept, mail);
  const ruled = followRules(invited.office, post, mail);
  return {
    office: ruled.office,
    effects: [
      ...(because ? [because] : []),
      { effect: "mail-received", mail: ref, from, subject },
      ...invited.effects,
      ...ruled.effects,
    ],
    carried: ruled.carried,
  };
}

function receiveMessage(office: Office, message: Message): Happened {
  const channel = getEntry(office.chat.channels, message.channel)!;
  const { ref, from, text } = message;
  const name = channelName(channel, office.mailbox.owner.address);
  return {
    office: keepMessage(office, message),
    effects: [{ effect: "chat-received", message: ref, channel: channel.ref, name, from, text }],
    carried: [],
  };
}
