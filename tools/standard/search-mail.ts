import { z } from "zod";
import { formatAddress } from "../../env/directory.ts";
import type { Mail } from "../../env/mailbox/mail.ts";
import { listMails, mailHead, partiesOf } from "../../env/mailbox/mail.ts";
import { defineTool } from "../define.ts";
import { anyFolder, line } from "./input.ts";
import { showHead } from "./mail.ts";
import { containsAll, excerptOf, wordsOf } from "./search.ts";

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
    const found = listMails(
      mailbox,
      (mail) =>
        (folder === undefined || mail.folder === folder) &&
        (sender === undefined || formatAddress(mail.from).toLowerCase().includes(sender)) &&
        containsAll(textOf(mail), words),
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

/** Mails are shared by all episodes of a fixture, and searched often. */
const texts = new WeakMap<Mail, string>();

function textOf(mail: Mail): string {
  let text = texts.get(mail);
  if (text === undefined) {
    const people = partiesOf(mail).map(formatAddress);
    const attached = mail.attachments.map(({ name, text: content, encoding }) =>
      encoding === "utf8" ? `${name} ${content}` : name,
    );
    text = [mail.subject, ...people, mail.text, ...attached].join("\n").toLowerCase();
    texts.set(mail, text);
  }
  return text;
}
