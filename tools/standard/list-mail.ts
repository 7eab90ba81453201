import { z } from "zod";
import { listMails, mailHead } from "../../env/mailbox/mail.ts";
import { defineTool } from "../define.ts";
import { anyFolder } from "./input.ts";
import { showHead } from "./mail.ts";

export const listMail = defineTool({
  name: "list_mail",
  description: "Lists the mails of a folder, newest first: id, date, sender, subject.",
  effect: "read",
  input: z.strictObject({
    folder: anyFolder.default("inbox"),
    unread_only: z.boolean().default(false),
    limit: z.int().min(1).max(100).default(20),
    offset: z.int().min(0).default(0).describe("How many of the newest to leave out"),
  }),
  run({ folder, unread_only, limit, offset }, { office: { mailbox, zone } }) {
    const found = listMails(
      mailbox,
      (mail) => mail.folder === folder && !(unread_only && mail.read),
    );
    const page = found.slice(offset, offset + limit);
    return {
      reads: page.map((mail) => mailHead(mail, zone)),
      value: { folder, total: found.length, mails: page.map((mail) => showHead(mail, zone)) },
    };
  },
});
