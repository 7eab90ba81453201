import { UsageError } from "../env/errors.ts";
import type { Connection } from "../models/connection.ts";
import { loadPrices, priceOf } from "../models/prices.ts";
import { modelNameIn } from "../models/registry.ts";
import { createTraffic, wallClock } from "../models/traffic.ts";
import type { RecordedEvent } from "../recordings/events.ts";
import type { Budget } from "../recordings/served.ts";
import { budgetSchema } from "../recordings/served.ts";
import type { Agent } from "./agents.ts";
import type { Forked, SimulatorOptions } from "./simulator.ts";

/** What the models of a simulator share. */
export function connect({
  env = process.env,
  clock = wallClock,
  perProvider = 16,
  prices,
  silenceMs = 120_000,
}: Pick<SimulatorOptions, "env" | "clock" | "perProvider" | "prices" | "silenceMs">): Connection {
  const traffic = createTraffic(clock, perProvider);
  return { env, clock, traffic, prices: loadPrices(prices), silenceMs, checked: new Map() };
}

/** Those of an object's fields that say something. */
export function named<T extends Readonly<Record<string, object | undefined>>>(fields: T) {
  const said = Object.entries(fields).filter(([, value]) => value && Object.keys(value).length);
  return Object.fromEntries(said) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** @throws UsageError for money that can't be counted */
export function readBudget(
  given: Budget | undefined,
  { name, model, script }: Pick<Agent, "name" | "model" | "script">,
  { prices }: Connection,
): Budget | undefined {
  if (!given) return undefined;
  const parsed = budgetSchema.safeParse(given);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new UsageError(`The budget can't be used: ${path.join(".")}: ${message}`);
  }
  const isFree = script !== null || model === null;
  const asked = modelNameIn(name);
  if (given.costUsd !== undefined && !isFree && !(asked && priceOf(prices, asked))) {
    throw new UsageError(
      `What ${name} costs is not known (prices of ${prices.date}), so --max-cost can't be kept. Give a file with its price (--prices FILE), or leave --max-cost out.`,
    );
  }
  return parsed.data;
}

/** What becomes of the thinking in the events that a fork shares, if its model is another one. */
export function thinkingAfter(
  kept: readonly RecordedEvent[],
  before: string,
  after: string,
): Forked["thinking"] {
  const thoughts = kept.flatMap((event) =>
    event.kind === "answer" ? event.answer.content.filter(({ type }) => type === "opaque") : [],
  );
  if (!thoughts.length || modelNameIn(before) === modelNameIn(after)) return null;
  const [provider, model] = modelNameIn(after)?.split(/\/(.*)/s) ?? [];
  const isKept = thoughts.some(
    (block) =>
      block.type === "opaque" && block.provider === provider && (block.model ?? model) === model,
  );
  return isKept ? "passed-on" : "left-out";
}
