import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentNames } from "../episodes/agents.ts";
import { openRecording } from "../episodes/files.ts";
import { findFixture } from "../episodes/fixtures.ts";
import type { Simulator } from "../episodes/simulator.ts";
import { createSimulator } from "../episodes/simulator.ts";
import { createRequests, offeredTools } from "../recordings/requests.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Cell } from "./plan.ts";

/** From the least to the most. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What an episode of a fixture takes, as its own scripted agents show offline. */
export interface Measured {
  readonly scripts: number;
  readonly questions: Range;
  readonly inputTokens: Range;
  readonly outputTokens: Range;
  /** Of one worker, without a model's time. */
  readonly seconds: Range;
}

/** Characters that make a token, roughly: providers count each their own way. */
export const TOKEN_LENGTH = 4;

/**
 * Runs a fixture's scripted agents in a folder of its own that goes again, and measures what a model
 * would have been asked. Null for a fixture that has none.
 */
export async function measureFixture(
  fixture: string,
  clock: () => number,
): Promise<Measured | null> {
  const scripts = agentNames(findFixture(fixture).files);
  if (!scripts.length) return null;
  const folder = mkdtempSync(join(tmpdir(), "cubicle-estimate-"));
  try {
    using simulator = createSimulator({ folder });
    const runs: (ReturnType<typeof sizesOf> & { readonly seconds: number })[] = [];
    // The first pays for the worker's start and the opening of the office.
    for (const name of [scripts[0]!, ...scripts]) {
      const start = clock();
      const { file } = await runScript(simulator, fixture, name);
      runs.push({ ...sizesOf(openRecording(file)), seconds: (clock() - start) / 1000 });
    }
    const range = (key: keyof (typeof runs)[number]): Range => {
      const values = runs.slice(1).map((run) => run[key]);
      return { least: Math.min(...values), most: Math.max(...values) };
    };
    return {
      scripts: scripts.length,
      questions: range("questions"),
      inputTokens: range("inputTokens"),
      outputTokens: range("outputTokens"),
      seconds: range("seconds"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runScript(simulator: Simulator, fixture: string, name: string) {
  return simulator.run({ fixture, agent: `script/${name}`, watch: false }).result;
}

function sizesOf({ header, events }: Recording) {
  const requests = createRequests(header);
  let [questions, input, output] = [0, 0, 0];
  for (const event of events) {
    if (event.kind === "answer") output += JSON.stringify(event.answer.content).length;
    if (event.kind !== "question") continue;
    const request = requests.next(event);
    questions++;
    const { system, messages } = request;
    input += JSON.stringify([system, messages, offeredTools(header, request)]).length;
  }
  return { questions, inputTokens: input / TOKEN_LENGTH, outputTokens: output / TOKEN_LENGTH };
}

/** What a model takes, where nothing better is known. */
export const MODEL_SECONDS_PER_QUESTION = 3;
export const MODEL_TOKENS_PER_SECOND = 60;

export interface Estimate {
  readonly input: Range;
  readonly output: Range;
  /** Dollars; null where a model's price is not known. */
  readonly cost: Range | null;
  readonly seconds: Range;
}

export interface EstimateOptions {
  readonly measured: ReadonlyMap<string, Measured | null>;
  /** Episodes of each cell that are still to be run. */
  readonly left: (cell: Cell) => number;
  readonly workers: number;
  readonly atOnce: number;
}

const none: Range = { least: 0, most: 0 };
const zero: Measured = {
  scripts: 0,
  questions: none,
  inputTokens: none,
  outputTokens: none,
  seconds: none,
};

/** Tokens, cost and time of what is left. */
export function estimate(cells: readonly Cell[], options: EstimateOptions): Estimate {
  const { measured, left, workers, atOnce } = options;
  const of = ({ request }: Cell) => measured.get(request.fixture) ?? zero;
  const asking = cells.filter(({ model }) => model !== null);
  const sum = (
    some: readonly Cell[],
    value: (cell: Cell, of: Measured, end: keyof Range) => number,
  ) => {
    const total = (end: keyof Range) =>
      some.reduce((sum, cell) => sum + left(cell) * value(cell, of(cell), end), 0);
    return { least: total("least"), most: total("most") };
  };
  const work = sum(cells, (_, { seconds }, end) => seconds[end]);
  const waiting = sum(
    asking,
    (_, { questions, outputTokens }, end) =>
      questions[end] * MODEL_SECONDS_PER_QUESTION + outputTokens[end] / MODEL_TOKENS_PER_SECOND,
  );
  const priced = asking.every(({ price }) => price);
  return {
    input: sum(asking, (_, { inputTokens }, end) => inputTokens[end]),
    output: sum(asking, (_, { outputTokens }, end) => outputTokens[end]),
    cost: priced
      ? sum(
          asking,
          ({ price }, { inputTokens, outputTokens }, end) =>
            (inputTokens[end] * price!.input + outputTokens[end] * price!.output) / 1e6,
        )
      : null,
    seconds: {
      least: Math.max(work.least / workers, waiting.least / atOnce),
      most: work.most / workers + waiting.most / atOnce,
    },
  };
}
