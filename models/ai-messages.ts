import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  SharedV4ProviderMetadata,
} from "@ai-sdk/provider";
import { z } from "zod";
import type { Message } from "../recordings/content.ts";
import type { ModelRequest } from "./port.ts";

/**
 * What a provider says of a part of its answer, to be passed back with it: of the thinking in it, or
 * of the text or tool call that comes next.
 */
export const noteSchema = z.object({
  on: z.enum(["thinking", "text", "tool-call"]),
  /** What it thought, as far as it is shown. */
  thinking: z.string().exactOptional(),
  metadata: z.record(z.string(), z.record(z.string(), z.unknown())).exactOptional(),
});
export type Note = z.output<typeof noteSchema>;

type Assistant = Extract<LanguageModelV4Message, { role: "assistant" }>["content"];
type User = Extract<LanguageModelV4Message, { role: "user" }>["content"];
type Tool = Extract<LanguageModelV4Message, { role: "tool" }>["content"];

/** A request in the words that all providers' packages share. */
export function toCall(
  provider: string,
  model: string,
  { system, messages, tools }: Omit<ModelRequest, "question">,
): Pick<LanguageModelV4CallOptions, "prompt" | "tools"> {
  const names = new Map<string, string>();
  const prompt: LanguageModelV4Prompt = system ? [{ role: "system", content: system }] : [];
  for (const { role, content } of messages) {
    if (role === "assistant") {
      for (const block of content) if (block.type === "tool-call") names.set(block.id, block.name);
      const parts = toAssistant(provider, model, content);
      if (parts.length) prompt.push({ role, content: parts });
    } else prompt.push(...toUser(content, names));
  }
  return {
    prompt,
    ...(tools.length
      ? {
          tools: tools.map(({ name, description, input }) => ({
            type: "function" as const,
            name,
            description,
            inputSchema: input as Record<string, never>,
          })),
        }
      : {}),
  };
}

function toAssistant(
  provider: string,
  model: string,
  content: Extract<Message, { role: "assistant" }>["content"],
): Assistant {
  const parts: Assistant = [];
  let note: Note | undefined;
  for (const block of content) {
    const said = (on: Note["on"]) => (note?.on === on ? optionsOf(note) : {});
    switch (block.type) {
      case "text":
        if (block.text) parts.push({ type: "text", text: block.text, ...said("text") });
        break;
      case "tool-call":
        parts.push({
          type: "tool-call",
          toolCallId: block.id,
          toolName: block.name,
          input: toInput(block.input),
          ...said("tool-call"),
        });
        break;
      case "opaque": {
        const isOwn = block.provider === provider && (block.model ?? model) === model;
        const parsed = isOwn ? noteSchema.safeParse(block.data) : undefined;
        note = parsed?.data;
        if (note?.on === "thinking") {
          parts.push({ type: "reasoning", text: note.thinking ?? "", ...optionsOf(note) });
        }
        continue;
      }
    }
    note = undefined;
  }
  return parts;
}

function optionsOf({ metadata }: Note): { providerOptions?: SharedV4ProviderMetadata } {
  return metadata ? { providerOptions: metadata as SharedV4ProviderMetadata } : {};
}

/** Results of tools are messages of their own. */
function toUser(
  content: Extract<Message, { role: "user" }>["content"],
  names: ReadonlyMap<string, string>,
): LanguageModelV4Message[] {
  const results: Tool = [];
  const texts: User = [];
  for (const block of content) {
    if (block.type === "text") {
      if (block.text) texts.push({ type: "text", text: block.text });
      continue;
    }
    const type = block.error ? ("error-text" as const) : ("text" as const);
    results.push({
      type: "tool-result",
      toolCallId: block.id,
      toolName: names.get(block.id) ?? "unknown",
      output: { type, value: block.text },
    });
  }
  return [
    ...(results.length ? [{ role: "tool" as const, content: results }] : []),
    ...(texts.length ? [{ role: "user" as const, content: texts }] : []),
  ];
}

/** Servers take nothing but objects back, and a model may have called with anything. */
function toInput(input: unknown): unknown {
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return isObject ? input : { input };
}
