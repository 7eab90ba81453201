import { UsageError } from "../../env/errors.ts";
import type { FixtureFiles } from "../../env/fixture/load.ts";
import { readEvents } from "./events.ts";
import { writeOffice } from "./fixture.ts";
import { cleanText, readMessage } from "./message.ts";
import type { FoundMail, Party } from "./message.ts";
import { createPseudonyms, noPseudonyms } from "./pseudonyms.ts";
import { readSources } from "./sources.ts";

/** Of what a fixture can hold, so much may be mail: it has files and calendars too. */
const MOST_MAILS = 45_000;
const MOST_TEXT = 150 * 1024 * 1024;

export interface ImportOptions {
  /** Whose mailbox it is; the one that most mails went to if left out. */
  readonly me?: string;
  /** In which the office lives. */
  readonly zone: string;
  /** By which names are chosen; null to keep those that are there. */
  readonly secret: Uint8Array | null;
  readonly canary: string;
  readonly progress?: (mails: number) => void;
}

/** Something that was not taken over. */
export interface Left {
  /** `inbox.mbox:120`, or a file. */
  readonly place: string;
  readonly why: string;
}

export interface ImportedOffice {
  readonly files: FixtureFiles;
  readonly mails: number;
  readonly events: number;
  readonly drive: number;
  readonly attachments: number;
  readonly left: readonly Left[];
}

/**
 * Makes a fixture of real mail, calendars and files. What can't be read is left out and told.
 *
 * @throws UsageError where there is no mail, or more than a fixture can hold
 */
export async function importOffice(
  paths: readonly string[],
  { me, zone, secret, canary, progress }: ImportOptions,
): Promise<ImportedOffice> {
  const mails: FoundMail[] = [];
  const seen = new Set<string>();
  const calendars: { place: string; text: string }[] = [];
  const files: { path: string; text: string }[] = [];
  const left: Left[] = [];
  let size = 0;
  const weigh = (characters: number) => {
    size += characters;
    if (mails.length <= MOST_MAILS && size <= MOST_TEXT) return;
    throw new UsageError(
      `This is more than a fixture can hold: at most ${MOST_MAILS.toLocaleString("en")} mails and 150 MiB of text. Import a part of it.`,
    );
  };
  for await (const found of readSources(paths)) {
    if (found.kind === "left") left.push(found);
    else if (found.kind === "calendar") calendars.push(found);
    else if (found.kind === "file") {
      const text = textIn(found.bytes);
      if (text === undefined) left.push({ place: found.place, why: "it is no text" });
      else files.push({ path: found.path, text });
      weigh(text?.length ?? 0);
    } else {
      const mail = await readMessage(found.bytes, found.kept);
      if (typeof mail === "string") left.push({ place: found.place, why: mail });
      else if (mail.id && seen.has(mail.id))
        left.push({ place: found.place, why: "it is there already" });
      else {
        mails.push(mail);
        seen.add(mail.id);
        weigh(mail.text.length + mail.attachments.reduce((sum, { text }) => sum + text.length, 0));
        for (const name of mail.left) {
          left.push({ place: found.place, why: `its attachment ${name} is no text, or too long` });
        }
        if (mails.length % 100 === 0) progress?.(mails.length);
      }
    }
  }
  if (!mails.length) {
    const [first] = left;
    const why = first ? ` The first thing that was left out: ${first.place}: ${first.why}.` : "";
    throw new UsageError(`There is no mail in it.${why}`);
  }
  const uids = new Set<string>();
  const events = calendars.flatMap(({ place, text }) => {
    const found = readEvents(cleanText(text), zone, uids);
    left.push(...found.left.map(({ line, why }) => ({ place: `${place}:${line}`, why })));
    return found.events;
  });
  const pseudonyms = secret ? createPseudonyms(secret, partiesIn(mails, events)) : noPseudonyms;
  const owner = (me ?? mostWritten(mails)).toLowerCase();
  return {
    files: writeOffice({ mails, events, files }, { me: owner, zone, pseudonyms, canary }),
    mails: mails.length,
    events: events.length,
    drive: files.length,
    attachments: mails.reduce((sum, { attachments }) => sum + attachments.length, 0),
    left,
  };
}

function* partiesIn(mails: readonly FoundMail[], events: readonly string[]): Generator<Party> {
  for (const { from, to, cc } of mails) yield* [from, ...to, ...cc];
  for (const event of events) {
    for (const [, parameters, address] of event.matchAll(
      /^(?:ORGANIZER|ATTENDEE)([^\n:]{0,500}):mailto:(\S{1,200})$/gim,
    )) {
      const name = /;CN="?([^";:]{1,100})/i.exec(parameters!)?.[1] ?? "";
      yield { name, address: address!.toLowerCase() };
    }
  }
}

/** The address that most mails went to: whose mailbox it is. */
function mostWritten(mails: readonly FoundMail[]): string {
  const counts = new Map<string, number>();
  for (const { to, cc } of mails) {
    for (const { address } of [...to, ...cc]) counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? mails[0]!.from.address;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : cleanText(text);
  } catch {
    return undefined;
  }
}
