import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatDay,
  formatInstant,
  formatLocal,
  isZone,
  parseDuration,
  parseLocal,
  weekdayOf,
} from "../../env/time.ts";
import { zoneSample } from "../helpers/zone-sample.ts";

const MINUTE = 60_000;
const zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
/** Instants near which a clock of those zones changes, and any others since 1971. */
const changes = ["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-11-01T06:00Z"]
  .concat(["2026-04-04T15:00Z", "2026-10-03T15:30Z"])
  .map((text) => Date.parse(text));
const instants = fc.oneof(
  fc.integer({ min: 525_600, max: 60_000_000 }).map((minutes) => minutes * MINUTE),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -180, max: 180 }))
    .map(([change, minutes]) => change + minutes * MINUTE),
);
const zone = fc.constantFrom(...zones);

test("an instant is shown as the zone's own clocks show it", () => {
  fc.assert(
    fc.property(instants, zone, (instant, timeZone) => {
      const clock = new Intl.DateTimeFormat("sv-SE", {
        timeZone,
        dateStyle: "short",
        timeStyle: "short",
      });
      expect(formatLocal(instant, timeZone)).toBe(clock.format(instant).replace(" ", "T"));
    }),
    { numRuns: 1000 },
  );
});

test("what is shown means the instant again, or the first of two that are shown alike", () => {
  fc.assert(
    fc.property(instants, zone, (instant, timeZone) => {
      const shown = formatLocal(instant, timeZone);
      const again = parseLocal(shown, timeZone)!;
      expect(formatLocal(again, timeZone)).toBe(shown);
      const alike = [60, 30, 0].map((minutes) => instant - minutes * MINUTE);
      expect(again).toBe(alike.find((earlier) => formatLocal(earlier, timeZone) === shown));
    }),
    { numRuns: 1000 },
  );
});

test("every local time there is comes back; one that a clock change skips moves forward", () => {
  fc.assert(
    fc.property(instants, zone, (instant, timeZone) => {
      const text = new Date(instant).toISOString().slice(0, 16);
      const read = parseLocal(text, timeZone)!;
      const shown = formatLocal(read, timeZone);
      if (shown === text) return;
      const skipped = Date.parse(`${shown}Z`) - Date.parse(`${text}Z`);
      expect(skipped).toBe((timeZone === "Australia/Lord_Howe" ? 30 : 60) * MINUTE);
      const near = Array.from({ length: 361 }, (_, index) => read + (index - 180) * MINUTE);
      expect(near.map((other) => formatLocal(other, timeZone))).not.toContain(text);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["2026-03-19", "Europe/London", "2026-03-19T00:00:00Z"],
  ["2026-03-19 14:30", "Europe/London", "2026-03-19T14:30:00Z"],
  ["2026-07-19T14:30:45", "Europe/London", "2026-07-19T13:30:45Z"],
  ["2026-03-29T01:30", "Europe/London", "2026-03-29T01:30:00Z"],
  ["2026-10-25T01:30", "Europe/London", "2026-10-25T00:30:00Z"],
  ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00Z"],
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z"],
  ["2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00Z"],
  ["2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z"],
  ["2028-02-29", "UTC", "2028-02-29T00:00:00Z"],
])("%s in %s is %s", (text, timeZone, utc) => {
  expect(formatInstant(parseLocal(text, timeZone)!)).toBe(utc);
});

test.each([
  [
    "",
    "19 March 2026",
    "2026-3-19",
    "2026-03-19T",
    "2026-03-19T1430",
    "2026-03-19T14",
    "2026-03-19t14:30",
  ],
  ["2026-02-29", "2026-02-30T10:00", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31"],
  [
    "2026-03-19T24:00",
    "2026-03-19T10:60",
    "2026-03-19T10:00:60",
    "2026-03-19T10:00Z",
    "2026-03-19T10:00+01:00",
  ],
  [
    " 2026-03-19",
    "2026-03-19\n",
    "2026-03-19[u-ca=hebrew]",
    "٢٠٢٦-٠٣-١٩",
    "2026−03−19",
    "-002026-03-19",
    "1e9",
  ],
])("what is no local date is refused: %j and more", (...texts) => {
  expect(texts.map((text) => [text, parseLocal(text, "Europe/London")])).toEqual(
    texts.map((text) => [text, undefined]),
  );
});

test("days, weekdays, durations and zones", () => {
  const midnight = parseLocal("2026-03-29", "Europe/London")!;
  expect(formatDay(midnight - 1, "Europe/London")).toBe("2026-03-28");
  expect(weekdayOf(midnight, "Europe/London")).toBe("Sunday");
  expect(weekdayOf(midnight, "America/New_York")).toBe("Saturday");
  expect(formatInstant(midnight + 5)).toBe("2026-03-29T00:00:00.005Z");
  const durations = [
    "45s",
    "2m",
    "1.5h",
    "20ms",
    "0s",
    "",
    "5",
    "1d",
    "-1m",
    "1 m",
    "m",
    "1e3s",
    ".5h",
  ];
  expect(durations.map(parseDuration)).toEqual([
    45_000,
    120_000,
    5_400_000,
    20,
    0,
    ...Array.from({ length: 8 }, () => undefined),
  ]);
  expect(["Europe/London", "UTC", "Europe/Londn", "", "London"].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("zone and language of the machine change nothing", () => {
  const program = fileURLToPath(new URL("../helpers/zone-sample.ts", import.meta.url));
  const run = (env: Record<string, string>) =>
    execFileSync(process.execPath, [program], { env, encoding: "utf8" }).trim();
  const turkish = { TZ: "Asia/Kolkata", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
  expect(run(turkish)).toBe(`-330 ${zoneSample()}`);
  expect(run({ TZ: "America/St_Johns", LANG: "C" })).toBe(`210 ${zoneSample()}`);
});
