import { z } from "zod";
import { channelName } from "../../env/chat/chat.ts";
import { formatAddress } from "../../env/directory.ts";
import { entriesOf } from "../../env/table.ts";
import { defineTool } from "../define.ts";
import { findChannel, openChannels, showMessage, shownItem } from "./chat.ts";
import { channel, line } from "./input.ts";
import { containsAll } from "../../env/words.ts";
import { wordsOf } from "./search.ts";

export const searchChat = defineTool({
  name: "search_chat",
  description:
    "Finds messages in which every word of the query occurs (sender or text), newest first.",
  effect: "read",
  input: z.strictObject({
    query: line,
    channel: channel.optional(),
    limit: z.int().min(1).max(100).default(20),
  }),
  run({ query, channel, limit }, { office }) {
    const words = wordsOf(query);
    const me = office.mailbox.owner.address;
    const channels = channel === undefined ? openChannels(office) : [findChannel(office, channel)];
    const names = new Map(channels.map((open) => [open.ref, channelName(open, me)]));
    const found = [...entriesOf(office.chat.messages)]
      .filter(({ channel }) => names.has(channel))
      .filter(({ from, text }) =>
        containsAll(`${formatAddress(from)}\n${text}`.toLowerCase(), words),
      )
      .toSorted((a, b) => b.sentAt - a.sentAt || Number(b.ref.slice(8)) - Number(a.ref.slice(8)));
    const page = found.slice(0, limit);
    return {
      reads: page.map((message) => shownItem(message, office)),
      value: {
        total: found.length,
        messages: page.map((message) => ({
          channel: names.get(message.channel),
          ...showMessage(message, office),
        })),
      },
    };
  },
});
