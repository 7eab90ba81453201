import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkLine, createChain } from "../../recordings/chain.ts";
import type { RecordedEvent } from "../../recordings/events.ts";
import { SCHEMA } from "../../recordings/events.ts";
import { readRecording } from "../../recordings/reader.ts";
import { createWriter } from "../../recordings/recorder.ts";
import { openSmall, takeSeat } from "../helpers/small-office.ts";

const opened = await openSmall();
const { header } = takeSeat(opened);
const digest = "0".repeat(64);

/** Lines that fit behind each other, whatever they say. */
function chained(...events: readonly object[]): Buffer {
  const chain = createChain();
  return Buffer.from(events.map((event) => chain.line(event)).join(""));
}

function log(seq: number, text = "x") {
  return { kind: "log", seq, at: "2026-03-27T09:00:00Z", text };
}

describe("what is no recording", () => {
  test.each<[string, Buffer, object]>([
    [
      "nothing",
      Buffer.of(),
      {
        code: "empty",
        line: 0,
        message: "The recording is empty: nothing was ever written to it.",
      },
    ],
    [
      "part of a line",
      chained(header).subarray(0, 50),
      {
        code: "not-a-recording",
        line: 1,
        message: "This is not a recording: its first line has no end.",
      },
    ],
    ["an empty line", Buffer.from("\n"), { code: "not-a-recording", line: 1 }],
    ["prose", Buffer.from("Dear Sir,\nyours.\n"), { code: "not-a-recording", line: 1 }],
    ["bytes", Buffer.from([0xff, 0xfe, 0, 10, 0xc3, 10]), { code: "not-a-recording", line: 1 }],
    [
      "other JSON lines",
      Buffer.from('{"kind":"log"}\n[]\n'),
      {
        code: "not-a-recording",
        line: 1,
        message: "This is not a recording: its first line is no header.",
      },
    ],
    ["null", Buffer.from("null\n"), { code: "not-a-recording", line: 1 }],
    [
      "a header behind a byte-order mark",
      Buffer.concat([Buffer.from("\ufeff"), chained(header)]),
      { code: "not-a-recording", line: 1 },
    ],
    [
      "Windows line ends",
      Buffer.from(chained(header, log(1)).toString().replaceAll("\n", "\r\n")),
      { code: "corrupt", line: 1 },
    ],
    [
      "a header alone without its chain",
      Buffer.from(`${JSON.stringify(header)}\n`),
      { code: "corrupt", line: 1 },
    ],
    [
      "a recording from another chain",
      Buffer.from(createChain("other").line(header)),
      { code: "corrupt", line: 1 },
    ],
    [
      "a newer one",
      chained({ ...header, schema: SCHEMA + 1, cubicle: "9.9.9", news: true }),
      {
        code: "newer-schema",
        line: 1,
        message: `This recording is of schema ${SCHEMA + 1}; this cubicle reads up to ${SCHEMA}. Use the version that wrote it (9.9.9) or a newer one.`,
      },
    ],
    [
      "a header that lacks something",
      chained({ ...header, seed: undefined }),
      {
        code: "corrupt",
        line: 1,
        message:
          "Line 1 is no event of a recording: seed: Invalid input: expected number, received undefined.",
      },
    ],
    [
      "an event of no known kind",
      chained(header, { ...log(1), kind: "rumour" }),
      { code: "corrupt", line: 2 },
    ],
    [
      "an event with a field too many",
      chained(header, log(1), { ...log(2), more: 1 }),
      { code: "corrupt", line: 3 },
    ],
    ["a second header", chained(header, header), { code: "corrupt", line: 2 }],
    ["an event that is a list", chained(header, [log(1)]), { code: "corrupt", line: 2 }],
    [
      "a number left out",
      chained(header, log(1), log(3)),
      { code: "corrupt", line: 3, message: "Line 3 has seq 3; it should be 2." },
    ],
    [
      "a moment that is none",
      chained(header, { ...log(1), at: "2026-03-27 09:00" }),
      { code: "corrupt", line: 2 },
    ],
  ])("%s", (_, bytes, error) => {
    expect(() => readRecording(bytes)).toThrow(
      expect.objectContaining({ name: "RecordingError", ...error }),
    );
  });
});

test("nothing may stand after the end", () => {
  const end = {
    kind: "end",
    seq: 1,
    at: "2026-03-27T09:00:00Z",
    ending: "finished",
    code: null,
    returned: null,
    calls: 0,
    questions: 0,
    digest,
  };
  expect(readRecording(chained(header, end)).end).toEqual(end);
  expect(() => readRecording(chained(header, end, log(2)))).toThrow(
    expect.objectContaining({ code: "corrupt", line: 3 }),
  );
  expect(() => readRecording(Buffer.concat([chained(header, end), Buffer.from("{")]))).toThrow(
    expect.objectContaining({
      code: "corrupt",
      line: 3,
      message: "Line 3 stands after the recording's end.",
    }),
  );
});

test("a line of ten megabytes reads back, and is checked like any other", () => {
  const text = "ü".repeat(5_000_000);
  const bytes = chained(header, log(1, text), log(2));
  expect(readRecording(bytes).events[0]).toEqual(log(1, text));
  const damaged = Buffer.from(bytes);
  damaged[bytes.length >> 1]! ^= 1;
  expect(() => readRecording(damaged)).toThrow(
    expect.objectContaining({ code: "corrupt", line: 2 }),
  );
});

test("any input and any text come back as they were: lone surrogates, __proto__, control characters", () => {
  const text = fc.string({ unit: "binary", maxLength: 30 });
  const lone = fc.constantFrom(
    "\ud800",
    "\udfff x",
    "\u2028",
    "\0",
    '","chain":"',
    "\n{",
    "\u007f",
  );
  const key = fc.oneof(
    fc.constantFrom("__proto__", "constructor", "toString", "chain", "seq", ""),
    text,
  );
  const input = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      lone,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 3 }).map((entries) => {
        const json = entries
          .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
          .join();
        return JSON.parse(`{${json}}`) as unknown;
      }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.array(fc.tuple(input, fc.oneof(text, lone)), { maxLength: 4 }), (given) => {
      const written: string[] = [];
      const writer = createWriter(header, [], (lines) => written.push(lines));
      const events = given.map(([value, words], index) => {
        const stamp = {
          at: "2026-03-27T09:00:00Z",
          call: index + 1,
          parent: null,
          effects: [],
          reads: [],
          carried: [],
          digest,
        };
        return {
          kind: "call" as const,
          ...stamp,
          tool: words,
          input: value,
          result: { code: null, text: words },
        };
      });
      for (const event of events) writer.record(event);
      writer.flush();
      writer.flush();
      expect(written).toHaveLength(1);
      const recording = readRecording(Buffer.from(written[0]!));
      const back = recording.events as Extract<RecordedEvent, { kind: "call" }>[];
      expect(back.map(({ tool, result }) => [tool, result.text])).toEqual(
        given.map(([, words]) => [words, words]),
      );
      expect(back.map(({ input: value }) => JSON.stringify(value))).toEqual(
        given.map(([value]) => JSON.stringify(value)),
      );
      expect(recording.header).toEqual(header);
    }),
    { numRuns: 300 },
  );
  expect(Object.prototype).not.toHaveProperty("polluted");
});

test("a line fits behind the one before it, and behind no other", () => {
  const lines = chained(header, log(1)).toString().split("\n");
  const first = checkLine(Buffer.from(lines[0]!))!;
  expect(checkLine(Buffer.from(lines[1]!), first)).toMatch(/^[0-9a-f]{64}$/);
  expect(checkLine(Buffer.from(lines[1]!))).toBeUndefined();
  expect(checkLine(Buffer.from(lines[0]!), first)).toBeUndefined();
  expect(checkLine(Buffer.of())).toBeUndefined();
  expect(createChain(first).line(log(1))).toBe(`${lines[1]!}\n`);
});
