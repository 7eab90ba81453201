import { z } from "zod";
import { defineTool } from "../define.ts";
import { body, mailId, path } from "./input.ts";
import { attachPaths, findMail, sendDraft } from "./mail.ts";

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
    const before = findMail(scene.office, mail_id);
    const own = before.from.address === scene.office.mailbox.owner.address;
    return sendDraft(scene, {
      to: own ? before.to : [before.from],
      cc: [],
      bcc: [],
      subject: /^re:/i.test(before.subject) ? before.subject : `Re: ${before.subject}`,
      text,
      before,
      ...attachPaths(scene, attachments),
    });
  },
});
