import * as fc from "fast-check";
import { expect, test } from "vitest";
import { replayRecording } from "../../episodes/replay.ts";
import { RecordingError } from "../../recordings/errors.ts";
import { readRecording } from "../../recordings/reader.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { openSmall, takeSeat } from "../helpers/small-office.ts";

const opened = await openSmall();
const whole = record();
const lines = whole.toString().split("\n").slice(0, -1);
const starts = lines.map((_, index) =>
  lines.slice(0, index).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
);

/** A small real recording, with every kind of event in it. */
function record(): Buffer {
  const seat = takeSeat(opened);
  const { ledger, gate } = seat;
  ledger.question(gate.office.now, {
    system: opened.system,
    messages: [{ role: "user", content: [{ type: "text", text: "Grüße" }] }],
    tools: "all",
  });
  ledger.answer(
    gate.office.now,
    1,
    {
      content: [{ type: "tool-call", id: "1", name: "read_mail", input: {} }],
      stop: "tool-use",
      usage: { inputTokens: 0, outputTokens: 0 },
      model: "m",
    },
    null,
  );
  gate.turn();
  seat.call("read_mail", { mail_id: "mail-3" });
  ledger.log(gate.office.now, 'a "chain":"0" line');
  seat.call("wait", { minutes: 40 });
  for (let call = 0; call < 48; call++) seat.call("get_time");
  ledger.end(gate.office, "finished", null, '"done"');
  ledger.flush();
  return seat.bytes();
}

/** The 1-based line in which a byte lies; a newline is its line's. */
function lineOf(offset: number): number {
  return starts.findLastIndex((start) => start <= offset) + 1;
}

/** What is wrong with the bytes, or how far they read. */
function read(bytes: Buffer): { line: number; code: string } | "incomplete" | "complete" {
  try {
    return readRecording(bytes).end ? "complete" : "incomplete";
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    expect(error.message).toMatch(
      error.line ? new RegExp(`^(Line ${error.line} |This )`) : /^The recording is empty/,
    );
    return { line: error.line, code: error.code };
  }
}

test("the recording that is damaged below is whole, holds every kind of event, and replays", () => {
  const recording = readRecording(whole);
  const kinds = new Set(recording.events.map(({ kind }) => kind));
  expect([...kinds].toSorted()).toEqual([
    "answer",
    "arrival",
    "call",
    "checkpoint",
    "end",
    "item",
    "log",
    "question",
  ]);
  expect([recording.lines, recording.tornBytes]).toEqual([lines, 0]);
  expect(recording.digest).toBe(/"chain":"(\w+)"/.exec(lines.at(-1)!.slice(-80))![1]);
  expect(replayRecording(recording, opened, standardPack).equal).toBe(true);
});

/** Damage to one byte: the line named is the byte's own, or for a newline the one at or after it. */
function expectNamed(bytes: Buffer, offset: number, isNewline: boolean): void {
  const outcome = read(bytes);
  const line = lineOf(offset);
  if (outcome === "incomplete") expect(offset).toBe(whole.length - 1);
  else
    expect([line, isNewline ? line + 1 : line], JSON.stringify(outcome)).toContain(
      (outcome as { line: number }).line,
    );
}

const offset = fc.oneof(
  fc.nat(whole.length - 1),
  fc.constantFrom(...starts.slice(1).map((start) => start - 1), ...starts, whole.length - 1),
);
const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('\n\r\0 "}{,\\0a')));

test("a byte that is changed anywhere is noticed, and its line named", () => {
  fc.assert(
    fc.property(offset, byte, (at, value) => {
      fc.pre(whole[at] !== value);
      const damaged = Buffer.from(whole);
      damaged[at] = value;
      expectNamed(damaged, at, whole[at] === 10);
    }),
    { numRuns: 1500 },
  );
});

test("a byte that is taken away anywhere is noticed, and its line named", () => {
  fc.assert(
    fc.property(offset, (at) => {
      const damaged = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]);
      expectNamed(damaged, at, whole[at] === 10);
    }),
    { numRuns: 1500 },
  );
});

test("a byte that is put in anywhere is noticed, and its line named", () => {
  fc.assert(
    fc.property(fc.oneof(offset, fc.constant(whole.length)), byte, (at, value) => {
      const damaged = Buffer.concat([whole.subarray(0, at), Buffer.of(value), whole.subarray(at)]);
      const outcome = read(damaged);
      const line = at === whole.length ? lines.length + 1 : lineOf(at);
      const follows = value === 10 && starts.includes(at) ? [line, line - 1] : [line, line + 1];
      expect(follows).toContain((outcome as { line: number }).line);
    }),
    { numRuns: 1500 },
  );
});

const seq = fc.nat(lines.length - 1);
const join = (parts: readonly string[]) => Buffer.from(parts.map((part) => `${part}\n`).join(""));

test("a line that is missing is noticed where it should be; missing last lines leave it incomplete", () => {
  fc.assert(
    fc.property(seq, fc.integer({ min: 1, max: 3 }), (at, count) => {
      const outcome = read(join(lines.toSpliced(at, count)));
      if (at + count >= lines.length && at > 0) expect(outcome).toBe("incomplete");
      else
        expect(outcome).toEqual({ line: at + 1, code: at === 0 ? "not-a-recording" : "corrupt" });
    }),
  );
});

test("lines that change places or stand twice are noticed at the first", () => {
  fc.assert(
    fc.property(seq, seq, (one, other) => {
      fc.pre(one !== other);
      const first = Math.min(one, other);
      const swapped = lines.with(one, lines[other]!).with(other, lines[one]!);
      expect(read(join(swapped))).toEqual({
        line: first + 1,
        code: first ? "corrupt" : "not-a-recording",
      });
      expect(read(join(lines.toSpliced(one, 0, lines[one]!)))).toEqual({
        line: one + 2,
        code: "corrupt",
      });
    }),
  );
});

test("cut anywhere in its last two lines it is incomplete, the torn tail counted", () => {
  const from = starts.at(-2)!;
  for (let length = from; length < whole.length; length++) {
    const cut = readRecording(whole.subarray(0, length));
    const kept = length < starts.at(-1)! ? lines.length - 2 : lines.length - 1;
    expect([cut.end, cut.lines.length, cut.tornBytes]).toEqual([
      undefined,
      kept,
      length - starts[kept]!,
    ]);
    expect(cut.lines).toEqual(lines.slice(0, kept));
  }
});

test("cut after any line it replays as far as it goes, without a difference", () => {
  for (let count = 1; count < lines.length; count++) {
    const report = replayRecording(
      readRecording(join(lines.slice(0, count))),
      opened,
      standardPack,
    );
    expect({ count, ...report, calls: report.calls.unequal }).toEqual({
      count,
      equal: false,
      complete: false,
      calls: 0,
      first: null,
    });
  }
});

test("cut after any line it is gone on with to the same bytes, and nothing is written twice", () => {
  const calls = readRecording(whole).events.flatMap((event) =>
    event.kind === "call" ? [event] : [],
  );
  for (let count = 1; count <= lines.length; count += 7) {
    const before = lines.slice(0, count);
    const seat = takeSeat(opened, undefined, before);
    const { ledger, gate } = seat;
    ledger.question(gate.office.now, {
      system: opened.system,
      messages: [{ role: "user", content: [{ type: "text", text: "Grüße" }] }],
      tools: "all",
    });
    ledger.answer(
      gate.office.now,
      1,
      {
        content: [{ type: "tool-call", id: "1", name: "read_mail", input: {} }],
        stop: "tool-use",
        usage: { inputTokens: 0, outputTokens: 0 },
        model: "m",
      },
      null,
    );
    gate.turn();
    for (const { tool, input, call } of calls) {
      gate.call({ tool, input }, null);
      if (call === 1) ledger.log(gate.office.now, 'a "chain":"0" line');
    }
    ledger.end(gate.office, "finished", null, '"done"');
    ledger.flush();
    expect(Buffer.concat([join(before), seat.bytes()]).equals(whole)).toBe(true);
  }
});

test("going on with what does not come out again stops before anything is written", () => {
  const seat = takeSeat(opened, undefined, lines);
  expect(() => seat.call("get_time")).toThrow(
    expect.objectContaining({
      name: "RecordingError",
      code: "diverged",
      line: 2,
      message: expect.stringMatching(
        /^Line 2 comes out differently\.\n  recorded: .*\n  now: .*$/,
      ) as string,
    }),
  );
  expect(seat.bytes().length).toBe(0);
});
