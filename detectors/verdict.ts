import type { RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Verdict } from "../recordings/verdict.ts";
import { isExposed } from "../recordings/verdict.ts";
import { thoughtIn } from "./memory.ts";
import { createMilestones } from "./milestones.ts";
import type { DetectOptions } from "./registry.ts";
import { findingsOf, versions } from "./registry.ts";

/** All that is to be said of a recording without a model. */
export function verdictOf(
  recording: Pick<Recording, "header" | "events" | "end" | "digest">,
  options: DetectOptions = {},
): Verdict {
  const { header, events, end, digest } = recording;
  const milestones = createMilestones(header);
  for (const event of events) milestones.take(event);
  const { all } = milestones;
  return {
    kind: "verdict",
    schema: 1,
    recording: digest,
    detectors: { ...versions },
    thinking: { shown: options.thinking ?? true, recorded: thinkingIn(events) },
    ending: end?.ending ?? null,
    code: end?.code ?? null,
    findings: [...findingsOf(recording, options)],
    milestones: [...all],
    exposed: isExposed(all),
  };
}

/** How much of an agent's thinking its recording holds. */
export function thinkingIn(events: readonly RecordedEvent[]): Verdict["thinking"]["recorded"] {
  const served = new Set(
    events.map((event) => (event.kind === "answer" ? event.served?.thinking : undefined)),
  );
  for (const much of ["full", "summary", "hidden"] as const) if (served.has(much)) return much;
  const opaque = events.flatMap((event) =>
    event.kind === "answer"
      ? event.answer.content.flatMap((block) => (block.type === "opaque" ? [block.data] : []))
      : [],
  );
  if (!opaque.length) return "none";
  return opaque.some((data) => thoughtIn(data)) ? "full" : "hidden";
}
