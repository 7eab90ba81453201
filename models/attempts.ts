import type { Attempt, AttemptFault } from "../recordings/served.ts";
import type { Clock, Lane } from "./traffic.ts";

/** How often a question is asked before it counts as not answered, other than rate limits. */
const MOST_FAULTS = 6;
/** How often a provider may say that it is asked too much. */
const MOST_RATE_LIMITS = 30;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A provider that asks for more patience is not waited for. */
const LONGEST_WAIT_MS = 600_000;
/** A server that sends more than this for one answer is not listened to. */
const MOST_BYTES = 64 * 2 ** 20;
/** As much as is said of what a server had to say. */
const REASON_LENGTH = 1000;

/** What came of one attempt where no answer did. */
export class AttemptError extends Error {
  override readonly name = "AttemptError";
  readonly fault: AttemptFault;
  readonly status: number | null;
  /** Milliseconds that the server asks to wait; null where it says nothing. */
  readonly retryAfterMs: number | null;

  constructor(
    fault: AttemptFault,
    reason: string,
    {
      status = null,
      retryAfterMs = null,
    }: { status?: number | null; retryAfterMs?: number | null } = {},
  ) {
    super(reason.slice(0, REASON_LENGTH));
    this.fault = fault;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No attempt brought an answer. `attempts` tells of each. */
export class UnansweredError extends Error {
  override readonly name = "UnansweredError";
  readonly attempts: readonly Attempt[];

  constructor(reason: string, attempts: readonly Attempt[]) {
    super(reason);
    this.attempts = attempts;
  }
}

export interface Asking {
  readonly clock: Clock;
  readonly lane: Lane;
  readonly signal: AbortSignal;
}

/**
 * Asks until there is an answer: what may pass is asked again after a back-off, or after as long as
 * the server says, which then holds back all who ask it.
 *
 * @throws UnansweredError, or the signal's reason
 */
export async function askAgain<T>(
  { clock, lane, signal }: Asking,
  attempt: () => Promise<T>,
): Promise<{ readonly value: T; readonly attempts: readonly Attempt[] }> {
  const attempts: Attempt[] = [];
  const counts = { faults: 0, rateLimits: 0 };
  let since = clock.now();
  for (;;) {
    const leave = await lane.enter(signal, attempts.length > 0);
    const began = clock.now();
    const tell = (fault: AttemptFault | null, status: number | null): void => {
      const ms = Math.max(0, Math.round(clock.now() - began));
      attempts.push({ fault, status, waitMs: Math.max(0, Math.round(began - since)), ms });
      since = clock.now();
    };
    let error: AttemptError;
    try {
      const value = await attempt();
      tell(null, 200);
      lane.widen();
      return { value, attempts };
    } catch (thrown) {
      signal.throwIfAborted();
      error = toAttemptError(thrown);
      tell(error.fault, error.status);
      counts[error.fault === "rate-limit" ? "rateLimits" : "faults"]++;
    } finally {
      leave();
    }
    const waitMs = waitAfter(error, attempts.length);
    const isOver =
      error.fault === "refused" ||
      counts.faults >= MOST_FAULTS ||
      counts.rateLimits >= MOST_RATE_LIMITS ||
      waitMs > LONGEST_WAIT_MS;
    if (isOver) throw new UnansweredError(wordEnd(error, attempts.length, waitMs), attempts);
    // Who is held back with all others needs no wait of its own.
    if (error.fault === "rate-limit" || error.fault === "overloaded") lane.hold(waitMs);
    else await clock.sleep(waitMs, signal);
  }
}

function waitAfter({ retryAfterMs }: AttemptError, count: number): number {
  return retryAfterMs ?? Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (count - 1));
}

function wordEnd(error: AttemptError, count: number, waitMs: number): string {
  if (error.fault !== "refused" && waitMs > LONGEST_WAIT_MS) {
    return `${error.message} (it asks to wait ${Math.round(waitMs / 1000)} s)`;
  }
  return count > 1 ? `${error.message} (asked ${count} times)` : error.message;
}

function toAttemptError(thrown: unknown): AttemptError {
  if (thrown instanceof AttemptError) return thrown;
  return new AttemptError("connection", thrown instanceof Error ? thrown.message : String(thrown));
}

/** What a status says of whether to ask again. */
export function faultOf(status: number, headers: Headers): AttemptFault {
  const should = headers.get("x-should-retry");
  if (should === "false") return "refused";
  if (status === 429) return "rate-limit";
  if (status === 529 || status === 503) return "overloaded";
  if (status >= 500) return "server-error";
  return status === 408 || status === 409 || should === "true" ? "server-error" : "refused";
}

/** Milliseconds of `retry-after-ms` or `retry-after`, as seconds or a date; null without either. */
export function retryAfter(headers: Headers, now: number): number | null {
  const ms = Number(headers.get("retry-after-ms") ?? "x");
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const text = headers.get("retry-after");
  if (!text) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * Aborts what is silent for too long. Responses that are listened to count as heard with every byte,
 * also with those that a package keeps to itself. `stop` is to be called in the end.
 */
export function watchSilence(ms: number, outer: AbortSignal) {
  const aborter = new AbortController();
  const state = { timedOut: false };
  const expire = () => {
    state.timedOut = true;
    aborter.abort();
  };
  let timer = setTimeout(expire, ms);
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(expire, ms);
  };
  return {
    signal: AbortSignal.any([aborter.signal, outer]),
    listen(response: Response): Response {
      const { body, status, statusText, headers } = response;
      touch();
      if (!body) return response;
      let size = 0;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          touch();
          size += bytes.length;
          if (size > MOST_BYTES) controller.error(new Error("its answer is longer than 64 MiB"));
          else controller.enqueue(bytes);
        },
      });
      return new Response(body.pipeThrough(counted), { status, statusText, headers });
    },
    stop: () => clearTimeout(timer),
    get timedOut() {
      return state.timedOut;
    },
  };
}
