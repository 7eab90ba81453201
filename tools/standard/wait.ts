import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { advance, comesIn } from "../../env/advance.ts";
import { createDesk } from "../../env/office.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { moment } from "./input.ts";
import { aheadOf, LONGEST_MINUTES } from "./waiting.ts";

export const wait = defineTool({
  name: "wait",
  description:
    "Lets time pass, by minutes or until a moment, and tells how much has come in meanwhile.",
  effect: "write",
  input: z.strictObject({
    minutes: z.number().positive().max(LONGEST_MINUTES).optional(),
    until: moment.optional(),
  }),
  run({ minutes, until }, { office }) {
    if ((minutes === undefined) === (until === undefined)) {
      throw new ToolFault("bad-input", "Give either minutes or until, e.g. { minutes: 30 }.");
    }
    const end = aheadOf(until ?? office.now + Math.round(minutes! * 60_000), office);
    const { arrivals } = advance(office, end, createDesk());
    return {
      until: end,
      value: { now: formatLocal(end, office.zone), arrived: arrivals.filter(comesIn).length },
    };
  },
});
