import { sha256 } from "../../recordings/chain.ts";
import type { AnswerBlock, Message } from "../../recordings/content.ts";
import type { CallEvent, CodeEvent, RecordedEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { portable } from "../portable.ts";
import type { AssistantMessage, ChatMessage, Part, ToolError } from "./schema.ts";

/** Puts our messages into Inspect's form. */
export interface Chat {
  /** One message of ours may be several there: each tool's result is a message of its own. */
  of(message: Message): ChatMessage[];
  assistant(content: readonly AnswerBlock[], model: string): AssistantMessage;
  /** What a call or a piece of code gave, as the message the model would have been shown. */
  result(done: CallEvent | CodeEvent): ChatMessage;
  /** Id of a model's tool call that this carries out; one of its own where a piece of code made it. */
  idOf(done: CallEvent | CodeEvent): string;
  /** Name of the tool by which a piece of code was asked for. */
  toolOf(code: CodeEvent): string;
}

type Block = Message["content"][number];

/** @param recording tells which tool a result came from, and the fault it was */
export function createChat({ events }: Pick<Recording, "events">): Chat {
  const names = new Map<string, string>();
  const faults = new Map<string, string>();
  const codes = new Set(events.flatMap((event) => (event.kind === "code" ? event.parent : [])));
  for (const event of events) {
    if (event.kind === "answer")
      for (const block of event.answer.content)
        if (block.type === "tool-call") names.set(block.id, block.name);
    const { parent, result } = isDone(event) ? event : { parent: null, result: null };
    if (parent === null || (event.kind === "call" && codes.has(parent))) continue;
    if (result?.code) faults.set(parent, result.code);
  }

  function tool(
    id: string,
    name: string | undefined,
    content: string,
    code: string | null,
  ): ChatMessage {
    return {
      role: "tool",
      content,
      tool_call_id: id,
      ...(name === undefined ? {} : { function: name }),
      ...(code === null ? {} : { error: toError(code, content), metadata: { fault: code } }),
    };
  }

  function assistant(content: readonly AnswerBlock[], model?: string): AssistantMessage {
    const calls = content.flatMap((block) =>
      block.type === "tool-call" ? [toToolCall(block)] : [],
    );
    return {
      role: "assistant",
      content: toContent(content),
      ...(calls.length ? { tool_calls: calls } : {}),
      ...(model === undefined ? {} : { model }),
    };
  }

  function callId(done: CallEvent | CodeEvent): string {
    if (done.kind === "code") return done.parent ?? `code-${done.code}`;
    const { parent, call } = done;
    return parent === null || codes.has(parent) ? `call-${call}` : parent;
  }

  const toolOf = ({ parent }: CodeEvent) => names.get(parent ?? "") ?? "code";

  return {
    assistant,
    idOf: callId,
    toolOf,
    of(message) {
      if (message.role === "assistant") return [assistant(message.content)];
      return grouped(message.content).map((blocks) => {
        const [first] = blocks;
        if (first?.type !== "tool-result") return { role: "user", content: toContent(blocks) };
        const code = first.error ? (faults.get(first.id) ?? "unknown") : null;
        return tool(first.id, names.get(first.id), first.text, code);
      });
    },
    result: (done) =>
      tool(
        callId(done),
        done.kind === "call" ? done.tool : toolOf(done),
        done.result.text,
        done.result.code,
      ),
  };
}

function isDone(event: RecordedEvent): event is CallEvent | CodeEvent {
  return event.kind === "call" || event.kind === "code";
}

/** Texts that stand together, and each result of a tool alone. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.type === "text" && last?.[0]?.type === "text") last.push(block);
    else groups.push([block]);
  }
  return groups.length ? groups : [[]];
}

/** Plain text where it is that, else parts; tool calls stand elsewhere. */
function toContent(blocks: readonly Block[]): string | Part[] {
  const parts = blocks.flatMap((block) => {
    if (block.type === "text") return [{ type: "text" as const, text: block.text }];
    return block.type === "opaque" ? [toOpaquePart(block)] : [];
  });
  if (!parts.length) return "";
  const [first] = parts;
  return parts.length === 1 && first?.type === "text" ? first.text : parts;
}

/** A provider's own block; what it was exactly stands under `internal`, where providers keep such. */
function toOpaquePart({ provider, data }: Extract<Block, { type: "opaque" }>): Part {
  const internal = { cubicle: { provider, data: portable(data) } };
  const thought = (data ?? {}) as { type?: unknown; thinking?: unknown; signature?: unknown };
  if (thought.type !== "thinking" || typeof thought.thinking !== "string")
    return { type: "data", data: {}, internal };
  const { signature } = thought;
  return {
    type: "reasoning",
    reasoning: thought.thinking,
    ...(typeof signature === "string" ? { signature } : {}),
    redacted: false,
    internal,
  };
}

function toToolCall({ id, name, input }: Extract<Block, { type: "tool-call" }>) {
  const base = { id, function: name, arguments: toArguments(input), type: "function" as const };
  return isObject(input) ? base : { ...base, parse_error: "The input is no object." };
}

/** Inspect's arguments are an object; what is none stands in one. */
export function toArguments(input: unknown): Record<string, unknown> {
  const value = portable(input);
  return isObject(value) ? value : { input: value };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const errorTypes: Readonly<Record<string, ToolError["type"]>> = {
  "bad-input": "parsing",
  "unknown-tool": "parsing",
  "not-found": "file_not_found",
  "not-allowed": "permission",
  "refused-by-guard": "approval",
};

/** A fault in Inspect's words, of which there are fewer. */
export function toError(code: string, message: string): ToolError {
  const type = Object.hasOwn(errorTypes, code) ? errorTypes[code]! : "unknown";
  return { type, message };
}

/** A short id that the same things always have. */
export function idOf(...things: readonly (string | number)[]): string {
  return sha256(JSON.stringify(things)).slice(0, 22);
}
