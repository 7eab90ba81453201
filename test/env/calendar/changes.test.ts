import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { whenOf } from "../../../env/calendar/calendar.ts";
import { parseIcs } from "../../../env/calendar/ics.ts";
import { occurrencesBetween } from "../../../env/calendar/occurrences.ts";
import { createTable } from "../../../env/table.ts";
import { formatLocal } from "../../../env/time.ts";

const LONDON = "Europe/London";

function calendarOf(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event) => [
    "BEGIN:VEVENT",
    "UID:a",
    "ORGANIZER:mailto:ann@acorn.example",
    ...event,
    "END:VEVENT",
  ]);
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Acorn//EN",
    ...lines,
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

function found(ics: string) {
  const { events, problems } = parseIcs(ics, LONDON);
  expect(problems).toEqual([]);
  const table = createTable(events.map((event) => [event.uid, { ...event, ref: "event:1" }]));
  return occurrencesBetween({ events: table }, 0, Date.parse("2030-01-01"));
}

function startsOf(ics: string): number[] {
  return found(ics).map(({ start }) => start);
}

const stamp = (instant: number, zone: string) =>
  `${formatLocal(instant, zone).replace(/[-:]/g, "")}00`;

const zone = fc.constantFrom(
  LONDON,
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Tokyo",
  "UTC",
);
interface Rule {
  readonly zone: string;
  readonly day: number;
  readonly minute: number;
  readonly interval: number;
  readonly count: number;
}
const rule: fc.Arbitrary<Rule> = fc.record({
  zone,
  day: fc.integer({ min: 0, max: 330 }),
  minute: fc.constantFrom(0, 30, 90, 150, 539, 1435),
  interval: fc.integer({ min: 1, max: 9 }),
  count: fc.integer({ min: 1, max: 60 }),
});

/** What it should be: the same local time every so many days, placed in its zone. */
function expected({ zone, day, minute, interval, count }: Rule): number[] {
  const first = Temporal.PlainDateTime.from("2026-01-01").add({ days: day, minutes: minute });
  return Array.from(
    { length: count },
    (_, index) =>
      first
        .add({ days: index * interval })
        .toZonedDateTime(zone)
        .toInstant().epochMilliseconds,
  );
}

function linesOf({ zone, day, minute, interval, count }: Rule): string[] {
  const first = Temporal.PlainDateTime.from("2026-01-01").add({ days: day, minutes: minute });
  const start = first.toString({ smallestUnit: "second" }).replace(/[-:]/g, "");
  return [
    `DTSTART;TZID=${zone}:${start}`,
    "DURATION:PT30M",
    `RRULE:FREQ=DAILY;INTERVAL=${interval};COUNT=${count}`,
  ];
}

test("a rule is followed at the same local time, whatever the clocks do", () => {
  fc.assert(
    fc.property(rule, (given) => {
      expect(startsOf(calendarOf(linesOf(given)))).toEqual(expected(given));
    }),
    { numRuns: 200 },
  );
});

test("what is left out in UTC is left out, and nothing else, at skipped and repeated hours too", () => {
  fc.assert(
    fc.property(rule, fc.nat(), (given, which) => {
      const all = expected(given);
      const out = all[which % all.length]!;
      const ics = calendarOf([...linesOf(given), `EXDATE:${stamp(out, "UTC")}Z`]);
      expect(startsOf(ics)).toEqual(all.filter((start) => start !== out));
    }),
    { numRuns: 200 },
  );
});

test("one that is moved by itself is where it was moved to, once, and the others where they were", () => {
  fc.assert(
    fc.property(rule, fc.nat(), fc.integer({ min: -5000, max: 5000 }), (given, which, minutes) => {
      const all = expected(given);
      const from = all[which % all.length]!;
      const to = from + minutes * 60_000;
      const over = [
        `RECURRENCE-ID:${stamp(from, "UTC")}Z`,
        `DTSTART:${stamp(to, "UTC")}Z`,
        "DURATION:PT30M",
        "SUMMARY:moved",
      ];
      const occurrences = found(calendarOf(linesOf(given), over));
      const ordered = (starts: readonly number[]) => [...starts].sort((a, b) => a - b);
      expect(occurrences.map(({ start }) => start)).toEqual(
        ordered([...all.filter((start) => start !== from), to]),
      );
      expect(occurrences.filter(({ event }) => event.title === "moved")).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test("one changed time may come before its rule in the file, have its own words, or be cancelled", () => {
  const weekly = [
    "DTSTART;TZID=Europe/London:20260316T093000",
    "DURATION:PT15M",
    "RRULE:FREQ=WEEKLY;COUNT=3",
    "SUMMARY:Stand-up",
  ];
  const over = (more: string) => [
    "RECURRENCE-ID;TZID=Europe/London:20260330T093000",
    "DTSTART;TZID=Europe/London:20260331T100000",
    "DURATION:PT1H",
    "SUMMARY:Sit-down",
    more,
  ];
  const shown = (ics: string) =>
    found(ics).map((occurrence) => {
      const { start, end } = whenOf(occurrence, LONDON);
      return `${start} ${end.slice(11)} ${occurrence.event.title} ${occurrence.event.status}`;
    });
  const before = [
    "2026-03-16T09:30 09:45 Stand-up confirmed",
    "2026-03-23T09:30 09:45 Stand-up confirmed",
  ];
  expect(shown(calendarOf(over("LOCATION:Hall"), weekly))).toEqual([
    ...before,
    "2026-03-31T10:00 11:00 Sit-down confirmed",
  ]);
  expect(shown(calendarOf(weekly, over("STATUS:CANCELLED")))).toEqual([
    ...before,
    "2026-03-31T10:00 11:00 Sit-down cancelled",
  ]);
});

test("a changed time of nothing that repeats, at no time of the rule, or for all to come, is refused", () => {
  const once = ["DTSTART:20260316T093000Z"];
  const weekly = [...once, "RRULE:FREQ=WEEKLY;COUNT=3"];
  const problemsOf = (master: readonly string[], id: string) =>
    parseIcs(calendarOf(master, [id, "DTSTART:20260330T100000Z"]), LONDON).problems;
  expect([
    problemsOf(once, "RECURRENCE-ID:20260316T093000Z"),
    problemsOf(weekly, "RECURRENCE-ID:20260317T093000Z"),
    problemsOf(weekly, "RECURRENCE-ID;RANGE=THISANDFUTURE:20260323T093000Z"),
  ]).toMatchInlineSnapshot(`
    [
      [
        {
          "line": 9,
          "message": "event a has a RECURRENCE-ID, but nothing of that UID repeats",
        },
      ],
      [
        {
          "line": 10,
          "message": "event a: RECURRENCE-ID is none of the times at which it takes place",
        },
      ],
      [
        {
          "line": 10,
          "message": "event a: RECURRENCE-ID with a RANGE is not understood; end the rule with UNTIL and begin another event",
        },
      ],
    ]
  `);
});
