import { z } from "zod";
import { placeAfter } from "../../env/mailbox/send.ts";
import { defineTool } from "../define.ts";
import { saveDraft } from "./drafts.ts";
import { addressesOf, body, line, mailId, path, recipients } from "./input.ts";
import { findSent } from "./mail.ts";
import { attachPaths, subjectOfReply } from "./send-letter.ts";

export const createDraft = defineTool({
  name: "create_draft",
  description: "Writes a mail without sending it. It lies in the folder drafts until send_draft.",
  effect: "write",
  input: z.strictObject({
    to: recipients.default([]),
    cc: recipients.default([]),
    bcc: recipients.default([]),
    subject: line.optional().describe("Left out in an answer: that of the mail answered"),
    text: body.default(""),
    attachments: z.array(path).max(20).default([]),
    in_reply_to: mailId.optional().describe("Id of the mail it answers"),
  }),
  run({ to, cc, bcc, subject, text, attachments, in_reply_to }, scene) {
    const { office } = scene;
    const before = in_reply_to === undefined ? undefined : findSent(office, in_reply_to);
    const ref = `mail:${office.mailbox.next}`;
    return saveDraft(
      office,
      {
        to: addressesOf("to", to, office),
        cc: addressesOf("cc", cc, office),
        bcc: addressesOf("bcc", bcc, office),
        subject: subject ?? (before ? subjectOfReply(before.subject) : ""),
        text,
        ...attachPaths(scene, attachments),
      },
      {
        created: true,
        ref,
        ...(before ? placeAfter(before) : { thread: ref, references: [] }),
      },
    );
  },
});
