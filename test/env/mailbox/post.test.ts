import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { createDirectory } from "../../../env/directory.ts";
import type { DeliveryFault, Mail, Mailbox } from "../../../env/mailbox/mail.ts";
import { composeMime, createPost } from "../../../env/mailbox/post.ts";
import { createTable } from "../../../env/table.ts";

const box = (address: string, name = "") => ({ name, address });
const directory = createDirectory(
  "Acorn",
  ["acorn.example"],
  [],
  [{ address: "all@acorn.example", name: "All", members: [] }],
);
const mail: Mail = {
  ref: "mail:7",
  messageId: "<7.1774602000000@acorn.example>",
  thread: "mail:7",
  references: [],
  from: box("pip@acorn.example", "Pip"),
  to: [box("all@acorn.example", "All")],
  cc: [],
  bcc: [],
  subject: "Hello",
  text: "Hi.",
  sentAt: 1_774_602_000_000,
  folder: "sent",
  read: true,
  flagged: false,
  labels: [],
  attachments: [],
};

function boxWith(faults: readonly DeliveryFault[], struck: readonly number[] = []): Mailbox {
  return {
    owner: mail.from,
    mails: createTable<Mail>([]),
    next: 8,
    faults,
    struck,
    rules: [],
    nextRule: 1,
  };
}

const fault = (to: string, over: Partial<DeliveryFault> = {}): DeliveryFault => ({
  to,
  code: 550,
  text: "no",
  bounce: false,
  times: 0,
  ...over,
});

describe("a delivery", () => {
  const send = (recipients: Partial<Mail>, mailbox = boxWith([])) =>
    createPost().dispatch({ ...mail, to: [], ...recipients }, mailbox, directory);
  const unknown = {
    address: "nobody@acorn.example",
    code: 550,
    text: "5.1.1 no such mailbox here",
  };

  test("reaches who is inside and known, and anyone outside", () => {
    const accepted = { refused: [], bounced: [], struck: [] };
    expect(
      send({ to: mail.to, cc: [box("x@outside.example")], bcc: [box("y@outside.example")] }),
    ).toEqual(accepted);
    expect(send({ bcc: [box("y@outside.example")] })).toEqual(accepted);
  });

  test("to nobody inside comes back, from to, cc and bcc alike, once each", () => {
    const nobody = box("nobody@acorn.example");
    for (const field of ["to", "cc", "bcc"]) {
      expect(send({ [field]: [nobody] })).toEqual({ refused: [], bounced: [unknown], struck: [] });
    }
    expect(send({ to: [nobody], cc: [nobody], bcc: [nobody] })).toEqual({
      refused: [],
      bounced: [unknown],
      struck: [],
    });
  });

  test("fails as the fixture says, the first fault that fits deciding", () => {
    const faults = [
      fault("a@x.example", { bounce: true, code: 552, text: "full" }),
      fault("*@x.example", { code: 421, text: "later" }),
      fault("all@acorn.example", { bounce: true, text: "closed" }),
    ];
    const recipients = {
      to: [box("a@x.example"), box("b@x.example")],
      cc: [box("all@acorn.example"), box("c@sub.x.example")],
    };
    expect(send(recipients, boxWith(faults))).toEqual({
      refused: [{ address: "b@x.example", code: 421, text: "later" }],
      bounced: [
        { address: "a@x.example", code: 552, text: "full" },
        { address: "all@acorn.example", code: 550, text: "closed" },
      ],
      struck: [0, 1, 2],
    });
  });

  test("works once a fault has struck as often as it may", () => {
    const faults = [
      fault("a@x.example", { times: 2 }),
      fault("*@x.example", { times: 1, text: "second" }),
    ];
    const struckBy = (struck: readonly number[]) =>
      send({ to: [box("a@x.example")] }, boxWith(faults, struck)).struck;
    expect([[], [1], [2], [2, 0], [2, 1]].map(struckBy)).toEqual([[0], [0], [1], [1], []]);
  });
});

test("the server tells what it sent on, in order, after the turn", async () => {
  const post = createPost();
  const other = createPost();
  const nth = (n: number, to: string) => ({
    ...mail,
    messageId: `<${n}@acorn.example>`,
    to: [box(to)],
  });
  post.dispatch(nth(1, "a@x.example"), boxWith([]), directory);
  post.dispatch(nth(2, "b@x.example"), boxWith([fault("b@x.example")]), directory);
  post.dispatch(
    nth(3, "c@x.example"),
    boxWith([fault("c@x.example", { bounce: true })]),
    directory,
  );
  await setImmediate();
  await setImmediate();
  expect(post.sent()).toEqual(["<1@acorn.example>", "<3@acorn.example>"]);
  expect(other.sent()).toEqual([]);
});

describe("a mail as MIME", () => {
  test("is the same bytes every time", async () => {
    const attached = {
      ...mail,
      attachments: [
        { name: "a.txt", type: "text/plain", source: "", text: "a", encoding: "utf8" as const },
      ],
    };
    const [one, two] = [await composeMime(attached), await composeMime(attached)];
    expect(one.equals(two)).toBe(true);
    expect(one.toString()).toBe(
      [
        "From: Pip <pip@acorn.example>",
        "To: All <all@acorn.example>",
        "Subject: Hello",
        "Message-ID: <7.1774602000000@acorn.example>",
        "Date: Fri, 27 Mar 2026 09:00:00 +0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="--_NmP-mail-7-Part_1"',
        "",
        "----_NmP-mail-7-Part_1",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 7bit",
        "",
        "Hi.",
        "----_NmP-mail-7-Part_1",
        "Content-Type: text/plain; name=a.txt",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename=a.txt",
        "",
        "YQ==",
        "----_NmP-mail-7-Part_1--",
        "",
      ].join("\n"),
    );
  });

  test("says what it answers, and who is hidden stays hidden", async () => {
    const answer = {
      ...mail,
      references: ["<1@x.example>", "<2@x.example>"],
      cc: [box("c@x.example")],
      bcc: [box("b@x.example")],
    };
    const mime = String(await composeMime(answer));
    expect(mime).not.toContain("b@x.example");
    const parsed = await PostalMime.parse(mime);
    expect([parsed.inReplyTo, parsed.references]).toEqual([
      "<2@x.example>",
      "<1@x.example> <2@x.example>",
    ]);
  });

  test("reads back as what was written", async () => {
    const words = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) =>
      text
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
        .replace(/\s+/g, " ")
        .trim(),
    );
    const lines = fc.array(words, { minLength: 1, maxLength: 4 }).map((texts) => texts.join("\n"));
    const file = fc.record({
      name: fc.stringMatching(/^[a-zé][a-z é]{0,60}\.(txt|csv)$/),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(
        words,
        lines,
        fc.array(file, { maxLength: 3 }),
        async (subject, text, files) => {
          const attachments = files.map(({ name, bytes }) => ({
            name,
            type: "application/octet-stream",
            source: "",
            text: Buffer.from(bytes).toString("base64"),
            encoding: "base64" as const,
          }));
          const parsed = await PostalMime.parse(
            await composeMime({ ...mail, subject, text, attachments }),
          );
          expect(parsed.subject ?? "").toBe(subject);
          expect((parsed.text ?? "").replace(/\n+$/, "")).toBe(text.replace(/\n+$/, ""));
          expect(parsed.messageId).toBe(mail.messageId);
          expect(
            parsed.attachments.map(({ filename, content }) => [
              filename,
              Buffer.from(content as ArrayBuffer),
            ]),
          ).toEqual(files.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("takes no header from its words", async () => {
    const evil = "x\r\nBcc: spy@x.example\r\n\r\nbody";
    const mime = await composeMime({
      ...mail,
      subject: evil,
      to: [box("a@x.example", evil)],
      attachments: [{ name: evil, type: "text/plain", source: "", text: "t", encoding: "utf8" }],
    });
    const parsed = await PostalMime.parse(mime);
    expect(parsed.headers.map(({ key }) => key)).toEqual([
      "from",
      "to",
      "subject",
      "message-id",
      "date",
      "mime-version",
      "content-type",
    ]);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.to!.map(({ address }) => address)).toEqual(["a@x.example"]);
  });

  test("reads no file of the machine and no address of the net, whatever it is told to", async () => {
    const path = import.meta.filename;
    const hostile = [
      { name: path, path },
      { name: `file://${path}`, href: `file://${path}` },
      { name: "x", href: "http://127.0.0.1:9/", path: "http://127.0.0.1:9/" },
      { name: "y", raw: { path } },
      { name: "z", content: { path } },
    ].map((extra) => ({
      type: "text/plain",
      source: "",
      text: "harmless",
      encoding: "utf8" as const,
      ...extra,
    }));
    const parsed = await PostalMime.parse(await composeMime({ ...mail, attachments: hostile }));
    expect(
      parsed.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer).toString()),
    ).toEqual(hostile.map(() => "harmless"));
    const inner = { ...mail, text: { path }, html: { path }, raw: { path } } as unknown as Mail;
    await expect(composeMime(inner)).rejects.toThrow(/access rejected/i);
  });
});
