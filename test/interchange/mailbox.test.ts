import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadFixture } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import { entriesOf } from "../../env/table.ts";
import { writeOffice } from "../../interchange/mailbox/fixture.ts";
import { MOST_BYTES, readMbox } from "../../interchange/mailbox/mbox.ts";
import { readMessage } from "../../interchange/mailbox/message.ts";
import { createPseudonyms, noPseudonyms } from "../../interchange/mailbox/pseudonyms.ts";

const from = (who: string) => `From ${who}@acme.com Mon Jan  6 09:00:00 2025\n`;

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let [at, turn] = [0, 0];
  while (at < bytes.length) {
    const size = sizes[turn++ % sizes.length]!;
    yield bytes.subarray(at, (at += size));
  }
}

async function messagesIn(text: string, sizes: readonly number[] = [1 << 20]) {
  const found = [];
  for await (const { place, bytes } of readMbox("a", chunksOf(Buffer.from(text), sizes)))
    found.push([place, bytes && Buffer.from(bytes).toString()]);
  return found;
}

describe("an mbox", () => {
  const text = `${from("ann")}Subject: one\n\nBody\n>From here\n\nFrom there on, by 1999 or so\n\n${from("ben")}Subject: two\r\n\r\nBody\r\n\r\n${from("eve")}Subject: three\n`;
  const whole = [
    ["a:1", "Subject: one\n\nBody\nFrom here\n\nFrom there on, by 1999 or so\n\n"],
    ["a:9", "Subject: two\r\n\r\nBody\r\n\r\n"],
    ["a:14", "Subject: three\n"],
  ];

  test("is parted at its separators alone, each message with its line", async () => {
    expect(await messagesIn(text)).toEqual(whole);
  });

  test("is parted alike however its bytes come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        async (sizes) => {
          expect(await messagesIn(text, sizes)).toEqual(whole);
        },
      ),
    );
  });

  test("may hold a message of any length: too long a one is passed over, in little memory", async () => {
    const block = Buffer.alloc(1 << 20, "x");
    async function* long(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${from("ann")}Subject: endless\n\n`);
      for (let count = 0; count < 100; count++) yield block;
      yield Buffer.from(`\n\n${from("ben")}Subject: two\n`);
    }
    const found = [];
    for await (const { place, bytes } of readMbox("a", long())) {
      found.push([place, bytes?.length]);
      expect(bytes?.length ?? 0).toBeLessThan(MOST_BYTES);
    }
    expect(found).toEqual([
      ["a:1", undefined],
      ["a:6", 13],
    ]);
  });

  test.each(["", "hello", "From ", "\n\nFrom x\n"])("%j is no crash", async (odd) => {
    expect((await messagesIn(odd)).length).toBeLessThanOrEqual(1);
  });
});

describe("a message", () => {
  const head =
    "From: Ann <ann@acme.com>\nTo: Ben <ben@acme.com>\nDate: Mon, 6 Jan 2025 09:00:00 +0000\n";

  test.each<[string, string, RegExp]>([
    ["no From:", "Date: Mon, 6 Jan 2025 09:00:00 +0000\n\nx", /no From:/],
    ["a date that is none", "From: a@b.com\nDate: soon\n\nx", /no Date:/],
    [
      "a date of another age",
      "From: a@b.com\nDate: Mon, 6 Jan 1925 09:00:00 +0000\n\nx",
      /is of 1925/,
    ],
    ["a bomb of headers", `${head}${"X-Bomb: ".padEnd(300_000, "y")}\n\nx`, /can't be read/],
    [
      "parts within parts",
      `${head}Content-Type: multipart/mixed; boundary=b0\n\n${Array.from({ length: 200 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join("")}`,
      /can't be read/,
    ],
  ])("with %s is told", async (_, text, words) => {
    expect(await readMessage(Buffer.from(text))).toMatch(words);
  });

  test("with bare CRs, NULs, an endless line and half a character has a text all the same", async () => {
    const odd = Buffer.concat([
      Buffer.from(`${head}Subject: a\u0007b\n\none\rtwo\0three\n`),
      Buffer.alloc(5_000_000, "-"),
      Buffer.of(0xc3),
    ]);
    const mail = await readMessage(odd);
    if (typeof mail === "string") throw new Error(mail);
    expect(mail.subject).toBe("a b");
    expect(mail.text.length).toBeLessThanOrEqual(500_000);
    expect(mail.text).toMatch(/^one\ntwothree\n-/);
  });

  test("any bytes give a mail or a reason", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const mail = await readMessage(Buffer.concat([Buffer.from(head), bytes]));
        expect(["string", "object"]).toContain(typeof mail);
      }),
    );
  });
});

describe("pseudonyms", () => {
  const parties = [
    { name: "Anna Smith", address: "anna.smith@acme.com" },
    { name: "Ben O'Hara", address: "ben@gmail.com" },
    { name: "", address: "info@acme.com" },
    { name: "Bill Acton", address: "bill@acton.co.uk" },
  ];
  const secret = Buffer.alloc(32, 7);
  const { text, party } = createPseudonyms(secret, parties);

  test("follow from the secret alone, and are others with another", () => {
    const sentence = "Anna Smith of Acme: anna.smith@acme.com, 01632 960001";
    expect(createPseudonyms(secret, parties).text(sentence)).toBe(text(sentence));
    expect(createPseudonyms(Buffer.alloc(32, 8), parties).text(sentence)).not.toBe(text(sentence));
  });

  test("leave nothing of a name, however it is written", () => {
    const changed = text(
      "ANNA anna Anna's Smith, Ben, O'Hara <anna.smith@acme.com> ben@gmail.com bill@acton.co.uk Acme www.acme.com https://acme.com/anna?x=ben",
    );
    expect(changed).not.toMatch(/anna|smith|\bben\b|hara|acme|acton|gmail/i);
  });

  test("are the same wherever somebody stands", () => {
    const anna = party(parties[0]!);
    const [given, family] = anna.name.split(" ");
    expect(text("Anna")).toBe(given);
    expect(text("SMITH")).toBe(family!.toUpperCase());
    expect(text("mail anna.smith@acme.com now")).toBe(`mail ${anna.address} now`);
    expect(party(parties[2]!).address).toBe(`info@${anna.address.split("@")[1]}`);
    expect(text("Acme").toLowerCase()).toBe(anna.address.split("@")[1]!.replace(".example", ""));
  });

  test("keep dates, sums, short numbers and everyday words", () => {
    const plain =
      "On 2025-01-06 10:30 and 06/01/2025 10:30 we paid 1,200.50 for order 12345; may I see the bill?";
    expect(text(plain)).toBe(plain);
    expect(text("Bill may pay")).not.toContain("Bill");
    expect(text("anna-smith bill_2025")).not.toMatch(/anna|smith|bill/);
  });

  test("turn a telephone number into one, the same with its country and without", () => {
    const national = text("01632 960001");
    expect(national).toMatch(/^\d{5} \d{6}$/);
    expect(national).not.toBe("01632 960001");
    expect(text("+44 1632 960001").slice(-6)).toBe(national.slice(-6));
  });

  test("never make one of two", () => {
    const many = Array.from({ length: 2000 }, (_, n) => ({
      name: `Ann${n} Ox`,
      address: `a${n}@acme.com`,
    }));
    const all = createPseudonyms(secret, many);
    expect(new Set(many.map((one) => all.party(one).address)).size).toBe(2000);
  });
});

test("what real mail says is never a template, whatever marks stand in it", async () => {
  const marks = fc.array(
    fc.constantFrom("{", "}", "%", "{{", "{%", "%}", "}}", " raw ", '"', "x", "\n"),
    { maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(marks, marks, async (subject, body) => {
      const me = { name: "", address: "me@acme.example" };
      const mail = {
        id: "1",
        answers: [],
        from: me,
        to: [me],
        cc: [],
        sentAt: Date.UTC(2025, 0, 6),
        folder: "inbox" as const,
        subject: subject.join("").replaceAll("\n", " "),
        text: `a${body.join("")}z`,
        read: true,
        flagged: false,
        attachments: [],
        left: [],
      };
      const files = writeOffice(
        { mails: [mail], events: [], files: [] },
        {
          me: me.address,
          zone: "UTC",
          pseudonyms: noPseudonyms,
          canary: "313da612-5a16-4cb0-9e4d-4a7a5b4ac5be",
        },
      );
      const { office } = openFixture(await loadFixture("x", files), {});
      const [kept] = [...entriesOf(office.mailbox.mails)];
      expect([kept?.subject, kept?.text]).toEqual([mail.subject, mail.text]);
    }),
    { numRuns: 100 },
  );
});
