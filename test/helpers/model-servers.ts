import { LLMock } from "@copilotkit/aimock";
import type { FixtureMatch } from "@copilotkit/aimock";

/** A turn of a model, in the words that the mock server puts into those of each provider. */
export interface Turn {
  readonly content?: string;
  readonly toolCalls?: readonly {
    readonly id: string;
    readonly name: string;
    readonly arguments: string;
  }[];
  readonly reasoning?: string;
  readonly reasoningSignature?: string;
  readonly finishReason?: string;
}

/** One server on loopback that speaks as all the providers do, over HTTP and in streams. */
export interface ModelServers extends AsyncDisposable {
  readonly mock: LLMock;
  /** From now on plays these turns, whoever asks, by how many results of tools there are. */
  play(turns: readonly Turn[]): void;
  /** Environment that leads every provider here. */
  readonly env: Record<string, string>;
  /** Paths of all requests so far. */
  paths(): string[];
}

/** Keys that are none, and an account's id; nothing of them may get anywhere. */
export const secrets = [
  "sk-ant-fake-1x8Qd",
  "sk-openai-fake-2Kq",
  "xai-fake-key-33Lm",
  "AIza-fake-key-4Zp0",
  "AKIAFAKE5TTT",
  "aws-fake-secret-6Vv1",
  "compatible-fake-7Ww",
] as const;

export async function createModelServers(): Promise<ModelServers> {
  // Its thinking is not such as xAI's package reads.
  process.env["AIMOCK_NONREASONING_MODELS"] = "grok-";
  const mock = new LLMock({ port: 0 });
  await mock.start();
  const [anthropic, openai, xai, google, id, aws, compatible] = secrets;
  return {
    mock,
    play(turns) {
      mock.reset();
      let results = 0;
      for (const turn of turns) {
        const before = results;
        results += turn.toolCalls?.length ?? 0;
        // Assistant messages can't be counted: OpenAI's have a part each.
        const predicate: FixtureMatch["predicate"] = ({ messages }) =>
          messages.filter(({ role }) => role === "tool").length === before;
        mock.on({ predicate }, turn as Parameters<LLMock["on"]>[1]);
      }
    },
    env: {
      ANTHROPIC_API_KEY: anthropic,
      ANTHROPIC_BASE_URL: mock.url,
      OPENAI_API_KEY: openai,
      OPENAI_BASE_URL: `${mock.url}/v1`,
      XAI_API_KEY: xai,
      XAI_BASE_URL: `${mock.url}/v1`,
      GOOGLE_GENERATIVE_AI_API_KEY: google,
      GOOGLE_GENERATIVE_AI_BASE_URL: `${mock.url}/v1beta`,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: id,
      AWS_SECRET_ACCESS_KEY: aws,
      BEDROCK_BASE_URL: mock.url,
      COMPATIBLE_API_KEY: compatible,
      COMPATIBLE_BASE_URL: `${mock.url}/v1`,
    },
    paths: () => mock.getRequests().map(({ path }) => path),
    [Symbol.asyncDispose]: () => mock.stop(),
  };
}

/** A model of each provider. */
export const models = [
  "anthropic/claude-sonnet-5-5",
  "openai/gpt-6.1-sol",
  "google/gemini-3.5-pro",
  "xai/grok-4.6",
  "bedrock/anthropic.claude-sonnet-5-5",
  "compatible/qwen4",
] as const;
