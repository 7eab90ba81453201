import { describe, expect, test } from "vitest";
import { parseIcs } from "../../../env/calendar/ics.ts";

const LONDON = "Europe/London";
const ORGANIZER = "ORGANIZER;CN=Ann Oak:mailto:Ann@acorn.example";

function calendarOf(...events: readonly (readonly string[])[]): string {
  const bodies = events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", ...bodies, "END:VCALENDAR", ""].join(
    "\r\n",
  );
}

function eventOf(...lines: readonly string[]): string {
  return calendarOf(["UID:a", ORGANIZER, ...lines]);
}

describe("what is wrong in a calendar", () => {
  test("is told at the line of its event, all of it at once", () => {
    const start = "DTSTART:20260327T090000";
    const ics = calendarOf(
      [ORGANIZER, start],
      ["UID:b", ORGANIZER],
      ["UID:c", ORGANIZER, "DTSTART;TZID=Europe/Londn:20260327T090000"],
      ["UID:ok", ORGANIZER, start],
      ["UID:d", start],
      ["UID:e", ORGANIZER, start, "DTEND:20260327T080000"],
      ["UID:f", ORGANIZER, start, "DTEND;TZID=Nowhere:20260327T100000"],
    );
    const { events, problems } = parseIcs(ics, LONDON);
    expect(events.map(({ uid }) => uid)).toEqual(["ok"]);
    expect(problems).toEqual([
      { line: 4, message: "an event has no UID: give it one, e.g. UID:stock-count" },
      { line: 8, message: "event b has no DTSTART" },
      { line: 12, message: "event c: Europe/Londn is not an IANA time zone such as Europe/London" },
      { line: 22, message: "event d has no ORGANIZER:mailto:name@host" },
      { line: 26, message: "event e: it must end after it starts" },
      { line: 32, message: "event f: it must end after it starts" },
    ]);
  });

  test.each(["20260230T090000", "20260327T250000", "rubbish", "2026-rubbish", ""])(
    "no date: %s",
    (date) => {
      const { events, problems } = parseIcs(eventOf(`DTSTART;TZID=Europe/London:${date}`), LONDON);
      expect(events).toEqual([]);
      expect(problems).toEqual([
        { line: 4, message: expect.stringContaining("DTSTART") as string },
      ]);
    },
  );

  test.each([
    "",
    "hello",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n",
    eventOf("DTSTART:20260327T090000", "RRULE:FREQ=OFTEN"),
  ])("no calendar: %#", (ics) => {
    const { events, problems } = parseIcs(ics, LONDON);
    expect(events).toEqual([]);
    expect(problems).toEqual([
      {
        line: expect.any(Number) as number,
        message: expect.stringMatching(/^not an iCalendar file: ./) as string,
      },
    ]);
  });
});
