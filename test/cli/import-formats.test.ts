import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { createRequests } from "../../recordings/requests.ts";
import { succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { jsonl } from "../helpers/transcripts.ts";

const folder = createFolder();
const cwd = folder.path;
afterAll(() => folder[Symbol.dispose]());

interface Row {
  readonly recording: string;
  readonly notes: string[];
}

/** Imports values as lines; gives what each recording's model was told and answered, and the notes. */
async function told(format: string, ...values: unknown[]) {
  writeFileSync(join(cwd, format), jsonl(...values));
  const args = ["import-run", format, "--format", format, "--out", `${format}-out`, "--json"];
  const { rows } = JSON.parse(await succeed(args, { cwd })) as { rows: Row[] };
  return rows.map(({ recording, notes }) => {
    const { header, events } = readRecording(readFileSync(join(cwd, recording)));
    const requests = createRequests(header);
    const asked = events.flatMap((event) =>
      event.kind === "question" ? [requests.next(event)] : [],
    );
    const answers = events.flatMap((event) =>
      event.kind === "answer" ? [event.answer.content] : [],
    );
    const calls = events.flatMap((event) =>
      event.kind === "call" ? [[event.tool, event.input, event.result]] : [],
    );
    return { header, asked, answers, calls, notes, name: recording.split("/")[1] };
  });
}

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown, more: object = {}) => ({
  role: "assistant",
  content,
  ...more,
});
const text = (words: string) => ({ type: "text", text: words });

test("openai-chat: bare lists, logged pairs, legacy functions, arguments that are no JSON", async () => {
  const fn = (name: string, args: unknown) => ({ name, arguments: args });
  const [bare, pair, legacy, loose, parts] = await told(
    "openai-chat",
    [user("Is Ann in?"), assistant("She is.")],
    {
      custom_id: "logged 7",
      request: {
        body: {
          model: "m",
          messages: [{ role: "system", content: "Be brief." }, user("Is Ann in?")],
          tools: [
            {
              type: "function",
              function: { name: "look", description: "Looks.", parameters: { type: "object" } },
            },
          ],
        },
      },
      response: {
        body: {
          id: "r1",
          model: "m-2",
          created: 1774602000,
          choices: [
            {
              index: 0,
              message: assistant("She is.", { reasoning_content: "Her coat is there." }),
              finish_reason: "stop",
            },
          ],
          usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
        },
      },
    },
    {
      model: "old",
      functions: [{ name: "look" }],
      messages: [
        user("Is Ann in?"),
        assistant(null, { function_call: fn("look", '{"room":"Oak"}') }),
        { role: "function", name: "look", content: "Error: the door is locked" },
        assistant("I can't tell.", { weight: 1 }),
      ],
    },
    {
      messages: [
        user("Is Ann in?"),
        assistant("", {
          tool_calls: [
            { id: "a", type: "function", function: fn("look", "room: Oak") },
            { id: "b", type: "function", function: fn("look", "") },
            { id: "c", type: "custom", custom: { name: "run", input: "ls" } },
          ],
        }),
        { role: "tool", tool_call_id: "c", content: '{"error":"no such command"}' },
        { role: "tool", tool_call_id: "a", content: [text("She"), text("is.")] },
        { role: "tool", tool_call_id: "b", content: "No errors." },
        { role: "system", content: "Time is up." },
        assistant(null, { refusal: "I would rather not say." }),
      ],
    },
    {
      messages: [
        user([
          text("What is this?"),
          { type: "image_url", image_url: { url: "https://a.example/b.png" } },
        ]),
        assistant("Oak."),
      ],
    },
  );
  expect(bare).toMatchObject({
    name: "chat.jsonl",
    asked: [{ system: "", messages: [{ role: "user", content: [text("Is Ann in?")] }] }],
    answers: [[text("She is.")]],
    notes: [],
  });
  expect(pair).toMatchObject({
    name: "logged-7.jsonl",
    header: {
      system: "Be brief.",
      task: "Is Ann in?",
      agent: { name: "imported/m-2" },
      clock: { start: "2026-03-27T09:00:00Z" },
      tools: [{ name: "look", description: "Looks.", effect: "write", input: { type: "object" } }],
      lineage: {
        imported: { said: { finish_reason: "stop", prompt_tokens: 9, completion_tokens: 3 } },
      },
    },
    answers: [
      [
        { type: "opaque", provider: "openai", data: { reasoning_content: "Her coat is there." } },
        text("She is."),
      ],
    ],
  });
  expect(legacy).toMatchObject({
    name: "old.jsonl",
    calls: [["look", { room: "Oak" }, { code: "error", text: "Error: the door is locked" }]],
    notes: [],
  });
  expect(loose).toMatchObject({
    calls: [
      ["run", "ls", { code: "error", text: '{"error":"no such command"}' }],
      ["look", "room: Oak", { code: null, text: "She\nis." }],
      ["look", {}, { code: null, text: "No errors." }],
    ],
    notes: ["1 later system message is told as the user's"],
  });
  expect(loose!.answers[1]).toEqual([text("I would rather not say.")]);
  expect(parts!.notes).toEqual(["1 part of a message is no text and is left out"]);
});

test("anthropic-messages: thinking, tools of the provider's, documents, a pair and a message alone", async () => {
  const thinking = { type: "thinking", thinking: "Her coat is there.", signature: "c2ln" };
  const redacted = { type: "redacted_thinking", data: "eHg=" };
  const search = { type: "server_tool_use", id: "s1", name: "web_search", input: { query: "Ann" } };
  const found = { type: "web_search_tool_result", tool_use_id: "s1", content: [] };
  const [blocks, results, pair, alone] = await told(
    "anthropic-messages",
    {
      system: "Be brief.",
      tools: [
        { name: "look", input_schema: { type: "object" } },
        { type: "web_search_20250305", name: "web_search", max_uses: 1 },
      ],
      messages: [
        user([
          text("Is Ann in?"),
          { type: "document", source: { type: "text", media_type: "text/plain", data: "A plan." } },
          { type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } },
        ]),
        assistant([thinking, redacted, search, found, text("She is.")]),
      ],
    },
    {
      id: "results",
      messages: [
        user("Look."),
        assistant([
          { type: "tool_use", id: "a", name: "look", input: {} },
          { type: "tool_use", id: "b", name: "look", input: { room: "Oak" } },
          { type: "tool_use", id: "c", name: "look", input: {} },
        ]),
        user([
          { type: "tool_result", tool_use_id: "b", content: "It is locked.", is_error: true },
          { type: "tool_result", tool_use_id: "a" },
          { type: "tool_result", tool_use_id: "z", content: "Who asked?" },
          text("Go on."),
        ]),
        assistant("I can't tell."),
      ],
    },
    {
      request: { model: "m", max_tokens: 10, messages: [user("Is Ann in?")] },
      response: {
        id: "msg_9",
        type: "message",
        ...assistant([text("She is.")]),
        stop_reason: "end_turn",
        usage: { input_tokens: 4, output_tokens: 2 },
      },
    },
    { id: "msg_10", type: "message", model: "m", ...assistant([text("Good morning.")]) },
  );
  const opaque = (data: object) => ({ type: "opaque", provider: "anthropic", data });
  expect(blocks).toMatchObject({
    name: "messages.jsonl",
    asked: [
      {
        system: "Be brief.",
        messages: [{ role: "user", content: [text("Is Ann in?"), text("A plan.")] }],
      },
    ],
    answers: [[opaque(thinking), opaque(redacted), opaque(search), opaque(found), text("She is.")]],
    notes: ["1 block is no text and is left out"],
  });
  expect(blocks!.header.tools.map(({ name }) => name)).toEqual(["look", "web_search"]);
  expect(results).toMatchObject({
    calls: [
      ["look", { room: "Oak" }, { code: "error", text: "It is locked." }],
      ["look", {}, { code: null, text: "" }],
    ],
    notes: ["1 call has no result and is left out", "1 result answers no call and is left out"],
  });
  expect(results!.asked[1]!.messages[2]).toEqual({
    role: "user",
    content: [
      { type: "tool-result", id: "b", text: "It is locked.", error: true },
      { type: "tool-result", id: "a", text: "", error: false },
      text("Go on."),
    ],
  });
  expect(pair).toMatchObject({
    name: "msg_9.jsonl",
    header: { lineage: { imported: { said: { stop_reason: "end_turn", output_tokens: 2 } } } },
    answers: [[text("She is.")]],
  });
  expect(alone).toMatchObject({ name: "msg_10.jsonl", answers: [[text("Good morning.")]] });
});
