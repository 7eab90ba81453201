import { planDue } from "../agenda.ts";
import type { CalendarEvent } from "../calendar/calendar.ts";
import { replyPart } from "../calendar/invitation.ts";
import type { Channel } from "../chat/chat.ts";
import { directChannel } from "../chat/chat.ts";
import { openDirect } from "../chat/post.ts";
import type { Address } from "../directory.ts";
import type { Effect } from "../effects.ts";
import { renderLoosely } from "../fixture/template.ts";
import type { Attachment, Mail } from "../mailbox/mail.ts";
import { messageId, placeAfter, planMail } from "../mailbox/send.ts";
import type { Office } from "../office.ts";
import { entriesOf, getEntry } from "../table.ts";
import type { Act, Response } from "./rules.ts";

/** What a colleague will do, about what, and when. */
export interface Planned {
  readonly act: Act;
  readonly who: Address;
  /** Null for a rule of time. */
  readonly effect: Effect | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The office with the act on its agenda. One that nothing can be done about comes to nothing. */
export function planAct(office: Office, { act, who, effect, at }: Planned): Office {
  const text = wordOf(office, act.text, who, effect);
  switch (act.do) {
    case "mail": {
      const answered = answeredMail(office, effect);
      const subject = act.subject && wordOf(office, act.subject, who, effect);
      const others = answered && act.all ? othersOn(answered, who, office) : [];
      return planLetter(office, at, {
        from: who,
        cc: others,
        subject: subject || (answered ? replyTo(answered.subject) : ""),
        text,
        before: answered,
        attachments: [],
      });
    }
    case "respond": {
      const event = eventOf(office, effect);
      return event ? planResponse(office, at, { event, who, answer: act.answer, text }) : office;
    }
    case "post": {
      const channel = channelOf(office, act.channel, effect);
      const thread = !act.channel && effect?.effect === "chat-posted" ? effect.message : "";
      return channel ? planMessage(office, at, { channel, who, text, thread }) : office;
    }
    case "direct": {
      const me = office.mailbox.owner.address;
      const known = directChannel(office.chat, me, who.address);
      const opened = known ? { office, channel: known } : openDirect(office, [me, who.address]);
      return planMessage(opened.office, at, { channel: opened.channel, who, text, thread: "" });
    }
    case "forward": {
      const mail = answeredMail(office, effect);
      if (!mail) return office;
      const told: Effect = {
        effect: "mail-forwarded",
        mail: mail.ref,
        from: who,
        to: act.to,
        subject: mail.subject,
        text: [text, mail.text].filter(Boolean).join("\n\n"),
      };
      return { ...office, agenda: planDue(office.agenda, { at, kind: "effect", effect: told }) };
    }
  }
}

/** The office with somebody's own words on its agenda, in answer to what they were written. */
export function planReply(
  office: Office,
  { who, effect, at, text }: Omit<Planned, "act"> & { readonly text: string },
): Office {
  const mail = answeredMail(office, effect);
  if (mail) {
    const subject = replyTo(mail.subject);
    const letter = { from: who, cc: [], subject, text, before: mail, attachments: [] };
    return planLetter(office, at, letter);
  }
  const channel = channelOf(office, "", effect);
  if (!channel || effect?.effect !== "chat-posted") return office;
  const thread = channel.kind === "direct" ? "" : effect.thread || effect.message;
  return planMessage(office, at, { channel, who, text, thread });
}

function wordOf(office: Office, text: string, who: Address, effect: Effect | null): string {
  const { condition, names } = office.colleagues;
  return renderLoosely(text, { ...condition, ...names, who, effect: effect ?? {} }).trim();
}

/** The mail of the agent's that is answered or sent on. */
function answeredMail(office: Office, effect: Effect | null): Mail | undefined {
  if (effect?.effect !== "mail-sent" && effect?.effect !== "mail-forwarded") return undefined;
  return getEntry(office.mailbox.mails, effect.mail);
}

function replyTo(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

function othersOn({ to, cc }: Mail, who: Address, { mailbox }: Office): Address[] {
  const known = new Set([who.address, mailbox.owner.address]);
  return [...to, ...cc].filter(({ address }) => !known.has(address));
}

interface ColleagueLetter extends Pick<Mail, "from" | "cc" | "subject" | "text" | "attachments"> {
  readonly before: Mail | undefined;
}

function planLetter(office: Office, at: number, { before, ...letter }: ColleagueLetter): Office {
  const { mailbox } = office;
  const ref = `mail:${mailbox.next}`;
  const mail: Mail = {
    ...letter,
    ref,
    messageId: messageId(ref, at, letter.from),
    ...(before ? placeAfter(before) : { thread: ref, references: [] }),
    to: [mailbox.owner],
    bcc: [],
    sentAt: at,
    folder: "inbox",
    read: false,
    flagged: false,
    labels: [],
  };
  return planMail(office, mail, at);
}

/** The invitation that an effect of the agent's is. */
function eventOf(office: Office, effect: Effect | null): CalendarEvent | undefined {
  return effect && "attendees" in effect
    ? getEntry(office.calendar.events, effect.event)
    : undefined;
}

const words = { accepted: "Accepted", declined: "Declined", tentative: "Tentative" } as const;

/** The subject of a mail that answers an invitation. */
export function subjectOfResponse(answer: Response, title: string): string {
  return `${words[answer]}: ${title}`;
}

function planResponse(
  office: Office,
  at: number,
  response: { event: CalendarEvent; who: Address; answer: Response; text: string },
): Office {
  const { event, who, answer, text } = response;
  const part: Attachment = replyPart(event, who, answer);
  return planLetter(office, at, {
    from: who,
    cc: [],
    subject: subjectOfResponse(answer, event.title),
    text,
    before: undefined,
    attachments: [part],
  });
}

/** The channel of that name, or that in which was said what is answered. */
function channelOf({ chat }: Office, name: string, effect: Effect | null): Channel | undefined {
  if (name) return [...entriesOf(chat.channels)].find((channel) => channel.name === name);
  return effect && "channel" in effect ? getEntry(chat.channels, effect.channel) : undefined;
}

function planMessage(
  office: Office,
  at: number,
  { channel, who, ...said }: { channel: Channel; who: Address; text: string; thread: string },
): Office {
  const { chat, agenda } = office;
  const message = {
    ref: `message:${chat.next}`,
    channel: channel.ref,
    from: who,
    ...said,
    sentAt: at,
    labels: [],
    attachments: [],
  };
  return {
    ...office,
    chat: { ...chat, next: chat.next + 1 },
    agenda: planDue(agenda, { at, kind: "message", message }),
  };
}
