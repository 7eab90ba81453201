import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from "@ai-sdk/provider";
import { answerSchema } from "../recordings/content.ts";
import type { Answer, AnswerBlock, Usage } from "../recordings/content.ts";
import type { Served } from "../recordings/served.ts";
import type { Note } from "./ai-messages.ts";
import { AttemptError } from "./attempts.ts";

const stops: Readonly<Record<LanguageModelV4FinishReason["unified"], Answer["stop"]>> = {
  stop: "end",
  length: "max-tokens",
  "content-filter": "refusal",
  "tool-calls": "tool-use",
  error: "end",
  interrupted: "end",
  other: "end",
};

interface Part {
  readonly on: Note["on"];
  text: string;
  metadata: SharedV4ProviderMetadata | undefined;
  readonly call?: { readonly id: string; readonly name: string };
}

export interface Put {
  readonly answer: Answer;
  readonly thinking: Served["thinking"];
  readonly fingerprint: string | null;
}

/** Puts an answer together from the parts of its stream. */
export function createPuzzle(provider: string, asked: string, shows: "full" | "summary") {
  const parts: Part[] = [];
  const open = new Map<string, Part>();
  let model = asked;
  let fingerprint: string | null = null;
  let end: { usage: LanguageModelV4Usage; reason: LanguageModelV4FinishReason } | undefined;

  function begin(on: Part["on"], id: string, metadata: Part["metadata"]): Part {
    const part: Part = { on, text: "", metadata };
    parts.push(part);
    open.set(`${on} ${id}`, part);
    return part;
  }

  function extend(on: Part["on"], id: string, text: string, metadata: Part["metadata"]): void {
    // Bedrock's package takes thinking for text where a server announces it.
    const part = open.get(`${on} ${id}`) ?? begin(on, id, undefined);
    part.text += text;
    part.metadata = merge(part.metadata, metadata);
  }

  function readRaw(value: unknown): void {
    const { system_fingerprint: print, modelVersion } = (value ?? {}) as Record<string, unknown>;
    if (typeof print === "string") fingerprint = print;
    if (typeof modelVersion === "string") model = modelVersion;
  }

  return {
    /** @throws AttemptError for an error that the server streamed */
    add(part: LanguageModelV4StreamPart): void {
      switch (part.type) {
        case "text-start":
          begin("text", part.id, part.providerMetadata);
          return;
        case "text-delta":
          return extend("text", part.id, part.delta, part.providerMetadata);
        case "text-end":
          return extend("text", part.id, "", part.providerMetadata);
        case "reasoning-start":
          begin("thinking", part.id, part.providerMetadata);
          return;
        case "reasoning-delta":
          return extend("thinking", part.id, part.delta, part.providerMetadata);
        case "reasoning-end":
          return extend("thinking", part.id, "", part.providerMetadata);
        case "tool-call":
          parts.push({
            on: "tool-call",
            text: part.input,
            metadata: part.providerMetadata,
            call: { id: part.toolCallId, name: part.toolName },
          });
          return;
        case "response-metadata":
          model = part.modelId ?? model;
          return;
        case "raw":
          return readRaw(part.rawValue);
        case "finish":
          end = { usage: part.usage, reason: part.finishReason };
          return;
        case "error":
          throw part.error;
        default:
      }
    },
    /** @throws AttemptError if it has not come to its end */
    finish(): Put {
      const how = end?.reason.unified;
      if (!end || how === "interrupted" || (how === "other" && end.reason.raw === undefined)) {
        throw new AttemptError("cut-off", "the answer broke off before its end.", { status: 200 });
      }
      if (how === "error") {
        const why = end.reason.raw ?? "an error";
        throw new AttemptError("server-error", `the answer ended with ${why}.`, { status: 200 });
      }
      const isCut = how === "length";
      const called = parts.some(({ call }) => call);
      const answer = answerSchema.safeParse({
        content: parts.flatMap((part) => toBlocks(provider, asked, part, isCut)),
        stop:
          called && stops[end.reason.unified] === "end" ? "tool-use" : stops[end.reason.unified],
        usage: toUsage(end.usage),
        model,
      });
      if (!answer.success) {
        const { path, message } = answer.error.issues[0]!;
        throw malformed(`${path.join(".")}: ${message}`);
      }
      return { answer: answer.data, thinking: visibility(end.usage), fingerprint };
    },
  };

  function visibility({ outputTokens }: LanguageModelV4Usage): Served["thinking"] {
    const thoughts = parts.filter(({ on }) => on === "thinking");
    if (thoughts.some(({ text }) => text)) return shows;
    return thoughts.length || outputTokens.reasoning ? "hidden" : "none";
  }
}

function toBlocks(
  provider: string,
  model: string,
  { on, text, metadata, call }: Part,
  isCut: boolean,
): AnswerBlock[] {
  const data: Note = {
    on,
    ...(on === "thinking" ? { thinking: text } : {}),
    ...(metadata ? { metadata } : {}),
  };
  const note = { type: "opaque" as const, provider, model, data };
  if (on === "thinking") return [note];
  const before = metadata ? [note] : [];
  if (!call) return text ? [...before, { type: "text", text }] : [];
  const input = parse(text);
  // A call that the limit cut in the middle was never made, and goes back to nobody.
  if (!input && isCut) {
    return [{ type: "opaque", provider: "cut-off", data: { ...call, input: text } }];
  }
  return [...before, { type: "tool-call", ...call, input: input ? input.value : text }];
}

function parse(json: string): { readonly value: unknown } | undefined {
  try {
    return { value: json === "" ? {} : (JSON.parse(json) as unknown) };
  } catch {
    return undefined;
  }
}

function merge(a: Part["metadata"], b: Part["metadata"]): Part["metadata"] {
  if (!a || !b) return a ?? b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, { ...a[name], ...b[name] }]));
}

function toUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): Usage {
  return {
    inputTokens: inputTokens.total ?? 0,
    outputTokens: outputTokens.total ?? 0,
    ...(inputTokens.cacheRead == null ? {} : { cacheReadTokens: inputTokens.cacheRead }),
    ...(inputTokens.cacheWrite == null ? {} : { cacheWriteTokens: inputTokens.cacheWrite }),
    ...(outputTokens.reasoning == null ? {} : { thinkingTokens: outputTokens.reasoning }),
  };
}

function malformed(reason: string): AttemptError {
  return new AttemptError("malformed", `what the server sent is no answer: ${reason}.`, {
    status: 200,
  });
}
