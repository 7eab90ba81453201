import { afterAll, beforeAll, expect, test } from "vitest";
import { requestBytes } from "../../models/bytes.ts";
import { KEY, accounts } from "../helpers/anthropic-server.ts";
import {
  AGENT,
  createConversation,
  readConversation,
  thoughts,
  turns,
} from "../helpers/conversation.ts";
import type { Ran } from "../helpers/simulate.ts";

let conversation: Awaited<ReturnType<typeof createConversation>>;
let ran: Ran;
let recording: ReturnType<typeof readConversation>;

beforeAll(async () => {
  conversation = await createConversation();
  ran = await conversation.bench.run({ agent: AGENT });
  recording = readConversation(ran.bytes);
});
afterAll(() => conversation[Symbol.asyncDispose]());

interface Body {
  readonly system: readonly { readonly text: string }[];
  readonly tools: readonly { readonly name: string }[];
  readonly messages: readonly { role: string; content: readonly Record<string, unknown>[] }[];
}

const bodies = (): Body[] =>
  conversation.server.journal.map(({ body }) => JSON.parse(body) as Body);

test("a conversation with a server ends finished, a request a turn", () => {
  expect(ran.result).toMatchObject({ ending: "finished", code: null, detail: "" });
  expect(recording.end).toMatchObject({ returned: '{"stop":"end"}', calls: 7, questions: 5 });
  expect(conversation.server.journal).toHaveLength(turns.length);
  expect(recording.header.agent.name).toBe(AGENT);
});

test("calls are recorded under the model's own ids, in the order it made them", () => {
  const rows = recording.calls.map(({ parent, tool, result }) => [parent, tool, result.code]);
  expect(rows).toEqual([
    ["toolu_a1", "list_mail", null],
    ["toolu_a2", "read_mail", null],
    ["toolu_a3", "search_files", null],
    ["toolu_b1", "read_mial", "unknown-tool"],
    ["toolu_b2", "list_mail", "bad-input"],
    ["toolu_c1", "read_mail", null],
    ["toolu_d1", "send_mail", null],
  ]);
});

test("answers keep usage and the model that was served", () => {
  expect(
    recording.answers.map(({ answer: { model, stop, usage } }) => [model, stop, usage]),
  ).toEqual([
    ["test-model-20260301", "tool-use", { inputTokens: 3100, outputTokens: 120 }],
    ["test-model-20260301", "tool-use", { inputTokens: 11, outputTokens: 7, cacheReadTokens: 0 }],
    ["test-model-20260301", "tool-use", { inputTokens: 11, outputTokens: 7, cacheReadTokens: 0 }],
    ["test-model-20260301", "tool-use", { inputTokens: 11, outputTokens: 7, cacheReadTokens: 0 }],
    ["test-model-20260315", "end", { inputTokens: 11, outputTokens: 7, cacheReadTokens: 0 }],
  ]);
});

test("answers keep how they were had", () => {
  const { ANTHROPIC_BASE_URL } = conversation.server.env;
  expect(recording.answers.map(({ served }) => served?.thinking)).toEqual([
    "summary",
    "hidden",
    "none",
    "none",
    "none",
  ]);
  expect(recording.answers[0]!.served).toEqual({
    provider: "anthropic",
    endpoint: ANTHROPIC_BASE_URL,
    date: "2026-11-02T09:00:00.000Z",
    fingerprint: null,
    settings: { temperature: null, effort: null, thinking: null, maxOutput: 16_384 },
    thinking: "summary",
    attempts: [{ fault: null, status: 200, waitMs: 0, ms: 0 }],
  });
});

test("thinking goes back as it came, to the byte", () => {
  const { journal } = conversation.server;
  for (const [turn, thought] of thoughts.entries()) {
    const text = JSON.stringify(thought);
    for (const [index, { body }] of journal.entries()) {
      expect(body.includes(text), `request ${index + 1}, thought ${turn + 1}`).toBe(index > turn);
    }
  }
});

test("results of calls made at once go back in one message, faults marked as errors", () => {
  const [, second, third] = bodies();
  const results = (body: Body | undefined) =>
    body?.messages
      .at(-1)
      ?.content.map(({ type, tool_use_id, is_error }) => [type, tool_use_id, is_error]);
  expect(results(second)).toEqual([
    ["tool_result", "toolu_a1", false],
    ["tool_result", "toolu_a2", false],
    ["tool_result", "toolu_a3", false],
  ]);
  expect(results(third)).toEqual([
    ["tool_result", "toolu_b1", true],
    ["tool_result", "toolu_b2", true],
  ]);
});

test("each request begins with the bytes of the one before, tools and system the same", () => {
  // A mark says where to remember, and is no part of what is remembered.
  const unmarked = conversation.server.journal.map(({ body }) =>
    body.replaceAll(',"cache_control":{"type":"ephemeral"}', ""),
  );
  for (const [index, body] of unmarked.entries()) {
    if (!index) continue;
    // All but the brackets that close the list of messages.
    expect(body.startsWith(unmarked[index - 1]!.slice(0, -2))).toBe(true);
  }
  const [first] = bodies();
  expect(first?.system.map(({ text }) => text)).toEqual([recording.header.system]);
  expect(first?.tools.map(({ name }) => name)).toEqual(
    recording.header.tools.map(({ name }) => name),
  );
});

test("requestBytes gives what the server received, for every question", async () => {
  const { journal } = conversation.server;
  const rebuilt = await Promise.all(journal.map((_, index) => requestBytes(recording, index + 1)));
  expect(rebuilt).toEqual(journal.map(({ body }) => body));
  await expect(requestBytes(recording, 6)).rejects.toThrow(
    "There is no request 6: this recording has 5.",
  );
});

test("the key goes out as a bearer token; it, headers and accounts are nowhere in the recording", () => {
  for (const { method, path, headers } of conversation.server.journal) {
    expect([method, path]).toEqual(["POST", "/v1/messages"]);
    expect(headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "anthropic-version": "2026-10-21",
      "content-type": "application/json",
    });
    expect(headers).not.toHaveProperty("x-api-key");
  }
  const secrets = [KEY, Buffer.from(KEY).toString("base64"), "authorization", ...accounts];
  for (const secret of secrets) expect(ran.bytes.includes(secret), secret).toBe(false);
});
