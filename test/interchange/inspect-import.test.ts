import { crc32, deflateRawSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { openZip } from "../../interchange/inspect/zip.ts";
import { TranscriptError } from "../../interchange/transcript.ts";
import { readAll, zipOf } from "../helpers/inspect-logs.ts";

const header = {
  version: 2,
  status: "success",
  eval: {
    task: "suite/errands",
    created: "2026-04-02T09:00:00+02:00",
    model: "maker/model-1",
    dataset: {},
    config: {},
  },
  plan: {},
};
const call = (id: string, name: string, args: object) => ({ id, function: name, arguments: args });
const sample = {
  id: "buy milk",
  epoch: 2,
  input: "Buy milk.",
  target: "milk",
  messages: [
    { role: "system", content: "You shop." },
    { role: "user", content: "Buy milk." },
    {
      role: "assistant",
      content: [
        { type: "reasoning", reasoning: "First the price." },
        { type: "reasoning", reasoning: "c2VjcmV0", redacted: true },
        { type: "text", text: "I look." },
        { type: "image", image: "data:image/png;base64,AAAA" },
      ],
      tool_calls: [call("a", "price", { of: "milk" }), call("b", "buy", { what: "milk" })],
    },
    { role: "tool", tool_call_id: "a", function: "price", content: "attachment://aa11" },
    {
      role: "tool",
      tool_call_id: "b",
      function: "buy",
      content: "",
      error: { type: "permission", message: "Not without asking." },
    },
    {
      role: "user",
      content: [
        { type: "text", text: "Ask" },
        { type: "text", text: "me." },
      ],
    },
    { role: "assistant", content: "May I?" },
  ],
  scores: { match: { value: "I" }, parts: { value: { price: 1, milk: 0 } } },
  events: [
    {
      event: "model",
      tools: [{ name: "price", description: "Tells a price", parameters: { properties: {} } }],
    },
    { event: "tool", id: "a" },
    { event: "tool", id: "hidden" },
  ],
  attachments: { aa11: "One pound." },
};
const ENTRY = "samples/buy milk_epoch_2.json";
const log = (entries: Readonly<Record<string, unknown>>) =>
  zipOf({ "_journal/start.json": header, ...entries, "header.json": header });

test("a sample is a transcript: what was said, done, shown, scored and left out", () => {
  const expected = {
    format: "inspect",
    name: "errands-buy-milk-epoch-2",
    model: "maker/model-1",
    system: "You shop.",
    turns: [
      { role: "user", text: "Buy milk." },
      {
        role: "assistant",
        content: [
          {
            type: "opaque",
            provider: "inspect",
            data: { type: "thinking", thinking: "First the price." },
          },
          { type: "text", text: "I look." },
          { type: "tool-call", id: "a", name: "price", input: { of: "milk" } },
          { type: "tool-call", id: "b", name: "buy", input: { what: "milk" } },
        ],
      },
      {
        role: "tool",
        id: "a",
        name: "price",
        input: { of: "milk" },
        result: { code: null, text: "One pound." },
      },
      {
        role: "tool",
        id: "b",
        name: "buy",
        input: { what: "milk" },
        result: { code: "permission", text: "Not without asking." },
      },
      { role: "user", text: "Ask" },
      { role: "user", text: "me." },
      { role: "assistant", content: [{ type: "text", text: "May I?" }] },
    ],
    tools: [
      {
        name: "price",
        description: "Tells a price",
        effect: "write",
        input: { type: "object", properties: {}, required: [], additionalProperties: false },
      },
    ],
    at: Date.parse("2026-04-02T07:00:00Z"),
    failed: false,
    said: {
      task: "suite/errands",
      id: "buy milk",
      epoch: 2,
      status: "success",
      error: null,
      limit: null,
      "score.match": "I",
      "score.parts": '{"price":1,"milk":0}',
    },
    condition: {},
    verdicts: {},
    notes: [
      "left out: 1 × hidden reasoning",
      "left out: 1 × image",
      "calls that are only among its events, left out: 1",
    ],
  };
  expect(readAll(log({ [ENTRY]: sample }))).toEqual({ transcripts: [expected], errors: [] });
  const json = Buffer.from(JSON.stringify({ ...header, samples: [sample] }));
  expect(readAll(json)).toEqual({ transcripts: [expected], errors: [] });
});

test("an error is a failure; calls without results and results without calls are noted", () => {
  const broken = {
    ...sample,
    error: { message: "Out of memory", traceback: "", traceback_ansi: "" },
    messages: [sample.messages[2], { role: "tool", tool_call_id: "z", content: "late" }],
    events: [],
  };
  const { transcripts } = readAll(log({ [ENTRY]: broken }));
  expect(transcripts[0]).toMatchObject({ failed: true, said: { error: "Out of memory" } });
  expect(transcripts[0]!.notes).toEqual([
    "2 calls have no result and are left out",
    "results without a call: 1",
    "left out: 1 × hidden reasoning",
    "left out: 1 × image",
  ]);
});

test("Python's numbers that are none are read; the same words in a text stay", () => {
  const text = JSON.stringify({ ...sample, input: 'a "NaN", \\', target: "NaN: Infinity" });
  const given = text
    .replace('"value":"I"', '"value":-Infinity')
    .replace('"price":1', '"price":NaN');
  const { transcripts } = readAll(log({ [ENTRY]: given }));
  expect(transcripts[0]!.said).toMatchObject({
    "score.match": null,
    "score.parts": '{"price":null,"milk":0}',
  });
});

test("a log that was broken off has its samples, as far as it goes", () => {
  const bytes = zipOf({ "_journal/start.json": header, [ENTRY]: sample });
  expect(readAll(bytes).transcripts[0]!.said["status"]).toBe("started");
});

test("a sample that can't be read is told, and the others are read", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 200; level++) deep = { deep };
  const deepCall = { ...sample.messages[2], tool_calls: [call("a", "price", { deep })] };
  const { transcripts, errors } = readAll(
    log({
      "samples/cut_epoch_1.json": JSON.stringify(sample).slice(0, -90),
      "samples/odd_epoch_1.json": { ...sample, messages: [{ role: "wizard", content: "" }] },
      "samples/deep_epoch_1.json": { ...sample, messages: [deepCall] },
      "samples/big_epoch_1/sample.json": {},
      "samples/../../up_epoch_1.json": { ...sample, id: "../../up\u001b[2J" },
      "samples/latin_epoch_1.json": Buffer.from([0x7b, 0xff, 0x7d]),
      [ENTRY]: sample,
      "elsewhere/x_epoch_1.json": sample,
    }),
  );
  expect(transcripts.map(({ name }) => name)).toEqual([
    "errands-..-..-up-2J-epoch-2",
    "errands-buy-milk-epoch-2",
  ]);
  expect(errors).toEqual([
    "samples/cut_epoch_1.json: it is no JSON, or was cut off",
    expect.stringMatching(
      /^samples\/odd_epoch_1.json: it is no sample of Inspect's: messages.0.role/,
    ),
    "samples/deep_epoch_1.json: a call's arguments are nested too deeply",
    "samples/big_epoch_1/sample.json is in chunks, which are not read",
    "samples/latin_epoch_1.json: it is no JSON: it is no UTF-8",
  ]);
});

test("what inflates beyond the limits is stopped there, an entry and all of them", () => {
  const bomb = `{"pad":"${"0".repeat(5_000_000)}"}`;
  const limits = { entry: 100_000, total: 150_000 };
  const medium = { ...sample, input: "x".repeat(60_000) };
  const { transcripts, errors } = readAll(
    log({
      "samples/bomb_epoch_1.json": bomb,
      "samples/a_epoch_1.json": medium,
      "samples/b_epoch_1.json": medium,
      "samples/c_epoch_1.json": medium,
    }),
    limits,
  );
  expect(transcripts).toHaveLength(2);
  expect(errors).toEqual([
    "samples/bomb_epoch_1.json: it is larger than may be read (100,000 bytes)",
    expect.stringMatching(/^samples\/c_epoch_1.json: it is larger than may be read/),
  ]);
});

test("a small attachment named a million times is not fetched a million times", () => {
  const message = { role: "user", content: "attachment://aa11" };
  const attachments = { aa11: "x".repeat(2 ** 20) };
  const many = { ...sample, attachments, messages: Array.from({ length: 65 }, () => message) };
  expect(readAll(log({ [ENTRY]: many })).errors).toEqual([
    `${ENTRY}: its attachments are longer than may be read`,
  ]);
});

test.each([
  ["nothing", Buffer.from(""), "it is no JSON, or was cut off"],
  ["text", Buffer.from("hello"), "it is no JSON, or was cut off"],
  ["other JSON", Buffer.from("[1]"), "it is no log of Inspect's: Invalid input"],
  ["another zip", zipOf({ "a.txt": "a" }), "it is a zip but no log of Inspect's"],
  ["half a zip", log({ [ENTRY]: sample }).subarray(0, 700), "it is a zip that was cut off"],
  ["a header of something else", zipOf({ "header.json": {} }), "header.json: eval: Invalid input"],
])("%s is no log, and that is said", (_, bytes, words) => {
  const read = () => readAll(bytes);
  expect(read).toThrow(TranscriptError);
  expect(read).toThrow(words);
});

test("whatever byte of a log is changed, it is read or refused with a word", () => {
  const whole = log({ [ENTRY]: sample });
  for (let at = 0; at < whole.length; at += 7) {
    const bytes = Uint8Array.from(whole);
    bytes[at]! ^= 0x55;
    try {
      for (const message of readAll(bytes).errors) expect(message).not.toBe("");
    } catch (error) {
      expect(error).toBeInstanceOf(TranscriptError);
    }
  }
});

test("a zip is read by its table: Zstandard as Inspect writes it, and what was deflated", () => {
  const stored = zipOf({ "a.json": "[1]", "b.json": "[2]" });
  expect(openZip(stored).names).toEqual(["a.json", "b.json"]);
  const content = Buffer.from("[1,2,3]");
  for (const [method, packed] of [
    [93, zstdCompressSync(content)],
    [8, deflateRawSync(content)],
    [0, content],
  ] as const) {
    expect(Buffer.from(openZip(oneEntry(method, packed, content)).read("a")).toString()).toBe(
      "[1,2,3]",
    );
  }
  expect(() => openZip(oneEntry(12, content, content)).read("a")).toThrow(
    "it is compressed in a way that is not read (12)",
  );
  expect(() => openZip(oneEntry(0, Buffer.from("[1,2,4]"), content)).read("a")).toThrow(
    "it is damaged",
  );
});

/** A zip of one entry `a`, made by hand. */
function oneEntry(method: number, packed: Buffer, content: Buffer): Uint8Array {
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(1, 26);
  local.write("a", 30);
  const table = Buffer.alloc(47);
  table.writeUInt32LE(0x02014b50, 0);
  table.writeUInt16LE(method, 10);
  table.writeUInt32LE(crc32(content), 16);
  table.writeUInt32LE(packed.length, 20);
  table.writeUInt32LE(content.length, 24);
  table.writeUInt16LE(1, 28);
  table.write("a", 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(31 + packed.length, 16);
  return Buffer.concat([local, packed, table, end]);
}
