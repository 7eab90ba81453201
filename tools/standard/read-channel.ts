import { z } from "zod";
import { channelName, messagesIn } from "../../env/chat/chat.ts";
import { defineTool } from "../define.ts";
import { findChannel, findMessage, showMessage, shownItem } from "./chat.ts";
import { channel, messageId } from "./input.ts";

export const readChannel = defineTool({
  name: "read_channel",
  description: "Shows the newest messages of a channel, or of one thread of it, oldest first.",
  effect: "read",
  input: z.strictObject({
    channel,
    thread: messageId.optional().describe("Only this message and the answers to it"),
    limit: z.int().min(1).max(100).default(30),
    offset: z.int().min(0).default(0).describe("How many of the newest to leave out"),
  }),
  run({ channel: name, thread, limit, offset }, { office }) {
    const channel = findChannel(office, name);
    const first = thread === undefined ? undefined : findMessage(office, thread, channel).ref;
    const found = messagesIn(office.chat, channel.ref).filter(
      (message) => first === undefined || message.ref === first || message.thread === first,
    );
    const end = Math.max(0, found.length - offset);
    const page = found.slice(Math.max(0, end - limit), end);
    return {
      reads: page.map((message) => shownItem(message, office)),
      value: {
        channel: channelName(channel, office.mailbox.owner.address),
        total: found.length,
        messages: page.map((message) => showMessage(message, office)),
      },
    };
  },
});
