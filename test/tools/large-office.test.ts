import * as fc from "fast-check";
import { expect, test } from "vitest";
import { composeOffice } from "../../bench/large-office-fixture.ts";
import { loadFixture } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import { chooseCondition } from "../../env/fixture/condition.ts";
import { formatAddress } from "../../env/directory.ts";
import type { File } from "../../env/filesystem/files.ts";
import type { Mail } from "../../env/mailbox/mail.ts";
import { partiesOf } from "../../env/mailbox/mail.ts";
import type { Office } from "../../env/office.ts";
import { entriesOf } from "../../env/table.ts";
import { accessTo } from "../../tools/standard/files.ts";
import { shown, takeSeat } from "../helpers/small-office.ts";

const composed = composeOffice({ mails: 120, files: 60, events: 20 });
const files = new Map([...composed].map(([path, text]) => [path, Buffer.from(text)]));
const fixture = await loadFixture("large", files);
const opened = openFixture(fixture, chooseCondition(fixture, {}));

/** Mails and files as a search that knows no index reads them. */
function naiveMails({ mailbox }: Office, words: readonly string[]): string[] {
  return [...entriesOf(mailbox.mails)]
    .filter((mail) => words.every((word) => textOf(mail).includes(word)))
    .toSorted((a, b) => b.sentAt - a.sentAt || Number(b.ref.slice(5)) - Number(a.ref.slice(5)))
    .map(({ ref }) => ref.replace(":", "-"));
}

function textOf(mail: Mail): string {
  const people = partiesOf(mail).map(formatAddress);
  const attached = mail.attachments.map(({ name, text }) => `${name} ${text}`);
  return [mail.subject, ...people, mail.text, ...attached].join("\n").toLowerCase();
}

function naiveFiles(office: Office, words: readonly string[]): string[] {
  const holds = ({ path, text }: File) => {
    const all = `${path}\n${text}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return [...entriesOf(office.drive.files)]
    .filter((file) => accessTo(file, office) && holds(file))
    .map(({ path }) => path)
    .toSorted();
}

const mail = fc.integer({ min: 1, max: 125 }).map((number) => `mail-${number}`);
const path = fc.constantFrom(
  ...[...composed.keys()]
    .filter((name) => name.startsWith("files/"))
    .map((name) => name.slice(5))
    .slice(0, 20),
  "/pim/new.md",
  "/workshop/new/kettle.md",
);
const words = fc.constantFrom(
  "kettle",
  "OAK treads",
  "ver",
  "2024",
  "pim@",
  "no such word",
  "a b c",
);
const step = fc.oneof(
  fc.tuple(fc.constant("move_mail"), fc.record({ mail_id: mail, folder: fc.constant("archive") })),
  fc.tuple(fc.constant("mark_mail"), fc.record({ mail_id: mail, read: fc.boolean() })),
  fc.tuple(fc.constant("delete_mail"), fc.record({ mail_id: mail })),
  fc.tuple(
    fc.constant("reply_mail"),
    fc.record({ mail_id: mail, text: fc.constant("The oak kettle, again.") }),
  ),
  fc.tuple(fc.constant("write_file"), fc.record({ path, text: words })),
  fc.tuple(fc.constant("delete_file"), fc.record({ path })),
  fc.tuple(fc.constant("wait"), fc.record({ minutes: fc.integer({ min: 1, max: 300 }) })),
);

test("whatever was done, searching finds what reading everything finds, in the same order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), words, (steps, query) => {
      const seat = takeSeat(opened);
      for (const [tool, input] of steps) seat.call(tool, input);
      const { office } = seat.gate;
      const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
      const mails = shown(seat.call("search_mail", { query, limit: 100 }));
      const expected = naiveMails(office, wanted);
      expect(mails["total"]).toBe(expected.length);
      expect((mails["mails"] as { id: string }[]).map(({ id }) => id)).toEqual(
        expected.slice(0, 100),
      );
      const found = shown(seat.call("search_files", { query, limit: 100 }));
      expect((found["files"] as { path: string }[]).map((file) => file.path)).toEqual(
        naiveFiles(office, wanted),
      );
    }),
    { numRuns: 100 },
  );
});

test("the office is the same for the same seed, and another for another", () => {
  const size = { mails: 30, files: 10, events: 5 };
  expect(composeOffice(size)).toEqual(composeOffice(size));
  expect(composeOffice(size, 2)).not.toEqual(composeOffice(size));
});
