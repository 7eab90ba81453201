import { Temporal } from "temporal-polyfill";

const QUARTER_MS = 15 * 60_000;
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::[0-5]\d)?)?$/;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Zones shift on quarter hours, so one offset holds for a whole quarter. */
const offsets = new Map<string, Map<number, number>>();

function offsetMs(zone: string, instant: number): number {
  const quarter = Math.floor(instant / QUARTER_MS);
  const known = offsetsOf(zone);
  let offset = known.get(quarter);
  if (offset === undefined) {
    const at = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS);
    offset = at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
    if (known.size > 50_000) known.clear();
    known.set(quarter, offset);
  }
  return offset;
}

function offsetsOf(zone: string): Map<number, number> {
  let known = offsets.get(zone);
  if (!known) {
    if (offsets.size > 100) offsets.clear();
    offsets.set(zone, (known = new Map()));
  }
  return known;
}

/**
 * The instant (epoch milliseconds) of a local date or date-time such as `2026-03-19` or
 * `2026-03-19T14:30` in an IANA zone; `undefined` if it is none. A time that a clock change skips
 * or repeats is read as calendars do: skipped times move forward, repeated ones mean the first.
 */
export function parseLocal(text: string, zone: string): number | undefined {
  if (!LOCAL.test(text)) return undefined;
  const key = `${zone} ${text}`;
  if (!instants.has(key)) {
    if (instants.size > 50_000) instants.clear();
    instants.set(key, instantOf(text, zone));
  }
  return instants.get(key);
}

/** A fixture's times are read again for each of its conditions. */
const instants = new Map<string, number | undefined>();

function instantOf(text: string, zone: string): number | undefined {
  try {
    const plain = Temporal.PlainDateTime.from(text.replace(" ", "T"), { overflow: "reject" });
    return plain.toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** An instant as local date and minute in a zone: `2026-03-19T14:30`. */
export function formatLocal(instant: number, zone: string): string {
  return new Date(instant + offsetMs(zone, instant)).toISOString().slice(0, 16);
}

/** An instant as local date in a zone: `2026-03-19`. */
export function formatDay(instant: number, zone: string): string {
  return formatLocal(instant, zone).slice(0, 10);
}

/** The start of the local day after the one an instant lies in: days have 23 to 25 hours. */
export function nextDayOf(instant: number, zone: string): number {
  const start = parseLocal(formatDay(instant, zone), zone)!;
  return parseLocal(formatDay(start + 36 * 3_600_000, zone), zone)!;
}

/** An instant in UTC, to the second where it has no fraction: `2026-03-19T10:05:00Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** The English name of a local day: `Thursday`. */
export function weekdayOf(instant: number, zone: string): string {
  const day = new Date(instant + offsetMs(zone, instant)).getUTCDay();
  return ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][day]!;
}

/** Milliseconds in a duration such as `45s`, `2m` or `1.5h`; `undefined` if it is none. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  return match
    ? Math.round(Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS])
    : undefined;
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
