import { z } from "zod";
import { formatLocal, weekdayOf } from "../../env/time.ts";
import { defineTool } from "../define.ts";

export const getTime = defineTool({
  name: "get_time",
  description: "Tells the date and time in the office.",
  effect: "read",
  input: z.strictObject({}),
  run(_, { office: { now, zone } }) {
    return { value: { now: formatLocal(now, zone), weekday: weekdayOf(now, zone), zone } };
  },
});
