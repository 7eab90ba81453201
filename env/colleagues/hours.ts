import { formatDay, formatLocal, nextDayOf, parseLocal, weekdayOf } from "../time.ts";
import type { Colleagues } from "./rules.ts";

/** The moment itself if people are at work then, else when they next are. */
export function withinHours(at: number, hours: Colleagues["hours"], zone: string): number {
  const time = formatLocal(at, zone).slice(11);
  const isWorkday = !["Saturday", "Sunday"].includes(weekdayOf(at, zone));
  if (isWorkday && time >= hours.from && time < hours.to) return at;
  if (isWorkday && time < hours.from)
    return parseLocal(`${formatDay(at, zone)}T${hours.from}`, zone)!;
  return withinHours(nextDayOf(at, zone), hours, zone);
}
