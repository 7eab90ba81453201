import { describe, expect, test } from "vitest";
import type { Calendar } from "../../../env/calendar/calendar.ts";
import { whenOf } from "../../../env/calendar/calendar.ts";
import { occurrencesBetween } from "../../../env/calendar/occurrences.ts";
import { parseIcs } from "../../../env/calendar/ics.ts";
import { createTable } from "../../../env/table.ts";
import { formatInstant, parseLocal } from "../../../env/time.ts";

const LONDON = "Europe/London";
const ORGANIZER = "ORGANIZER;CN=Ann Oak:mailto:Ann@acorn.example";

type Events = Pick<Calendar, "events">;

function calendarOf(...events: readonly (readonly string[])[]): string {
  const bodies = events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", ...bodies, "END:VCALENDAR", ""].join(
    "\r\n",
  );
}

function eventOf(...lines: readonly string[]): string {
  return calendarOf(["UID:a", ORGANIZER, ...lines]);
}

/** Start and end, in London's words, of all that takes place between two days. */
function takesPlace(ics: string, from = "2026-01-01", to = "2027-01-01"): string[] {
  const { events, problems } = parseIcs(ics, LONDON);
  expect(problems).toEqual([]);
  const calendar: Events = {
    events: createTable(
      events.map((event, index) => [`event:${index}`, { ...event, ref: `event:${index}` }]),
    ),
  };
  return occurrencesBetween(calendar, parseLocal(from, LONDON)!, parseLocal(to, LONDON)!).map(
    (occurrence) => {
      const { start, end } = whenOf(occurrence, LONDON);
      return `${start} ${end}`;
    },
  );
}

test("an event has all of its fields", () => {
  const ics = eventOf(
    "DTSTART;TZID=America/New_York:20260327T093000",
    "DTEND;TZID=Europe/London:20260327T143000",
    "SUMMARY:Review\\, again",
    "DESCRIPTION:One\\nTwo which is so long that it is folded ove",
    " r two lines",
    "LOCATION:Room 1",
    'ATTENDEE;CN="Elm, Ben";PARTSTAT=ACCEPTED:MAILTO:Ben@acorn.example',
    "ATTENDEE:urn:uuid:1",
    "STATUS:CANCELLED",
    "X-CUBICLE-LABELS:secret, private",
    "RRULE:FREQ=WEEKLY;COUNT=2",
    "EXDATE;TZID=America/New_York:20260403T093000",
  );
  expect(parseIcs(ics, LONDON)).toEqual({
    method: "",
    problems: [],
    events: [
      {
        uid: "a",
        title: "Review, again",
        description: "One\nTwo which is so long that it is folded over two lines",
        location: "Room 1",
        start: Date.parse("2026-03-27T13:30Z"),
        end: Date.parse("2026-03-27T14:30Z"),
        allDay: false,
        organizer: { name: "Ann Oak", address: "ann@acorn.example" },
        attendees: [{ name: "Elm, Ben", address: "ben@acorn.example" }],
        answers: { "ben@acorn.example": "accepted" },
        status: "cancelled",
        recurrence: {
          rule: "FREQ=WEEKLY;COUNT=2",
          zone: "America/New_York",
          first: "2026-03-27T09:30",
          except: ["2026-04-03T09:30"],
          overrides: [],
        },
        labels: ["secret", "private"],
      },
    ],
  });
});

describe("when an event is", () => {
  test.each([
    [
      "in a zone, without a VTIMEZONE",
      ["DTSTART;TZID=Asia/Tokyo:20260327T093000", "DURATION:PT45M"],
      "2026-03-27T00:30 2026-03-27T01:15",
    ],
    [
      "in UTC, in summer",
      ["DTSTART:20260720T083000Z", "DTEND:20260720T090000Z"],
      "2026-07-20T09:30 2026-07-20T10:00",
    ],
    [
      "in the office's time",
      ["DTSTART:20260720T083000", "DTEND:20260720T090000"],
      "2026-07-20T08:30 2026-07-20T09:00",
    ],
    ["a moment", ["DTSTART:20260327T083000"], "2026-03-27T08:30 2026-03-27T08:30"],
    ["a day", ["DTSTART;VALUE=DATE:20260320"], "2026-03-20 2026-03-20"],
    [
      "two days",
      ["DTSTART;VALUE=DATE:20260327", "DTEND;VALUE=DATE:20260329"],
      "2026-03-27 2026-03-28",
    ],
    ["a day of 23 hours", ["DTSTART;VALUE=DATE:20260329"], "2026-03-29 2026-03-29"],
    ["a day of 25 hours", ["DTSTART;VALUE=DATE:20261025"], "2026-10-25 2026-10-25"],
    [
      "a day long over a clock change",
      ["DTSTART:20260328T090000", "DURATION:P1D"],
      "2026-03-28T09:00 2026-03-29T09:00",
    ],
    [
      "24 hours long over a clock change",
      ["DTSTART:20260328T090000", "DURATION:PT24H"],
      "2026-03-28T09:00 2026-03-29T10:00",
    ],
  ])("%s", (_, lines, when) => {
    expect(takesPlace(eventOf(...lines))).toEqual([when]);
  });
});

describe("an event that repeats", () => {
  const monday = [
    "DTSTART;TZID=Europe/London:20260316T093000",
    "DTEND;TZID=Europe/London:20260316T100000",
  ];

  test("keeps its local time across 29 March 2026", () => {
    const ics = eventOf(...monday, "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3");
    expect(takesPlace(ics)).toEqual([
      "2026-03-16T09:30 2026-03-16T10:00",
      "2026-03-23T09:30 2026-03-23T10:00",
      "2026-03-30T09:30 2026-03-30T10:00",
    ]);
    const calendar: Events = {
      events: createTable(
        parseIcs(ics, LONDON).events.map((event) => ["e", { ...event, ref: "event:1" }]),
      ),
    };
    const starts = occurrencesBetween(calendar, 0, Date.parse("2027-01-01")).map(({ start }) =>
      formatInstant(start),
    );
    expect(starts).toEqual([
      "2026-03-16T09:30:00Z",
      "2026-03-23T09:30:00Z",
      "2026-03-30T08:30:00Z",
    ]);
  });

  test("ends where COUNT or UNTIL says, in whichever zone that is said", () => {
    const first = "2026-07-20T09:30 2026-07-20T09:30";
    const start = "DTSTART;TZID=Europe/London:20260720T093000";
    const of = (rule: string) => takesPlace(eventOf(start, `RRULE:FREQ=DAILY;${rule}`));
    expect(of("COUNT=1")).toEqual([first]);
    expect(of("UNTIL=20260720T093000")).toEqual([first]);
    expect(of("UNTIL=20260721T082959Z")).toEqual([first]);
    expect(of("UNTIL=20260720T083000Z")).toEqual([first]);
  });

  test("leaves out what EXDATE names, in its own zone, in UTC or as one list", () => {
    const start = ["DTSTART;TZID=Europe/London:20260720T093000", "RRULE:FREQ=DAILY;COUNT=3"];
    const left = ["2026-07-20T09:30 2026-07-20T09:30"];
    expect(
      takesPlace(eventOf(...start, "EXDATE;TZID=Europe/London:20260721T093000,20260722T093000")),
    ).toEqual(left);
    expect(
      takesPlace(eventOf(...start, "EXDATE:20260721T083000Z", "EXDATE:20260722T083000Z")),
    ).toEqual(left);
    const newYork = "EXDATE;TZID=America/New_York:20260721T043000,20260722T043000";
    expect(takesPlace(eventOf(...start, newYork))).toEqual(left);
  });

  test("stays in UTC if it is in UTC", () => {
    const ics = eventOf(
      "DTSTART:20260327T083000Z",
      "DTEND:20260327T090000Z",
      "RRULE:FREQ=WEEKLY;COUNT=2",
    );
    expect(takesPlace(ics)).toEqual([
      "2026-03-27T08:30 2026-03-27T09:00",
      "2026-04-03T09:30 2026-04-03T10:00",
    ]);
  });

  test("covers whole days, whatever their length", () => {
    const days = eventOf(
      "DTSTART;VALUE=DATE:20260328",
      "DTEND;VALUE=DATE:20260329",
      "RRULE:FREQ=DAILY;COUNT=3",
    );
    expect(takesPlace(days)).toEqual([
      "2026-03-28 2026-03-28",
      "2026-03-29 2026-03-29",
      "2026-03-30 2026-03-30",
    ]);
  });

  test("is found by any part of it, and not by what touches it", () => {
    const ics = eventOf(...monday, "RRULE:FREQ=WEEKLY;COUNT=2");
    expect(takesPlace(ics, "2026-03-16T09:59", "2026-03-16T10:30")).toEqual([
      "2026-03-16T09:30 2026-03-16T10:00",
    ]);
    expect(takesPlace(ics, "2026-03-16T10:00", "2026-03-23T09:30")).toEqual([]);
  });

  test("is the same whichever stretch of it is asked about first", () => {
    const ics = eventOf(...monday, "RRULE:FREQ=WEEKLY");
    const { events } = parseIcs(ics, LONDON);
    const of = (list: typeof events): Events => ({
      events: createTable(list.map((event) => ["e", { ...event, ref: "event:1" }])),
    });
    const shared = of(events);
    const months = ["2026-09-01", "2026-03-20", "2026-12-01", "2026-03-01", "2026-03-20"];
    for (const month of months.map((text) => Date.parse(text))) {
      const stretch = [month, month + 40 * 86_400_000] as const;
      const fresh = of(parseIcs(ics, LONDON).events);
      const starts = (calendar: Events) =>
        occurrencesBetween(calendar, ...stretch).map(({ start }) => start);
      expect(starts(shared)).toEqual(starts(fresh));
      expect(starts(shared).length).toBeGreaterThan(3);
    }
  });

  test("on a day that never comes does not hang", () => {
    expect(
      takesPlace(eventOf("DTSTART:20260327T090000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")),
    ).toEqual([]);
  });

  test("without end costs no more than its bound", () => {
    const ics = eventOf("DTSTART:20260327T090000", "RRULE:FREQ=DAILY");
    expect(takesPlace(ics, "2026-03-27", "2026-04-03")).toHaveLength(7);
    expect(takesPlace(ics, "2031-01-01", "2031-01-03")).toHaveLength(2);
  });
});

test("occurrences come by start, then end, then number", () => {
  const at = (uid: string, start: string, minutes: number) => [
    `UID:${uid}`,
    ORGANIZER,
    `DTSTART:${start}`,
    `DURATION:PT${minutes}M`,
  ];
  const { events } = parseIcs(
    calendarOf(
      at("c", "20260327T100000", 30),
      at("b", "20260327T090000", 60),
      at("a", "20260327T090000", 30),
      at("d", "20260327T090000", 30),
    ),
    LONDON,
  );
  const calendar = {
    events: createTable(events.map((event, i) => [`event:${i}`, { ...event, ref: `event:${i}` }])),
  };
  const found = occurrencesBetween(calendar, 0, Date.parse("2027-01-01"));
  expect(found.map(({ event }) => event.uid)).toEqual(["a", "d", "b", "c"]);
});
