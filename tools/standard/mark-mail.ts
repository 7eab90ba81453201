import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { mailId } from "./input.ts";
import { findMail, putMail } from "./mail.ts";

export const markMail = defineTool({
  name: "mark_mail",
  description: "Marks a mail read or unread, flagged or not.",
  effect: "write",
  input: z.strictObject({
    mail_id: mailId,
    read: z.boolean().optional(),
    flagged: z.boolean().optional(),
  }),
  run({ mail_id, read, flagged }, { office }) {
    if (read === undefined && flagged === undefined) {
      throw new ToolFault("bad-input", "Say what to mark: read or flagged, true or false.");
    }
    const mail = findMail(office, mail_id);
    const marks = { read: read ?? mail.read, flagged: flagged ?? mail.flagged };
    return {
      office: putMail(office, { ...mail, ...marks }),
      effects: [{ effect: "mail-marked", mail: mail.ref, ...marks }],
      value: { marked: mail_id, ...marks },
    };
  },
});
