import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toBody } from "../../models/anthropic-body.ts";
import { requestBytes } from "../../models/bytes.ts";
import { createLedger } from "../../episodes/ledger.ts";
import { sha256 } from "../../recordings/chain.ts";
import type { Answer, Message } from "../../recordings/content.ts";
import { offeredTools } from "../../recordings/requests.ts";
import type { Request } from "../../recordings/requests.ts";
import { readRecording } from "../../recordings/reader.ts";
import { createWriter } from "../../recordings/recorder.ts";
import { createAnthropicServer, inOrder, message, say } from "../helpers/anthropic-server.ts";
import { createBench } from "../helpers/simulate.ts";
import { openSmall, takeSeat } from "../helpers/small-office.ts";

const text = fc.string({ unit: "binary", maxLength: 20 });
/** Whatever JSON can hold, `__proto__` and half a character among it. */
const value = fc
  .oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant({ "\ud800": "\udfff", "\u2028": -0 }))
  .chain((inner) =>
    fc.constantFrom(
      inner,
      JSON.parse(`{"__proto__":${JSON.stringify(inner)},"2":0,"1":0}`) as unknown,
    ),
  );
const textBlock = fc.record({ type: fc.constant("text" as const), text });
const user = fc.record({
  role: fc.constant("user" as const),
  content: fc.array(
    fc.oneof(
      textBlock,
      fc.record({ type: fc.constant("tool-result" as const), id: text, text, error: fc.boolean() }),
    ),
    { maxLength: 3 },
  ),
});
const assistant = fc.record({
  role: fc.constant("assistant" as const),
  content: fc.array(
    fc.oneof(
      textBlock,
      fc.record({ type: fc.constant("tool-call" as const), id: text, name: text, input: value }),
      fc.record({
        type: fc.constant("opaque" as const),
        provider: fc.constantFrom("anthropic", "script", "other"),
        data: value,
      }),
    ),
    { maxLength: 3 },
  ),
});
const messages: fc.Arbitrary<Message[]> = fc.array(fc.oneof(user, assistant), {
  minLength: 1,
  maxLength: 4,
});

const opened = await openSmall();
const { header: small } = takeSeat(opened);
const header = { ...small, agent: { ...small.agent, name: "anthropic/m" } };
const names = header.tools.map(({ name }) => name);

/** A request beside how much of the one before it is kept. */
const step = fc.record({
  keep: fc.nat(4),
  messages,
  system: fc.constantFrom(header.system, "", "another \ud83e\uddfa"),
  tools: fc.oneof(fc.constant("all" as const), fc.subarray(names, { maxLength: 3 })),
});

const answer: Answer = {
  content: [],
  stop: "end",
  usage: { inputTokens: 0, outputTokens: 0 },
  model: "m",
};

test("a request is worded the same twice, from its events too, and the recording gives its bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const lines: string[] = [];
      const recorder = createWriter(header, [], (text) => lines.push(text));
      const ledger = createLedger(recorder, header.system);
      const bodies: string[] = [];
      let before: readonly Message[] = [];
      for (const { keep, ...own } of steps) {
        const request: Request = { ...own, messages: [...before.slice(0, keep), ...own.messages] };
        before = request.messages;
        const asked = { ...request, tools: offeredTools(header, request) };
        const body = JSON.stringify(toBody("m", asked));
        expect(JSON.stringify(toBody("m", structuredClone(asked)))).toBe(body);
        bodies.push(body);
        const number = ledger.question(0, request);
        ledger.answer(0, number, answer, sha256(body));
      }
      ledger.flush();
      const recording = readRecording(Buffer.from(lines.join("")));
      const rebuilt = bodies.map((_, index) => requestBytes(recording, index + 1));
      expect(await Promise.all(rebuilt)).toEqual(bodies);
    }),
    { numRuns: 300 },
  );
});

test("what a program asks, however odd, reaches the server as requestBytes gives it", async () => {
  await using server = await createAnthropicServer(inOrder(message([say("yes")])));
  using bench = createBench({ env: server.env });
  const histories = fc.sample(messages, { seed: 7, numRuns: 60 });
  const literal = JSON.stringify(JSON.stringify(histories));
  const agent = bench.program(
    "asks.ts",
    `export async function agent({ system, model }) {
       for (const messages of JSON.parse(${literal})) await model({ system, messages });
     }`,
  );
  const { result, bytes } = await bench.run({ agent, model: "anthropic/m" });
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  const recording = readRecording(bytes);
  const rebuilt = await Promise.all(
    histories.map((_, index) => requestBytes(recording, index + 1)),
  );
  expect(server.journal.map(({ body }) => body)).toEqual(rebuilt);
  const report = await bench.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true, first: null });
});

test("a recording whose requests this version would word otherwise says so", async () => {
  const lines: string[] = [];
  const recorder = createWriter({ ...header, cubicle: "0.0.9" }, [], (text) => lines.push(text));
  const ledger = createLedger(recorder, header.system);
  const content = [{ type: "text" as const, text: "hello" }];
  ledger.question(0, { system: "", messages: [{ role: "user", content }], tools: [] });
  ledger.answer(0, 1, answer, sha256("something else"));
  ledger.flush();
  const recording = readRecording(Buffer.from(lines.join("")));
  await expect(requestBytes(recording, 1)).rejects.toThrow(
    "This cubicle words requests differently from 0.0.9, which recorded it. Use that version to see the bytes.",
  );
});
