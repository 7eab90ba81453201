import { z } from "zod";
import { placeAfter } from "../../env/mailbox/send.ts";
import { defineTool } from "../define.ts";
import { body, mailId, path } from "./input.ts";
import { findSent } from "./mail.ts";
import { attachPaths, send, subjectOfReply } from "./send-letter.ts";

export const replyMail = defineTool({
  name: "reply_mail",
  description: "Answers a mail: goes to its sender alone, in the same thread.",
  effect: "write",
  input: z.strictObject({
    mail_id: mailId,
    text: body,
    attachments: z.array(path).max(20).default([]),
  }),
  run({ mail_id, text, attachments }, scene) {
    const before = findSent(scene.office, mail_id);
    const own = before.from.address === scene.office.mailbox.owner.address;
    return send(scene, {
      to: own ? before.to : [before.from],
      cc: [],
      bcc: [],
      subject: subjectOfReply(before.subject),
      text,
      place: placeAfter(before),
      ...attachPaths(scene, attachments),
    });
  },
});
