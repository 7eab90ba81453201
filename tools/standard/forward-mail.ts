import { z } from "zod";
import { forwardOf } from "../../env/mailbox/send.ts";
import { defineTool } from "../define.ts";
import { addressesOf, body, mailId, recipients } from "./input.ts";
import { findSent } from "./mail.ts";
import { send } from "./send-letter.ts";

export const forwardMail = defineTool({
  name: "forward_mail",
  description: "Sends a mail on, attachments included, with a text of yours above it.",
  effect: "write",
  input: z.strictObject({ mail_id: mailId, to: recipients.min(1), text: body.default("") }),
  run({ mail_id, to, text }, scene) {
    const { office } = scene;
    const mail = findSent(office, mail_id);
    return send(scene, {
      ...forwardOf(mail, text, office.zone),
      to: addressesOf("to", to, office),
    });
  },
});
