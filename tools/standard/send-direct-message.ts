import { z } from "zod";
import { directChannel } from "../../env/chat/chat.ts";
import { openDirect } from "../../env/chat/post.ts";
import { isInside } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { say } from "./chat.ts";
import { addressOf, message, path, recipient } from "./input.ts";

export const sendDirectMessage = defineTool({
  name: "send_direct_message",
  description: "Writes to one person in the chat, whom alone it reaches.",
  effect: "write",
  input: z.strictObject({
    to: recipient,
    text: message,
    attachments: z.array(path).max(20).default([]),
  }),
  run({ to, text, attachments }, scene) {
    const { office } = scene;
    const { chat, directory, mailbox } = office;
    const me = mailbox.owner.address;
    const { address } = addressOf("to", to, office);
    const known = directChannel(chat, me, address);
    const isPerson = directory.people.some((person) => person.address === address);
    if (address === me || (!known && !(isPerson && isInside(address, directory)))) {
      throw new ToolFault(
        "not-allowed",
        `${address} can't be reached by chat: it is for one other person of the company. send_mail reaches others.`,
      );
    }
    if (known) return say(scene, { channel: known, text, thread: "" }, attachments);
    const opened = openDirect(office, [me, address]);
    const there = { ...scene, office: opened.office };
    return say(there, { channel: opened.channel, text, thread: "" }, attachments);
  },
});
