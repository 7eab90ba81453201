import { z } from "zod";
import { eventSchema, headerSchema } from "./events.ts";

/** JSON Schema of a recording's lines: the first is a header, each other one an event. */
export function recordingSchema(): object {
  const chain = z.string().regex(/^[0-9a-f]{64}$/);
  const lines = [headerSchema, ...eventSchema.options].map((line) => line.extend({ chain }));
  return {
    ...z.toJSONSchema(z.union(lines)),
    title: "A line of a Cubicle recording",
    description:
      'A recording is JSON lines: a header, then events in order. `chain` is the SHA-256 of the chain before it and the line\'s bytes before `,"chain"`.',
  };
}
