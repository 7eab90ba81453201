import { z } from "zod";
import { defineTool } from "../define.ts";
import { folder, mailId } from "./input.ts";
import { findSent, putMail } from "./mail.ts";

export const moveMail = defineTool({
  name: "move_mail",
  description: "Moves a mail to another folder.",
  effect: "write",
  input: z.strictObject({ mail_id: mailId, folder }),
  run({ mail_id, folder }, { office }) {
    const mail = findSent(office, mail_id);
    return {
      office: putMail(office, { ...mail, folder }),
      effects: [{ effect: "mail-moved", mail: mail.ref, from: mail.folder, to: folder }],
      value: { moved: mail_id, to: folder },
    };
  },
});
