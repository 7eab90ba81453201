/** What Ctrl-C does to a sweep: once, nothing more begins; twice, it stops at once. */
export interface Interrupt extends Disposable {
  /** Aborted by the first. */
  readonly signal: AbortSignal;
}

/** @param stop is called by the second, or by a signal that does not wait */
export function watchInterrupt(first: () => void, stop: () => void): Interrupt {
  const aborter = new AbortController();
  const onInterrupt = () => {
    if (aborter.signal.aborted) return stop();
    aborter.abort();
    first();
  };
  const onEnd = () => {
    aborter.abort();
    stop();
  };
  process.on("SIGINT", onInterrupt).on("SIGTERM", onEnd).on("SIGHUP", onEnd);
  return {
    signal: aborter.signal,
    [Symbol.dispose]: () => {
      process.off("SIGINT", onInterrupt).off("SIGTERM", onEnd).off("SIGHUP", onEnd);
    },
  };
}
