import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Detector, Finding } from "./detector.ts";
import { disclosure } from "./disclosure.ts";

const detectors: readonly Detector[] = [disclosure];

/** Names and versions of all detectors. What is found by others may differ. */
export const detectorsVersion = detectors
  .map(({ kind, version }) => `${kind}/${version}`)
  .join(" ");

/** All detectors as one fold: give it every event, get what each one is found to be. */
export function openDetectors(header: Header): (event: RecordedEvent) => readonly Finding[] {
  const steps = detectors.map((detector) => detector.open(header));
  return (event) => steps.flatMap((step) => step(event));
}

/** All that today's detectors find in a recording. */
export function findingsOf({
  header,
  events,
}: Pick<Recording, "header" | "events">): readonly Finding[] {
  const detect = openDetectors(header);
  return events.flatMap((event) => detect(event));
}
