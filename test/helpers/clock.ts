import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../models/traffic.ts";

/** A clock that stands, but for whoever sleeps: then it is as late as they wanted, at once. */
export function createFastClock(start = Date.parse("2026-11-02T09:00:00Z")): Clock & {
  /** What was slept, in order. */
  readonly slept: readonly number[];
} {
  let now = start;
  const slept: number[] = [];
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      slept.push(ms);
      const until = now + ms;
      await setImmediate(undefined, { signal });
      now = Math.max(now, until);
    },
    slept,
  };
}
