import { z } from "zod";
import { defineTool } from "../define.ts";
import { saveDraft } from "./drafts.ts";
import { addressesOf, body, line, mailId, path, recipients } from "./input.ts";
import { findDraft } from "./mail.ts";
import { attachPaths } from "./send-letter.ts";

export const updateDraft = defineTool({
  name: "update_draft",
  description: "Changes a draft: what is left out stays as it is.",
  effect: "write",
  input: z.strictObject({
    mail_id: mailId,
    to: recipients.optional(),
    cc: recipients.optional(),
    bcc: recipients.optional(),
    subject: line.optional(),
    text: body.optional(),
    attachments: z.array(path).max(20).optional(),
  }),
  run({ mail_id, to, cc, bcc, subject, text, attachments }, scene) {
    const { office } = scene;
    const before = findDraft(office, mail_id);
    return saveDraft(
      office,
      {
        to: to ? addressesOf("to", to, office) : before.to,
        cc: cc ? addressesOf("cc", cc, office) : before.cc,
        bcc: bcc ? addressesOf("bcc", bcc, office) : before.bcc,
        subject: subject ?? before.subject,
        text: text ?? before.text,
        ...(attachments
          ? attachPaths(scene, attachments)
          : { attachments: before.attachments, carried: before.carried ?? [] }),
      },
      { ...before, created: false },
    );
  },
});
