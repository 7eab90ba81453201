import type { AnswerBlock } from "../../recordings/content.ts";
import type { Result } from "../../tools/pack.ts";
import { TranscriptError, unansweredNote } from "../transcript.ts";
import type { Turn } from "../transcript.ts";
import type { ReadMessage } from "./schema.ts";

type Content = ReadMessage["content"];
type Part = Exclude<Content, string>[number];
type Reasoning = Extract<Part, { type: "reasoning" }>;

/** Texts of a sample, the long ones fetched from its attachments; remembers what is no text. */
export interface Texts {
  of(content: Content): string[];
  blocks(content: Content): AnswerBlock[];
  /** What was left out, in words. */
  notes(): string[];
}

const ATTACHED = "attachment://";
/** Characters that a sample's attachments may become in all: a small one may be named often. */
const MOST = 64 * 2 ** 20;
const DEEPEST = 100;

export function createTexts(attachments: Readonly<Record<string, string>>): Texts {
  const left = new Map<string, number>();
  let fetched = 0;

  function text(given: string): string {
    const key = given.startsWith(ATTACHED) ? given.slice(ATTACHED.length) : undefined;
    if (key === undefined || !Object.hasOwn(attachments, key)) return given;
    const found = attachments[key]!;
    fetched += found.length;
    if (fetched > MOST) throw new TranscriptError("its attachments are longer than may be read");
    return found;
  }

  function leaveOut(what: string): [] {
    left.set(what, (left.get(what) ?? 0) + 1);
    return [];
  }

  function block(part: Part): AnswerBlock[] {
    if (part.type === "text") return part.text ? [{ type: "text", text: text(part.text) }] : [];
    if (part.type !== "reasoning" && part.type !== "data") return leaveOut(part.type);
    const kept = keptBlock(part.internal);
    if (kept) return [kept];
    return part.type === "reasoning" ? thought(part) : leaveOut("data");
  }

  function thought({ reasoning, redacted }: Reasoning): AnswerBlock[] {
    if (redacted || !reasoning) return leaveOut("hidden reasoning");
    const data = { type: "thinking", thinking: text(reasoning) };
    return [{ type: "opaque", provider: "inspect", data }];
  }

  return {
    of(content) {
      if (typeof content === "string") return [text(content)];
      const texts = content.flatMap((part) =>
        part.type === "text" ? [text(part.text)] : leaveOut(part.type),
      );
      return texts.length ? texts : [""];
    },
    blocks: (content) =>
      (typeof content === "string" ? [{ type: "text" as const, text: content }] : content).flatMap(
        block,
      ),
    notes: () => [...left].map(([what, count]) => `left out: ${count} × ${what}`),
  };
}

/** A provider's block, where a log of ours kept it as it was. */
function keptBlock(internal: unknown): AnswerBlock | undefined {
  const kept = (internal as { cubicle?: { provider?: unknown; data?: unknown } } | null)?.cubicle;
  if (typeof kept?.provider !== "string" || isDeeper(kept.data, DEEPEST)) return undefined;
  return { type: "opaque", provider: kept.provider, data: kept.data ?? null };
}

/** A conversation as turns; results find the calls that they belong to. */
export function toTurns(
  messages: readonly ReadMessage[],
  texts: Texts,
): { readonly turns: Turn[]; readonly notes: string[] } {
  const open = new Map<string, Extract<AnswerBlock, { type: "tool-call" }>>();
  const turns: Turn[] = [];
  let strays = 0;
  for (const message of messages) {
    if (message.role === "user")
      turns.push(...texts.of(message.content).map((text) => ({ role: "user" as const, text })));
    else if (message.role === "assistant") {
      const calls = toolCallsOf(message);
      for (const call of calls) open.set(call.id, call);
      turns.push({ role: "assistant", content: [...texts.blocks(message.content), ...calls] });
    } else if (message.role === "tool") {
      const id = message.tool_call_id ?? "";
      const call = open.get(id);
      open.delete(id);
      if (!call) strays++;
      const name = call?.name ?? message.function ?? "unknown";
      turns.push({
        role: "tool",
        id,
        name,
        input: call?.input ?? {},
        result: resultOf(message, texts),
      });
    }
  }
  const stray = strays ? [`results without a call: ${strays}`] : [];
  return { turns, notes: [...unansweredNote(open.size), ...stray] };
}

function toolCallsOf({ tool_calls }: Extract<ReadMessage, { role: "assistant" }>) {
  return (tool_calls ?? []).map(({ id, function: name, arguments: input }) => {
    if (isDeeper(input, DEEPEST))
      throw new TranscriptError("a call's arguments are nested too deeply");
    return { type: "tool-call" as const, id, name, input };
  });
}

/** Of a failed call the model is shown the error and not the content. */
function resultOf(
  { content, error, metadata }: Extract<ReadMessage, { role: "tool" }>,
  texts: Texts,
): Result {
  const text = texts.of(content).join("\n");
  if (!error) return { code: null, text };
  const fault = metadata?.["fault"];
  return { code: typeof fault === "string" ? fault : error.type, text: error.message || text };
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}
