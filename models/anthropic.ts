import Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { UsageError } from "../env/errors.ts";
import { sha256 } from "../recordings/chain.ts";
import { answerSchema } from "../recordings/content.ts";
import type { Answer, AnswerBlock, Message } from "../recordings/content.ts";
import type { Model, ModelRequest } from "./port.ts";
import { ModelError } from "./port.ts";

const MAX_TOKENS = 8192;
const REASON_LENGTH = 1000;

const stops = new Map<string | null, Answer["stop"]>([
  ["end_turn", "end"],
  ["stop_sequence", "end"],
  ["tool_use", "tool-use"],
  ["max_tokens", "max-tokens"],
  ["pause_turn", "pause"],
  ["refusal", "refusal"],
  ["model_context_window_exceeded", "context-exceeded"],
]);

/** As much of a message as must be there before its parts can be looked at. */
const shapeSchema = z.object({
  content: z.array(z.looseObject({ type: z.string() })),
  usage: z.looseObject({}),
});

/**
 * A model of Anthropic's, asked through its SDK. The key and the server come from
 * `ANTHROPIC_API_KEY` and `ANTHROPIC_BASE_URL`; neither enters a recording.
 *
 * @throws UsageError if there is no key
 */
export function createAnthropicModel(model: string, env: NodeJS.ProcessEnv): Model {
  const apiKey = env["ANTHROPIC_API_KEY"];
  if (!apiKey) {
    throw new UsageError(
      `anthropic/${model} needs a key: set ANTHROPIC_API_KEY, or choose an offline agent such as script/NAME.`,
    );
  }
  const client = new Anthropic({
    apiKey,
    baseURL: env["ANTHROPIC_BASE_URL"] ?? null,
    fetch: fetchWhole,
    // The SDK's log would go to standard output.
    logLevel: "off",
  });
  return {
    async ask(request, signal) {
      const body = toBody(model, request);
      try {
        const message = await client.messages.create(body, { signal });
        return { answer: toAnswer(message), request: sha256(JSON.stringify(body)) };
      } catch (error) {
        const reason = wordReason(error).replaceAll(apiKey, "[key]").slice(0, REASON_LENGTH);
        throw new ModelError("model-error", `anthropic/${model} could not answer: ${reason}`, {
          cause: error,
        });
      }
    },
  };
}

/**
 * Gives a response once all of its body is there: a connection that breaks off in the middle is then
 * a failed connection, which the SDK tries again.
 */
async function fetchWhole(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength ? body : null, { status, statusText, headers });
}

function wordReason(error: unknown): string {
  if (error instanceof SyntaxError) return "what the server sent is no JSON.";
  if (!(error instanceof Error)) return String(error);
  let root = error;
  while (root.cause instanceof Error) root = root.cause;
  return root === error ? error.message : `${error.message} (${root.message})`;
}

/** The request as it goes over the wire: its JSON text is the body, byte for byte. */
export function toBody(
  model: string,
  { system, messages, tools }: Omit<ModelRequest, "question">,
): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model,
    max_tokens: MAX_TOKENS,
    system,
    tools: tools.map(({ name, description, input }) => ({
      name,
      description,
      input_schema: input as unknown as Anthropic.Tool.InputSchema,
    })),
    messages: messages.map(toParam),
  };
}

function toParam({ role, content }: Message): Anthropic.MessageParam {
  return { role, content: content.flatMap((block) => toBlock(block) ?? []) };
}

function toBlock(block: Message["content"][number]): Anthropic.ContentBlockParam | undefined {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.text };
    case "tool-call":
      return { type: "tool_use", id: block.id, name: block.name, input: block.input };
    case "tool-result":
      return {
        type: "tool_result",
        tool_use_id: block.id,
        content: block.text,
        is_error: block.error,
      };
    case "opaque":
      // Another provider's thinking means nothing to this one.
      return block.provider === "anthropic"
        ? (block.data as Anthropic.ContentBlockParam)
        : undefined;
  }
}

function toAnswer(message: Anthropic.Message): Answer {
  const shape = shapeSchema.safeParse(message);
  const answer = shape.success ? answerSchema.safeParse(readMessage(message)) : shape;
  if (answer.success) return answer.data as Answer;
  const { path, message: words } = answer.error.issues[0]!;
  throw new Error(
    `what the server sent is no message: ${path.join(".") || "all of it"}: ${words}.`,
  );
}

function readMessage({ content, stop_reason, usage, model }: Anthropic.Message): Answer {
  return {
    content: content.map(fromBlock),
    stop: stops.get(stop_reason) ?? "end",
    usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens },
    model,
  };
}

function fromBlock(block: Anthropic.ContentBlock): AnswerBlock {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.text };
    case "tool_use":
      return { type: "tool-call", id: block.id, name: block.name, input: block.input };
    default:
      return { type: "opaque", provider: "anthropic", data: block };
  }
}
