import { z } from "zod";
import { channelItem, channelName, messagesIn } from "../../env/chat/chat.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { openChannels } from "./chat.ts";

export const listChannels = defineTool({
  name: "list_channels",
  description: "Lists the chat's channels that you may read, and those you talk with directly.",
  effect: "read",
  input: z.strictObject({}),
  run(_, { office }) {
    const { chat, mailbox, zone } = office;
    const me = mailbox.owner.address;
    const channels = openChannels(office).filter(
      ({ kind, ref }) => kind !== "direct" || messagesIn(chat, ref).length > 0,
    );
    return {
      reads: channels.map((channel) => channelItem(channel, me)),
      value: {
        channels: channels.map((channel) => {
          const messages = messagesIn(chat, channel.ref);
          const last = messages.at(-1);
          return {
            channel: channelName(channel, me),
            ...(channel.kind === "direct" ? { direct: true } : {}),
            ...(channel.kind === "private" ? { private: true } : {}),
            ...(channel.purpose ? { purpose: channel.purpose } : {}),
            ...(channel.kind === "direct" ? {} : { members: channel.members }),
            messages: messages.length,
            ...(last ? { latest: formatLocal(last.sentAt, zone) } : {}),
          };
        }),
      },
    };
  },
});
