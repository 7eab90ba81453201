import { describe, expect, test } from "vitest";
import { dueRef } from "../../env/agenda.ts";
import { stateOf } from "../../env/office.ts";
import { formatInstant, formatLocal } from "../../env/time.ts";
import { openSmall, shown, smallFile, story, takeSeat } from "../helpers/small-office.ts";
import type { Seat } from "../helpers/small-office.ts";

const opened = await openSmall();
const mailTo = (...to: string[]) => ({ to, subject: "Hello", text: "Hi." });

function clockOf({ gate }: Seat): string {
  return formatLocal(gate.office.now, gate.office.zone).slice(11);
}

describe("simulated time", () => {
  test("a call takes its cost, whether or not it did anything; a turn takes its own", () => {
    const seat = takeSeat(opened);
    const at = ["09:00"];
    for (const [tool, input] of [
      ["get_time", {}],
      ["read_mail", { mail_id: "none" }],
      ["nonsense", null],
    ] as const) {
      seat.call(tool, input);
      at.push(clockOf(seat));
    }
    seat.gate.turn();
    seat.gate.turn();
    at.push(clockOf(seat));
    expect(at).toEqual(["09:00", "09:01", "09:02", "09:03", "09:04"]);
  });

  test("a wait takes as long as it says and no more", () => {
    const seat = takeSeat(opened);
    expect(shown(seat.call("wait", { minutes: 29 }))).toEqual({
      now: "2026-03-27T09:29",
      arrived: 0,
    });
    expect(clockOf(seat)).toBe("09:29");
    expect(shown(seat.call("wait", { until: "2026-03-27T09:30" }))).toEqual({
      now: "2026-03-27T09:30",
      arrived: 1,
    });
    expect(shown(seat.call("list_mail", { unread_only: true, limit: 1 }))["mails"]).toEqual([
      {
        id: "mail-4",
        date: "2026-03-27T09:30",
        from: "Eve Ash <eve@press.example>",
        to: ["Pip <pip@acorn.example>"],
        subject: "A question",
        unread: true,
      },
    ]);
  });

  test("what arrives while a call lasts is there for the next one, not for this one", () => {
    const seat = takeSeat(opened);
    seat.call("wait", { until: "2026-03-27T09:29" });
    expect(shown(seat.call("list_mail"))["total"]).toBe(2);
    expect(shown(seat.call("list_mail"))["total"]).toBe(3);
    expect(story(seat)).toEqual([
      "09:00:00 wait: ",
      "09:29:00 list_mail: ",
      "09:30:00 mail-received",
      "09:30:00 list_mail: ",
    ]);
  });

  test("the day ends at its end, whatever is waited for", () => {
    const seat = takeSeat(opened);
    expect(shown(seat.call("wait", { until: "2026-03-27T16:59" }))).toEqual({
      now: "2026-03-27T16:59",
      arrived: 1,
    });
    expect(seat.gate.over).toBe(false);
    expect(shown(seat.call("wait", { minutes: 600 }))).toEqual({
      now: "2026-03-27T17:00",
      arrived: 0,
    });
    expect([seat.gate.over, clockOf(seat)]).toEqual([true, "17:00"]);
    seat.call("get_time");
    seat.gate.turn();
    expect(formatInstant(seat.gate.office.now)).toBe("2026-03-27T17:00:00Z");
  });

  test("what would have come after the end does not come", async () => {
    const late = smallFile("mail/later.md").replace("09:30", "17:30");
    const seat = takeSeat(await openSmall({ "mail/later.md": late }));
    expect(shown(seat.call("wait", { until: "2026-03-27T18:00" }))).toEqual({
      now: "2026-03-27T17:00",
      arrived: 0,
    });
    expect(story(seat)).toEqual(["09:00:00 wait: "]);
  });
});

describe("mail that comes back", () => {
  test("a bounce is a mail, a minute later, in the thread of what it answers", () => {
    const seat = takeSeat(opened);
    expect(
      shown(
        seat.call(
          "send_mail",
          mailTo("x@gone.example", "nobody@acorn.example", "ann@acorn.example"),
        ),
      ),
    ).toEqual({
      sent: "mail-5",
      to: ["x@gone.example", "nobody@acorn.example", "Ann Oak <ann@acorn.example>"],
    });
    expect(seat.gate.office.agenda.map(dueRef)).toEqual(["mail:4"]);
    expect(seat.events.at(-2)).toMatchObject({ kind: "arrival", at: "2026-03-27T09:01:00Z" });
    expect(
      seat.events.slice(-2).flatMap((event) => (event.kind === "arrival" ? event.effects : [])),
    ).toEqual([
      {
        effect: "mail-bounced",
        mail: "mail:5",
        refusal: { address: "x@gone.example", code: 550, text: "no such domain" },
      },
      {
        effect: "mail-received",
        mail: "mail:6",
        from: { name: "Mail Delivery System", address: "mailer-daemon@acorn.example" },
        subject: "Undelivered: Hello",
      },
      {
        effect: "mail-bounced",
        mail: "mail:5",
        refusal: { address: "nobody@acorn.example", code: 550, text: "5.1.1 no such mailbox here" },
      },
      {
        effect: "mail-received",
        mail: "mail:7",
        from: { name: "Mail Delivery System", address: "mailer-daemon@acorn.example" },
        subject: "Undelivered: Hello",
      },
    ]);
    expect(shown(seat.call("read_mail", { mail_id: "mail-6" }))).toEqual({
      id: "mail-6",
      date: "2026-03-27T09:01",
      from: "Mail Delivery System <mailer-daemon@acorn.example>",
      to: ["Pip <pip@acorn.example>"],
      subject: "Undelivered: Hello",
      unread: true,
      folder: "inbox",
      thread: "mail-5",
      text: 'Your message "Hello" could not be delivered to x@gone.example.\n\nThe server answered: 550 no such domain\n\nIt will not be tried again.',
    });
  });

  test("a fault that strikes once lets the next mail through", () => {
    const seat = takeSeat(opened);
    seat.call("send_mail", mailTo("busy@press.example"));
    seat.call("send_mail", mailTo("busy@press.example"));
    seat.call("wait", { minutes: 5 });
    expect(story(seat).filter((line) => line.includes("bounced"))).toEqual([
      "09:01:00 mail-bounced,mail-received",
    ]);
    expect(seat.gate.office.mailbox.struck).toEqual([0, 0, 1]);
  });

  test("a refusal that strikes once lets the next try through", async () => {
    const yaml = smallFile("fixture.yaml").replace(
      "text: try later, bounce: false",
      "text: try later, bounce: false, times: 1",
    );
    const seat = takeSeat(await openSmall({ "fixture.yaml": yaml }));
    expect(seat.call("send_mail", mailTo("x@closed.example"))).toEqual({
      code: "mail-refused",
      text: "NOT SENT: the mail server refused it (x@closed.example: 421 try later).",
    });
    expect(seat.call("send_mail", mailTo("x@closed.example"))).toEqual({
      code: null,
      text: '{"sent":"mail-5","to":["x@closed.example"]}',
    });
  });

  test("what is sent to oneself, by name or group, comes in; to and from keep one thread", () => {
    const seat = takeSeat(opened);
    seat.call("send_mail", { ...mailTo("desk@acorn.example"), bcc: ["eve@press.example"] });
    expect(shown(seat.call("read_mail", { mail_id: "mail-6" }))).toEqual({
      id: "mail-6",
      date: "2026-03-27T09:00",
      from: "Pip <pip@acorn.example>",
      to: ["Desk <desk@acorn.example>"],
      subject: "Hello",
      unread: true,
      folder: "inbox",
      thread: "mail-5",
      text: "Hi.",
    });
    seat.call("send_mail", mailTo("board@acorn.example"));
    expect(shown(seat.call("list_mail"))["total"]).toBe(3);
    expect(shown(seat.call("list_mail", { folder: "sent" }))["total"]).toBe(3);
  });
});

test("a guard's refusal leaves the office, its ids and its clock as they were", () => {
  const seat = takeSeat(opened, ({ tool }, { effects }) =>
    effects.length ? `no ${tool} today` : null,
  );
  const before = JSON.stringify(stateOf(seat.gate.office));
  expect(seat.call("send_mail", mailTo("x@gone.example"))).toEqual({
    code: "refused-by-guard",
    text: "REFUSED: no send_mail today",
  });
  seat.call("write_file", { path: "/pip/x", text: "x" });
  expect(JSON.stringify(stateOf(seat.gate.office))).toBe(before);
  expect(formatInstant(seat.gate.office.now)).toBe("2026-03-27T09:00:00Z");
  expect(story(seat)).toEqual([
    "09:00:00 send_mail: refused-by-guard",
    "09:00:00 write_file: refused-by-guard",
  ]);
  expect(shown(seat.call("get_time"))["now"]).toBe("2026-03-27T09:00");
});
