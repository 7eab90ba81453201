import { z } from "zod";
import { defineTool } from "../define.ts";
import { findChannel, findMessage, say } from "./chat.ts";
import { channel, messageId, message, path } from "./input.ts";

export const postMessage = defineTool({
  name: "post_message",
  description:
    "Says something in a channel. @name calls someone; files of the drive can be attached.",
  effect: "write",
  input: z.strictObject({
    channel,
    text: message,
    in_reply_to: messageId.optional().describe("Id of the message it answers"),
    attachments: z.array(path).max(20).default([]),
  }),
  run({ channel: name, text, in_reply_to, attachments }, scene) {
    const channel = findChannel(scene.office, name);
    const answered =
      in_reply_to === undefined ? undefined : findMessage(scene.office, in_reply_to, channel);
    const thread = answered ? answered.thread || answered.ref : "";
    return say(scene, { channel, text, thread }, attachments);
  },
});
