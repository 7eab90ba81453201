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

/** What a model gave back. Tokens count what the provider billed; zero where nothing was. */
export const answerSchema = z.object({
  content: z.array(answerBlock),
  stop: z.enum(stopReasons),
  usage: z.object({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) }),
  /** The model that was actually served. */
  model: z.string(),
});

export type AnswerBlock = z.output<typeof answerBlock>;
export type ToolCallBlock = z.output<typeof toolCallBlock>;
export type Message = z.output<typeof messageSchema>;
export type Answer = z.output<typeof answerSchema>;
