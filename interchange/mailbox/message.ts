import PostalMime from "postal-mime";
import type { Address, Email } from "postal-mime";

/** Longest text that is taken of a mail, in characters, and longest of an attachment in bytes. */
const MOST_TEXT = 500_000;
const MOST_ATTACHED = 1_000_000;
const MOST_PARTIES = 500;
const MOST_ATTACHMENTS = 50;
/** Simulated offices end with their century. */
const [EARLIEST, LATEST] = [Date.UTC(1980, 0), Date.UTC(2100, 0)];

export interface Party {
  readonly name: string;
  /** Lower case. */
  readonly address: string;
}

/** A mail, as it was. */
export interface FoundMail {
  /** Message-ID, and those it answers, the last first. */
  readonly id: string;
  readonly answers: readonly string[];
  readonly from: Party;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly subject: string;
  readonly text: string;
  readonly folder: "inbox" | "archive" | "trash";
  readonly read: boolean;
  readonly flagged: boolean;
  /** What it brought along that is text. */
  readonly attachments: readonly { readonly name: string; readonly text: string }[];
  /** Names of what was left out: no text, or too long. */
  readonly left: readonly string[];
}

/** How a mail lay there, as its file's name or folder tells. */
export interface Kept {
  readonly folder?: FoundMail["folder"];
  readonly read?: boolean;
  readonly flagged?: boolean;
}

/** Reads a message. A text says why there is none in it. */
export async function readMessage(bytes: Uint8Array, kept: Kept = {}): Promise<FoundMail | string> {
  let mail: Email;
  try {
    mail = await PostalMime.parse(bytes, { maxNestingDepth: 30, maxHeadersSize: 256 * 1024 });
  } catch (error) {
    return `it can't be read as a mail: ${error instanceof Error ? error.message : String(error)}`;
  }
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? "";
  const [from] = partiesOf(mail.from ? [mail.from] : []);
  if (!from) return "it has no From: with an address";
  const sentAt = Date.parse(mail.date ?? "");
  if (Number.isNaN(sentAt)) return "it has no Date: that can be read";
  if (sentAt < EARLIEST || sentAt > LATEST)
    return `its Date: is of ${new Date(sentAt).getUTCFullYear()}`;
  const labels = header("x-gmail-labels").toLowerCase();
  const status = header("status") + header("x-status");
  const body = mail.text ?? (mail.html === undefined ? "" : plainOf(mail.html));
  const files = mail.attachments.slice(0, MOST_ATTACHMENTS).map((one) => ({
    name: clean(one.filename ?? "attachment").slice(0, 200),
    text: textOf(one),
  }));
  return {
    id: mail.messageId ?? "",
    answers: [
      ...new Set(
        [
          mail.inReplyTo ?? "",
          ...(mail.references ?? "").split(/\s+/).slice(-50).toReversed(),
        ].filter(Boolean),
      ),
    ],
    from,
    to: partiesOf(mail.to),
    cc: partiesOf(mail.cc),
    sentAt,
    subject: clean(mail.subject ?? "").slice(0, 500),
    text: cleanText(body.slice(0, MOST_TEXT)),
    folder: kept.folder ?? folderIn(labels),
    read: kept.read ?? (status ? status.includes("R") : !labels.includes("unread")),
    flagged: kept.flagged ?? (status.includes("F") || labels.includes("starred")),
    attachments: files.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }])),
    left: files.flatMap(({ name, text }) => (text === undefined ? name : [])),
  };
}

function folderIn(labels: string): FoundMail["folder"] {
  if (/\b(?:trash|spam)\b/.test(labels)) return "trash";
  return labels && !/\b(?:inbox|sent)\b/.test(labels) ? "archive" : "inbox";
}

function partiesOf(addresses: readonly Address[] | undefined): Party[] {
  const flat = (addresses ?? []).flatMap((one) => one.group ?? [one]);
  return flat.slice(0, MOST_PARTIES).flatMap(({ name, address }) => {
    const plain = (address ?? "").trim().toLowerCase();
    if (plain.length > 200 || !/^[^\s@<>"\\]+@[^\s@<>"\\]+\.[^\s@<>"\\]+$/.test(plain)) return [];
    return [
      {
        name: clean(name)
          .replaceAll(/["\\<>]/g, "")
          .trim()
          .slice(0, 100),
        address: plain,
      },
    ];
  });
}

function textOf({ mimeType, content }: Email["attachments"][number]): string | undefined {
  const bytes =
    typeof content === "string" ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  if (!/^text\/|^application\/json$/.test(mimeType) || bytes.length > MOST_ATTACHED)
    return undefined;
  try {
    return cleanText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return cleanText(new TextDecoder("windows-1252").decode(bytes));
  }
}

/** What a page says, without how it looks. */
function plainOf(html: string): string {
  return html
    .slice(0, 2 * MOST_TEXT)
    .replaceAll(/<(?:style|script)\b[\s\S]{0,200000}?<\/(?:style|script)>/gi, " ")
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li)\b[^>]{0,200}>/gi, "\n")
    .replaceAll(/<[^>]{0,2000}>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** One line without controls. */
function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ").trim();
}

/** A text with plain line ends and without other controls than tabs. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/(?![\t\n])\p{Cc}|\p{Cs}/gu, "")
    .replaceAll(/\n{4,}/g, "\n\n\n");
}
