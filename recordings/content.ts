import { z } from "zod";

/**
 * What a model says or is told, block by block. `opaque` is a provider's own (thinking, signatures):
 * kept as it came and passed back as it was.
 */
export const textBlock = z.object({ type: z.literal("text"), text: z.string() });
export const toolCallBlock = z.object({
  type: z.literal("tool-call"),
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
});
export const opaqueBlock = z.object({
  type: z.literal("opaque"),
  provider: z.string(),
  /** The model whose it is, where another one can do nothing with it. */
  model: z.string().exactOptional(),
  data: z.unknown(),
});
export const toolResultBlock = z.object({
  type: z.literal("tool-result"),
  id: z.string(),
  text: z.string(),
  error: z.boolean(),
});
export const answerBlock = z.discriminatedUnion("type", [textBlock, toolCallBlock, opaqueBlock]);

export const messageSchema = z.discriminatedUnion("role", [
  z.object({
    role: z.literal("user"),
    content: z.array(z.discriminatedUnion("type", [textBlock, toolResultBlock])),
  }),
  z.object({ role: z.literal("assistant"), content: z.array(answerBlock) }),
]);

export const stopReasons = [
  "end",
  "tool-use",
  "max-tokens",
  "pause",
  "refusal",
  "context-exceeded",
] as const;

/** Tokens as the provider counts them; zero where nothing was asked of one. */
const usageSchema = z.object({
  /** All that went in, cached or not. */
  inputTokens: z.int().min(0),
  /** All that came out, thinking too. */
  outputTokens: z.int().min(0),
  /** Of those that went in: read from the provider's cache, and written to it. */
  cacheReadTokens: z.int().min(0).exactOptional(),
  cacheWriteTokens: z.int().min(0).exactOptional(),
  /** Of those that came out. */
  thinkingTokens: z.int().min(0).exactOptional(),
});

/** What a model gave back. */
export const answerSchema = z.object({
  content: z.array(answerBlock),
  stop: z.enum(stopReasons),
  usage: usageSchema,
  /** The model that was actually served. */
  model: z.string(),
});

export type AnswerBlock = z.output<typeof answerBlock>;
export type ToolCallBlock = z.output<typeof toolCallBlock>;
export type Message = z.output<typeof messageSchema>;
export type Usage = z.output<typeof usageSchema>;
export type Answer = z.output<typeof answerSchema>;
