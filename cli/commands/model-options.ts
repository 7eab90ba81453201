import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { SimulatorOptions } from "../../episodes/simulator.ts";
import type { Budget, Sampling } from "../../recordings/served.ts";
import { efforts, thinkings } from "../../recordings/served.ts";
import { parseCount } from "./options.ts";

/** What is asked of a model, what may be spent on it, and where it is. */
export interface ModelFlags {
  readonly temperature?: number;
  readonly effort?: (typeof efforts)[number];
  readonly thinking?: NonNullable<Sampling["thinking"]>;
  readonly maxOutput?: number;
  readonly maxSteps?: number;
  readonly maxTokens?: number;
  readonly maxCost?: number;
  readonly maxTime?: number;
  readonly prices?: string;
  readonly baseUrl?: string;
}

/** Options of every command that may ask a model, in groups of their own. */
export function addModelOptions(command: Command): Command {
  return addServerOptions(
    command
      .optionsGroup("The model's settings (its provider's own where left out):")
      .option("--temperature <number>", "randomness of its words, 0 to 2", parseTemperature)
      .addOption(new Option("--effort <level>", "how much it is to think and say").choices(efforts))
      .option(
        "--thinking <how>",
        `whether it thinks, and how much of that is shown: ${thinkings.join(", ")}, or tokens it may think`,
        parseThinking,
      )
      .option("--max-output <tokens>", "length of one answer", parseCount)
      .optionsGroup("Budgets (the episode ends with `limit` where one is used up):")
      .option("--max-steps <number>", "answers of the model", parseCount)
      .option("--max-tokens <number>", "tokens in and out, cached ones too", parseCount)
      .option("--max-cost <dollars>", "US dollars, by the table of prices", parseDollars)
      .option("--max-time <time>", "wall time: 90s, 15m, 2h", parseTime),
  );
}

/** Where models are had, for commands that take all else from a recording. */
export function addServerOptions(command: Command): Command {
  return command
    .optionsGroup("Models' servers:")
    .option("--prices <file>", "prices of one's own (docs/models.md)")
    .option("--base-url <url>", "server of compatible/MODEL; else COMPATIBLE_BASE_URL");
}

/** What the flags ask of a run or fork; nothing for what is left out. */
export function modelRequest(flags: ModelFlags): { sampling?: Sampling; budget?: Budget } {
  const { temperature, effort, thinking, maxOutput } = flags;
  const { maxSteps, maxTokens, maxCost, maxTime } = flags;
  const sampling = given({ temperature, effort, thinking, maxOutput });
  const budget = given({ steps: maxSteps, tokens: maxTokens, costUsd: maxCost, timeMs: maxTime });
  return { ...(sampling ? { sampling } : {}), ...(budget ? { budget } : {}) };
}

/** Names of the flags that say something of a model to be asked. */
export function modelFlagNames({ temperature, effort, thinking, ...flags }: ModelFlags): string[] {
  const { maxOutput, maxSteps, maxTokens, maxCost, maxTime } = flags;
  const all = { temperature, effort, thinking, maxOutput, maxSteps, maxTokens, maxCost, maxTime };
  return Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)],
  );
}

/** What the flags tell a simulator. */
export function modelServers({
  prices,
  baseUrl,
}: ModelFlags): Pick<SimulatorOptions, "prices" | "env"> {
  return {
    ...(prices === undefined ? {} : { prices }),
    ...(baseUrl === undefined ? {} : { env: { ...process.env, COMPATIBLE_BASE_URL: baseUrl } }),
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(fields: T): Given<T> | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length ? (Object.fromEntries(entries) as Given<T>) : undefined;
}

function parseTemperature(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || value > 2) {
    throw new InvalidArgumentError("It is a number from 0 to 2.");
  }
  return value;
}

function parseThinking(text: string): NonNullable<Sampling["thinking"]> {
  const how = thinkings.find((name) => name === text);
  if (how) return how;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`It is ${thinkings.join(", ")}, or a number of tokens.`);
}

export function parseDollars(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || !(value > 0)) {
    throw new InvalidArgumentError("It is a number of US dollars, such as 0.50.");
  }
  return value;
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

function parseTime(text: string): number {
  const [, number, unit] = /^(\d{1,6}(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  const ms = Math.round(Number(number) * (units[unit ?? ""] ?? Number.NaN));
  if (!(ms > 0)) throw new InvalidArgumentError("Write it as 90s, 15m or 2h.");
  return ms;
}
