import type { Mail } from "../../env/mailbox/mail.ts";
import type { Letter } from "../../env/mailbox/send.ts";
import { keepMail, messageId } from "../../env/mailbox/send.ts";
import type { Office } from "../../env/office.ts";
import { checkMailbox } from "../../env/quota.ts";
import type { Outcome } from "../define.ts";
import { idOf } from "./input.ts";

/** Keeps a letter as a draft. It is sent, if ever, as it then stands. */
export function saveDraft(office: Office, letter: Omit<Letter, "place">, draft: Draft): Outcome {
  const { created, ref, thread, references } = draft;
  const mail: Mail = {
    ...letter,
    ref,
    messageId: messageId(ref, office.now, office.mailbox.owner),
    thread,
    references,
    from: office.mailbox.owner,
    sentAt: office.now,
    folder: "drafts",
    read: true,
    flagged: false,
    labels: [],
  };
  const next = keepMail(office, mail);
  checkMailbox(next);
  const { to, cc, bcc, subject, text, attachments } = mail;
  return {
    office: next,
    effects: [
      {
        effect: "draft-saved",
        mail: ref,
        to,
        cc,
        bcc,
        subject,
        text,
        attachments: attachments.map(({ name, source }) => ({ name, source })),
        created,
      },
    ],
    value: { draft: idOf(ref) },
  };
}

/** Where a draft stands. */
export interface Draft extends Pick<Mail, "ref" | "thread" | "references"> {
  readonly created: boolean;
}
