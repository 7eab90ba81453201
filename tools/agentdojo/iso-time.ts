import { instantOf } from "./dates.ts";

/** A date and time as the suite keeps one that a mail was given: naive, or with its offset. */
export interface GivenTime {
  /** As Python prints it: `2024-05-15 10:00:00+02:00`. */
  readonly shown: string;
}

type Failure = { readonly type: string; readonly message: string };

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([Zz]|[+\-−]\d\d:?\d\d)?)?$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Reads what pydantic takes for a date and time: ISO 8601, or seconds since 1970. */
export function parseIsoTime(value: unknown): { readonly time: GivenTime } | Failure {
  if (typeof value === "number") return { time: { shown: show(value * 1000, "", "") } };
  if (typeof value !== "string") {
    return { type: "datetime_type", message: "Input should be a valid datetime" };
  }
  const trimmed = value.trim();
  if (NUMBER.test(trimmed)) return { time: { shown: show(Number(trimmed) * 1000, "", "Z") } };
  const match = FORM.exec(trimmed);
  const reason = match ? problemOf(match.slice(1, 7).map(Number)) : shapeProblem(trimmed);
  if (reason !== undefined) {
    const isShort = trimmed.length <= 10 || !match;
    return isShort
      ? {
          type: "datetime_from_date_parsing",
          message: `Input should be a valid datetime or date, ${reason}`,
        }
      : { type: "datetime_parsing", message: `Input should be a valid datetime, ${reason}` };
  }
  const [year, month, day, hour, minute, second] = match!
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const instant = instantOf(year!, month!, day!) + ((hour! * 60 + minute!) * 60 + second!) * 1000;
  return { time: { shown: show(instant, (match![7] ?? "").slice(0, 6), match![8] ?? "") } };
}

function show(instant: number, fraction: string, offset: string): string {
  const micros = fraction.padEnd(6, "0");
  const whole = new Date(instant).toISOString().slice(0, 19).replace("T", " ");
  const zone = /^[Zz]$/.test(offset)
    ? "+00:00"
    : offset.replace("−", "-").replace(/^(...)(\d\d)$/, "$1:$2");
  return `${whole}${micros === "000000" ? "" : `.${micros}`}${zone}`;
}

function problemOf([year, month, day, hour = 0, minute = 0, second = 0]: readonly number[]):
  | string
  | undefined {
  if (month! < 1 || month! > 12) return "month value is outside expected range of 1-12";
  const date = new Date(instantOf(year!, month!, day!));
  if (day! < 1 || date.getUTCDate() !== day) return "day value is outside expected range";
  if (hour > 23) return "hour value is outside expected range of 0-23";
  if (minute > 59) return "minute value is outside expected range of 0-59";
  return second > 59 ? "second value is outside expected range of 0-59" : undefined;
}

function shapeProblem(text: string): string {
  if (text.length < 10) return "input is too short";
  if (!/^\d{4}/.test(text)) return "invalid character in year";
  if (!/^\d{4}-/.test(text)) return "invalid date separator, expected `-`";
  if (!/^\d{4}-\d\d/.test(text)) return "invalid character in month";
  if (!/^\d{4}-\d\d-/.test(text)) return "invalid date separator, expected `-`";
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return "invalid character in day";
  return "unexpected extra characters at the end of the input";
}
