import { z } from "zod";
import { listMails } from "../../env/mailbox/mail.ts";
import { removeEntry } from "../../env/table.ts";
import { defineTool } from "../define.ts";

export const emptyTrash = defineTool({
  name: "empty_trash",
  description: "Deletes all mail in the trash for good.",
  effect: "write",
  input: z.strictObject({}),
  run(_, { office }) {
    const { mailbox } = office;
    const trash = listMails(mailbox, ({ folder }) => folder === "trash");
    if (!trash.length) return { value: { deleted: 0 } };
    const mails = trash.reduce((table, { ref }) => removeEntry(table, ref), mailbox.mails);
    return {
      office: { ...office, mailbox: { ...mailbox, mails } },
      effects: trash.map(({ ref, subject }) => ({ effect: "mail-deleted", mail: ref, subject })),
      value: { deleted: trash.length },
    };
  },
});
