import { z } from "zod";

const count = z.int().min(0);

export const efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
export const thinkings = ["none", "between-tools", "hidden", "summary", "full"] as const;

/** What is asked of a model beside its question. What is left out is the provider's to choose. */
export const samplingSchema = z.strictObject({
  temperature: z.number().min(0).max(2).exactOptional(),
  effort: z.enum(efforts).exactOptional(),
  /** How it is to think, and how much of that is to be seen; or tokens it may think. */
  thinking: z.union([z.enum(thinkings), z.int().min(1)]).exactOptional(),
  /** Tokens of one answer. */
  maxOutput: z.int().min(1).exactOptional(),
});

/** What an episode may spend on its models; at the first that is reached it ends. */
export const budgetSchema = z.strictObject({
  /** Answers. */
  steps: count.exactOptional(),
  /** Tokens in and out, cached ones too. */
  tokens: count.exactOptional(),
  costUsd: z.number().min(0).exactOptional(),
  /** Milliseconds of the supervisor's clock, from when the episode began or was gone on with. */
  timeMs: count.exactOptional(),
});

export const attemptFaults = [
  /** The server asks to be asked less. */
  "rate-limit",
  "overloaded",
  "server-error",
  /** The connection could not be made, or broke. */
  "connection",
  /** Nothing came for too long. */
  "timeout",
  /** The answer ended before its end. */
  "cut-off",
  /** The answer can't be read. */
  "malformed",
  /** The server will not answer this request, however often it is asked. */
  "refused",
] as const;

/** One time that a server was asked. */
export const attemptSchema = z.strictObject({
  /** Null where it brought the answer. */
  fault: z.enum(attemptFaults).nullable(),
  /** HTTP status, where there was one. */
  status: z.int().nullable(),
  /** Milliseconds that it waited for its turn before, and that it then took. */
  waitMs: count,
  ms: count,
});

export const visibilities = ["full", "summary", "hidden", "none"] as const;

/** How an answer was had. All of it is the world's doing: nothing here follows from the episode. */
export const servedSchema = z.strictObject({
  provider: z.string(),
  /** Scheme, host and port; paths may name accounts. */
  endpoint: z.string(),
  /** When the answer was there, by the clock of whoever asked. */
  date: z.string(),
  /** What the provider tells of the configuration that answered. */
  fingerprint: z.string().nullable(),
  /** What was sent; null where the provider chose. */
  settings: z.strictObject({
    temperature: z.number().nullable(),
    effort: z.enum(efforts).nullable(),
    thinking: z.union([z.enum(thinkings), z.int()]).nullable(),
    maxOutput: z.int().nullable(),
  }),
  /** How much of the model's thinking is to be seen in the answer. */
  thinking: z.enum(visibilities),
  attempts: z.array(attemptSchema).min(1),
  /** US dollars by the price table that was in force; left out where it has no price. */
  costUsd: z.number().min(0).exactOptional(),
});

export type Sampling = z.output<typeof samplingSchema>;
export type Budget = z.output<typeof budgetSchema>;
export type Attempt = z.output<typeof attemptSchema>;
export type AttemptFault = (typeof attemptFaults)[number];
export type Served = z.output<typeof servedSchema>;
