import { describe, expect, test } from "vitest";
import { openSmall, shown, story, takeSeat } from "../helpers/small-office.ts";
import type { Changes } from "../helpers/small-office.ts";
import { refused } from "../helpers/refusals.ts";

const pip = "pip@acorn.example";

function invite(time: string, over: Readonly<Record<string, string>> = {}): string {
  const { method = "REQUEST", start = "20260330T100000", organizer = "eve@press.example" } = over;
  return `From: Eve Ash <eve@press.example>
To: ${pip}
Date: Fri, 27 Mar 2026 ${time}:00 +0000
Subject: Invitation
Message-ID: <${time}@press.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"
X-Cubicle-Labels: secret

--b
Content-Type: text/plain

Do come.
--b
Content-Type: text/calendar; method=${method}; name="i.ics"
Content-Disposition: attachment; filename="i.ics"

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Leaf//EN
METHOD:${method}
BEGIN:VEVENT
UID:talk
DTSTART;TZID=Europe/Paris:${start}
DURATION:PT1H
SUMMARY:A talk
ORGANIZER:mailto:${organizer}
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${pip}
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@acorn.example
END:VEVENT
END:VCALENDAR

--b--
`.replaceAll("\n", "\r\n");
}

const open = (changes: Changes) => openSmall({ "mail/later.md": null, ...changes });

describe("an invitation", () => {
  test("arrives as mail, stands in the calendar as needing an answer, and is answered by mail", async () => {
    const seat = takeSeat(await open({ "mail/a.eml": invite("09:10") }));
    seat.call("wait_for_arrival");
    expect(shown(seat.call("read_event", { event_id: "event-4" }))).toEqual({
      id: "event-4",
      title: "A talk",
      start: "2026-03-30T09:00",
      end: "2026-03-30T10:00",
      organizer: "Eve Ash <eve@press.example>",
      attendees: [`Pip <${pip}>`, "Ben Elm <ben@acorn.example>"],
      answers: { [pip]: "needs-action", "ben@acorn.example": "accepted" },
    });
    expect(
      shown(
        seat.call("respond_to_invitation", { event_id: "event-4", answer: "decline", note: "No." }),
      ),
    ).toEqual({ answered: "event-4", answer: "declined", to: "eve@press.example" });
    expect(story(seat)).toEqual([
      "09:00:00 wait_for_arrival: ",
      "09:10:00 mail-received,invitation-received",
      "09:10:00 read_event: ",
      "09:11:00 respond_to_invitation: invitation-answered,mail-sent",
    ]);
    expect(seat.events.at(-1)).toMatchObject({
      effects: [
        { effect: "invitation-answered", who: { address: pip }, answer: "declined", note: "No." },
        {
          subject: "Declined: A talk",
          text: "No.",
          attachments: [{ name: "reply.ics", source: "event:4" }],
        },
      ],
    });
    expect(shown(seat.call("read_event", { event_id: "event-4" }))["answers"]).toMatchObject({
      [pip]: "declined",
    });
  });

  test("one that came before the day is there; its id is the same in every condition", async () => {
    const opened = await open({ "mail/a.eml": invite("08:10") });
    expect(opened.script("x")).toBeUndefined();
    const seat = takeSeat(opened);
    expect(shown(seat.call("read_event", { event_id: "event-4" }))["title"]).toBe("A talk");
    seat.call("create_event", { title: "x", start: "2026-03-27T15:00", end: "2026-03-27T16:00" });
    expect(shown(seat.call("read_event", { event_id: "event-5" }))["title"]).toBe("x");
  });

  test("its organizer moves it, which asks anew, and cancels it; nobody else can", async () => {
    const seat = takeSeat(
      await open({
        "mail/a.eml": invite("09:10"),
        "mail/b.eml": invite("09:20", { start: "20260330T160000" }),
        "mail/c.eml": invite("09:30", { method: "CANCEL", organizer: "ben@acorn.example" }),
        "mail/d.eml": invite("09:40", { method: "CANCEL" }),
      }),
    );
    const look = () => {
      const { start, answers, cancelled } = shown(seat.call("read_event", { event_id: "event-4" }));
      return [start, (answers as Record<string, string>)[pip], cancelled];
    };
    seat.call("wait", { until: "2026-03-27T09:11" });
    seat.call("respond_to_invitation", { event_id: "event-4", answer: "accept" });
    expect(look()).toEqual(["2026-03-30T09:00", "accepted", undefined]);
    seat.call("wait", { until: "2026-03-27T09:31" });
    expect(look()).toEqual(["2026-03-30T15:00", "needs-action", undefined]);
    seat.call("wait", { until: "2026-03-27T09:41" });
    expect(look()).toEqual(["2026-03-30T15:00", "needs-action", true]);
    expect(seat.call("respond_to_invitation", { event_id: "event-4", answer: "accept" })).toEqual({
      code: "conflict",
      text: "event-4 is cancelled; there is nothing to answer.",
    });
  });
});

test("an answer that the organizer's server refuses is not given", async () => {
  const ics = invite("08:10").replaceAll("eve@press.example", "x@closed.example");
  const seat = takeSeat(await open({ "mail/a.eml": ics }));
  const look = () => shown(seat.call("read_event", { event_id: "event-4" }));
  const before = look();
  const answer = { event_id: "event-4", answer: "accept" };
  expect(seat.call("respond_to_invitation", answer).code).toBe("mail-refused");
  expect(look()).toEqual(before);
});

describe("free time", () => {
  const ben = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Acorn//EN
BEGIN:VEVENT
UID:x
DTSTART:20260327T140000
DTEND:20260327T160000
SUMMARY:Dentist
ORGANIZER:mailto:ben@acorn.example
END:VEVENT
END:VCALENDAR
`;

  test("is what nobody's calendar takes, in working hours; whose calendar is unknown is said", async () => {
    const seat = takeSeat(await open({ "calendars/ben.ics": ben }));
    const input = { people: ["ben@acorn.example", "ann@acorn.example"], minutes: 60 };
    expect(shown(seat.call("find_free_time", input))).toEqual({
      free: [
        { start: "2026-03-27T09:45", end: "2026-03-27T12:00" },
        { start: "2026-03-27T13:00", end: "2026-03-27T14:00" },
        { start: "2026-03-27T16:00", end: "2026-03-27T17:30" },
      ],
      calendars_unknown: ["ann@acorn.example"],
    });
    const items = seat.events.flatMap((event) => (event.kind === "item" ? event : []));
    expect(items.map(({ ref, text }) => [ref, text])[0]).toEqual([
      "busy:ben@acorn.example",
      "2026-03-27T09:30 to 2026-03-27T09:45\n2026-03-27T12:00 to 2026-03-27T13:00\n2026-03-27T14:00 to 2026-03-27T16:00",
    ]);
    expect(JSON.stringify(items)).not.toContain("Dentist");
  });

  test("a calendar of nobody is refused", async () => {
    await expect(open({ "calendars/zoe.ics": ben })).rejects.toThrow(
      'calendars/zoe.ics:1:1: "zoe" is nobody in people.yaml',
    );
  });
});

test("bad input is answered with what would be right", () => {
  expect([
    refused("read_event", { event_id: "mail-1" }),
    refused("respond_to_invitation", { event_id: "event-2", answer: "accept" }),
    refused("respond_to_invitation", { event_id: "event-3", answer: "accept" }),
    refused("respond_to_invitation", { event_id: "event-1", answer: "maybe" }),
    refused("respond_to_invitation", { event_id: "event-9", answer: "accept" }),
    refused("find_free_time", { minutes: 1 }),
    refused("find_free_time", { people: ["ben"] }),
    refused("find_free_time", { from: "2026-03-28", to: "2026-06-28" }),
    refused("find_free_time", { from: "2026-03-28", to: "2026-03-27T10:00" }),
  ]).toMatchInlineSnapshot(`
    [
      "not-found NOT FOUND: there is no event "mail-1". list_events gives ids such as event-3.",
      "not-allowed You are not asked to event-2; asked are: Ben Elm.",
      "not-allowed You are not asked to event-3; asked are: nobody.",
      "bad-input BAD INPUT for respond_to_invitation: answer: Invalid option: expected one of "accept"|"decline"|"tentative". Its arguments: event_id, answer, note?.",
      "not-found NOT FOUND: there is no event "event-9". list_events gives ids such as event-3.",
      "bad-input BAD INPUT for find_free_time: minutes: Too small: expected number to be >=5. Its arguments: people?, minutes?, from?, to?.",
      "unknown-person people.0: "ben" is no mail address. Write name@company.example; find_person looks addresses up.",
      "bad-input to must lie ahead and after from, within 31 days.",
      "bad-input to must lie ahead and after from, within 31 days.",
    ]
  `);
});
