import type { Address, Directory } from "../directory.ts";
import { formatAddress } from "../directory.ts";
import type { Item } from "../items.ts";
import type { Attachment } from "../mailbox/mail.ts";
import type { Table } from "../table.ts";
import { entriesOf, getEntry } from "../table.ts";
import { formatLocal } from "../time.ts";

export interface Channel {
  /** `channel:2` */
  readonly ref: string;
  /** Without `#`; empty for a direct one. */
  readonly name: string;
  readonly purpose: string;
  /** Everyone inside may read a company channel, members alone the others. Direct ones have two. */
  readonly kind: "company" | "private" | "direct";
  /** Addresses, lower case; of people outside too. */
  readonly members: readonly string[];
}

export interface Message {
  /** `message:7` */
  readonly ref: string;
  /** Reference of its channel. */
  readonly channel: string;
  /** Reference of the message that it answers; empty for none. */
  readonly thread: string;
  readonly from: Address;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly labels: readonly string[];
  readonly attachments: readonly Attachment[];
}

export interface Chat {
  readonly channels: Table<Channel>;
  readonly messages: Table<Message>;
  /** Numbers of the next channel and the next message. */
  readonly nextChannel: number;
  readonly next: number;
}

/** Whether someone may read a channel. */
export function isOpenTo({ kind, members }: Channel, address: string): boolean {
  return kind === "company" || members.includes(address);
}

/** How a channel is named: `#vans`, or the address of whom it is a talk with. */
export function channelName({ kind, name, members }: Channel, me: string): string {
  return kind === "direct" ? members.find((address) => address !== me)! : `#${name}`;
}

/** The channel in which two people talk with each other. */
export function directChannel(chat: Chat, me: string, other: string): Channel | undefined {
  return [...entriesOf(chat.channels)].find(
    ({ kind, members }) => kind === "direct" && members.includes(me) && members.includes(other),
  );
}

/** Messages of a channel, oldest first. */
export function messagesIn(chat: Chat, channel: string): Message[] {
  return [...entriesOf(chat.messages)]
    .filter((message) => message.channel === channel)
    .toSorted((a, b) => a.sentAt - b.sentAt || Number(a.ref.slice(8)) - Number(b.ref.slice(8)));
}

/** Who gets to see what is posted in a channel, but for who posts it. */
export function recipientsIn({ members }: Channel, from: string, directory: Directory): Address[] {
  return members
    .filter((address) => address !== from)
    .map((address) => directory.byAddress.get(address) ?? { name: "", address });
}

/** People whom a text calls by `@id` or `@Firstname`. */
export function mentionedIn(text: string, { people }: Directory): string[] {
  const names = new Set(
    [...text.matchAll(/@([\p{L}\d._-]+)/gu)].map(([, name]) =>
      name!.toLowerCase().replace(/[._-]+$/, ""),
    ),
  );
  return people
    .filter(({ id, name }) => names.has(id) || names.has(name.split(" ")[0]!.toLowerCase()))
    .map(({ address }) => address);
}

export function channelItem(channel: Channel, me: string): Item {
  const name = channelName(channel, me);
  const { ref, purpose } = channel;
  return {
    ref,
    part: "head",
    title: name,
    text: purpose ? `${name}: ${purpose}` : name,
    labels: [],
    audience: audienceOf(channel),
  };
}

export function messageItem(message: Message, chat: Chat, me: string, zone: string): Item {
  const channel = getEntry(chat.channels, message.channel)!;
  const name = channelName(channel, me);
  const lines = [
    `${formatLocal(message.sentAt, zone)} ${name} ${formatAddress(message.from)}: ${message.text}`,
    ...message.attachments.map(({ name, text, encoding }) =>
      encoding === "utf8" ? `[${name}]\n${text}` : `[${name}: binary]`,
    ),
  ];
  return {
    ref: message.ref,
    part: "whole",
    title: name,
    text: lines.join("\n"),
    labels: message.labels,
    audience: audienceOf(channel),
  };
}

function audienceOf({ kind, members }: Channel): Item["audience"] {
  return { circle: kind === "company" ? "company" : "participants", principals: members };
}
