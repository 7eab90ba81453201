import { setTimeout } from "node:timers/promises";

/** Wall time, handed in so that waiting can be tested without it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
};

/** The way to one provider, shared by all episodes of a simulator that question it. */
export interface Lane {
  /**
   * Waits for a place on it, first come, first served, those that were turned back in front.
   * Gives the function that leaves the place again.
   */
  enter(signal: AbortSignal, turnedBack: boolean): Promise<() => void>;
  /** Lets nobody start for so long: the provider has asked for it. Narrows the lane by half. */
  hold(ms: number): void;
  /** An answer came: the lane grows by one place, up to what it had. */
  widen(): void;
}

export type Traffic = (provider: string) => Lane;

/** @param most requests on their way to one provider at once */
export function createTraffic(clock: Clock, most: number): Traffic {
  const lanes = new Map<string, Lane>();
  return (provider) => {
    let lane = lanes.get(provider);
    if (!lane) lanes.set(provider, (lane = createLane(clock, most)));
    return lane;
  };
}

function createLane(clock: Clock, most: number): Lane {
  const queue: (() => void)[] = [];
  let width = most;
  let busy = 0;
  let heldUntil = 0;
  /** Stops the wait for the end of a hold. */
  let waiting: AbortController | undefined;

  function pump(): void {
    if (!queue.length) {
      waiting?.abort();
      return;
    }
    const holdMs = heldUntil - clock.now();
    if (holdMs > 0) waitOut(holdMs);
    else while (queue.length && busy < width) queue.shift()!();
  }

  function waitOut(ms: number): void {
    if (waiting) return;
    const aborter = (waiting = new AbortController());
    void clock
      .sleep(ms, aborter.signal)
      .catch(() => {})
      .finally(() => {
        waiting = undefined;
        pump();
      });
  }

  return {
    enter(signal, turnedBack) {
      const { promise, resolve, reject } = Promise.withResolvers<() => void>();
      const give = (): void => {
        signal.removeEventListener("abort", leave);
        busy++;
        let isLeft = false;
        resolve(() => {
          if (isLeft) return;
          isLeft = true;
          busy--;
          pump();
        });
      };
      const leave = (): void => {
        const place = queue.indexOf(give);
        if (place >= 0) queue.splice(place, 1);
        reject(signal.reason as Error);
        pump();
      };
      if (signal.aborted) {
        reject(signal.reason as Error);
        return promise;
      }
      signal.addEventListener("abort", leave, { once: true });
      if (turnedBack) queue.unshift(give);
      else queue.push(give);
      pump();
      return promise;
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
      width = Math.max(1, Math.floor(width / 2));
    },
    widen() {
      width = Math.min(most, width + 1);
    },
  };
}
