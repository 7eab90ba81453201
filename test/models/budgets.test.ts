import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wallClock } from "../../models/traffic.ts";
import type { Budget } from "../../recordings/served.ts";
import type { AnthropicServer } from "../helpers/anthropic-server.ts";
import { createAnthropicServer, message, use } from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

const usage = {
  input_tokens: 1000,
  output_tokens: 100,
  cache_read_input_tokens: 8000,
  cache_creation_input_tokens: 900,
};
/** What each answer then costs: 1000 × 2 + 100 × 10 + 8000 × 0.5 + 900 × 4, in millionths. */
const COST = 0.0106;
const table = {
  date: "2026-11-01",
  models: {
    "anthropic/test-model": { input: 2, output: 10, cacheRead: 0.5, cacheWrite: 4, upTo: 50_000 },
  },
};

let server: AnthropicServer;
let bench: Bench;
/** A model that never ends by itself. */
const endless = () => message([use("toolu_1", "get_time", {})], { usage });
beforeAll(async () => {
  server = await createAnthropicServer(endless);
  using files = createBench();
  const prices = join(files.folder, "prices.json");
  writeFileSync(prices, JSON.stringify(table));
  bench = createBench({ env: server.env, prices });
});
afterAll(async () => {
  bench[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

test.each<[string, Budget, string, number]>([
  ["steps", { steps: 3 }, "max-steps", 3],
  ["tokens", { tokens: 25_000 }, "max-tokens", 3],
  ["money", { costUsd: 0.03 }, "max-cost", 3],
  ["the first of several", { steps: 9, tokens: 90_000, costUsd: 0.02 }, "max-cost", 2],
])("an episode ends when its %s are used up, and replays", async (_, budget, code, steps) => {
  server.play(endless);
  const { result, bytes } = await bench.run({ agent: AGENT, budget });
  expect(result).toMatchObject({ ending: "limit", code });
  expect(result.detail).toContain(`(--${code})`);
  expect(server.journal).toHaveLength(steps);
  const { header, answers, end } = readConversation(bytes);
  expect(header.budget).toEqual(budget);
  expect(end).toMatchObject({ ending: "limit", code, questions: steps });
  expect(answers.map(({ served }) => served?.costUsd)).toEqual(Array(steps).fill(COST));
  const report = await bench.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true, first: null });
  expect(server.journal).toHaveLength(steps);
});

test("a fork has a budget of its own: what its parent spent is not counted", async () => {
  server.play(endless);
  const { result } = await bench.run({ agent: AGENT, budget: { steps: 3 } });
  const fork = bench.simulator.fork(result.file, { at: 2 });
  expect(await fork.result).toMatchObject({ ending: "limit", code: "max-steps" });
  const { answers } = readConversation(readFileSync(fork.file));
  expect(answers).toHaveLength(5);
  const report = await bench.simulator.replay(fork.file, { program: true });
  expect(report).toMatchObject({ equal: true });
});

test("gone on with, an episode's budget is what was left of it", async () => {
  server.play(endless);
  const { bytes } = await bench.run({ agent: AGENT, budget: { tokens: 25_000 } });
  const { lines, answers } = readConversation(bytes);
  const file = join(bench.folder, "cut.jsonl");
  writeFileSync(file, `${lines.slice(0, answers[0]!.seq + 1).join("\n")}\n`);
  expect(await bench.simulator.resume(file).result).toMatchObject({ code: "max-tokens" });
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test("when the time is up, the question that waits is given up and the recording is whole", async () => {
  server.play((_, index) => (index < 2 ? endless() : { cut: "never-answered" }));
  using timed = createBench({ env: server.env, clock: wallClock });
  const { result, bytes } = await timed.run({ agent: AGENT, budget: { timeMs: 1500 } });
  expect(result).toMatchObject({ ending: "limit", code: "max-time" });
  expect(readConversation(bytes).end).toMatchObject({ ending: "limit", code: "max-time" });
  const report = await timed.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true, first: null });
});

test("money can't be counted where a price is not known, and nothing is spent", () => {
  server.play(endless);
  const run = () =>
    bench.simulator.run({ fixture: "handover", agent: "anthropic/new", budget: { costUsd: 1 } });
  expect(run).toThrow(
    "What anthropic/new costs is not known (prices of 2026-11-01), so --max-cost can't be kept. Give a file with its price (--prices FILE), or leave --max-cost out.",
  );
  expect(server.journal).toEqual([]);
});

test("an answer longer than its price is known for ends an episode that counts money", async () => {
  server.play(() =>
    message([use("t", "get_time", {})], { usage: { ...usage, input_tokens: 1e6 } }),
  );
  const { result, bytes } = await bench.run({ agent: AGENT, budget: { costUsd: 100 } });
  expect(result).toMatchObject({ ending: "limit", code: "max-cost" });
  expect(readConversation(bytes).answers.map(({ served }) => served?.costUsd)).toEqual([undefined]);
});

test.each([
  ["no file", null, /can't be read \(ENOENT\)/],
  ["no JSON", "{", /it is no JSON/],
  ["a price that is text", '{"date":"2026-11-01","models":{"a/b":{"input":"2"}}}', /a\/b.input/],
])("a table of prices that is %s is bad input", (_, text, words) => {
  const file = join(bench.folder, "own.json");
  if (text !== null) writeFileSync(file, text);
  const prices = text === null ? join(bench.folder, "none.json") : file;
  expect(() => createBench({ prices })).toThrow(words);
});

test("a script has no money to spend and runs under any budget", async () => {
  const before = readdirSync(bench.folder).length;
  const { result } = await bench.run({
    agent: "script/leaks",
    budget: { costUsd: 0.01, steps: 4 },
  });
  expect(result).toMatchObject({ ending: "limit", code: "max-steps" });
  expect(readdirSync(bench.folder)).toHaveLength(before + 1);
});
