import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { wallClock } from "../../models/traffic.ts";
import { message, say } from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import { createBench } from "../helpers/simulate.ts";
import { toEvents } from "../helpers/sse.ts";

const SILENCE_MS = 2000;

test("a model that thinks unseen is waited for as long as its server gives signs of life", async () => {
  const server = createServer(async (request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let pings = 0; pings < 8; pings++) {
      response.write(`event: ping\ndata: {"type":"ping"}\n\n`);
      await setTimeout(SILENCE_MS / 4);
    }
    response.end(toEvents(message([say("Done.")]).message!));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  using bench = createBench({
    env: { ANTHROPIC_API_KEY: "sk-ant-none", ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
    clock: wallClock,
    silenceMs: SILENCE_MS,
  });
  const { result, bytes } = await bench.run({ agent: AGENT });
  server.close();
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  const { attempts } = readConversation(bytes).answers[0]!.served!;
  expect(attempts.map(({ fault }) => fault)).toEqual([null]);
});
