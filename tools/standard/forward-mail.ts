import { z } from "zod";
import { mailItem } from "../../env/mailbox/mail.ts";
import { defineTool } from "../define.ts";
import { addressesOf, body, mailId, recipients } from "./input.ts";
import { findMail, sendDraft } from "./mail.ts";

export const forwardMail = defineTool({
  name: "forward_mail",
  description: "Sends a mail on, attachments included, with a text of yours above it.",
  effect: "write",
  input: z.strictObject({ mail_id: mailId, to: recipients.min(1), text: body.default("") }),
  run({ mail_id, to, text }, scene) {
    const { office } = scene;
    const mail = findMail(office, mail_id);
    const original = mailItem({ ...mail, attachments: [] }, office.zone);
    return sendDraft(scene, {
      to: addressesOf("to", to, office),
      cc: [],
      bcc: [],
      subject: /^fwd:/i.test(mail.subject) ? mail.subject : `Fwd: ${mail.subject}`,
      text: `${text}${text && "\n\n"}---------- Forwarded message ----------\n${original.text}`,
      before: null,
      attachments: mail.attachments,
      carried: [mailItem(mail, office.zone)],
    });
  },
});
