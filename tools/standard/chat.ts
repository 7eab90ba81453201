import type { Channel, Message } from "../../env/chat/chat.ts";
import { channelName, directChannel, isOpenTo, messageItem } from "../../env/chat/chat.ts";
import { postMessage } from "../../env/chat/post.ts";
import type { Post } from "../../env/chat/post.ts";
import { formatAddress, parseAddress } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import type { Item } from "../../env/items.ts";
import type { Office } from "../../env/office.ts";
import { entriesOf, getEntry } from "../../env/table.ts";
import { formatLocal } from "../../env/time.ts";
import type { Outcome, Scene } from "../define.ts";
import { idOf, refOf } from "./input.ts";
import { attachPaths } from "./send-letter.ts";

/** Channels the agent may read, in the order they were made. */
export function openChannels({ chat, mailbox }: Office): Channel[] {
  return [...entriesOf(chat.channels)].filter((channel) =>
    isOpenTo(channel, mailbox.owner.address),
  );
}

/** A channel by its name, with or without `#`, or by the address of whom it is a talk with. */
export function findChannel(office: Office, text: string): Channel {
  const { chat, mailbox, directory } = office;
  const name = text.trim().replace(/^#/, "").toLowerCase();
  const address = parseAddress(text, directory)?.address;
  const channel =
    address === undefined
      ? openChannels(office).find((open) => open.kind !== "direct" && open.name === name)
      : directChannel(chat, mailbox.owner.address, address);
  if (channel) return channel;
  throw new ToolFault(
    "not-found",
    `NOT FOUND: there is no channel "${text}" for you. list_channels gives names such as #general, and addresses of those you talk with.`,
  );
}

export function showMessage(message: Message, office: Office): Record<string, unknown> {
  const { ref, from, text, thread, attachments } = message;
  return {
    id: idOf(ref),
    date: formatLocal(message.sentAt, office.zone),
    from: formatAddress(from),
    text,
    ...(thread ? { in_reply_to: idOf(thread) } : {}),
    ...(attachments.length
      ? {
          attachments: attachments.map(({ name, text, encoding }) =>
            encoding === "utf8" ? { name, text } : { name, binary: true },
          ),
        }
      : {}),
  };
}

export function shownItem(message: Message, { chat, mailbox, zone }: Office): Item {
  return messageItem(message, chat, mailbox.owner.address, zone);
}

/** A message of the channel, by its id. */
export function findMessage(office: Office, id: string, channel: Channel): Message {
  const message = getEntry(office.chat.messages, refOf("message", id));
  if (message?.channel === channel.ref) return message;
  const name = channelName(channel, office.mailbox.owner.address);
  throw new ToolFault(
    "not-found",
    `NOT FOUND: there is no message "${id}" in ${name}. read_channel gives ids such as message-7.`,
  );
}

/** Says something in a channel, with files of the drive. */
export function say(
  scene: Scene,
  post: Omit<Post, "attachments">,
  paths: readonly string[],
): Outcome {
  const { attachments, carried } = attachPaths(scene, paths);
  const { office, message, effect } = postMessage(scene.office, { ...post, attachments });
  const name = channelName(post.channel, office.mailbox.owner.address);
  return { office, effects: [effect], carried, value: { posted: idOf(message.ref), in: name } };
}
