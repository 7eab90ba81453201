import { instantOf } from "./dates.ts";
import { PythonError } from "./errors.ts";

/** A date and time that a mail was given: naive, or with its offset. */
export interface GivenTime {
  /** As Python prints it: `2024-05-15 10:00:00+02:00`. */
  readonly shown: string;
}

type Failure = { readonly type: string; readonly message: string };

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?([Zz]|[+\-−]\d\d:?\d\d)?)?$/;
const NUMBER = /^[+-]?\d+\.?\d*$/;
/** Numbers above are milliseconds, below seconds. */
const MOST_SECONDS = 20_000_000_000;
const FIRST_SECOND = -11_676_096_000;
const LAST_SECOND = 253_402_300_799;

/**
 * Reads what pydantic takes for a date and time: ISO 8601, or a number since 1970.
 *
 * @throws PythonError for the year 0, which pydantic lets through to Python
 */
export function parseIsoTime(value: unknown): { readonly time: GivenTime } | Failure {
  if (typeof value === "number") {
    const read = fromNumber(value);
    if (typeof read !== "string") return read;
    return { type: "datetime_parsing", message: `Input should be a valid datetime, ${read}` };
  }
  if (typeof value !== "string") {
    return { type: "datetime_type", message: "Input should be a valid datetime" };
  }
  const read =
    fromMoment(value) ?? (NUMBER.test(value) ? fromNumber(Number(value)) : problemOf(value));
  if (typeof read !== "string") return read;
  const message = `Input should be a valid datetime or date, ${read}`;
  return { type: "datetime_from_date_parsing", message };
}

function fromMoment(text: string): { readonly time: GivenTime } | undefined {
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1, 7).map((part) => Number(part ?? 0));
  const [year, month, day, hour, minute, second] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = match[7] ?? "";
  const offset = (match[8] ?? "").replace("−", "-");
  const digits = /^[+-]/.test(offset) ? offset.replace(/\D/g, "") : "0000";
  const isThere = hour < 24 && minute < 60 && second < 60;
  const isOffset = Number(digits.slice(0, 2)) < 24 && Number(digits.slice(2)) < 60;
  if (!isThere || !isOffset || rangeProblem(year, month, day)) return undefined;
  if (year === 0) throw new PythonError("ValueError", "year 0 is out of range");
  const instant = instantOf(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  const zone = offset && `${offset[0] === "-" ? "-" : "+"}${digits.slice(0, 2)}:${digits.slice(2)}`;
  return { time: { shown: show(instant, Number(fraction.slice(0, 6).padEnd(6, "0")), zone) } };
}

/** The moment in UTC, or why there is none. */
function fromNumber(value: number): { readonly time: GivenTime } | string {
  const whole = Math.floor(value);
  const isSeconds = Math.abs(whole) <= MOST_SECONDS;
  const seconds = isSeconds ? whole : Math.floor(whole / 1000);
  const micros =
    Math.round((value - whole) * 1e6) + (isSeconds ? 0 : (whole - seconds * 1000) * 1000);
  if (seconds < FIRST_SECOND) return "dates before 1600 are not supported as unix timestamps";
  if (seconds > LAST_SECOND) return "dates after 9999 are not supported as unix timestamps";
  const carried = Math.floor(micros / 1e6);
  return { time: { shown: show((seconds + carried) * 1000, micros - carried * 1e6, "+00:00") } };
}

function show(instant: number, micros: number, zone: string): string {
  const whole = new Date(instant).toISOString().slice(0, 19).replace("T", " ");
  return `${whole}${micros ? `.${String(micros).padStart(6, "0")}` : ""}${zone}`;
}

/** Why a text is no date: a text that is no moment is read as one, and that is what is told. */
function problemOf(text: string): string {
  if (Buffer.byteLength(text) < 10) return "input is too short";
  if (!/^\d{4}/.test(text)) return "invalid character in year";
  if (!/^\d{4}-/.test(text)) return "invalid date separator, expected `-`";
  if (!/^\d{4}-\d\d/.test(text)) return "invalid character in month";
  if (!/^\d{4}-\d\d-/.test(text)) return "invalid date separator, expected `-`";
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return "invalid character in day";
  const [year, month, day] = text.slice(0, 10).split("-").map(Number);
  return rangeProblem(year!, month!, day!) ?? "unexpected extra characters at the end of the input";
}

function rangeProblem(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12) return "month value is outside expected range of 1-12";
  const isDay = day >= 1 && new Date(instantOf(year, month, day)).getUTCDate() === day;
  return isDay ? undefined : "day value is outside expected range";
}
