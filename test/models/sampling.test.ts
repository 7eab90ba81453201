import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestBytes } from "../../models/bytes.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Sampling } from "../../recordings/served.ts";
import type { AnthropicServer, Block, Received, Sent } from "../helpers/anthropic-server.ts";
import { createAnthropicServer, fault, message, say, use } from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

const yes = { supported: true };
const no = { supported: false };
/** What the server tells of its model: no thinking switched off, no budgets, no effort above high. */
const known = {
  id: "test-model",
  type: "model",
  max_tokens: 64_000,
  capabilities: {
    effort: { ...yes, low: yes, medium: yes, high: yes, xhigh: no, max: no },
    thinking: { ...yes, types: { adaptive: yes, between_tools: yes, disabled: no, enabled: no } },
  },
};

let server: AnthropicServer;
let bench: Bench;
beforeAll(async () => {
  server = await createAnthropicServer(() => fault(500, "not yet"));
  bench = createBench({ env: server.env });
});
afterAll(async () => {
  bench[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const thought = { type: "thinking", thinking: "Hm.", signature: "c2ln" };

function play(more: Block = {}, info: Sent = { body: JSON.stringify(known) }): void {
  server.play(({ method, body }) => {
    if (method === "GET") return info;
    const { messages } = JSON.parse(body) as { messages: unknown[] };
    return messages.length === 1
      ? message([thought, use("toolu_1", "get_time", {})], more)
      : message([say("Done.")], more);
  });
}

const asked = () => server.journal.filter(({ method }) => method === "POST");
const bodyOf = ({ body }: Received) => JSON.parse(body) as Record<string, unknown>;

test("settings go out with each request, into the header as asked and into answers as they took effect", async () => {
  play();
  const sampling: Sampling = { effort: "high", thinking: "summary", maxOutput: 9000 };
  const { result, bytes } = await bench.run({ agent: AGENT, sampling });
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  for (const body of asked().map(bodyOf)) {
    expect(body).toMatchObject({
      max_tokens: 9000,
      output_config: { effort: "high" },
      thinking: { type: "adaptive", display: "summarized" },
    });
  }
  const recording = readConversation(bytes);
  expect(recording.header.agent.sampling).toEqual(sampling);
  expect(recording.answers.map(({ served }) => served?.settings)).toEqual(
    Array.from({ length: 2 }, () => ({ temperature: null, ...sampling })),
  );
  expect(await requestBytes(recording, 2)).toBe(asked()[1]!.body);
  const report = await bench.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true });

  const file = join(bench.folder, "cut.jsonl");
  writeFileSync(file, `${recording.lines.slice(0, 3).join("\n")}\n`);
  await bench.simulator.resume(file).result;
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test("what a model takes is asked once, however many episodes there are", async () => {
  play();
  const runs = Array.from({ length: 3 }, () =>
    bench.run({ agent: AGENT, sampling: { effort: "low" } }),
  );
  await Promise.all(runs);
  expect(server.journal.filter(({ method }) => method === "GET")).toHaveLength(1);
});

test.each<[NonNullable<Sampling["thinking"]>, object]>([
  ["hidden", { type: "adaptive", display: "omitted" }],
  ["between-tools", { type: "between_tools" }],
])("--thinking %s is worded %j", async (thinking, words) => {
  play();
  const { result } = await bench.run({ agent: AGENT, sampling: { thinking } });
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  expect(bodyOf(asked()[0]!)["thinking"]).toEqual(words);
});

test.each<[Sampling, string]>([
  [{ temperature: 0.5 }, "--temperature: Anthropic's API has no such setting. Leave it out."],
  [{ effort: "minimal" }, "--effort minimal: its levels are low, medium, high, xhigh and max."],
  [{ effort: "xhigh" }, "--effort xhigh: it takes low, medium, high."],
  [
    { thinking: "full" },
    "--thinking full: Anthropic shows summaries of thinking alone. Use summary.",
  ],
  [{ thinking: "none" }, "--thinking none: it takes hidden, summary, between-tools."],
  [{ thinking: 2048 }, "--thinking 2048: it takes hidden, summary, between-tools."],
  [{ thinking: 512 }, "--thinking 512: a budget is 1024 tokens or more."],
  [{ thinking: 4096, maxOutput: 4096 }, "--thinking 4096: it must be less than --max-output."],
  [{ maxOutput: 70_000 }, "--max-output 70000: it gives 64000 tokens at most."],
])("%j is refused before anything is spent or recorded", async (sampling, words) => {
  play();
  const before = readdirSync(bench.folder).length;
  await expect(async () => bench.run({ agent: AGENT, sampling })).rejects.toMatchObject({
    name: "UsageError",
    message: `anthropic/test-model can't be run with ${words}`,
  });
  expect(asked()).toEqual([]);
  expect(readdirSync(bench.folder)).toHaveLength(before);
});

test("a server that does not tell what its model takes is not spent on", async () => {
  play({}, fault(404, "model: test-model"));
  const run = bench.run({ agent: AGENT, sampling: { effort: "high", maxOutput: 100 } });
  await expect(run).rejects.toThrow(
    /test-model could not be asked what settings it takes: 404 .*model: test-model/,
  );
  expect(asked()).toEqual([]);
});

test("settings for an agent that asks no server are refused", () => {
  const run = () =>
    bench.simulator.run({ fixture: "handover", agent: "script/leaks", sampling: { maxOutput: 9 } });
  expect(run).toThrow(/^script\/leaks has no use for a model's settings, and was given maxOutput/);
});

test("a fork keeps its parent's settings; thinking goes on with its own model and with no other", async () => {
  play();
  const { result, bytes } = await bench.run({ agent: AGENT, sampling: { effort: "high" } });
  const text = JSON.stringify(thought);

  play();
  const own = bench.simulator.fork(result.file, { at: 1 });
  await own.result;
  expect(own.thinking).toBeNull();
  expect(
    asked().map(({ body }) => [body.includes(text), bodyOf({ body } as Received)["output_config"]]),
  ).toEqual([[true, { effort: "high" }]]);
  expect(readRecording(readFileSync(own.file)).header.agent.sampling).toEqual({ effort: "high" });

  play();
  const other = bench.simulator.fork(result.file, { at: 1, agent: "anthropic/another-model" });
  expect(await other.result).toMatchObject({ ending: "finished" });
  expect(other.thinking).toBe("left-out");
  expect(
    asked().map(({ body }) => [
      body.includes(text),
      "output_config" in bodyOf({ body } as Received),
    ]),
  ).toEqual([[false, false]]);
  const { header } = readRecording(readFileSync(other.file));
  expect(header.lineage.parent?.thinking).toBe("left-out");
  expect(header.agent).not.toHaveProperty("sampling");
  expect(await bench.simulator.replay(other.file, { program: true })).toMatchObject({
    equal: true,
  });
  expect(bytes.includes(text)).toBe(true);
});
