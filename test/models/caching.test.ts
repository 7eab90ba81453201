import { expect, test } from "vitest";
import type { Block } from "../helpers/anthropic-server.ts";
import { createAnthropicServer, message, say, use } from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import { createPromptCache } from "../helpers/prompt-cache.ts";
import { createBench } from "../helpers/simulate.ts";

const many = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    use(`toolu_${letter}${index}`, "list_mail", { limit: 1, offset: index }),
  );
/** Steps of a few calls, of none that end, and of more at once than a server looks back. */
const steps: readonly (readonly Block[])[] = [
  many("a", 2),
  many("b", 60),
  [say("I see."), ...many("c", 1)],
  many("d", 30),
  [say("Done.")],
];

test("each request is found again in the next one's cache, whole, however many calls come between", async () => {
  const remember = createPromptCache();
  await using server = await createAnthropicServer(({ body }, index) =>
    message(steps[index]!, { usage: remember(body) }),
  );
  using bench = createBench({ env: server.env });
  const { result, bytes } = await bench.run({ agent: AGENT });
  expect(result).toMatchObject({ ending: "finished" });
  const usages = readConversation(bytes).answers.map(({ answer }) => answer.usage);
  expect(usages).toHaveLength(steps.length);
  for (const [index, { cacheReadTokens }] of usages.entries()) {
    expect(cacheReadTokens, `step ${index + 1}`).toBe(index ? usages[index - 1]!.inputTokens : 0);
  }
});

test("other episodes find the tools, and all that is the same in their condition", async () => {
  const remember = createPromptCache();
  await using server = await createAnthropicServer(({ body }) =>
    message([say("Done.")], { usage: remember(body) }),
  );
  using bench = createBench({ env: server.env });
  const usageOf = async (set: Record<string, string>) => {
    const { bytes } = await bench.run({ agent: AGENT, set });
    return readConversation(bytes).answers[0]!.answer.usage;
  };
  await usageOf({});
  const same = await usageOf({});
  expect(same.cacheReadTokens).toBe(same.inputTokens);
  const other = await usageOf({ goal: "none" });
  const { tools } = JSON.parse(server.journal[0]!.body) as { tools: unknown[] };
  expect(other.cacheReadTokens).toBeGreaterThan(JSON.stringify(tools).length);
});
