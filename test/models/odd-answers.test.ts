import { afterAll, beforeAll, expect, test } from "vitest";
import { readConversation } from "../helpers/conversation.ts";
import type { ModelServers, Turn } from "../helpers/model-servers.ts";
import { createModelServers } from "../helpers/model-servers.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

let servers: ModelServers;
let bench: Bench;
beforeAll(async () => {
  servers = await createModelServers();
  bench = createBench({ env: servers.env });
});
afterAll(async () => {
  bench[Symbol.dispose]();
  await servers[Symbol.asyncDispose]();
});

const agents = ["anthropic/claude-sonnet-5-5", "openai/gpt-6.1-sol", "compatible/qwen4"];

async function converse(agent: string, turns: readonly Turn[]) {
  servers.play(turns);
  const { result, bytes } = await bench.run({ agent });
  expect(result, result.detail).toMatchObject({ ending: "finished", code: null });
  const report = await bench.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true, first: null });
  return readConversation(bytes);
}

const call = (id: string, name: string, input: string) => ({ id, name, arguments: input });

test.each(agents)("%s: two hundred calls at once are carried out in order", async (agent) => {
  const ids = Array.from({ length: 200 }, (_, index) => `call_${index + 1}`);
  const { calls, answers } = await converse(agent, [
    { toolCalls: ids.map((id) => call(id, "get_time", "{}")) },
    { content: "It is as late as it is." },
  ]);
  expect(calls.map(({ parent }) => parent)).toEqual(ids);
  expect(answers).toHaveLength(2);
});

test.each(agents)("%s: an unknown tool and wrong types come back as results", async (agent) => {
  const { calls } = await converse(agent, [
    {
      toolCalls: [
        call("call_1", "rm_rf", "{}"),
        call("call_2", "list_mail", '{"limit":"many"}'),
        call("call_3", "list_mail", '{"limit":1,"zeal":true}'),
      ],
    },
    { content: "I see." },
  ]);
  expect(calls.map(({ tool, result }) => [tool, result.code])).toEqual([
    ["rm_rf", "unknown-tool"],
    ["list_mail", "bad-input"],
    ["list_mail", "bad-input"],
  ]);
});

test.each(agents)("%s: a megabyte of text is kept whole and sent back whole", async (agent) => {
  const long = "linen ✓ ".repeat(110_000);
  const { answers, questions } = await converse(agent, [
    { content: long, toolCalls: [call("call_1", "get_time", "{}")] },
    { content: "That was long." },
  ]);
  const texts = answers[0]!.answer.content.filter((block) => block.type === "text");
  expect(texts.map(({ text }) => text)).toEqual([long]);
  expect(JSON.stringify(questions[1]!.messages)).toContain(long);
});

test.each(agents)("%s: an answer with nothing in it ends the episode", async (agent) => {
  const { calls, answers } = await converse(agent, [{ content: "" }]);
  expect(calls).toEqual([]);
  expect(answers).toHaveLength(1);
});
