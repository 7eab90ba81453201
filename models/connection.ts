import type { Usage } from "../recordings/content.ts";
import type { Sampling, Served } from "../recordings/served.ts";
import { UnansweredError, askAgain } from "./attempts.ts";
import { ModelError } from "./port.ts";
import type { PriceTable } from "./prices.ts";
import { costOf } from "./prices.ts";
import type { Clock, Traffic } from "./traffic.ts";

/** What models of a server share with all others of a simulator. */
export interface Connection {
  /** Where keys and addresses are looked up. */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly traffic: Traffic;
  readonly prices: PriceTable;
  /** A server that says nothing for this long is asked again. */
  readonly silenceMs: number;
  /** Models and settings that are known to go together, or are being asked about. */
  readonly checked: Map<string, Promise<void>>;
}

export interface Asked {
  /** As chosen: `anthropic/MODEL`. */
  readonly name: string;
  readonly provider: string;
  readonly endpoint: string;
  /** Never to stand in any error. */
  readonly secrets: readonly string[];
  /** As it takes effect. */
  readonly sampling: Sampling;
}

/** One answer, before it is known how often it had to be asked for. */
export interface Brought<T> {
  readonly value: T;
  readonly usage: Usage;
  readonly thinking: Served["thinking"];
  readonly fingerprint: string | null;
}

/**
 * Asks a server until it answers, and tells how the answer was had.
 *
 * @throws ModelError with every attempt
 */
export async function askServer<T>(
  { clock, traffic, prices }: Connection,
  { name, provider, endpoint, secrets, sampling }: Asked,
  signal: AbortSignal,
  attempt: () => Promise<Brought<T>>,
): Promise<{ readonly value: T; readonly served: Served }> {
  const origin = originOf(endpoint);
  const lane = traffic(`${provider} ${origin}`);
  try {
    const { value: brought, attempts } = await askAgain({ clock, lane, signal }, attempt);
    const costUsd = costOf(prices, name, brought.usage);
    const { temperature = null, effort = null, thinking = null, maxOutput = null } = sampling;
    return {
      value: brought.value,
      served: {
        provider,
        endpoint: origin,
        date: new Date(clock.now()).toISOString(),
        fingerprint: brought.fingerprint,
        settings: { temperature, effort, thinking, maxOutput },
        thinking: brought.thinking,
        attempts: [...attempts],
        ...(costUsd === undefined ? {} : { costUsd }),
      },
    };
  } catch (error) {
    let reason = deepestWords(error);
    for (const secret of secrets) reason = reason.replaceAll(secret, "[key]");
    const attempts = error instanceof UnansweredError ? error.attempts : [];
    throw new ModelError("model-error", `${name} could not answer: ${reason}`, {
      cause: error,
      attempts,
    });
  }
}

/** A path, a query or a user in an address may be an account's. */
function originOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).origin : "unknown";
}

/** What an error says, and what the innermost of its causes says. */
export function deepestWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  let root = error;
  while (root.cause instanceof Error) root = root.cause;
  return root === error ? error.message : `${error.message} (${root.message})`;
}
