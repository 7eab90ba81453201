import { z } from "zod";
import { defineTool } from "../define.ts";
import { mailId } from "./input.ts";
import { findDraft } from "./mail.ts";
import { send } from "./send-letter.ts";

export const sendDraft = defineTool({
  name: "send_draft",
  description: "Sends a draft as it stands.",
  effect: "write",
  input: z.strictObject({ mail_id: mailId }),
  run({ mail_id }, scene) {
    const draft = findDraft(scene.office, mail_id);
    const {
      ref,
      to,
      cc,
      bcc,
      subject,
      text,
      attachments,
      carried = [],
      thread,
      references,
    } = draft;
    const letter = { to, cc, bcc, subject, text, attachments, carried };
    return send(scene, { ...letter, place: { thread, references } }, ref);
  },
});
