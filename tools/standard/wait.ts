import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { advance } from "../../env/office.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { instantOf, moment } from "./input.ts";

const LONGEST_MINUTES = 7 * 24 * 60;

export const wait = defineTool({
  name: "wait",
  description:
    "Lets time pass, by minutes or until a moment, and tells what mail has come meanwhile.",
  effect: "write",
  input: z.strictObject({
    minutes: z.number().positive().max(LONGEST_MINUTES).optional(),
    until: moment.optional(),
  }),
  run({ minutes, until }, { office }) {
    if ((minutes === undefined) === (until === undefined)) {
      throw new ToolFault("bad-input", "Give either minutes or until, e.g. { minutes: 30 }.");
    }
    const target =
      until === undefined
        ? office.now + Math.round(minutes! * 60_000)
        : instantOf("until", until, office);
    if (target <= office.now || target - office.now > LONGEST_MINUTES * 60_000) {
      const now = formatLocal(office.now, office.zone);
      throw new ToolFault("bad-input", `until must lie ahead, within a week. It is ${now}.`);
    }
    const end = Math.min(target, office.closesAt);
    const { arrivals } = advance(office, end);
    return {
      until: end,
      value: { now: formatLocal(end, office.zone), arrived: arrivals.length },
    };
  },
});
