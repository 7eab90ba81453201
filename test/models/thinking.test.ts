import { expect, test } from "vitest";
import { requestBytes } from "../../models/bytes.ts";
import { readConversation } from "../helpers/conversation.ts";
import { createBench } from "../helpers/simulate.ts";
import { bedrockWire, createThinkingServer, xaiWire } from "../helpers/thinking-servers.ts";
import type { ThoughtfulTurn, Wire } from "../helpers/thinking-servers.ts";

const turns: readonly ThoughtfulTurn[] = [
  {
    thinking: "First I see what came in — “before three”.",
    seal: "c2VhbGVkLTE",
    call: { id: "tooluse_a1", name: "list_mail", input: { unread_only: true, limit: 5 } },
  },
  { thinking: "Nothing for today.", seal: "c2VhbGVkLTI", say: "All quiet." },
];

const providers: readonly {
  readonly agent: string;
  readonly wire: Wire;
  env(url: string): Record<string, string>;
  /** The thinking as it goes back. */
  readonly back: unknown;
}[] = [
  {
    agent: "xai/grok-4.6",
    wire: xaiWire,
    env: (url) => ({ XAI_API_KEY: "xai-fake", XAI_BASE_URL: `${url}/v1` }),
    back: {
      type: "reasoning",
      id: `rs_${turns[0]!.seal}`,
      summary: [{ type: "summary_text", text: turns[0]!.thinking }],
      status: "completed",
      encrypted_content: turns[0]!.seal,
    },
  },
  {
    agent: "bedrock/anthropic.claude-sonnet-5-5",
    wire: bedrockWire,
    env: (url) => ({
      AWS_REGION: "eu-central-1",
      AWS_BEARER_TOKEN_BEDROCK: "bedrock-fake",
      BEDROCK_BASE_URL: url,
    }),
    back: {
      reasoningContent: {
        reasoningText: { text: turns[0]!.thinking, signature: turns[0]!.seal },
      },
    },
  },
];

test.each(providers)(
  "$agent: thinking comes as its server streams it, is kept, and goes back sealed as it came",
  async ({ agent, wire, env, back }) => {
    await using server = await createThinkingServer(wire, turns);
    using bench = createBench({ env: env(server.url) });
    const { result, bytes } = await bench.run({ agent });
    expect(result, result.detail).toMatchObject({ ending: "finished", code: null });
    const recording = readConversation(bytes);
    expect(recording.answers.map(({ answer, served }) => [answer.stop, served?.thinking])).toEqual([
      ["tool-use", "summary"],
      ["end", "summary"],
    ]);
    expect(recording.answers[0]!.answer.usage).toMatchObject({
      inputTokens: 900,
      outputTokens: 80,
      cacheReadTokens: 640,
    });
    expect(server.bodies[1]).toContain(JSON.stringify(back));
    expect(await requestBytes(recording, 2)).toBe(server.bodies[1]);
    const report = await bench.simulator.replay(result.file, { program: true });
    expect(report).toMatchObject({ equal: true });
    expect(server.bodies).toHaveLength(2);
    // Sealed for one model, it is left out for another.
    const fork = bench.simulator.fork(result.file, { at: 1, agent: `${agent}-next` });
    expect(await fork.result).toMatchObject({ ending: "finished" });
    expect(fork.thinking).toBe("left-out");
    expect(server.bodies[2]).toContain(turns[0]!.call!.id);
    expect(server.bodies[2]).not.toContain(turns[0]!.seal);
  },
);
