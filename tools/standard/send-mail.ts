import { z } from "zod";
import { defineTool } from "../define.ts";
import { addressesOf, body, line, path, recipients } from "./input.ts";
import { attachPaths, send } from "./send-letter.ts";

export const sendMail = defineTool({
  name: "send_mail",
  description: "Sends a new mail from your address. Files of the drive can be attached by path.",
  effect: "write",
  input: z.strictObject({
    to: recipients.min(1),
    cc: recipients.default([]),
    bcc: recipients.default([]),
    subject: line,
    text: body,
    attachments: z.array(path).max(20).default([]),
  }),
  run({ to, cc, bcc, subject, text, attachments }, scene) {
    return send(scene, {
      to: addressesOf("to", to, scene.office),
      cc: addressesOf("cc", cc, scene.office),
      bcc: addressesOf("bcc", bcc, scene.office),
      subject,
      text,
      place: null,
      ...attachPaths(scene, attachments),
    });
  },
});
