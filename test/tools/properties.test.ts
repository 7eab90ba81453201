import * as fc from "fast-check";
import { expect, test } from "vitest";
import { chooseCondition } from "../../env/fixture/condition.ts";
import { loadFixture } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import type { OpenFixture } from "../../env/fixture/open.ts";
import { stateOf } from "../../env/office.ts";
import type { Office } from "../../env/office.ts";
import { findFixture } from "../../episodes/fixtures.ts";
import { replayRecording } from "../../episodes/replay.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Call } from "../../tools/pack.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { openSmall, smallFile, takeSeat } from "../helpers/small-office.ts";
import type { Guard, Seat } from "../helpers/small-office.ts";

const small = await openSmall();
/** Its day ends after an hour, so that most sequences reach the end. */
const short = await openSmall({
  "fixture.yaml": smallFile("fixture.yaml").replace(
    "end: 2026-03-27T17:00",
    "end: 2026-03-27T10:00",
  ),
});
const { name, files } = findFixture("handover");
const handoverFixture = await loadFixture(name, files);
const handover = openFixture(handoverFixture, chooseCondition(handoverFixture, {}));

const words = fc.constantFrom(
  "",
  "the plan",
  "zwei ü\n",
  "\ud800 lone",
  "{{ mail }}",
  "a".repeat(300),
);
const mail = fc.oneof(
  fc.integer({ min: 1, max: 8 }).map((n) => `mail-${n}`),
  fc.constantFrom("mail-0", "event-1", "__proto__"),
);
const event = fc.integer({ min: 1, max: 6 }).map((n) => `event-${n}`);
const message = fc.integer({ min: 1, max: 8 }).map((n) => `message-${n}`);
const channel = fc.constantFrom(
  "#tea",
  "board",
  "ann@acorn.example",
  "ben@acorn.example",
  "__proto__",
);
const note = fc.integer({ min: 1, max: 3 }).map((n) => `note-${n}`);
const path = fc.oneof(
  fc.constantFrom(
    "/pip/notes.md",
    "/desk/plan.md",
    "/board/pay.csv",
    "/",
    "/..",
    "\0",
    "/wren/notes-on-customers.md",
  ),
  fc
    .array(fc.constantFrom("pip", "a", "b", "..", "__proto__"), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join("/")),
);
const person = fc.constantFrom(
  "ann@acorn.example",
  "pip@acorn.example",
  "all@acorn.example",
  "nobody@acorn.example",
  "x@gone.example",
  "X <x@closed.example>",
  "busy@press.example",
  "nobody",
  "wren@tidewell.example",
);
const day = fc.constantFrom(
  "2026-03-27T10:00",
  "2026-03-27T11:00",
  "2026-03-29T01:30",
  "2026-03-29",
  "2026-02-30",
  "soon",
);
const people = fc.array(person, { maxLength: 3 });
const folder = fc.constantFrom("inbox", "sent", "archive", "trash", "drafts", "attic");

const call: fc.Arbitrary<Call> = fc.oneof(
  of("list_mail", { folder, limit: fc.integer({ min: 0, max: 30 }) }),
  of("read_mail", { mail_id: mail }),
  of("search_mail", { query: words }),
  of("send_mail", {
    to: people,
    cc: people,
    subject: words,
    text: words,
    attachments: fc.array(path, { maxLength: 2 }),
  }),
  of("reply_mail", { mail_id: mail, text: words }),
  of("reply_all_mail", { mail_id: mail, text: words }),
  of("create_draft", {
    to: people,
    subject: words,
    attachments: fc.array(path, { maxLength: 1 }),
    in_reply_to: mail,
  }),
  of("update_draft", { mail_id: mail, to: people, text: words }),
  of("send_draft", { mail_id: mail }),
  of("create_mail_rule", {
    name: words,
    from_contains: fc.constantFrom("", "eve", "pip"),
    move_to: folder,
    forward_to: people,
  }),
  of("delete_mail_rule", { rule_id: fc.constantFrom("rule-1", "rule-2") }),
  of("list_mail_rules", {}),
  of("empty_trash", {}),
  of("get_quota", {}),
  of("forward_mail", { mail_id: mail, to: people }),
  of("delete_mail", { mail_id: mail }),
  of("move_mail", { mail_id: mail, folder }),
  of("mark_mail", { mail_id: mail, read: fc.boolean() }),
  of("list_files", { folder: path, recursive: fc.boolean() }),
  of("read_file", { path }),
  of("write_file", { path, text: words }),
  of("search_files", { query: words }),
  of("share_file", { path, with: person, access: fc.constantFrom("read", "write", "own") }),
  of("delete_file", { path }),
  of("append_file", { path, text: words }),
  of("get_file_info", { path }),
  of("copy_file", { path, to: path }),
  of("move_file", { path, to: path }),
  of("unshare_file", { path, with: person }),
  of("read_event", { event_id: event }),
  of("find_free_time", { people, minutes: fc.integer({ min: 5, max: 90 }), from: day }),
  of("respond_to_invitation", {
    event_id: event,
    answer: fc.constantFrom("accept", "decline", "maybe"),
    note: words,
  }),
  of("search_people", { team: words, name: words }),
  of("get_reporting_line", { person }),
  of("write_note", { title: words, text: words, note_id: note }),
  of("list_notes", {}),
  of("read_note", { note_id: note }),
  of("wait_for_arrival", { until: day }),
  of("list_channels", {}),
  of("read_channel", { channel, thread: message, limit: fc.nat(5), offset: fc.nat(5) }),
  of("search_chat", { query: words, channel }),
  of("post_message", {
    channel,
    text: words,
    in_reply_to: message,
    attachments: fc.array(path, { maxLength: 1 }),
  }),
  of("send_direct_message", { to: person, text: words }),
  of("list_events", { from: day, to: day }),
  of("create_event", { title: words, start: day, end: day, attendees: people }),
  of("update_event", { event_id: event, start: day }),
  of("cancel_event", { event_id: event }),
  of("find_person", { query: words }),
  of("wait", {
    minutes: fc.oneof(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: -1, max: 90, noNaN: true }),
    ),
  }),
  fc.record({
    tool: fc.constantFrom("read_mail", "nonsense", "toString"),
    input: fc.jsonValue({ maxDepth: 3 }),
  }),
);

function of(tool: string, input: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Call> {
  return fc.record({
    tool: fc.constant(tool),
    input: fc.oneof(
      { weight: 4, arbitrary: fc.record(input) },
      { weight: 1, arbitrary: fc.record(input, { requiredKeys: [] }) },
    ),
  });
}

const calls = fc.array(fc.record({ call, refuse: fc.nat(5), turn: fc.boolean() }), {
  maxLength: 40,
  size: "max",
});
type Step = { readonly call: Call; readonly refuse: number; readonly turn: boolean };

/** Goes through the steps as an episode would; answers stand in for the model's turns. */
function go(opened: OpenFixture, steps: readonly Step[], watch?: (seat: Seat) => void): Seat {
  let refuse = false;
  const guard: Guard = () => (refuse ? "not now" : null);
  const seat = takeSeat(opened, guard);
  seat.ledger.flush();
  let question = 0;
  for (const step of steps) {
    if (step.turn) {
      const { now } = seat.gate.office;
      seat.ledger.question(now, {
        system: opened.system,
        messages: [{ role: "user", content: [] }],
        tools: "all",
      });
      seat.ledger.answer(
        now,
        ++question,
        { content: [], stop: "end", usage: { inputTokens: 0, outputTokens: 0 }, model: "m" },
        null,
      );
      seat.gate.turn();
    }
    refuse = step.refuse === 0;
    seat.call(step.call.tool, step.call.input);
    watch?.(seat);
  }
  seat.ledger.end(seat.gate.office, "finished", null, null);
  seat.ledger.flush();
  return seat;
}

function textOf(office: Office): string {
  return JSON.stringify(stateOf(office));
}

test.each([
  ["small", small, 250],
  ["handover", handover, 40],
])(
  "whatever is done in %s is recorded, reads back and replays equal; done again it is the same bytes",
  (_, opened, numRuns) => {
    fc.assert(
      fc.property(calls, (steps) => {
        const seat = go(opened, steps);
        const bytes = seat.bytes();
        expect(go(opened, steps).bytes().equals(bytes)).toBe(true);
        const recording = readRecording(bytes);
        expect(recording.tornBytes).toBe(0);
        expect(recording.header).toEqual(seat.header);
        expect(recording.events.map(({ seq: _seq, ...event }) => event)).toEqual(
          JSON.parse(JSON.stringify(seat.events)),
        );
        expect(replayRecording(recording, opened, standardPack)).toMatchObject({
          equal: true,
          complete: true,
          calls: { equal: steps.length, unequal: 0 },
          first: null,
        });
      }),
      { numRuns },
    );
  },
  30_000,
);

test("every older office stays as it was, and ids are never given twice", () => {
  fc.assert(
    fc.property(calls, (steps) => {
      const past: { office: Office; text: string }[] = [
        { office: small.office, text: textOf(small.office) },
      ];
      const { events } = go(small, steps, ({ gate }) =>
        past.push({ office: gate.office, text: textOf(gate.office) }),
      );
      expect(past.map(({ office }) => textOf(office))).toEqual(past.map(({ text }) => text));
      const made = events.flatMap((recorded) =>
        recorded.kind === "call" || recorded.kind === "arrival"
          ? recorded.effects.flatMap((effect) => {
              if (effect.effect === "mail-sent" || effect.effect === "mail-received")
                return effect.mail;
              if (effect.effect === "chat-posted" || effect.effect === "chat-received")
                return effect.message;
              if (effect.effect === "event-created") return effect.event;
              return effect.effect === "file-written" && effect.created ? effect.file : [];
            })
          : [],
      );
      expect(made.length).toBe(new Set(made).size);
    }),
    { numRuns: 100 },
  );
});

test("what a guard refuses never happened: not to the office, its ids or its clock", () => {
  fc.assert(
    fc.property(calls, (steps) => {
      let before = textOf(small.office);
      let index = 0;
      const guarded = go(
        small,
        steps.map((step) => ({ ...step, turn: false })),
        ({ gate }) => {
          const after = textOf(gate.office);
          if (steps[index++]!.refuse === 0) expect(after).toBe(before);
          before = after;
        },
      );
      const allowed = steps
        .filter(({ refuse }) => refuse !== 0)
        .map((step) => ({ ...step, turn: false }));
      expect(textOf(go(small, allowed).gate.office)).toBe(textOf(guarded.gate.office));
    }),
    { numRuns: 100 },
  );
});

test("time only goes forward, never past the end, and what was due by then has come", () => {
  fc.assert(
    fc.property(calls, (steps) => {
      let last = short.office.now;
      go(short, steps, ({ gate }) => {
        expect(gate.office.now).toBeGreaterThanOrEqual(last);
        expect(gate.office.now).toBeLessThanOrEqual(short.clock.end);
        expect(gate.office.agenda.filter(({ at }) => at <= gate.office.now)).toEqual([]);
        last = gate.office.now;
      });
    }),
    { numRuns: 100 },
  );
});
