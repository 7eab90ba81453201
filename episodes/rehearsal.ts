import type { Connection } from "../models/connection.ts";
import { priceOf } from "../models/prices.ts";
import { wordRequest } from "../models/registry.ts";
import type { Sampling } from "../recordings/served.ts";
import type { Brief } from "./protocol.ts";

/** Bytes of a request's JSON that make a token, about: English and JSON lie between three and four. */
const BYTES_PER_TOKEN = 3.5;

/** What a run would begin with. */
export interface Rehearsal extends Brief {
  /** The model that would be asked; null where none of a server would. */
  readonly model: string | null;
  /** The first request, where the tool loop asks it. */
  readonly first: {
    readonly bytes: number;
    /** Estimated; providers count in ways of their own. */
    readonly tokens: number;
    /** US dollars of what goes in, written to the cache where that has a price; null without prices. */
    readonly costUsd: number | null;
    /** US dollars of the same again in a later step, read from the cache. */
    readonly againUsd: number | null;
    /** Date of the prices. */
    readonly prices: string;
  } | null;
}

/** Words the first request of a run, and reckons what it costs. */
export async function rehearseRun(
  brief: Brief,
  model: string | null,
  sampling: Sampling,
  { prices }: Connection,
): Promise<Rehearsal> {
  if (model === null) return { ...brief, model, first: null };
  const { system, task, tools } = brief;
  const content = [{ type: "text" as const, text: task }];
  const request = { question: 1, system, messages: [{ role: "user" as const, content }], tools };
  const bytes = Buffer.byteLength(await wordRequest(model, request, sampling));
  const tokens = Math.round(bytes / BYTES_PER_TOKEN);
  const price = priceOf(prices, model);
  const cost = (rate: number | undefined) =>
    rate === undefined ? null : Math.round(tokens * rate) / 1e6;
  return {
    ...brief,
    model,
    first: {
      bytes,
      tokens,
      costUsd: cost(price?.cacheWrite ?? price?.input),
      againUsd: cost(price?.cacheRead ?? price?.input),
      prices: prices.date,
    },
  };
}
