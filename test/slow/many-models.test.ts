import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { wallClock } from "../../models/traffic.ts";
import { message, say, use } from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import { createBench } from "../helpers/simulate.ts";
import { toEvents } from "../helpers/sse.ts";

const EPISODES = 200;
const AT_ONCE = 24;
/** How often the server says that it is asked too much, and how long to wait then. */
const EVERY = 300;
const HOLD_MS = 4000;
const STEPS = 4;
/** Two hundred offices and their questions; a leak of answers would be far more. */
const MOST_MB = 700;

/** A server that takes its time, counts who is there at once, and now and then asks for a pause. */
async function createBusyServer() {
  const seen = { total: 0, now: 0, most: 0, held: 0, early: 0 };
  let heldUntil = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", async () => {
      seen.total++;
      seen.now++;
      seen.most = Math.max(seen.most, seen.now);
      // What was on its way when the pause was asked for may still come in.
      if (performance.now() < heldUntil && performance.now() > heldUntil - HOLD_MS / 2)
        seen.early++;
      const { messages } = JSON.parse(Buffer.concat(parts).toString("utf8")) as {
        messages: unknown[];
      };
      if (seen.total % EVERY === 0) {
        seen.held++;
        heldUntil = performance.now() + HOLD_MS;
        seen.now--;
        response.writeHead(429, { "retry-after": String(HOLD_MS / 1000) }).end("{}");
        return;
      }
      await setTimeout(20);
      const turn = (messages.length + 1) / 2;
      const calls = [use(`toolu_${turn}`, "list_mail", { limit: 3 })];
      const answer = message(turn < STEPS ? calls : [say("Done.")]).message!;
      seen.now--;
      response.writeHead(200, { "content-type": "text/event-stream" }).end(toEvents(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    env: { ANTHROPIC_API_KEY: "sk-ant-none", ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("two hundred episodes at once share a server: bounded, held back together, none starves", async () => {
  await using server = await createBusyServer();
  using bench = createBench({
    env: server.env,
    clock: wallClock,
    perProvider: AT_ONCE,
    workers: 2,
    atOnce: EPISODES,
  });
  let mostMb = 0;
  const watch = setInterval(() => {
    mostMb = Math.max(mostMb, process.memoryUsage().rss / 2 ** 20);
  }, 100);
  const runs = Array.from({ length: EPISODES }, (_, seed) =>
    bench.run({ agent: AGENT, seed, watch: false }),
  );
  const results = await Promise.all(runs);
  clearInterval(watch);

  expect(results.filter(({ result }) => result.ending === "finished")).toHaveLength(EPISODES);
  const { seen } = server;
  expect(seen.most).toBeLessThanOrEqual(AT_ONCE);
  expect(seen.held).toBeGreaterThan(1);
  // Nobody asks while the provider has asked for a pause, whoever it was that was told.
  expect(seen.early).toBe(0);
  const attempts = results.flatMap(({ bytes }) =>
    readConversation(bytes).answers.map(({ served }) => served!.attempts),
  );
  expect(attempts.flat()).toHaveLength(seen.total);
  expect(attempts.flat().filter(({ fault }) => fault === "rate-limit")).toHaveLength(seen.held);
  expect(mostMb).toBeLessThan(MOST_MB);
});
