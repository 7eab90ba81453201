import { z } from "zod";
import type { AnswerBlock } from "../../recordings/content.ts";
import type { Result, ToolDefinition } from "../../tools/pack.ts";
import { createPairing, leftOut } from "../pairing.ts";
import { issueOf, nameOf, TranscriptError } from "../transcript.ts";
import type { Transcript, Turn } from "../transcript.ts";

const content = z
  .union([
    z.string(),
    z.array(
      z.object({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() }),
    ),
    z.null(),
  ])
  .optional();
const named = z.object({ name: z.string(), arguments: z.unknown() });
const toolCall = z.object({
  id: z.string().nullish(),
  function: named.nullish(),
  custom: z.object({ name: z.string(), input: z.unknown() }).nullish(),
});
const assistant = z.object({
  role: z.literal("assistant"),
  content,
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  tool_calls: z.array(toolCall).nullish(),
  function_call: named.nullish(),
});
const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content }),
  z.object({ role: z.literal("user"), content }),
  assistant,
  z.object({ role: z.literal("tool"), content, tool_call_id: z.string().nullish() }),
  z.object({ role: z.literal("function"), content, name: z.string() }),
]);
const definition = z.object({
  name: z.string(),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
});
const request = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  messages: z.array(message).min(1, "there are none"),
  tools: z.array(z.object({ function: definition.nullish() })).nullish(),
  functions: z.array(definition).nullish(),
});
const response = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  created: z.int().min(0).max(1e11).nullish(),
  choices: z
    .array(z.object({ message: assistant, finish_reason: z.string().nullish() }))
    .min(1, "there are none"),
  usage: z
    .object({ prompt_tokens: z.int().nullish(), completion_tokens: z.int().nullish() })
    .nullish(),
});
type Request = z.output<typeof request>;
type ChatMessage = z.output<typeof message>;
type Content = z.output<typeof content>;

/**
 * A Chat Completions conversation: `{messages, tools?, model?}`, as requests and fine-tuning lines
 * have it, a bare list of messages, or a logged `{request, response}`. Of several choices the first
 * counts.
 *
 * @throws TranscriptError for what is none
 */
export function readOpenAiChat(value: unknown): Transcript[] {
  const { asked, answered } = split(value);
  const { id, model, tools, functions, messages } = parse(request, asked);
  const reply = answered === undefined ? undefined : parse(response, answered, "response.");
  const choice = reply?.choices[0];
  const all: ChatMessage[] = choice ? [...messages, choice.message] : messages;
  const told = tell(all);
  const served = reply?.model ?? model ?? "unknown";
  const task = told.turns.find(({ role }) => role === "user");
  return [
    {
      format: "openai-chat",
      name: nameOf(id ?? reply?.id ?? model ?? "chat"),
      model: served,
      system: told.system,
      turns: told.turns,
      tools: [...(tools ?? []).flatMap((tool) => tool.function ?? []), ...(functions ?? [])].map(
        define,
      ),
      at: reply?.created ? reply.created * 1000 : null,
      failed: false,
      said: {
        id: id ?? reply?.id ?? null,
        finish_reason: choice?.finish_reason ?? null,
        prompt_tokens: reply?.usage?.prompt_tokens ?? null,
        completion_tokens: reply?.usage?.completion_tokens ?? null,
      },
      condition: {
        ...(told.system ? { system: told.system } : {}),
        ...(task?.role === "user" ? { task: task.text } : {}),
      },
      verdicts: {},
      notes: told.notes,
    },
  ];
}

function parse<S extends z.ZodType>(schema: S, value: unknown, where = ""): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TranscriptError(
    `it is no Chat Completions transcript: ${where}${issueOf(parsed.error)}`,
  );
}

/** Request and response apart; logs of HTTP have either in a `body`. */
function split(value: unknown): { asked: unknown; answered?: unknown } {
  if (Array.isArray(value)) return { asked: { messages: value } };
  const {
    request: asked,
    response: answered,
    id,
    custom_id,
  } = (value ?? {}) as Record<string, unknown>;
  if (typeof asked !== "object" || asked === null) return { asked: value };
  const bodyOf = (one: unknown): unknown => (one as { body?: unknown } | null)?.body ?? one;
  return {
    asked: { id: id ?? custom_id, ...(bodyOf(asked) as object) },
    ...(answered === undefined || answered === null ? {} : { answered: bodyOf(answered) }),
  };
}

function tell(messages: Request["messages"]): {
  readonly system: string;
  readonly turns: Turn[];
  readonly notes: string[];
} {
  const system: string[] = [];
  const turns: Turn[] = [];
  const pairing = createPairing();
  let late = 0;
  let unread = 0;
  let unnamed = 0;
  const textOf = (given: Content): string => {
    if (typeof given === "string" || !given) return given ?? "";
    const texts = given.flatMap(({ text, refusal }) => text ?? refusal ?? []);
    unread += given.length - texts.length;
    return texts.join("\n");
  };
  for (const given of messages) {
    const text = textOf(given.content);
    switch (given.role) {
      case "system":
      case "developer":
        if (!turns.length) system.push(text);
        else {
          late++;
          turns.push({ role: "user", text });
        }
        break;
      case "user":
        turns.push({ role: "user", text });
        break;
      case "assistant": {
        const blocks = blocksOf(given, text, () => `call-${++unnamed}`);
        for (const block of blocks) if (block.type === "tool-call") pairing.called(block);
        turns.push({ role: "assistant", content: blocks });
        break;
      }
      case "tool":
      case "function": {
        const by = given.role === "tool" ? { id: given.tool_call_id ?? null } : given;
        const turn = pairing.answered({ ...by }, resultOf(text));
        if (turn) turns.push(turn);
      }
    }
  }
  const notes = [
    ...pairing.notes(),
    ...leftOut(unread, "part of a message is no text", "parts of messages are no text"),
    ...(late
      ? [`${late} later system message${late > 1 ? "s are" : " is"} told as the user's`]
      : []),
  ];
  return { system: system.join("\n\n"), turns, notes };
}

function blocksOf(
  { refusal, reasoning_content, tool_calls, function_call }: z.output<typeof assistant>,
  text: string,
  nextId: () => string,
): AnswerBlock[] {
  const said = text || refusal || "";
  const calls = [...(tool_calls ?? []), ...(function_call ? [{ function: function_call }] : [])];
  return [
    ...(reasoning_content
      ? [{ type: "opaque" as const, provider: "openai", data: { reasoning_content } }]
      : []),
    ...(said ? [{ type: "text" as const, text: said }] : []),
    ...calls.flatMap((call): AnswerBlock[] => {
      const id = ("id" in call && call.id) || nextId();
      if (call.function) {
        const { name, arguments: given } = call.function;
        return [{ type: "tool-call", id, name, input: inputOf(given) }];
      }
      const custom = "custom" in call ? call.custom : undefined;
      return custom ? [{ type: "tool-call", id, name: custom.name, input: custom.input }] : [];
    }),
  ];
}

/** Arguments come as JSON text. What is no JSON stays the text it is. */
function inputOf(given: unknown): unknown {
  if (typeof given !== "string") return given ?? {};
  if (!given.trim()) return {};
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return given;
  }
}

/** The format has no sign of a call that failed: its result's first words are taken for one. */
function resultOf(text: string): Result {
  const failed =
    /^\s*(?:(?:[A-Z]\w*)?(?:Error|Exception)\b|error\b|ERROR\b|Traceback \(|\{"error"\s*:\s*["{])/.test(
      text,
    );
  return { code: failed ? "error" : null, text };
}

function define({ name, description, parameters }: z.output<typeof definition>): ToolDefinition {
  return {
    name,
    description: description ?? "",
    effect: "write",
    input: parameters ?? { type: "object" },
  };
}
