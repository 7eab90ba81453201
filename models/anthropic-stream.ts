import { z } from "zod";
import { answerSchema } from "../recordings/content.ts";
import type { Answer, AnswerBlock, Usage } from "../recordings/content.ts";
import type { Served } from "../recordings/served.ts";
import { AttemptError } from "./attempts.ts";

const stops = new Map<string | null, Answer["stop"]>([
  ["end_turn", "end"],
  ["stop_sequence", "end"],
  ["tool_use", "tool-use"],
  ["max_tokens", "max-tokens"],
  ["pause_turn", "pause"],
  ["refusal", "refusal"],
  ["model_context_window_exceeded", "context-exceeded"],
]);

const count = z.int().min(0);
const usageSchema = z.looseObject({
  input_tokens: count.nullish(),
  output_tokens: count.nullish(),
  cache_read_input_tokens: count.nullish(),
  cache_creation_input_tokens: count.nullish(),
  output_tokens_details: z.looseObject({ thinking_tokens: count.nullish() }).nullish(),
});
const index = z.int().min(0);

const eventSchema = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("message_start"),
    message: z.looseObject({ model: z.string(), usage: usageSchema }),
  }),
  z.looseObject({
    type: z.literal("content_block_start"),
    index,
    content_block: z.looseObject({ type: z.string() }),
  }),
  z.looseObject({
    type: z.literal("content_block_delta"),
    index,
    delta: z.looseObject({ type: z.string() }),
  }),
  z.looseObject({ type: z.literal("content_block_stop"), index }),
  z.looseObject({
    type: z.literal("message_delta"),
    delta: z.looseObject({ stop_reason: z.string().nullish() }),
    usage: usageSchema.nullish(),
  }),
  z.looseObject({ type: z.literal("message_stop") }),
]);
const known = new Set<unknown>(eventSchema.options.map(({ shape }) => shape.type.value));

type Block = Record<string, unknown> & { type: string };

/** The delta that adds to a block's text, and where. */
const texts: Readonly<Record<string, readonly [from: string, to: string]>> = {
  text_delta: ["text", "text"],
  thinking_delta: ["thinking", "thinking"],
  signature_delta: ["signature", "signature"],
};

/** Puts a message together from the events of its stream. */
export interface Assembly {
  /** @throws AttemptError `malformed` */
  add(event: unknown): void;
  /** @throws AttemptError `cut-off` if the message has not come to its end, or `malformed` */
  finish(): { readonly answer: Answer; readonly thinking: Served["thinking"] };
}

/** @param asked the model as asked for: whose thinking it is */
export function createAssembly(asked: string): Assembly {
  const blocks: Block[] = [];
  const inputs = new Map<number, string>();
  let model: string | undefined;
  let stop: string | null = null;
  let usage: z.output<typeof usageSchema> = {};
  let isWhole = false;
  let open = 0;

  return {
    add(event) {
      // Kinds of events that are new do no harm.
      if (!known.has((event as { type?: unknown } | null)?.type)) return;
      const parsed = eventSchema.safeParse(event);
      if (!parsed.success) throw malformed(parsed.error);
      // As it came: what goes back must be the same to the byte, its fields' order too.
      const data = event as typeof parsed.data;
      switch (data.type) {
        case "message_start":
          ({ model } = data.message);
          usage = data.message.usage;
          return;
        case "content_block_start":
          blocks[data.index] = { ...data.content_block };
          open++;
          return;
        case "content_block_delta":
          return extend(data.index, data.delta);
        case "content_block_stop":
          open--;
          return;
        case "message_delta": {
          stop = data.delta.stop_reason ?? stop;
          const told = Object.entries(data.usage ?? {}).filter(([, value]) => value !== null);
          usage = { ...usage, ...Object.fromEntries(told) };
          return;
        }
        case "message_stop":
          isWhole = true;
      }
    },
    finish() {
      if (!isWhole || open > 0) {
        throw new AttemptError("cut-off", "the answer broke off before its end.", { status: 200 });
      }
      if (usage.input_tokens == null || usage.output_tokens == null) {
        throw new AttemptError("malformed", "the answer does not tell its tokens.", {
          status: 200,
        });
      }
      const content = [...blocks].map((block, index) =>
        toAnswerBlock(asked, block, inputs.get(index), stops.get(stop) === "max-tokens"),
      );
      const answer = { content, stop: stops.get(stop) ?? "end", usage: toUsage(usage), model };
      const parsed = answerSchema.safeParse(answer);
      if (!parsed.success) throw malformed(parsed.error);
      return { answer: parsed.data, thinking: visibility(blocks) };
    },
  };

  function extend(index: number, delta: Block): void {
    const block = blocks[index];
    if (!block)
      throw new AttemptError("malformed", "a part of the answer never began.", { status: 200 });
    if (delta.type === "input_json_delta") {
      inputs.set(index, (inputs.get(index) ?? "") + String(delta["partial_json"] ?? ""));
      return;
    }
    const [from, to] = texts[delta.type] ?? [];
    if (from === undefined || to === undefined) return;
    block[to] = String(block[to] ?? "") + String(delta[from] ?? "");
  }
}

function toAnswerBlock(
  asked: string,
  block: Block,
  json: string | undefined,
  isCut: boolean,
): AnswerBlock {
  const input = json ? parse(json) : { value: block["input"] };
  switch (block.type) {
    case "text":
      return { type: "text", text: block["text"] as string };
    case "tool_use": {
      const { id, name } = block as Block & { id: string; name: string };
      if (input) return { type: "tool-call", id, name, input: input.value };
      // A call that the limit cut in the middle was never made, and goes back to nobody.
      if (isCut) return { type: "opaque", provider: "cut-off", data: { ...block, input: json } };
      return { type: "tool-call", id, name, input: json };
    }
    default:
      return {
        type: "opaque",
        provider: "anthropic",
        model: asked,
        data: json === undefined ? block : { ...block, input: input ? input.value : json },
      };
  }
}

function parse(json: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) as unknown };
  } catch {
    return undefined;
  }
}

function toUsage(usage: z.output<typeof usageSchema>): Usage {
  const { cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  const thinking = usage.output_tokens_details?.thinking_tokens;
  return {
    inputTokens: (usage.input_tokens ?? 0) + (read ?? 0) + (written ?? 0),
    outputTokens: usage.output_tokens ?? 0,
    ...(read == null ? {} : { cacheReadTokens: read }),
    ...(written == null ? {} : { cacheWriteTokens: written }),
    ...(thinking == null ? {} : { thinkingTokens: thinking }),
  };
}

function visibility(blocks: readonly Block[]): Served["thinking"] {
  const thoughts = blocks.filter(({ type }) => /^(redacted_)?thinking$/.test(type));
  if (!thoughts.length) return "none";
  return thoughts.some((thought) => thought["thinking"]) ? "summary" : "hidden";
}

function malformed({ issues }: z.ZodError): AttemptError {
  const { path, message } = issues[0]!;
  const reason = `what the server sent is no message: ${path.join(".") || "all of it"}: ${message}.`;
  return new AttemptError("malformed", reason, { status: 200 });
}
