import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Finding } from "../recordings/verdict.ts";
import { openDetectors } from "./registry.ts";

/** Detectors that follow an episode and can be asked what they would find if something happened. */
export interface Foresight {
  /** What did happen: every event in order. */
  take(event: RecordedEvent): void;
  /** What would be found if these came next. Nothing has happened by that. */
  foresee(events: readonly RecordedEvent[]): readonly Finding[];
}

/**
 * Detectors can't go back, so they run ahead: what is foreseen is taken in, and if it then happens,
 * nothing is left to do. If something else happens, they begin again and take in all there was. A
 * call that is committed costs what detecting it costs; one that is refused, all calls so far once more.
 */
export function createForesight(header: Header): Foresight {
  const past: RecordedEvent[] = [];
  let detect = openDetectors(header);
  /** What was foreseen, as JSON, and has not happened so far. */
  let ahead: string[] = [];

  function beginAgain(): void {
    ahead = [];
    detect = openDetectors(header);
    for (const event of past) detect(event);
  }

  return {
    take(event) {
      const isForeseen = ahead.length > 0 && ahead[0] === JSON.stringify(event);
      if (isForeseen) ahead.shift();
      else if (ahead.length) beginAgain();
      past.push(event);
      if (!isForeseen) detect(event);
    },
    foresee(events) {
      if (ahead.length) beginAgain();
      ahead = events.map((event) => JSON.stringify(event));
      return events.flatMap((event) => detect(event));
    },
  };
}
