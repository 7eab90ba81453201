import type { Message } from "../recordings/content.ts";
import type { Sampling } from "../recordings/served.ts";
import type { ModelRequest } from "./port.ts";

/** Tokens of one answer where nothing else is asked for. */
export const DEFAULT_MAX_OUTPUT = 16_384;

type Json = Readonly<Record<string, unknown>>;

/** Marks how far the provider is to remember what it was sent, for five minutes. */
const breakpoint = { type: "ephemeral" } as const;

/**
 * The request as it goes over the wire: its JSON text is the body, byte for byte, and follows from
 * nothing but what is given.
 *
 * Four places are marked to be remembered: the tools, the system, the end of the request before this
 * one, which is what will be found again however much has come since, and the end of this one.
 */
export function toBody(
  model: string,
  { system, messages, tools }: Omit<ModelRequest, "question">,
  { effort, thinking, maxOutput = DEFAULT_MAX_OUTPUT }: Sampling = {},
) {
  return {
    model,
    max_tokens: maxOutput,
    stream: true as const,
    cache_control: breakpoint,
    ...(effort === undefined ? {} : { output_config: { effort } }),
    ...(thinking === undefined ? {} : { thinking: toThinking(thinking) }),
    ...(system ? { system: [{ type: "text", text: system, cache_control: breakpoint }] } : {}),
    tools: tools.map(({ name, description, input }, index) => ({
      name,
      description,
      input_schema: input,
      ...(index === tools.length - 1 ? { cache_control: breakpoint } : {}),
    })),
    messages: markPrevious(messages.flatMap((message) => toParam(model, message))),
  };
}

function toThinking(thinking: NonNullable<Sampling["thinking"]>): Json {
  if (typeof thinking === "number") return { type: "enabled", budget_tokens: thinking };
  switch (thinking) {
    case "none":
      return { type: "disabled" };
    case "between-tools":
      return { type: "between_tools" };
    case "hidden":
      return { type: "adaptive", display: "omitted" };
    default:
      return { type: "adaptive", display: "summarized" };
  }
}

interface Param {
  readonly role: "user" | "assistant";
  readonly content: readonly Json[];
}

/** What would be nothing to the server, which refuses it, is left out. */
function toParam(model: string, { role, content }: Message): Param[] {
  const blocks = content
    .map((block) => toBlock(model, block))
    .filter((block) => block !== undefined);
  return blocks.length ? [{ role, content: blocks }] : [];
}

function toBlock(model: string, block: Message["content"][number]): Json | undefined {
  switch (block.type) {
    case "text":
      return block.text ? { type: "text", text: block.text } : undefined;
    case "tool-call":
      return { type: "tool_use", id: block.id, name: block.name, input: toInput(block.input) };
    case "tool-result":
      return {
        type: "tool_result",
        tool_use_id: block.id,
        content: block.text,
        is_error: block.error,
      };
    case "opaque":
      // A model's thinking is signed for that model, and means nothing to another.
      return block.provider === "anthropic" && (block.model ?? model) === model
        ? (block.data as Json)
        : undefined;
  }
}

/** The server takes nothing but objects back, and a model may have called with anything. */
function toInput(input: unknown): unknown {
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return isObject ? input : { input };
}

function markPrevious(messages: readonly Param[]): readonly Param[] {
  const end = messages.findLastIndex(({ role }) => role === "assistant") - 1;
  const message = messages[end];
  if (!message) return messages;
  const last = message.content.length - 1;
  const content = message.content.map((block, index) =>
    index === last && message.role === "user" ? { ...block, cache_control: breakpoint } : block,
  );
  return messages.with(end, { ...message, content });
}
