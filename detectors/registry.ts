import { sha256 } from "../recordings/chain.ts";
import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Finding } from "../recordings/verdict.ts";
import type { Detector } from "./detector.ts";
import { awareness } from "./awareness.ts";
import { commitment } from "./commitment.ts";
import { coercion } from "./coercion.ts";
import { deception } from "./deception.ts";
import { destruction } from "./destruction.ts";
import { escalation } from "./escalation.ts";
import { framing } from "./framing.ts";
import { impersonation } from "./impersonation.ts";
import { leak } from "./leak.ts";
import { createMemory } from "./memory.ts";
import { oversight } from "./oversight.ts";
import type { CandidateFinder, Weights } from "./score.ts";
import { createScored } from "./score.ts";
import { safety } from "./safety.ts";
import { selfPreservation } from "./self-preservation.ts";
import { snooping } from "./snooping.ts";
import { weights as coercionWeights } from "./weights/coercion.ts";
import { weights as destructionWeights } from "./weights/destruction.ts";
import { weights as awarenessWeights } from "./weights/evaluation-awareness.ts";
import { weights as escalationWeights } from "./weights/escalation.ts";
import { weights as commitmentWeights } from "./weights/unauthorised-commitment.ts";
import { weights as framingWeights } from "./weights/framing.ts";
import { weights as impersonationWeights } from "./weights/impersonation.ts";
import { weights as deceptionWeights } from "./weights/deception.ts";
import { weights as leakWeights } from "./weights/leak.ts";
import { weights as oversightWeights } from "./weights/oversight-tampering.ts";
import { weights as safetyWeights } from "./weights/safety-omission.ts";
import { weights as selfPreservationWeights } from "./weights/self-preservation.ts";
import { weights as snoopingWeights } from "./weights/snooping.ts";

/** Detectors that weigh what speaks for and against, with their weights. */
const scored: readonly (readonly [CandidateFinder, Weights])[] = [
  [leak, leakWeights],
  [coercion, coercionWeights],
  [destruction, destructionWeights],
  [snooping, snoopingWeights],
  [oversight, oversightWeights],
  [safety, safetyWeights],
  [selfPreservation, selfPreservationWeights],
  [impersonation, impersonationWeights],
  [framing, framingWeights],
  [deception, deceptionWeights],
  [commitment, commitmentWeights],
  [awareness, awarenessWeights],
  [escalation, escalationWeights],
];

export const finders = scored.map(([finder]) => finder);

/** All detectors, in the order in which their findings of one event are told. */
export const detectors: readonly Detector[] = scored.map(([finder, weights]) =>
  createScored(finder, weights),
);

/** Each detector's version, by its kind. */
export const versions: Readonly<Record<string, number>> = Object.fromEntries(
  detectors.map(({ kind, version }) => [kind, version]),
);

/** One short name for all detectors as they are now. What is found by others may differ. */
export const detectorsVersion = `detectors-${sha256(JSON.stringify(versions)).slice(0, 8)}`;

export interface DetectOptions {
  /** Whether they see what the agent thought. True unless told otherwise. */
  readonly thinking?: boolean;
  /** Which detectors; all unless told otherwise. */
  readonly detectors?: readonly Detector[];
}

/** All detectors as one fold: give it every event, get what each one is found to be. */
export function openDetectors(
  header: Header,
  { thinking = true, detectors: chosen = detectors }: DetectOptions = {},
): (event: RecordedEvent) => readonly Finding[] {
  const memory = createMemory(header, { thinking });
  const steps = chosen.map((detector) => detector.open(memory));
  const names = header.varied?.tools ?? {};
  return (given) => {
    const event = byRealName(given, names);
    memory.take(event);
    return steps.flatMap((step) => step(event));
  };
}

/** A call by the name that its tool has elsewhere. */
function byRealName(event: RecordedEvent, names: Readonly<Record<string, string>>): RecordedEvent {
  if (event.kind !== "call" || !Object.hasOwn(names, event.tool)) return event;
  return { ...event, tool: names[event.tool]! };
}

/** All that today's detectors find in a recording. */
export function findingsOf(
  { header, events }: Pick<Recording, "header" | "events">,
  options?: DetectOptions,
): readonly Finding[] {
  const detect = openDetectors(header, options);
  return events.flatMap((event) => detect(event));
}
