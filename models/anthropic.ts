import type { Anthropic } from "@anthropic-ai/sdk";
import { UsageError } from "../env/errors.ts";
import { sha256 } from "../recordings/chain.ts";
import type { Answer } from "../recordings/content.ts";
import type { Sampling, Served } from "../recordings/served.ts";
import { DEFAULT_MAX_OUTPUT, toBody } from "./anthropic-body.ts";
import { createAssembly } from "./anthropic-stream.ts";
import { AttemptError, faultOf, retryAfter, watchSilence } from "./attempts.ts";
import type { Connection } from "./connection.ts";
import { askServer, deepestWords } from "./connection.ts";
import type { Model } from "./port.ts";

/**
 * A model of Anthropic's, asked through its SDK. The key and the server come from
 * `ANTHROPIC_API_KEY` and `ANTHROPIC_BASE_URL`; neither key nor path enters a recording.
 *
 * @throws UsageError if there is no key, or for a setting that no model of Anthropic's takes
 */
export function createAnthropicModel(
  model: string,
  sampling: Sampling,
  connection: Connection,
): Model {
  const { env, clock, silenceMs } = connection;
  const apiKey = env["ANTHROPIC_API_KEY"];
  if (!apiKey) {
    throw new UsageError(
      `anthropic/${model} needs a key: set ANTHROPIC_API_KEY, or choose an offline agent such as script/NAME.`,
    );
  }
  refuseSettings(model, sampling);
  const baseURL = env["ANTHROPIC_BASE_URL"] || "https://api.anthropic.com";
  let opened: Promise<Anthropic> | undefined;
  const client = () =>
    (opened ??= loadSdk().then(
      ({ Anthropic }) =>
        new Anthropic({
          apiKey,
          baseURL,
          maxRetries: 0,
          timeout: silenceMs,
          // The SDK's log would go to standard output.
          logLevel: "off",
        }),
    ));

  async function attempt(
    body: ReturnType<typeof toBody>,
    outer: AbortSignal,
  ): Promise<{ answer: Answer; thinking: Served["thinking"] }> {
    const watch = watchSilence(silenceMs, outer);
    const assembly = createAssembly(model);
    try {
      const params = body as unknown as Anthropic.MessageCreateParamsStreaming;
      // Of a model that thinks unseen there is nothing but pings, which the SDK keeps to itself.
      const listening = (await client()).withOptions({
        fetch: async (url, init) => watch.listen(await fetch(url, init)),
      });
      const stream = await listening.messages.create(params, { signal: watch.signal });
      for await (const event of stream) assembly.add(event);
      outer.throwIfAborted();
      if (watch.timedOut) throw silent(silenceMs);
      return assembly.finish();
    } catch (error) {
      throw watch.timedOut ? silent(silenceMs) : await toAttemptError(error, clock.now());
    } finally {
      watch.stop();
    }
  }

  return {
    async ask(request, signal) {
      const body = toBody(model, request, sampling);
      const { value, served } = await askServer(
        connection,
        {
          name: `anthropic/${model}`,
          provider: "anthropic",
          endpoint: baseURL,
          secrets: [apiKey],
          sampling: { maxOutput: DEFAULT_MAX_OUTPUT, ...sampling },
        },
        signal,
        async () => {
          const { answer, thinking } = await attempt(body, signal);
          return { value: answer, thinking, usage: answer.usage, fingerprint: null };
        },
      );
      return { answer: value, request: sha256(JSON.stringify(body)), served };
    },
    async check(signal) {
      if (!Object.keys(sampling).length) return;
      await checkCapabilities(await client(), model, sampling, signal).catch((error: unknown) => {
        if (error instanceof UsageError) throw error;
        const reason = deepestWords(error).replaceAll(apiKey, "[key]").slice(0, 300);
        throw new UsageError(
          `anthropic/${model} could not be asked what settings it takes: ${reason}. Leave them out, or try again.`,
        );
      });
    },
  };
}

/** The SDK takes longer to load than most commands take: it is loaded when a model is first asked. */
const loadSdk = () => import("@anthropic-ai/sdk");

function silent(ms: number): AttemptError {
  return new AttemptError("timeout", `the server said nothing for ${ms / 1000} s.`);
}

/** @throws UsageError for a setting that no model of Anthropic's takes */
export function refuseSettings(
  model: string,
  { temperature, effort, thinking, maxOutput }: Sampling,
): void {
  const no = (option: string, why: string) =>
    new UsageError(`anthropic/${model} can't be run with ${option}: ${why}`);
  if (temperature !== undefined) {
    throw no("--temperature", "Anthropic's API has no such setting. Leave it out.");
  }
  if (effort === "none" || effort === "minimal") {
    throw no(`--effort ${effort}`, "its levels are low, medium, high, xhigh and max.");
  }
  if (thinking === "full") {
    throw no("--thinking full", "Anthropic shows summaries of thinking alone. Use summary.");
  }
  if (typeof thinking === "number" && thinking < 1024) {
    throw no(`--thinking ${thinking}`, "a budget is 1024 tokens or more.");
  }
  if (typeof thinking === "number" && thinking >= (maxOutput ?? DEFAULT_MAX_OUTPUT)) {
    throw no(`--thinking ${thinking}`, "it must be less than --max-output.");
  }
}

/** Asks the server, which charges nothing for it, what the model takes. */
async function checkCapabilities(
  client: Anthropic,
  model: string,
  { effort, thinking, maxOutput }: Sampling,
  signal: AbortSignal,
): Promise<void> {
  const { capabilities, max_tokens: most } = await client.models.retrieve(model, null, {
    signal,
    maxRetries: 2,
  });
  const no = (option: string, why: string) =>
    new UsageError(`anthropic/${model} can't be run with ${option}: ${why}`);
  if (maxOutput !== undefined && most !== null && maxOutput > most) {
    throw no(`--max-output ${maxOutput}`, `it gives ${most} tokens at most.`);
  }
  if (!capabilities) return;
  if (effort !== undefined) {
    const levels = namesOf(capabilities.effort);
    if (!levels.includes(effort)) {
      throw no(`--effort ${effort}`, `it takes ${levels.join(", ") || "no effort"}.`);
    }
  }
  if (thinking === undefined) return;
  const type = thinkingType(thinking);
  const types = namesOf(capabilities.thinking.types);
  if (types.includes(type)) return;
  const offered = Object.entries(forms).flatMap(([name, words]) =>
    types.includes(name) ? [words] : [],
  );
  throw no(`--thinking ${thinking}`, `it takes ${offered.join(", ") || "no such setting"}.`);
}

const forms = {
  adaptive: "hidden, summary",
  enabled: "a number of tokens",
  disabled: "none",
  between_tools: "between-tools",
};

function thinkingType(thinking: NonNullable<Sampling["thinking"]>): keyof typeof forms {
  if (typeof thinking === "number") return "enabled";
  if (thinking === "none") return "disabled";
  return thinking === "between-tools" ? "between_tools" : "adaptive";
}

function namesOf(capabilities: object): string[] {
  return Object.entries(capabilities).flatMap(([name, value]) =>
    (value as { supported?: boolean } | null)?.supported === true ? [name] : [],
  );
}

const streamFaults = new Map([
  ["rate_limit_error", "rate-limit"],
  ["overloaded_error", "overloaded"],
  ["api_error", "server-error"],
  ["timeout_error", "server-error"],
] as const);

async function toAttemptError(error: unknown, now: number): Promise<AttemptError> {
  if (error instanceof AttemptError) return error;
  const { APIConnectionError, APIConnectionTimeoutError, APIError } = await loadSdk();
  if (error instanceof APIConnectionTimeoutError) {
    return new AttemptError("timeout", error.message);
  }
  if (error instanceof APIConnectionError) {
    return new AttemptError("connection", deepestWords(error));
  }
  if (error instanceof APIError) {
    const { status, headers, type } = error;
    if (status === undefined) {
      // An error in the middle of the stream.
      const fault = streamFaults.get(type as "api_error") ?? "refused";
      return new AttemptError(fault, error.message, { status: 200 });
    }
    return new AttemptError(faultOf(status, headers!), error.message, {
      status,
      retryAfterMs: retryAfter(headers!, now),
    });
  }
  if (error instanceof SyntaxError) {
    return new AttemptError("malformed", "what the server sent is no JSON.", { status: 200 });
  }
  return new AttemptError("connection", deepestWords(error));
}
