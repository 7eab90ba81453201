import { z } from "zod";
import { formatAddress } from "../../env/directory.ts";
import { mailHead, searchMails } from "../../env/mailbox/mail.ts";
import { defineTool } from "../define.ts";
import { anyFolder, line } from "./input.ts";
import { showHead } from "./mail.ts";
import { excerptOf, wordsOf } from "./search.ts";

export const searchMail = defineTool({
  name: "search_mail",
  description:
    "Finds mails in which every word of the query occurs (people, subject, text or attached text), newest first.",
  effect: "read",
  input: z.strictObject({
    query: line,
    folder: anyFolder.optional(),
    from: line.optional().describe("Part of the sender's name or address"),
    limit: z.int().min(1).max(100).default(20),
  }),
  run({ query, folder, from, limit }, { office: { mailbox, zone } }) {
    const words = wordsOf(query);
    const sender = from?.toLowerCase();
    const found = searchMails(mailbox, words).filter(
      (mail) =>
        (folder === undefined || mail.folder === folder) &&
        (sender === undefined || formatAddress(mail.from).toLowerCase().includes(sender)),
    );
    const page = found
      .slice(0, limit)
      .map((mail) => ({ mail, excerpt: excerptOf(mail.text, words) }));
    return {
      reads: page.map(({ mail, excerpt }) => {
        const head = mailHead(mail, zone);
        return { ...head, text: `${head.text}\n${excerpt}` };
      }),
      value: {
        total: found.length,
        mails: page.map(({ mail, excerpt }) => ({
          ...showHead(mail, zone),
          folder: mail.folder,
          excerpt,
        })),
      },
    };
  },
});
