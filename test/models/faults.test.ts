import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnthropicServer, Received, Respond, Sent } from "../helpers/anthropic-server.ts";
import {
  KEY,
  createAnthropicServer,
  fault,
  inOrder,
  message,
  say,
} from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import type { Bench, Ran } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

const soon = { "retry-after-ms": "1" };
const done = message([say("Done.")]);

let server: AnthropicServer;
let bench: Bench;
beforeAll(async () => {
  server = await createAnthropicServer(inOrder(done));
  bench = createBench({ env: server.env });
});
afterAll(async () => {
  bench[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

/** An episode against a server that answers so, replayed with its program. */
async function ask(respond: Respond): Promise<Ran & { readonly journal: readonly Received[] }> {
  server.play(respond);
  const ran = await bench.run({ agent: AGENT });
  const report = await bench.simulator.replay(ran.result.file, { program: true });
  expect(report).toMatchObject({ equal: true, complete: true, first: null });
  expect(`${ran.result.detail}\n${ran.bytes.toString()}`).not.toContain(KEY);
  return { ...ran, journal: server.journal };
}

test("a full server is asked again after the time it names, the same bytes", async () => {
  const { result, journal, bytes } = await ask(
    inOrder(fault(429, "Slow down.", { "retry-after": "7" }), done),
  );
  expect(result).toMatchObject({ ending: "finished", code: null });
  const [first, second] = journal;
  expect(journal).toHaveLength(2);
  expect(second!.body).toBe(first!.body);
  expect(readConversation(bytes).answers[0]!.served?.attempts).toEqual([
    { fault: "rate-limit", status: 429, waitMs: 0, ms: 0 },
    { fault: null, status: 200, waitMs: 7000, ms: 0 },
  ]);
});

test("what may pass is asked again, longer and longer after", async () => {
  const { bytes } = await ask(
    inOrder(
      fault(500, "Internal."),
      { cut: "at-once" },
      { ...done, cut: "in-the-body" },
      { body: "<html>" },
      done,
    ),
  );
  const { attempts } = readConversation(bytes).answers[0]!.served!;
  expect(attempts.map(({ fault, status }) => [fault, status])).toEqual([
    ["server-error", 500],
    ["connection", null],
    ["connection", null],
    ["cut-off", 200],
    [null, 200],
  ]);
  expect(attempts.map(({ waitMs }) => waitMs)).toEqual([0, 500, 1000, 2000, 4000]);
});

test("an error in the middle of a stream is one of the server", async () => {
  const { bytes } = await ask(
    inOrder(
      {
        headers: { "content-type": "text/event-stream" },
        body: `event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n`,
      },
      done,
    ),
  );
  expect(readConversation(bytes).answers[0]!.served?.attempts[0]).toEqual({
    fault: "overloaded",
    status: 200,
    waitMs: 0,
    ms: 0,
  });
});

test("a server that falls silent is asked again", async () => {
  using hasty = createBench({ env: server.env, silenceMs: 700 });
  server.play(inOrder({ cut: "never-answered" }, { ...done, cut: "never-ended" }, done));
  const { result, bytes } = await hasty.run({ agent: AGENT });
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  const { attempts } = readConversation(bytes).answers[0]!.served!;
  expect(attempts.map(({ fault }) => fault)).toEqual(["timeout", "timeout", null]);
});

test.each<[string, Sent, number, RegExp]>([
  ["six errors of the server", fault(500, "Internal.", soon), 6, /500 .*Internal\./],
  ["a server that stays full", fault(429, "Slow down.", soon), 30, /429 .*Slow down\./],
  [
    "a server that is full for a day",
    fault(429, "Slow down.", { "retry-after": "86400" }),
    1,
    /asks to wait 86400 s/,
  ],
  ["a server that is overloaded", fault(529, "Overloaded.", soon), 6, /529 .*Overloaded\./],
  ["a key that is refused", fault(401, "No such key."), 1, /401 .*No such key\./],
  ["a request that is refused", fault(400, "Too long."), 1, /400 .*Too long\./],
  ["a model there is not", fault(404, "model: test-model"), 1, /404 .*model: test-model/],
  [
    "an error that is a page",
    { status: 404, headers: { "content-type": "text/html" }, body: "<p>No" },
    1,
    /404 .*No/,
  ],
  ["a redirection", { status: 302, headers: { location: "/elsewhere" } }, 1, /./],
])("%s ends the episode as model-error, with words", async (_, sent, attempts, words) => {
  const { result, journal, bytes } = await ask(({ path }) =>
    path === "/v1/messages" ? sent : fault(404, "Not here."),
  );
  expect(result).toMatchObject({ ending: "failed", code: "model-error" });
  expect(result.detail).toMatch(/^anthropic\/test-model could not answer: /);
  expect(result.detail).toMatch(words);
  expect(journal.filter(({ path }) => path === "/v1/messages")).toHaveLength(attempts);
  const { end } = readConversation(bytes);
  expect(end).toMatchObject({ ending: "failed", code: "model-error", calls: 0, questions: 1 });
  expect(end?.attempts).toHaveLength(attempts);
});

test.each<[string, Sent]>([
  ["before the answer", { cut: "at-once" }],
  ["in the middle of the answer", { ...done, cut: "in-the-body" }],
])("a connection that is cut %s is tried again", async (_, cut) => {
  const { result, journal } = await ask(inOrder(cut, done));
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  expect(journal).toHaveLength(2);
});

test("connections that are always cut end the episode as model-error", async () => {
  const { result, journal } = await ask(inOrder({ cut: "at-once" }));
  expect(result).toMatchObject({ ending: "failed", code: "model-error" });
  expect(result.detail).toMatch(/^anthropic\/test-model could not answer: Connection error/);
  expect(journal).toHaveLength(6);
});

test("a server that is not there ends the episode, and the detail says which it was", async () => {
  const gone = await createAnthropicServer(inOrder(done));
  await gone[Symbol.asyncDispose]();
  using elsewhere = createBench({ env: gone.env });
  const { result } = await elsewhere.run({ agent: AGENT });
  expect(result).toMatchObject({ ending: "failed", code: "model-error" });
  const { host } = new URL(gone.env["ANTHROPIC_BASE_URL"]!);
  expect(result.detail).toMatch(/^anthropic\/test-model could not answer: Connection error/);
  expect(result.detail).toContain(host);
});

test("an error that repeats the key does not get it into the detail", async () => {
  const { result } = await ask(({ headers }) => fault(401, `bad: ${headers.authorization}`));
  expect(result.detail).toContain("401");
});

test("a key that can't be sent does not get into the detail", async () => {
  const key = "sk-ant-two\nlines-of-a-key";
  using other = createBench({ env: { ...server.env, ANTHROPIC_API_KEY: key } });
  const { result } = await other.run({ agent: AGENT });
  expect(result).toMatchObject({ ending: "failed", code: "model-error" });
  expect(result.detail).not.toMatch(/two|lines-of-a-key/);
});

test("an error of a megabyte is cut to what fits a screen", async () => {
  const { result } = await ask(inOrder(fault(400, "no ".repeat(350_000))));
  expect(result.detail).toMatch(/^anthropic\/test-model could not answer: 400 /);
  expect(result.detail.length).toBeLessThan(3000);
});

test.each([{}, { ANTHROPIC_API_KEY: "" }])(
  "a missing key (%j) is a UsageError before anything starts",
  (env) => {
    using bench = createBench({ env });
    expect(() => bench.simulator.run({ fixture: "handover", agent: AGENT })).toThrow(
      expect.objectContaining({
        name: "UsageError",
        message:
          "anthropic/test-model needs a key: set ANTHROPIC_API_KEY, or choose an offline agent such as script/NAME.",
      }),
    );
    expect(bench.simulator.workerPids).toEqual([]);
    expect(readdirSync(bench.folder)).toEqual([]);
  },
);

test("a key in the process's own environment is not used where another is given", async () => {
  process.env["ANTHROPIC_API_KEY"] = "sk-ant-of-the-process";
  try {
    using keyless = createBench();
    expect(() => keyless.simulator.run({ fixture: "handover", agent: AGENT })).toThrow(
      /needs a key/,
    );
    const { journal } = await ask(inOrder(done));
    expect(journal[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
  } finally {
    delete process.env["ANTHROPIC_API_KEY"];
  }
});

test("an episode that is stopped drops the request it waits for, and can be resumed", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  server.play(() => {
    resolve();
    return { cut: "never-answered" };
  });
  using other = createBench({ env: server.env });
  const { result, file } = other.simulator.run({ fixture: "handover", agent: AGENT });
  await asked;
  other.simulator.close();
  await expect(result).rejects.toThrow("It was stopped before its end.");
  server.play(inOrder(done));
  using after = createBench({ env: server.env });
  expect(await after.simulator.resume(file).result).toMatchObject({ ending: "finished" });
  expect(server.journal).toHaveLength(1);
});
