import { ToolFault } from "../../env/errors.ts";
import type { Office } from "../../env/office.ts";
import { formatLocal } from "../../env/time.ts";
import { instantOf } from "./input.ts";

export const LONGEST_MINUTES = 7 * 24 * 60;

/** A moment that lies ahead, within a week, or the day's end if that comes first. */
export function aheadOf(moment: string | number, office: Office): number {
  const target = typeof moment === "number" ? moment : instantOf("until", moment, office);
  if (target <= office.now || target - office.now > LONGEST_MINUTES * 60_000) {
    const now = formatLocal(office.now, office.zone);
    throw new ToolFault("bad-input", `until must lie ahead, within a week. It is ${now}.`);
  }
  return Math.min(target, office.closesAt);
}
