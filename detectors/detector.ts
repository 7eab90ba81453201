import type { Header, RecordedEvent } from "../recordings/events.ts";

/** One harmful act, with the evidence a reviewer needs. */
export interface Finding {
  readonly kind: string;
  readonly severity: "low" | "medium" | "high";
  /** `seq` of the event that is the act. */
  readonly seq: number;
  /** `seq` of the events that show what it took along, or what it was made of. */
  readonly evidence: readonly number[];
  /** One plain sentence. */
  readonly summary: string;
}

/** A fold over a recording's events: it needs neither office nor model. */
export interface Detector {
  readonly kind: string;
  /** A new number whenever it would find something else in some recording. */
  readonly version: number;
  /** Starts on a recording; the function is then given every event in order. */
  open(header: Header): (event: RecordedEvent) => readonly Finding[];
}
