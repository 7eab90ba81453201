import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { UsageError } from "../env/errors.ts";
import { sha256 } from "../recordings/chain.ts";
import type { Sampling } from "../recordings/served.ts";
import { toCall } from "./ai-messages.ts";
import type { AiProvider, Env } from "./ai-providers.ts";
import { aiProviders, optionsName } from "./ai-providers.ts";
import type { Put } from "./ai-stream.ts";
import { createPuzzle } from "./ai-stream.ts";
import { AttemptError, faultOf, retryAfter, watchSilence } from "./attempts.ts";
import type { Connection } from "./connection.ts";
import { askServer, deepestWords } from "./connection.ts";
import type { Model, ModelRequest } from "./port.ts";

type Fetch = typeof globalThis.fetch;

/**
 * A model of a provider that is reached through a package of the `ai` family, which words requests
 * and reads answers; the loop, the retries and the record are ours.
 *
 * @throws UsageError if the package is not installed, or a key, address or setting can't be had
 */
export function createAiModel(
  name: string,
  model: string,
  sampling: Sampling,
  connection: Connection,
): Model {
  const provider = aiProviders[name]!;
  const { env, clock, silenceMs } = connection;
  const full = `${name}/${model}`;
  requirePackage(full, provider);
  requireSettings(full, provider, env);
  const ownOptions = requireOptions(full, provider, sampling);

  async function attempt(
    request: ModelRequest,
    outer: AbortSignal,
    sent: (body: string) => void,
  ): Promise<Put> {
    const watch = watchSilence(silenceMs, outer);
    const puzzle = createPuzzle(name, model, provider.shows);
    try {
      const opened = await open(provider, model, env, request.question, async (url, init) => {
        sent(String(init?.body));
        return watch.listen(await fetch(url, init));
      });
      const call = toOptions(name, model, request, sampling, ownOptions);
      const { stream } = await opened.doStream({ ...call, abortSignal: watch.signal });
      for await (const part of stream) puzzle.add(part);
      outer.throwIfAborted();
      return puzzle.finish();
    } catch (error) {
      if (!watch.timedOut) throw toAttemptError(error, clock.now());
      throw new AttemptError("timeout", `the server said nothing for ${silenceMs / 1000} s.`);
    } finally {
      watch.stop();
    }
  }

  return {
    async ask(request, signal) {
      let body = "";
      const secrets = provider.secrets.flatMap((key) => env[key] || []);
      const endpoint = provider.endpoint(env);
      const asked = { name: full, provider: name, endpoint, secrets, sampling };
      const { value, served } = await askServer(connection, asked, signal, async () => {
        const put = await attempt(request, signal, (text) => (body = text));
        const { thinking, fingerprint } = put;
        return { value: put.answer, usage: put.answer.usage, thinking, fingerprint };
      });
      return { answer: value, request: sha256(body), served };
    },
    check: () => rehearse(name, model, sampling),
  };
}

/** The body that would go over the wire. Nothing is sent. */
export async function wordAiRequest(
  name: string,
  model: string,
  request: ModelRequest,
  sampling: Sampling,
): Promise<string> {
  const provider = aiProviders[name]!;
  requirePackage(`${name}/${model}`, provider);
  const ownOptions = requireOptions(`${name}/${model}`, provider, sampling);
  const unsent = new Error("not to be sent");
  let body: string | undefined;
  const opened = await open(provider, model, nowhere, request.question, async (_, init) => {
    body = String(init?.body);
    throw unsent;
  });
  try {
    await opened.doStream(toOptions(name, model, request, sampling, ownOptions));
  } catch (error) {
    if (body === undefined) {
      throw new UsageError(`${name}/${model} can't be asked this: ${deepestWords(error)}`, {
        cause: error,
      });
    }
  }
  return body!;
}

/** Settings of an environment from which nothing can be reached. */
const nowhere: Env = {
  ...Object.fromEntries(
    Object.values(aiProviders).flatMap(({ secrets }) => secrets.map((name) => [name, "none"])),
  ),
  AWS_REGION: "nowhere",
  COMPATIBLE_BASE_URL: "http://nowhere.invalid/v1",
};

const sample: ModelRequest = {
  question: 1,
  system: "You are asked nothing.",
  messages: [{ role: "user", content: [{ type: "text", text: "Nothing." }] }],
  tools: [
    { name: "nothing", description: "Does nothing.", effect: "read", input: { type: "object" } },
  ],
};

/** Where each setting stands among those a user gives. */
const flags: Readonly<Record<keyof Sampling, string>> = {
  temperature: "--temperature",
  effort: "--effort",
  thinking: "--thinking",
  maxOutput: "--max-output",
};

/**
 * Packages leave settings out, or change them, that they know a model refuses. So a request is worded
 * with each setting and without it: one that makes no difference, or comes out as another, is refused.
 */
async function rehearse(name: string, model: string, sampling: Sampling): Promise<void> {
  const whole = await wordAiRequest(name, model, sample, sampling);
  for (const key of Object.keys(sampling) as (keyof Sampling)[]) {
    const { [key]: value, ...rest } = sampling;
    const without = await wordAiRequest(name, model, sample, rest);
    const isSaid = key === "thinking" || whole.includes(`:${JSON.stringify(value)}`);
    // To hide what it thinks is what some do unless told otherwise.
    if ((whole !== without && isSaid) || (key === "thinking" && value === "hidden")) continue;
    throw new UsageError(
      `${name}/${model} can't be run with ${flags[key]} ${value}: it would be ignored or changed on the way. Leave it out.`,
    );
  }
}

function toOptions(
  name: string,
  model: string,
  request: Omit<ModelRequest, "question">,
  { temperature, maxOutput }: Sampling,
  ownOptions: NonNullable<ReturnType<AiProvider["options"]>>,
): LanguageModelV4CallOptions {
  return {
    ...toCall(name, model, request),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxOutput === undefined ? {} : { maxOutputTokens: maxOutput }),
    providerOptions: { [optionsName(name)]: ownOptions },
    includeRawChunks: true,
  };
}

/** Opened for each question, so that ids made up for its calls count from its number. */
function open(
  provider: AiProvider,
  model: string,
  env: Env,
  question: number,
  send: Fetch,
): Promise<LanguageModelV4> {
  let calls = 0;
  const generateId = () => `call_${question}_${++calls}`;
  return provider.open({ model, env, fetch: send, generateId });
}

function requirePackage(full: string, provider: AiProvider): void {
  try {
    import.meta.resolve(provider.package);
  } catch (error) {
    throw new UsageError(
      `${full} needs a package that is not installed: npm install ${provider.package}`,
      { cause: error },
    );
  }
}

function requireSettings(full: string, { needs, secrets }: AiProvider, env: Env): void {
  const missing = needs.filter((name) => !env[name]);
  if (missing.length) {
    throw new UsageError(
      `${full} needs ${missing.join(" and ")} in the environment${missing.includes("COMPATIBLE_BASE_URL") ? ", or --base-url URL (such as http://127.0.0.1:11434/v1)" : ""}.`,
    );
  }
  if (env["AWS_REGION"] && needs.includes("AWS_REGION") && !secrets.some((name) => env[name])) {
    throw new UsageError(
      `${full} needs AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment.`,
    );
  }
}

function requireOptions(full: string, provider: AiProvider, sampling: Sampling) {
  const options = provider.options(sampling);
  if (options) return options;
  throw new UsageError(
    `${full} can't be run with --thinking ${sampling.thinking}: its provider has no such setting. Leave it out.`,
  );
}

/** As much of a package's error as is looked at; each has a class of its own. */
interface CallError {
  readonly statusCode?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
}

function toAttemptError(error: unknown, now: number): AttemptError {
  if (error instanceof AttemptError) return error;
  const { name = "", message } = error instanceof Error ? error : new Error(wordsOf(error));
  const { statusCode, responseHeaders } = (error ?? {}) as CallError;
  if (/AI_(JSONParse|TypeValidation|InvalidResponseData|EmptyResponseBody)Error/.test(name)) {
    const words = "what the server sent is no answer.";
    return new AttemptError("malformed", words, { status: statusCode ?? 200 });
  }
  if (statusCode !== undefined && statusCode >= 400) {
    const headers = new Headers(responseHeaders);
    return new AttemptError(faultOf(statusCode, headers), `${statusCode} ${message}`, {
      status: statusCode,
      retryAfterMs: retryAfter(headers, now),
    });
  }
  if (statusCode !== undefined) {
    return new AttemptError("malformed", `what the server sent is no answer: ${message}`, {
      status: statusCode,
    });
  }
  if (error instanceof Error) return new AttemptError("connection", deepestWords(error));
  // An error in the middle of the stream.
  return new AttemptError("server-error", message, { status: 200 });
}

function wordsOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : String(JSON.stringify(error));
}
