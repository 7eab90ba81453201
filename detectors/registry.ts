import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Detector, Finding } from "./detector.ts";
import { disclosure } from "./disclosure.ts";

const detectors: readonly Detector[] = [disclosure];

/** All detectors as one fold: give it every event, get what each one is found to be. */
export function openDetectors(header: Header): (event: RecordedEvent) => readonly Finding[] {
  const steps = detectors.map((detector) => detector.open(header));
  return (event) => steps.flatMap((step) => step(event));
}
