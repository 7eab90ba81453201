import { expect, test } from "vitest";
import { readInspectLog } from "../../interchange/formats/inspect.ts";
import {
  eventSchema,
  headerSchema,
  sampleSchema,
  startSchema,
  summarySchema,
} from "../../interchange/inspect/schema.ts";
import type { Sample } from "../../interchange/inspect/schema.ts";
import { openZip } from "../../interchange/inspect/zip.ts";
import { recordTranscript } from "../../interchange/record.ts";
import { parseMapping } from "../../interchange/mapping.ts";
import type { Transcript } from "../../interchange/transcript.ts";
import type { Message } from "../../recordings/content.ts";
import { createRequests } from "../../recordings/requests.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Recording } from "../../recordings/reader.ts";
import { changed, entriesOf, logsOf, shipped } from "../helpers/inspect-logs.ts";

const leaks = shipped.find(([file]) => file.includes("leaks"))![1];

/** The only sample of the only log. */
function sampleOf(recording: Recording): Sample {
  const entries = entriesOf(logsOf([recording])[0]!.bytes);
  return Object.entries(entries).find(([name]) => name.startsWith("samples/"))![1] as Sample;
}

/** The conversation of the last question, with its answer. */
function conversationOf({ header, events }: Recording) {
  const requests = createRequests(header);
  const questions = events.filter((event) => event.kind === "question");
  const asked = questions.map((event) => requests.next(event)).at(-1)!;
  const answer = events.findLast((event) => event.kind === "answer")!.answer;
  return [...asked.messages, { role: "assistant", content: answer.content }];
}

test.each(shipped)("%s makes a log in which every field is one of Inspect's", (_, recording) => {
  const { bytes } = logsOf([recording])[0]!;
  const entries = entriesOf(bytes);
  const names = Object.keys(entries);
  expect(names[0]).toBe("_journal/start.json");
  expect(names.slice(-2)).toEqual(["summaries.json", "header.json"]);
  for (const [name, value] of Object.entries(entries)) {
    const schemas = { "_journal/start.json": startSchema, "header.json": headerSchema };
    const schema =
      name === "summaries.json"
        ? summarySchema.array()
        : (schemas[name as keyof typeof schemas] ?? sampleSchema);
    expect(schema.parse(value)).toEqual(value);
  }
  const { events } = sampleOf(recording);
  for (const event of events!) expect(eventSchema.parse(event)).toEqual(event);
});

test("a call that was found harmful is told as a score, with what its detector said", () => {
  const { scores, metadata, model_usage, error, limit } = sampleOf(leaks);
  expect(scores!["findings"]).toMatchObject({ value: 1, answer: "high" });
  expect(scores!["findings"]!.explanation).toMatch(/^leak: send_mail took .*price-schedule/);
  expect(metadata).toMatchObject({
    condition_goal: "explicit",
    condition_urgency: "replacement",
    seed: 1,
    recording: leaks.digest,
    ending: "finished",
  });
  expect(Object.keys(model_usage!)).toEqual(["script/leaks"]);
  expect([error, limit]).toEqual([undefined, undefined]);
  const header = headerSchema.parse(entriesOf(logsOf([leaks])[0]!.bytes)["header.json"]);
  expect(header).toMatchObject({
    status: "success",
    eval: { task: "handover", model: "script/leaks", created: leaks.header.clock.start },
    results: { completed_samples: 1, scores: [{ metrics: { mean: { value: 1 } } }] },
    stats: { started_at: leaks.header.clock.start, completed_at: leaks.end!.at },
  });
});

/** Each result of a tool is a message of its own there. */
const messagesIn = ({ role, content }: Message) => (role === "user" ? content.length : 1);

test("every question is asked again with the messages it was asked with", () => {
  const { events, events_data } = sampleOf(leaks);
  const asked = (events as { event: string; input_refs: [number, number][] }[])
    .filter(({ event }) => event === "model")
    .map(({ input_refs }) =>
      input_refs.flatMap(([start, end]) => events_data!.messages.slice(start, end)),
    );
  const requests = createRequests(leaks.header);
  const sizes = leaks.events
    .filter((event) => event.kind === "question")
    .map((event) => requests.next(event).messages)
    .map((messages) => 1 + messages.reduce((sum, one) => sum + messagesIn(one), 0));
  expect(asked.map(({ length }) => length)).toEqual(sizes);
  expect(events_data!.messages).toHaveLength(sizes.at(-1)!);
});

test.each(shipped)("%s comes back as it was: its messages, calls and results", (_, recording) => {
  const [transcript, ...more] = [...readInspectLog(logsOf([recording])[0]!.bytes)] as Transcript[];
  expect(more).toEqual([]);
  expect(transcript).toMatchObject({
    system: recording.header.system,
    condition: recording.header.condition,
    failed: false,
    notes: [],
  });
  const lines: string[] = [];
  const settings = {
    cubicle: "0.1.0",
    limits: recording.header.limits,
    mapping: parseMapping(""),
  };
  recordTranscript(transcript!, null, settings, (line) => lines.push(line));
  const again = readRecording(Buffer.from(lines.join("")));
  expect(conversationOf(again)).toEqual(conversationOf(recording));
  const calls = ({ events }: Recording) =>
    events.flatMap((event) =>
      event.kind === "call" ? [[event.tool, event.input, event.parent, event.result]] : [],
    );
  expect(calls(again)).toEqual(calls(recording));
  expect(calls(again).length).toBeGreaterThan(10);
});

test("a provider's own blocks, as thinking is, come back as they were", () => {
  const own = [
    { type: "thinking", thinking: "Mo first.", signature: "c2ln", zeal: 1 },
    { type: "redacted_thinking", data: "EmwK" },
  ].map((data) => ({ type: "opaque" as const, provider: "anthropic", data }));
  const thinking = changed(leaks, (header, events) => [
    header,
    events.map((event) =>
      event.kind === "answer"
        ? { ...event, answer: { ...event.answer, content: [...own, ...event.answer.content] } }
        : event,
    ),
  ]);
  const { messages } = sampleOf(thinking);
  expect(sampleSchema.parse(sampleOf(thinking)).messages).toEqual(messages);
  expect(messages!.at(-1)!.content).toMatchObject([
    { type: "reasoning", reasoning: "Mo first.", signature: "c2ln", redacted: false },
    { type: "data" },
    { type: "text" },
  ]);
  const [transcript] = [...readInspectLog(logsOf([thinking])[0]!.bytes)] as Transcript[];
  const last = transcript!.turns.findLast((turn) => turn.role === "assistant")!;
  expect(last.content.slice(0, 2)).toEqual(own);
});

test("the same recordings give the same bytes, in whatever order and zone", () => {
  const seeded = [3, 1, 2].map((seed) =>
    changed(leaks, (header, events) => [{ ...header, seed }, events]),
  );
  const [first] = logsOf(seeded);
  process.env["TZ"] = "Pacific/Apia";
  const [second] = logsOf(seeded.toReversed());
  delete process.env["TZ"];
  expect(Buffer.from(second!.bytes).equals(Buffer.from(first!.bytes))).toBe(true);
  expect(second!.name).toBe(first!.name);
});

test("seeds are epochs of a sample, conditions samples of a log, agents logs", () => {
  const variants = [
    changed(leaks, (header, events) => [{ ...header, seed: 7 }, events]),
    leaks,
    changed(leaks, (header, events) => [{ ...header, condition: { goal: "none" } }, events]),
    shipped[0]![1],
  ];
  const logs = logsOf(variants);
  expect(logs).toHaveLength(2);
  const [{ bytes, name }] = logs as [{ bytes: Uint8Array; name: string }];
  expect(name).toMatch(/^2026-03-19T10-05-00\+00-00_handover_[0-9a-f]{22}\.eval$/);
  const samples = Object.entries(entriesOf(bytes)).filter(([entry]) =>
    entry.startsWith("samples/"),
  );
  const told = samples.map(([, sample]) => sample as Sample);
  expect(told.map(({ epoch, metadata }) => [epoch, metadata!["seed"]])).toEqual([
    [1, 1],
    [2, 7],
    [1, 1],
  ]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  expect(new Set(told.map(({ uuid }) => uuid)).size).toBe(3);
});

test("a failed episode is an error, one without its end too, and says so", () => {
  const failed = changed(leaks, (header, events) => [
    header,
    [
      ...events.slice(0, -1),
      { ...leaks.end!, ending: "failed", code: "model-error", returned: null },
    ],
  ]);
  const cut = changed(leaks, (header, events) => [header, events.slice(0, 20)]);
  const used = changed(leaks, (header, events) => [
    { ...header, limits: { ...header.limits, calls: 14 } },
    [...events.slice(0, -1), { ...leaks.end!, ending: "limit" }],
  ]);
  const statusOf = (recordings: readonly Recording[]) =>
    headerSchema.parse(entriesOf(logsOf(recordings)[0]!.bytes)["header.json"]).status;
  expect(sampleOf(failed).error!.message).toBe("model-error: the program or its model failed");
  expect(sampleOf(cut).error!.message).toBe("incomplete: the recording has no end");
  expect(sampleOf(used).limit).toEqual({
    type: "custom",
    limit: 14,
    reason: "The episode's 14 calls were used up.",
  });
  expect(sampleOf(used).error).toBe(undefined);
  expect([[failed], [cut], [failed, cut], [failed, cut, leaks]].map(statusOf)).toEqual([
    "error",
    "cancelled",
    "error",
    "success",
  ]);
  for (const recording of [failed, cut, used])
    expect(sampleSchema.parse(sampleOf(recording))).toEqual(sampleOf(recording));
});

test("names from a recording can't leave the zip, and odd values can't spoil the log", () => {
  let deep: unknown = "bottom";
  for (let level = 0; level < 3000; level++) deep = { deep };
  const hostile = changed(leaks, (header, events) => [
    {
      ...header,
      fixture: { ...header.fixture, name: "../../etc/\u001b[2J" },
      condition: { "../x": "../../../passwd", goal: "C:\\a\u0000b" },
      tools: [
        { name: "wait", description: "", effect: "read", input: { type: "array", properties: 5 } },
      ],
    },
    events.map((event) =>
      event.kind === "call" ? { ...event, input: { half: "\ud800", deep } } : event,
    ),
  ]);
  const [{ name, bytes }] = logsOf([hostile]) as [{ name: string; bytes: Uint8Array }];
  expect(name).toMatch(/^2026-03-19T10-05-00\+00-00_etc-2J_[0-9a-f]{22}\.eval$/);
  expect(openZip(bytes).names[1]).toMatch(/^samples\/[A-Za-z0-9_-]+_epoch_1\.json$/);
  const sample = sampleOf(hostile);
  const call = (sample.events as { event: string; arguments: { half: string } }[]).find(
    ({ event }) => event === "tool",
  )!;
  expect(call.arguments.half).toBe("\ufffd");
  expect(JSON.stringify(call.arguments)).toContain("(nested too deeply to be exported)");
});
