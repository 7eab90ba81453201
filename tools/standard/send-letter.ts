import { formatAddress } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import { attach } from "../../env/filesystem/attach.ts";
import { fileItem } from "../../env/filesystem/files.ts";
import type { Letter } from "../../env/mailbox/send.ts";
import { sendLetter } from "../../env/mailbox/send.ts";
import { checkMailbox } from "../../env/quota.ts";
import type { Outcome, Scene } from "../define.ts";
import { openFile } from "./files.ts";
import { idOf } from "./input.ts";

/** Files of the drive as a letter takes them along. */
export function attachPaths(
  scene: Scene,
  paths: readonly string[],
): Pick<Letter, "attachments" | "carried"> {
  const files = paths.map((path) => openFile(scene, path));
  return {
    attachments: files.map(attach),
    carried: files.map((file) => fileItem(file, scene.office.directory)),
  };
}

/** The subject of an answer. */
export function subjectOfReply(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

/**
 * Sends a letter and words what became of it.
 *
 * @param ref of the draft that it was
 */
export function send({ office, desk }: Scene, letter: Letter, ref?: string): Outcome {
  if (!letter.to.length && !letter.cc.length && !letter.bcc.length) {
    throw new ToolFault("bad-input", "A mail needs at least one recipient in to, cc or bcc.");
  }
  const sent = sendLetter(office, desk.post, letter, ref === undefined ? {} : { ref });
  if (sent.refused.length) {
    const words = sent.refused
      .map(({ address, code, text }) => `${address}: ${code} ${text}`)
      .join("; ");
    const fault = new ToolFault("mail-refused", `NOT SENT: the mail server refused it (${words}).`);
    return { office: sent.office, value: null, fault };
  }
  checkMailbox(sent.office);
  const { to, cc, bcc } = sent.mail;
  return {
    office: sent.office,
    effects: sent.effects,
    carried: letter.carried,
    value: { sent: idOf(sent.mail.ref), to: [...to, ...cc, ...bcc].map(formatAddress) },
  };
}
