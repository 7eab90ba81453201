import { afterAll, beforeAll, expect, test } from "vitest";
import { requestBytes } from "../../models/bytes.ts";
import type { AnthropicServer, Respond, Sent } from "../helpers/anthropic-server.ts";
import {
  byTurn,
  createAnthropicServer,
  inOrder,
  message,
  say,
  use,
} from "../helpers/anthropic-server.ts";
import { AGENT, readConversation } from "../helpers/conversation.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

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
async function converse(respond: Respond) {
  server.play(respond);
  const { result, bytes } = await bench.run({ agent: AGENT });
  const report = await bench.simulator.replay(result.file, { program: true });
  expect(report).toMatchObject({ equal: true, complete: true, first: null });
  const recording = readConversation(bytes);
  for (const [index, { body }] of server.journal.entries()) {
    if (result.ending === "finished") expect(await requestBytes(recording, index + 1)).toBe(body);
  }
  return { result, recording, journal: server.journal };
}

test.each([
  ["end_turn", "end"],
  ["stop_sequence", "end"],
  ["max_tokens", "max-tokens"],
  ["refusal", "refusal"],
  ["model_context_window_exceeded", "context-exceeded"],
  ["something_new", "end"],
  ["constructor", "end"],
  ["__proto__", "end"],
  [null, "end"],
])("an answer that stopped for %s ends the episode with stop %s", async (reason, stop) => {
  const { result, recording } = await converse(
    inOrder(message([say("So far")], { stop_reason: reason })),
  );
  expect(result).toMatchObject({ ending: "finished", detail: "" });
  expect(recording.end?.returned).toBe(JSON.stringify({ stop }));
});

test("an answer that paused is gone on with, as it was", async () => {
  const paused = message([say("I am looking")], { stop_reason: "pause_turn" });
  const { result, journal } = await converse(byTurn(paused, done));
  expect(result.ending).toBe("finished");
  const { messages } = JSON.parse(journal[1]!.body) as { messages: { role: string }[] };
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
});

test.each<[string, Sent]>([
  ["empty", message([])],
  ["a refusal with nothing in it", message([], { stop_reason: "refusal" })],
  ["nothing but thinking", message([{ type: "thinking", thinking: "…", signature: "s" }])],
])("an answer that is %s ends the episode", async (_, sent) => {
  const { result, recording, journal } = await converse(inOrder(sent));
  expect(result).toMatchObject({ ending: "finished", code: null });
  expect(recording.calls).toEqual([]);
  expect(journal).toHaveLength(1);
});

test("fields and blocks that nobody knows do no harm, and unknown blocks go back as they came", async () => {
  const search = {
    type: "server_tool_use",
    id: "srvtoolu_1",
    name: "web_search",
    input: { b: 1, a: 2 },
  };
  const call = { ...use("toolu_1", "get_time", {}), caller: { type: "direct" } };
  const { result, journal } = await converse(
    byTurn(
      message([search, { ...say("hm"), zeal: 3 }, call], { container: { id: "c" }, zeal: 1 }),
      done,
    ),
  );
  expect(result.ending).toBe("finished");
  expect(journal[1]!.body).toContain(JSON.stringify(search));
});

test("fifty calls at once are carried out in order and answered in one message", async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `toolu_${index + 1}`);
  const uses = ids.map((id, index) => use(id, "list_mail", { limit: 1, offset: index }));
  const { result, recording, journal } = await converse(byTurn(message(uses), done));
  expect(result.ending).toBe("finished");
  expect(recording.calls.map(({ parent }) => parent)).toEqual(ids);
  const { messages } = JSON.parse(journal[1]!.body) as {
    messages: { content: { tool_use_id?: string }[] }[];
  };
  expect(messages.at(-1)!.content.map(({ tool_use_id }) => tool_use_id)).toEqual(ids);
});

test("a megabyte of text is recorded and sent back whole", async () => {
  const long = "linen ✓ ".repeat(125_000);
  const { result, recording, journal } = await converse(
    byTurn(message([say(long), use("toolu_1", "get_time", {})]), done),
  );
  expect(result.ending).toBe("finished");
  expect(recording.answers[0]!.answer.content[0]).toEqual({ type: "text", text: long });
  expect(journal[1]!.body).toContain(long);
});

test.each<[string, string, unknown, string]>([
  ["a tool there is not", "no_such_tool", {}, "unknown-tool"],
  ["a tool without a name", "", {}, "unknown-tool"],
  ["a tool called constructor", "constructor", {}, "unknown-tool"],
  ["a tool called __proto__", "__proto__", {}, "unknown-tool"],
  ["a tool with a name of 300 letters", "x".repeat(300), {}, "unknown-tool"],
  ["input that is text", "read_mail", "mail-1", "bad-input"],
  ["input that is a list", "read_mail", ["mail-1"], "bad-input"],
  ["input that is null", "read_mail", null, "bad-input"],
  ["input of another type", "read_mail", { mail_id: 1 }, "bad-input"],
  ["input with a field too many", "read_mail", { mail_id: "mail-1", zeal: true }, "bad-input"],
  [
    "input with __proto__",
    "read_mail",
    JSON.parse('{"mail_id":"mail-1","__proto__":{"a":1}}'),
    "bad-input",
  ],
])("%s comes back to the model as a result", async (_, tool, input, code) => {
  const { result, recording, journal } = await converse(
    byTurn(message([use("toolu_1", tool, input)]), done),
  );
  expect(result, result.detail).toMatchObject({ ending: "finished", code: null });
  expect(recording.calls.map((call) => [call.tool, call.result.code])).toEqual([[tool, code]]);
  const { messages } = JSON.parse(journal[1]!.body) as { messages: { content: unknown[] }[] };
  expect(messages.at(-1)!.content).toEqual([
    {
      type: "tool_result",
      tool_use_id: "toolu_1",
      content: recording.calls[0]!.result.text,
      is_error: true,
    },
  ]);
});

test("a tool called as promises call theirs comes back to the model as a result", async () => {
  const { result, recording } = await converse(byTurn(message([use("toolu_1", "then", {})]), done));
  expect(result, result.detail).toMatchObject({ ending: "finished", code: null });
  expect(recording.calls.map((call) => call.result.code)).toEqual(["unknown-tool"]);
});

test("a tool call's id may be long", async () => {
  const id = `toolu_${"x".repeat(300)}`;
  const { result, recording } = await converse(byTurn(message([use(id, "get_time", {})]), done));
  expect(result, result.detail).toMatchObject({ ending: "finished", code: null });
  expect(recording.calls[0]!.parent).toBe(id);
});

test.each<[string, Sent]>([
  ["half an answer", { body: '{"id":"msg_1","content":[' }],
  ["no JSON", { body: "<html>Welcome to the hotel" }],
  ["a page", { headers: { "content-type": "text/html" }, body: "<html>Welcome to the hotel" }],
  ["nothing", { body: "" }],
  ["no message", { body: "{}" }],
  ["null", { body: "null" }],
  ["a message without usage", message([say("x")], { usage: undefined })],
  [
    "a message with usage that is null",
    message([say("x")], { usage: { input_tokens: null, output_tokens: 1 } }),
  ],
  ["a message with a block that is null", message([null])],
  ["a message with text that is a number", message([{ type: "text", text: 1 }])],
  ["a tool call without an id", message([{ type: "tool_use", name: "get_time", input: {} }])],
  ["a message that does not name its model", message([say("x")], { model: undefined })],
])("an answer that is %s ends the episode as model-error, in plain words", async (_, sent) => {
  const { result } = await converse(inOrder(sent));
  expect(result).toMatchObject({ ending: "failed", code: "model-error" });
  expect(result.detail).toMatch(/^anthropic\/test-model could not answer: /);
  // Neither the words of an engine nor a list of a schema's issues.
  expect(result.detail).not.toMatch(/\n|Cannot read|Unexpected|is not a function|invalid_type/);
});
