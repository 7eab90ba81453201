import { z } from "zod";
import type { AnswerBlock } from "../../recordings/content.ts";
import type { ToolDefinition } from "../../tools/pack.ts";
import { createPairing, leftOut } from "../pairing.ts";
import { issueOf, nameOf, TranscriptError } from "../transcript.ts";
import type { Transcript, Turn } from "../transcript.ts";

const text = z.object({ type: z.literal("text"), text: z.string() });
const toolUse = z.object({
  type: z.literal("tool_use"),
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
});
/** A document that is plain text. */
const plain = z
  .object({
    type: z.literal("document"),
    source: z.object({ type: z.literal("text"), data: z.string() }),
  })
  .transform(({ source }) => ({ type: "text" as const, text: source.data }));
const known = new Set<unknown>(["text", "tool_use", "tool_result"]);
/** Any other block: thinking, images, tools that the provider runs, what is yet to come. */
const other = z
  .record(z.string(), z.unknown())
  .refine(({ type }) => typeof type === "string" && !known.has(type))
  .transform((data) => ({ type: "other" as const, data }));
const toolResult = z.object({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(z.union([text, plain, other]))]).nullish(),
  is_error: z.boolean().nullish(),
});
const blocks = z
  .union([z.string(), z.array(z.union([text, toolUse, toolResult, plain, other]))])
  .transform((given) =>
    typeof given === "string" ? [{ type: "text" as const, text: given }] : given,
  );
const message = z.object({ role: z.enum(["user", "assistant"]), content: blocks });
const definition = z.object({
  name: z.string(),
  description: z.string().nullish(),
  input_schema: z.record(z.string(), z.unknown()).nullish(),
});
const request = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  system: z
    .union([z.string(), z.array(z.object({ text: z.string() }))])
    .nullish()
    .transform((given) =>
      typeof given === "string" ? given : (given ?? []).map((block) => block.text).join("\n\n"),
    ),
  messages: z.array(message).min(1, "there are none"),
  tools: z.array(definition).nullish(),
});
const response = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  role: z.literal("assistant"),
  content: blocks,
  stop_reason: z.string().nullish(),
  usage: z.object({ input_tokens: z.int().nullish(), output_tokens: z.int().nullish() }).nullish(),
});
type Block = z.output<typeof blocks>[number];

/**
 * A conversation of Anthropic's Messages API: `{system?, messages, tools?, model?}` with or without
 * the final `response`, a bare list of messages, a logged `{request, response}`, or a message alone.
 * Thinking and whatever else is the provider's own is kept as it came.
 *
 * @throws TranscriptError for what is none
 */
export function readAnthropicMessages(value: unknown): Transcript[] {
  const { asked, answered } = split(value);
  const { id, model, system, messages, tools } = parse(request, asked);
  const reply = answered === undefined ? undefined : parse(response, answered, "response.");
  const { turns, notes } = tell(reply ? [...messages, reply] : messages);
  const task = turns.find(({ role }) => role === "user");
  return [
    {
      format: "anthropic-messages",
      name: nameOf(id ?? reply?.id ?? model ?? "messages"),
      model: reply?.model ?? model ?? "unknown",
      system,
      turns,
      tools: (tools ?? []).map(define),
      at: null,
      failed: false,
      said: {
        id: id ?? reply?.id ?? null,
        stop_reason: reply?.stop_reason ?? null,
        input_tokens: reply?.usage?.input_tokens ?? null,
        output_tokens: reply?.usage?.output_tokens ?? null,
      },
      condition: {
        ...(system ? { system } : {}),
        ...(task?.role === "user" ? { task: task.text } : {}),
      },
      verdicts: {},
      notes,
    },
  ];
}

function parse<S extends z.ZodType>(schema: S, value: unknown, where = ""): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TranscriptError(`it is no Messages transcript: ${where}${issueOf(parsed.error)}`);
}

function split(value: unknown): { asked: unknown; answered?: unknown } {
  if (Array.isArray(value)) return { asked: { messages: value } };
  const given = (value ?? {}) as Record<string, unknown>;
  const { request: asked, response: answered, id, role } = given;
  const reply = answered === undefined || answered === null ? {} : { answered };
  if (role === "assistant") return { asked: { id, model: given["model"], messages: [value] } };
  if (typeof asked === "object" && asked !== null) return { asked: { id, ...asked }, ...reply };
  return { asked: value, ...reply };
}

function tell(messages: readonly z.output<typeof message>[]): { turns: Turn[]; notes: string[] } {
  const pairing = createPairing();
  const turns: Turn[] = [];
  let unread = 0;
  for (const { role, content } of messages) {
    if (role === "assistant") {
      const answer = content.flatMap(toAnswerBlock);
      for (const block of answer) if (block.type === "tool-call") pairing.called(block);
      turns.push({ role, content: answer });
      continue;
    }
    for (const block of content) {
      if (block.type === "text") turns.push({ role: "user", text: block.text });
      else if (block.type === "tool_result") {
        const { shown, left } = shownBy(block);
        const code = block.is_error ? "error" : null;
        const turn = pairing.answered({ id: block.tool_use_id }, { code, text: shown });
        if (turn) turns.push(turn);
        unread += left;
      } else unread++;
    }
  }
  const notes = leftOut(unread, "block is no text", "blocks are no text");
  return { turns, notes: [...pairing.notes(), ...notes] };
}

/** Text of a result, and how many of its blocks have none. */
function shownBy({ content }: z.output<typeof toolResult>): { shown: string; left: number } {
  if (typeof content === "string" || !content) return { shown: content ?? "", left: 0 };
  const texts = content.flatMap((block) => (block.type === "text" ? [block.text] : []));
  return { shown: texts.join("\n"), left: content.length - texts.length };
}

function toAnswerBlock(block: Block): AnswerBlock[] {
  switch (block.type) {
    case "text":
      return block.text ? [block] : [];
    case "tool_use":
      return [{ type: "tool-call", id: block.id, name: block.name, input: block.input ?? {} }];
    case "tool_result":
      return [{ type: "opaque", provider: "anthropic", data: block }];
    case "other":
      return [{ type: "opaque", provider: "anthropic", data: block.data }];
  }
}

function define({ name, description, input_schema }: z.output<typeof definition>): ToolDefinition {
  return {
    name,
    description: description ?? "",
    effect: "write",
    input: input_schema ?? { type: "object" },
  };
}
