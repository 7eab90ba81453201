import { z } from "zod";
import { partiesOf } from "../../env/mailbox/mail.ts";
import { placeAfter } from "../../env/mailbox/send.ts";
import { defineTool } from "../define.ts";
import { body, mailId, path } from "./input.ts";
import { findSent } from "./mail.ts";
import { attachPaths, send, subjectOfReply } from "./send-letter.ts";

export const replyAllMail = defineTool({
  name: "reply_all_mail",
  description:
    "Answers a mail: goes to its sender and to all others who stand on it, in the same thread.",
  effect: "write",
  input: z.strictObject({
    mail_id: mailId,
    text: body,
    attachments: z.array(path).max(20).default([]),
  }),
  run({ mail_id, text, attachments }, scene) {
    const before = findSent(scene.office, mail_id);
    const me = scene.office.mailbox.owner.address;
    const others = partiesOf({ ...before, bcc: [] }).filter(({ address }) => address !== me);
    const isCopied = ({ address }: { address: string }) =>
      before.cc.some((copied) => copied.address === address) && address !== before.from.address;
    return send(scene, {
      to: others.filter((box) => !isCopied(box)),
      cc: others.filter(isCopied),
      bcc: [],
      subject: subjectOfReply(before.subject),
      text,
      place: placeAfter(before),
      ...attachPaths(scene, attachments),
    });
  },
});
