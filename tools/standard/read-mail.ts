import { z } from "zod";
import { mailItem } from "../../env/mailbox/mail.ts";
import { defineTool } from "../define.ts";
import { mailId } from "./input.ts";
import { findMail, putMail, showMail } from "./mail.ts";

export const readMail = defineTool({
  name: "read_mail",
  description: "Opens a mail and shows all of it, attached text included. Marks it read.",
  effect: "write",
  input: z.strictObject({ mail_id: mailId }),
  run({ mail_id }, { office }) {
    const mail = findMail(office, mail_id);
    const shown = { reads: [mailItem(mail, office.zone)], value: showMail(mail, office.zone) };
    if (mail.read) return shown;
    const { ref, flagged } = mail;
    return {
      ...shown,
      office: putMail(office, { ...mail, read: true }),
      effects: [{ effect: "mail-marked", mail: ref, read: true, flagged }],
    };
  },
});
