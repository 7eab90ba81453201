import type { Effect } from "../effects.ts";
import type { Attachment } from "../mailbox/mail.ts";
import type { Office } from "../office.ts";
import { setEntry } from "../table.ts";
import type { Channel, Message } from "./chat.ts";
import { channelName, recipientsIn } from "./chat.ts";

/** What the agent says in a channel. */
export interface Post {
  readonly channel: Channel;
  readonly thread: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** The office with the agent's words in the channel. */
export function postMessage(
  office: Office,
  { channel, ...post }: Post,
): { readonly office: Office; readonly message: Message; readonly effect: Effect } {
  const { chat, mailbox, directory, now } = office;
  const from = mailbox.owner;
  const message: Message = {
    ...post,
    ref: `message:${chat.next}`,
    channel: channel.ref,
    from,
    sentAt: now,
    labels: [],
  };
  return {
    office: keepMessage({ ...office, chat: { ...chat, next: chat.next + 1 } }, message),
    message,
    effect: {
      effect: "chat-posted",
      message: message.ref,
      channel: channel.ref,
      name: channelName(channel, from.address),
      thread: post.thread,
      text: post.text,
      recipients: recipientsIn(channel, from.address, directory),
      attachments: post.attachments.map(({ name, source }) => ({ name, source })),
    },
  };
}

export function keepMessage(office: Office, message: Message): Office {
  const { chat } = office;
  return { ...office, chat: { ...chat, messages: setEntry(chat.messages, message.ref, message) } };
}

/** The office with a channel for two, which nobody has written in yet. */
export function openDirect(
  office: Office,
  members: readonly [string, string],
): { readonly office: Office; readonly channel: Channel } {
  const { chat } = office;
  const ref = `channel:${chat.nextChannel}`;
  const channel: Channel = { ref, name: "", purpose: "", kind: "direct", members };
  const channels = setEntry(chat.channels, ref, channel);
  return {
    office: { ...office, chat: { ...chat, channels, nextChannel: chat.nextChannel + 1 } },
    channel,
  };
}
