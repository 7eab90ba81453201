import { createRequire } from "node:module";
import { CubicleError } from "../errors.ts";
import type { Refusal } from "../effects.ts";
import type { Address, Directory } from "../directory.ts";
import { isInside } from "../directory.ts";
import { faultFor, refusalOf } from "./mail.ts";
import type { Mail, Mailbox } from "./mail.ts";

/** What became of a mail handed to the company's server. */
export interface Delivery {
  /** Not empty: the server refused the whole mail and nothing was sent. */
  readonly refused: readonly Refusal[];
  /** Accepted, and coming back. */
  readonly bounced: readonly Refusal[];
  /** Indexes of the faults that struck. */
  readonly struck: readonly number[];
}

/**
 * The company's mail server, seen through nodemailer: it turns mails into envelopes and MIME, and a
 * nodemailer-mock of the episode's own decides which deliveries fail. A view: the office's mailbox
 * is the truth.
 */
export interface Post {
  dispatch(mail: Mail, mailbox: Mailbox, directory: Directory): Delivery;
  /** Message-IDs of what this server sent on, in order. Settles after the current turn. */
  sent(): readonly string[];
}

const hostile = { disableFileAccess: true, disableUrlAccess: true } as const;
const ACCEPTED: Delivery = { refused: [], bounced: [], struck: [] };

/** They take as long to load as all else of an office: they are loaded when the first mail goes out. */
const require = createRequire(import.meta.url);
const load = () => ({
  nodemailer: require("nodemailer") as typeof import("nodemailer"),
  mock: require("nodemailer-mock") as typeof import("nodemailer-mock"),
});

export function createPost(): Post {
  const { nodemailer, mock } = load();
  const mocked = mock.getMockFor(nodemailer);
  const transport = mocked.createTransport({ jsonTransport: true, ...hostile });
  let decide: (recipients: readonly string[]) => boolean = () => false;
  mocked.mock.setShouldFailCheck((message) => {
    const { to } = message.message.getEnvelope();
    return decide(to || []);
  });

  return {
    // nodemailer-mock asks its check before it first awaits, so the decision is here at once.
    dispatch(mail, mailbox, directory) {
      let delivery: Delivery | undefined;
      decide = (recipients) => {
        delivery = judge(recipients, mailbox, directory);
        return delivery.refused.length > 0;
      };
      transport.sendMail(mailOptions(mail), () => {});
      if (!delivery) {
        throw new CubicleError(
          "mail-server",
          `The mail server did not decide on ${mail.ref}; nodemailer-mock no longer asks its check at once.`,
        );
      }
      return delivery;
    },
    sent: () => mocked.mock.getSentMail().map((mail) => String(mail.messageId)),
  };
}

function judge(recipients: readonly string[], mailbox: Mailbox, directory: Directory): Delivery {
  const refused: Refusal[] = [];
  const bounced: Refusal[] = [];
  const struck: number[] = [];
  for (const address of recipients) {
    const met = faultFor(mailbox, address);
    if (met) {
      struck.push(met.index);
      (met.fault.bounce ? bounced : refused).push(refusalOf(address, met.fault));
    } else if (isInside(address, directory) && !directory.byAddress.has(address)) {
      bounced.push({ address, code: 550, text: "5.1.1 no such mailbox here" });
    }
  }
  return refused.length + bounced.length ? { refused, bounced, struck } : ACCEPTED;
}

/** The mail as MIME, the same bytes every time: date, Message-ID and boundary are the mail's own. */
export function composeMime(mail: Mail): Promise<Buffer> {
  const options = { ...mailOptions(mail), newline: "\n", baseBoundary: mail.ref.replace(":", "-") };
  const MailComposer =
    require("nodemailer/lib/mail-composer") as typeof import("nodemailer/lib/mail-composer").default;
  return new MailComposer(options).compile().build();
}

function mailOptions(mail: Mail) {
  return {
    ...hostile,
    messageId: mail.messageId,
    date: new Date(mail.sentAt),
    from: boxed(mail.from),
    to: mail.to.map(boxed),
    cc: mail.cc.map(boxed),
    bcc: mail.bcc.map(boxed),
    subject: mail.subject,
    text: mail.text,
    references: [...mail.references],
    ...(mail.references.length ? { inReplyTo: mail.references.at(-1)! } : {}),
    attachments: mail.attachments.map(({ name, type, text, encoding }) => ({
      filename: name,
      contentType: type,
      content: text,
      encoding,
    })),
  };
}

function boxed({ name, address }: Address): { name: string; address: string } {
  return { name, address };
}
