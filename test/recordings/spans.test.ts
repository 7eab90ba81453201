import { readFileSync } from "node:fs";
import { assert, nat, pre, property } from "fast-check";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { quoteAt, stringsOf, valueAt } from "../../recordings/spans.ts";

const recording = readRecording(readFileSync("examples/recordings/handover-leaks.jsonl"));

test("every string of a recording is found again by its path", () => {
  for (let seq = 0; seq <= recording.events.length; seq++)
    for (const place of stringsOf(recording, seq))
      expect([place.path, valueAt(recording, place)]).toEqual([place.path, place.text]);
  const paths = stringsOf(recording, 0).map(({ path }) => path);
  expect(paths).toContain("/system");
  expect(paths).toContain("/facts/people/0/address");
});

test("names with the pointer's own characters lead where they should", () => {
  const event = { kind: "call", input: { "a/b": { "~1": "here" } } } as never;
  const odd = { header: recording.header, events: [event] };
  expect(stringsOf(odd, 1)).toContainEqual({ seq: 1, path: "/input/a~1b/~01", text: "here" });
  expect(valueAt(odd, { seq: 1, path: "/input/a~1b/~01" })).toBe("here");
  expect(valueAt(odd, { seq: 1, path: "/input/constructor/name" })).toBeUndefined();
});

test("a quote is the span's text, with what stands around it on its line", () => {
  const text = recording.header.system;
  assert(
    property(nat(text.length), nat(text.length), nat(50), (a, b, around) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      pre(end > 0);
      const quote = quoteAt(recording, { seq: 0, path: "/system", start, end }, around)!;
      expect(quote.text).toBe(text.slice(start, end));
      expect(text.slice(0, start).endsWith(quote.before)).toBe(true);
      expect(text.slice(end).startsWith(quote.after)).toBe(true);
      expect(quote.before + quote.after).not.toContain("\n");
      expect(Math.max(quote.before.length, quote.after.length)).toBeLessThanOrEqual(around);
    }),
  );
});

test("a span that points at nothing quotes nothing", () => {
  const none = [
    { seq: 99_999, path: "/text", start: 0, end: 1 },
    { seq: 0, path: "/nowhere", start: 0, end: 1 },
    { seq: 0, path: "/facts", start: 0, end: 1 },
    { seq: 0, path: "/system", start: 0, end: 10_000_000 },
    { seq: 0, path: "/system", start: 5, end: 2 },
  ];
  expect(none.map((span) => quoteAt(recording, span))).toEqual(none.map(() => undefined));
});
