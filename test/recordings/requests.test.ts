import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createLedger } from "../../episodes/ledger.ts";
import type { Message } from "../../recordings/content.ts";
import { readRecording } from "../../recordings/reader.ts";
import { createWriter } from "../../recordings/recorder.ts";
import { createRequests, offeredTools } from "../../recordings/requests.ts";
import type { Request } from "../../recordings/requests.ts";
import { openSmall, takeSeat } from "../helpers/small-office.ts";

const opened = await openSmall();
const { header } = takeSeat(opened);

const text = fc.constantFrom("", "a", "ü", "\ud800", "long ".repeat(20));
const textBlock = fc.record({ type: fc.constant("text" as const), text });
const user = fc.record({
  role: fc.constant("user" as const),
  content: fc.array(
    fc.oneof(
      textBlock,
      fc.record({ type: fc.constant("tool-result" as const), id: text, text, error: fc.boolean() }),
    ),
    { maxLength: 2 },
  ),
});
const assistant = fc.record({
  role: fc.constant("assistant" as const),
  content: fc.array(
    fc.oneof(
      textBlock,
      fc.record({
        type: fc.constant("tool-call" as const),
        id: text,
        name: text,
        input: fc.jsonValue({ maxDepth: 2 }),
      }),
      fc.record({
        type: fc.constant("opaque" as const),
        provider: text,
        data: fc.jsonValue({ maxDepth: 2 }),
      }),
    ),
    { maxLength: 2 },
  ),
});
const message: fc.Arbitrary<Message> = fc.oneof(user, assistant);

/** How a program changes its history between two questions: goes on, goes back, rewrites, starts again. */
const change = fc.record({
  keep: fc.double({ min: 0, max: 1, noNaN: true }),
  more: fc.array(message, { maxLength: 3 }),
  system: fc.option(fc.constantFrom(opened.system, "Other.", ""), { nil: undefined }),
  tools: fc.constantFrom<Request["tools"]>("all", [], ["read_mail"], ["none", "get_time"]),
});

/** The exact bytes: keys in their order, which a server would see too. */
function bytesOf(requests: readonly Request[]): string[] {
  return requests.map(({ system, messages, tools }) => JSON.stringify([system, messages, tools]));
}

test("every request that was asked is rebuilt from what was recorded of it", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const asked: Request[] = [];
      let messages: readonly Message[] = [];
      let { system } = header;
      for (const { keep, more, system: next = system, tools } of changes) {
        messages = [...messages.slice(0, Math.round(keep * messages.length)), ...more];
        system = next;
        asked.push({ system, messages, tools });
      }
      let written = "";
      const writer = createWriter(header, [], (lines) => (written += lines));
      const ledger = createLedger(writer, header.system);
      expect(asked.map((request) => ledger.question(0, request))).toEqual(
        asked.map((_, index) => index + 1),
      );
      ledger.log(0, "");
      ledger.flush();
      const { events } = readRecording(Buffer.from(written));
      const requests = createRequests(header);
      const rebuilt = events.flatMap((event) =>
        event.kind === "question" ? requests.next(event) : [],
      );
      expect(bytesOf(rebuilt)).toEqual(bytesOf(asked));
    }),
    { numRuns: 300 },
  );
});

test("a history that only grows is recorded once: size is linear in its messages", () => {
  const messages = Array.from({ length: 200 }, (_, n): Message => ({
    role: "user",
    content: [{ type: "text", text: `message ${n}` }],
  }));
  let written = "";
  const writer = createWriter(header, [], (lines) => (written += lines));
  const ledger = createLedger(writer, header.system);
  for (let length = 1; length <= messages.length; length++) {
    ledger.question(0, {
      system: header.system,
      messages: messages.slice(0, length),
      tools: "all",
    });
  }
  ledger.flush();
  const { events } = readRecording(Buffer.from(written));
  expect(
    events.map((event) =>
      event.kind === "question" ? [event.keep, event.messages.length, event.system] : [],
    ),
  ).toEqual(messages.map((_, n) => [n, 1, null]));
});

test("what a request offers is the header's definition of it, in the header's order", () => {
  const offered = (tools: Request["tools"]) =>
    offeredTools(header, { system: "", messages: [], tools }).map(({ name }) => name);
  expect(offered("all")).toEqual(header.tools.map(({ name }) => name));
  expect(offered(["wait", "read_mail", "nonsense", "wait"])).toEqual(["read_mail", "wait"]);
  expect(offered([])).toEqual([]);
});
