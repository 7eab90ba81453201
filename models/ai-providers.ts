import type { LanguageModelV4, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { Sampling, Served } from "../recordings/served.ts";

export type Env = Readonly<Record<string, string | undefined>>;

export interface Opening {
  readonly model: string;
  readonly env: Env;
  readonly fetch: typeof globalThis.fetch;
  /** Names tool calls where the provider's server does not. */
  readonly generateId: () => string;
}

/** A provider whose models are reached through a package of its own, which need not be installed. */
export interface AiProvider {
  readonly package: string;
  /** Variables of the environment that must be set, and those that hold secrets. */
  readonly needs: readonly string[];
  readonly secrets: readonly string[];
  /** Where it is asked. */
  endpoint(env: Env): string;
  open(opening: Opening): Promise<LanguageModelV4>;
  /** What it is told beside the standard settings, in its own words. Undefined for what it has none for. */
  options(sampling: Sampling): SharedV4ProviderOptions[string] | undefined;
  /** How much of its thinking a provider shows where it shows any. */
  readonly shows: Extract<Served["thinking"], "full" | "summary">;
}

const openai: AiProvider = {
  package: "@ai-sdk/openai",
  needs: ["OPENAI_API_KEY"],
  secrets: ["OPENAI_API_KEY"],
  endpoint: (env) => env["OPENAI_BASE_URL"] ?? "https://api.openai.com/v1",
  async open({ model, env, fetch }) {
    const { createOpenAI } = await import("@ai-sdk/openai");
    const apiKey = env["OPENAI_API_KEY"]!;
    return createOpenAI({ apiKey, baseURL: openai.endpoint(env), fetch }).responses(model);
  },
  // Nothing is kept on the server; what it thought comes back sealed, to be passed back. Unless it
  // is told otherwise, the package would ask for summaries by itself.
  options: ({ effort, thinking }) =>
    thinking === "full" || thinking === "between-tools" || typeof thinking === "number"
      ? undefined
      : {
          store: false,
          reasoningSummary: thinking === "summary" ? "detailed" : null,
          ...effortOf(effort, thinking),
        },
  shows: "summary",
};

const xai: AiProvider = {
  package: "@ai-sdk/xai",
  needs: ["XAI_API_KEY"],
  secrets: ["XAI_API_KEY"],
  endpoint: (env) => env["XAI_BASE_URL"] ?? "https://api.x.ai/v1",
  async open({ model, env, fetch }) {
    const { createXai } = await import("@ai-sdk/xai");
    return createXai({ apiKey: env["XAI_API_KEY"]!, baseURL: xai.endpoint(env), fetch })(model);
  },
  options: ({ effort, thinking }) =>
    thinking === "full" || thinking === "between-tools" || typeof thinking === "number"
      ? undefined
      : {
          store: false,
          ...(thinking === "summary" ? { reasoningSummary: "detailed" } : {}),
          ...effortOf(effort, thinking),
        },
  shows: "summary",
};

const google: AiProvider = {
  package: "@ai-sdk/google",
  needs: ["GOOGLE_GENERATIVE_AI_API_KEY"],
  secrets: ["GOOGLE_GENERATIVE_AI_API_KEY"],
  endpoint: (env) =>
    env["GOOGLE_GENERATIVE_AI_BASE_URL"] ?? "https://generativelanguage.googleapis.com/v1beta",
  async open({ model, env, fetch, generateId }) {
    const { createGoogle } = await import("@ai-sdk/google");
    const apiKey = env["GOOGLE_GENERATIVE_AI_API_KEY"]!;
    return createGoogle({ apiKey, baseURL: google.endpoint(env), fetch, generateId })(model);
  },
  options: ({ effort, thinking }) => {
    if (thinking === "full" || thinking === "between-tools") return undefined;
    const thinkingConfig = {
      ...(thinking === "none" ? { thinkingBudget: 0 } : {}),
      ...(typeof thinking === "number" ? { thinkingBudget: thinking } : {}),
      ...(effort === undefined ? {} : { thinkingLevel: effort }),
      ...(thinking === "summary" || thinking === "hidden"
        ? { includeThoughts: thinking === "summary" }
        : {}),
    };
    return Object.keys(thinkingConfig).length ? { thinkingConfig } : {};
  },
  shows: "summary",
};

const bedrock: AiProvider = {
  package: "@ai-sdk/amazon-bedrock",
  needs: ["AWS_REGION"],
  secrets: [
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
  ],
  endpoint: (env) =>
    env["BEDROCK_BASE_URL"] ?? `https://bedrock-runtime.${env["AWS_REGION"]}.amazonaws.com`,
  async open({ model, env, fetch, generateId }) {
    const { createAmazonBedrock } = await import("@ai-sdk/amazon-bedrock");
    const apiKey = env["AWS_BEARER_TOKEN_BEDROCK"];
    return createAmazonBedrock({
      region: env["AWS_REGION"]!,
      baseURL: bedrock.endpoint(env),
      fetch,
      generateId,
      ...(apiKey
        ? { apiKey }
        : {
            // Given even where empty: the package would look for its own.
            apiKey: "",
            accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
            secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
            sessionToken: env["AWS_SESSION_TOKEN"] ?? "",
          }),
    })(model);
  },
  options: ({ effort, thinking }) => {
    if (thinking === "full" || thinking === "between-tools") return undefined;
    const how =
      typeof thinking === "number"
        ? { type: "enabled", budgetTokens: thinking }
        : thinking === "none"
          ? { type: "disabled" }
          : thinking
            ? { type: "adaptive", display: thinking === "summary" ? "summarized" : "omitted" }
            : {};
    const reasoningConfig = { ...how, ...(effort ? { maxReasoningEffort: effort } : {}) };
    return Object.keys(reasoningConfig).length ? { reasoningConfig } : {};
  },
  shows: "summary",
};

const compatible: AiProvider = {
  package: "@ai-sdk/openai-compatible",
  needs: ["COMPATIBLE_BASE_URL"],
  secrets: ["COMPATIBLE_API_KEY"],
  endpoint: (env) => env["COMPATIBLE_BASE_URL"]!,
  async open({ model, env, fetch }) {
    const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
    const apiKey = env["COMPATIBLE_API_KEY"];
    return createOpenAICompatible({
      name: "compatible",
      baseURL: compatible.endpoint(env),
      includeUsage: true,
      fetch,
      ...(apiKey ? { apiKey } : {}),
    }).chatModel(model);
  },
  options: ({ effort, thinking }) =>
    thinking === undefined ? (effort ? { reasoningEffort: effort } : {}) : undefined,
  shows: "full",
};

/** To switch thinking off is an effort of none, unless another is asked for. */
function effortOf(effort: Sampling["effort"], thinking: Sampling["thinking"]) {
  const level = effort ?? (thinking === "none" ? "none" : undefined);
  return level === undefined ? {} : { reasoningEffort: level };
}

export const aiProviders: Readonly<Record<string, AiProvider>> = {
  openai,
  google,
  xai,
  bedrock,
  compatible,
};

/** The name under which a provider's package looks for its options. */
export function optionsName(provider: string): string {
  return provider === "bedrock" ? "amazonBedrock" : provider;
}
