import type { RecordedEvent } from "../recordings/events.ts";
import type { Finding } from "../recordings/verdict.ts";
import type { Memory } from "./memory.ts";

/** A fold over a recording's events: it needs neither office nor model. */
export interface Detector {
  readonly kind: string;
  /** A new number whenever it would find something else in some recording. */
  readonly version: number;
  /** Starts on a recording; the function is then given every event in order, once the memory holds it. */
  open(memory: Memory): (event: RecordedEvent) => readonly Finding[];
}
