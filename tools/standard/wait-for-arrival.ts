import { z } from "zod";
import { advance, comesIn } from "../../env/advance.ts";
import { createDesk } from "../../env/office.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { moment } from "./input.ts";
import { aheadOf } from "./waiting.ts";

export const waitForArrival = defineTool({
  name: "wait_for_arrival",
  description:
    "Lets time pass until something comes in for you, or until a moment; the day's end at last.",
  effect: "write",
  input: z.strictObject({ until: moment.optional() }),
  run({ until }, { office }) {
    const end = until === undefined ? office.closesAt : aheadOf(until, office);
    const first = advance(office, end, createDesk()).arrivals.find(comesIn);
    const at = first?.at ?? end;
    return {
      until: at,
      value: { now: formatLocal(at, office.zone), arrived: first !== undefined },
    };
  },
});
