import { z } from "zod";
import { removeEntry } from "../../env/table.ts";
import { defineTool } from "../define.ts";
import { mailId } from "./input.ts";
import { findMail, putMail } from "./mail.ts";

export const deleteMail = defineTool({
  name: "delete_mail",
  description:
    "Moves a mail to the trash. One that is in the trash, or a draft, is deleted for good.",
  effect: "write",
  input: z.strictObject({ mail_id: mailId }),
  run({ mail_id }, { office }) {
    const mail = findMail(office, mail_id);
    const { ref, folder, subject } = mail;
    if (folder !== "trash" && folder !== "drafts") {
      return {
        office: putMail(office, { ...mail, folder: "trash" }),
        effects: [{ effect: "mail-moved", mail: ref, from: folder, to: "trash" }],
        value: { moved: mail_id, to: "trash" },
      };
    }
    const mails = removeEntry(office.mailbox.mails, ref);
    return {
      office: { ...office, mailbox: { ...office.mailbox, mails } },
      effects: [{ effect: "mail-deleted", mail: ref, subject }],
      value: { deleted: mail_id },
    };
  },
});
