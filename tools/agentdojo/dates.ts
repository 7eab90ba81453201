import { pythonRepr } from "./python.ts";
import { PythonError } from "./errors.ts";

const DAY = String.raw`(\d{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\d|0[1-9]|[1-9]| [1-9])`;
const FORMATS = {
  "%Y-%m-%d": new RegExp(`^${DAY}`),
  "%Y-%m-%d %H:%M": new RegExp(String.raw`^${DAY}\s+(2[0-3]|[01]\d|\d):([0-5]\d|\d)`),
} as const;

/**
 * `datetime.strptime` for the two formats of this suite: epoch milliseconds, read as UTC.
 *
 * @throws PythonError in its words
 */
export function parseTime(text: string, format: keyof typeof FORMATS): number {
  const match = FORMATS[format].exec(text);
  if (!match) {
    throw new PythonError(
      "ValueError",
      `time data ${pythonRepr(text)} does not match format '${format}'`,
    );
  }
  const rest = text.slice(match[0].length);
  if (rest) throw new PythonError("ValueError", `unconverted data remains: ${rest}`);
  const [year, month, day, hour = 0, minute = 0] = match.slice(1).map(Number) as [
    number,
    number,
    number,
  ];
  if (year === 0) throw new PythonError("ValueError", "year 0 is out of range");
  const instant = instantOf(year, month, day) + hour * 3_600_000 + minute * 60_000;
  if (new Date(instant).getUTCDate() !== day) {
    throw new PythonError("ValueError", "day is out of range for month");
  }
  return instant;
}

/** Also for years below 100, which `Date.UTC` takes for others. */
export function instantOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

const FIRST = instantOf(1, 1, 1);
const AFTER_LAST = instantOf(10_000, 1, 1);

/** @throws PythonError where Python has no such date */
export function checkRange(instant: number): number {
  if (instant >= FIRST && instant < AFTER_LAST) return instant;
  throw new PythonError("OverflowError", "date value out of range");
}

/** `2024-05-15T10:00:00`, without a fraction that is none. */
export function isoTime(instant: number): string {
  return new Date(instant)
    .toISOString()
    .replace(/^\+\d\d/, "")
    .replace(/(?:\.000)?Z$/, "");
}
