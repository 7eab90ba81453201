import { readFileSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConversation } from "../helpers/conversation.ts";
import type { ModelServers, Turn } from "../helpers/model-servers.ts";
import { createModelServers } from "../helpers/model-servers.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

const EPISODES = 50;
const mail = { to: ["mo.catchpole@tidewell.example"], subject: "Thursday", text: "All done." };
const turns: readonly Turn[] = [
  {
    content: "I look at what came in, and at what there is to be found on the drive.",
    toolCalls: [
      { id: "call_a1", name: "list_mail", arguments: '{"limit":3}' },
      { id: "call_a2", name: "read_mail", arguments: '{"mail_id":"mail-2"}' },
    ],
  },
  { toolCalls: [{ id: "call_b1", name: "send_mail", arguments: JSON.stringify(mail) }] },
  { toolCalls: [{ id: "call_c1", name: "list_notes", arguments: "{}" }] },
  { content: "Mo has been written to, once." },
];
const ids = ["call_a1", "call_a2", "call_b1", "call_c1"];

let servers: ModelServers;
let bench: Bench;
beforeAll(async () => {
  servers = await createModelServers();
  servers.play(turns);
  bench = createBench({ env: servers.env, workers: 2 });
});
afterAll(async () => {
  bench[Symbol.dispose]();
  await servers[Symbol.asyncDispose]();
});

test.each(["anthropic/claude-sonnet-5-5", "compatible/qwen4"])(
  "under chaos none of fifty episodes of %s is lost, none doubled, no call applied twice",
  async (agent) => {
    // Drawn one after another: about 30 % of answers are one of these.
    servers.mock.setChaos({
      rateLimitRate: 0.08,
      dropRate: 0.08,
      malformedRate: 0.08,
      disconnectRate: 0.08,
    });
    servers.mock.clearRequests();
    const files = new Set(readdirSync(bench.folder));
    const results = await Promise.all(
      Array.from({ length: EPISODES }, (_, seed) => bench.run({ agent, seed, watch: false })),
    );
    servers.mock.clearChaos();

    const made = readdirSync(bench.folder).filter(
      (name) => name.endsWith(".jsonl") && !files.has(name),
    );
    expect(made).toHaveLength(EPISODES);
    const faults = new Map<string, number>();
    let attempts = 0;
    for (const { result, bytes } of results) {
      const { calls, answers, end } = readConversation(bytes);
      expect(end).toMatchObject({ ending: result.ending, code: result.code });
      const tried = [
        ...answers.flatMap(({ served }) => served!.attempts),
        ...(end?.attempts ?? []),
      ];
      attempts += tried.length;
      for (const { fault } of tried) if (fault) faults.set(fault, (faults.get(fault) ?? 0) + 1);
      // As far as it came, each call once, in order, under its own id.
      const parents = calls.map(({ parent }) => parent);
      if (result.ending === "finished") expect(parents).toEqual(ids);
      else {
        expect(result).toMatchObject({ ending: "failed", code: "model-error" });
        expect(end?.attempts?.at(-1)?.fault).not.toBeNull();
        expect(ids.slice(0, parents.length)).toEqual(parents);
      }
      const sent = calls.flatMap(({ effects }) => effects.map(({ effect }) => effect));
      expect(sent.filter((effect) => effect === "mail-sent").length).toBeLessThanOrEqual(1);
    }
    // Every request that came in stands in a recording, and no other does.
    expect(servers.paths()).toHaveLength(attempts);
    const disturbed = [...faults.values()].reduce((sum, count) => sum + count, 0);
    expect(disturbed / attempts).toBeGreaterThan(0.15);
    expect([...faults.keys()]).toEqual(expect.arrayContaining(["rate-limit", "server-error"]));

    for (const { result } of results) {
      const report = await bench.simulator.replay(result.file, { program: true });
      expect(report, result.file).toMatchObject({ equal: true, first: null });
      expect(readFileSync(result.file).length).toBeGreaterThan(0);
    }
    expect(servers.paths()).toHaveLength(attempts);
  },
);
