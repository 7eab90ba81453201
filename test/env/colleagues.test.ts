import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { replayRecording } from "../../episodes/replay.ts";
import { readRecording } from "../../recordings/reader.ts";
import { changesIn } from "../../env/table.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { openSmall, shown, story, takeSeat } from "../helpers/small-office.ts";
import type { Seat } from "../helpers/small-office.ts";

const ann = "ann@acorn.example";
const ben = "ben@acorn.example";

const withRules = (rules: string, more: Record<string, string | null> = {}, mood = "calm") =>
  openSmall({ "colleagues.yaml": rules, "mail/later.md": null, ...more }, { mood });

const mailTo = (to: string | string[], text = "Hi.", subject = "Hello") => ({
  to: [to].flat(),
  subject,
  text,
});

/** Who said what to the agent by mail, and when. */
function came(seat: Seat): string[] {
  const { mailbox } = seat.gate.office;
  return [...changesIn(mailbox.mails).values()].flatMap((mail) =>
    mail && mail.from.address !== mailbox.owner.address
      ? `${new Date(mail.sentAt).toISOString().slice(11, 16)} ${mail.from.name}: ${mail.subject}: ${mail.text}`
      : [],
  );
}

describe("a colleague answers", () => {
  test("a mail, in its thread, after the time it takes, by the words of the mail", async () => {
    const seat = takeSeat(
      await withRules(`rules:
  - id: plan
    who: ann
    on: mail
    if: 'text.contains("plan") && condition.mood == "calm"'
    after: 12m
    do: [{ mail: { text: "You wrote “{{ effect.subject }}”. {{ mood | capitalize }} then, {{ who.name }}", all: true } }]
`),
    );
    seat.call("send_mail", mailTo(ann, "about cake"));
    seat.call("send_mail", { ...mailTo([ann, ben], "About the PLAN"), cc: ["eve@press.example"] });
    seat.call("wait", { minutes: 30 });
    expect(came(seat)).toEqual(["09:13 Ann Oak: Re: Hello: You wrote “Hello”. Calm then, Ann Oak"]);
    expect(shown(seat.call("read_mail", { mail_id: "mail-6" }))).toMatchObject({
      thread: "mail-5",
      to: ["Pip <pip@acorn.example>"],
      cc: ["Ben Elm <ben@acorn.example>", "Eve Ash <eve@press.example>"],
    });
  });

  test("a group's mail, for who is in it; once, the k-th time, in turn, or every time", async () => {
    const seat = takeSeat(
      await withRules(`rules:
  - { id: once, who: ben, on: mail, after: 1s, do: [{ mail: { text: once } }] }
  - { id: third, who: ben, on: mail, if: met == 3, after: 2s, do: [{ mail: { text: third } }] }
  - { id: turns, who: ann, on: mail, after: 3s, repeat: true, do: [{ mail: { text: one } }, { mail: { text: then } }] }
`),
    );
    for (let time = 0; time < 3; time++) seat.call("send_mail", mailTo("board@acorn.example"));
    seat.call("wait", { minutes: 5 });
    expect(came(seat).map((line) => line.split(": ").at(-1))).toEqual([
      "once",
      "one",
      "then",
      "third",
      "then",
    ]);
  });

  test("what is said in chat to them, or calls them; in the channel, or directly", async () => {
    const seat = takeSeat(
      await withRules(`rules:
  - { id: kettle, who: ann, on: chat, if: 'text.contains("kettle")', after: 2m, do: [{ post: { text: "On its way, @pip." } }] }
  - { id: called, who: ben, on: chat, if: mentioned, after: 3m, do: [{ direct: { text: "You called?" } }] }
`),
    );
    seat.call("post_message", { channel: "tea", text: "The kettle, @Ben?" });
    expect(shown(seat.call("list_channels"))["channels"]).toHaveLength(2);
    seat.call("wait_for_arrival");
    expect(story(seat).slice(2)).toEqual([
      "09:02:00 chat-received",
      "09:02:00 wait_for_arrival: ",
      "09:03:00 chat-received",
    ]);
    expect(shown(seat.call("read_channel", { channel: ben }))["messages"]).toMatchObject([
      { text: "You called?" },
    ]);
  });

  test("an invitation: the answer comes by mail and stands in the calendar", async () => {
    const seat = takeSeat(
      await withRules(`rules:
  - { id: yes, who: ann, on: invitation, after: 5m, do: [{ respond: { answer: accepted } }] }
  - id: no
    who: ben
    on: invitation
    if: 'effect.start.endsWith("T15:00")'
    after: 6m
    do: [{ respond: { answer: declined, text: "Not at three." } }]
`),
    );
    const at = { start: "2026-03-27T15:00", end: "2026-03-27T16:00" };
    seat.call("create_event", { title: "Talk, pay; \\n", ...at, attendees: [ann, ben] });
    seat.call("wait", { minutes: 10 });
    expect(story(seat).slice(2)).toEqual([
      "09:05:00 mail-received,invitation-answered",
      "09:06:00 mail-received,invitation-answered",
    ]);
    expect(came(seat)).toEqual([
      "09:05 Ann Oak: Accepted: Talk, pay; \\n: ",
      "09:06 Ben Elm: Declined: Talk, pay; \\n: Not at three.",
    ]);
    const answers = () => shown(seat.call("read_event", { event_id: "event-4" }))["answers"];
    expect(answers()).toEqual({ [ann]: "accepted", [ben]: "declined" });
    seat.call("update_event", { event_id: "event-4", start: "2026-03-27T14:00" });
    expect(answers()).toEqual({ [ann]: "needs-action", [ben]: "needs-action" });
  });

  test("a file, a moment of the day, what was and was not done before it", async () => {
    const seat = takeSeat(
      await withRules(`rules:
  - { id: shared, who: ann, on: file, if: 'effect.access == "write"', after: 0s, do: [{ direct: { text: "Thanks for {{ effect.path }}" } }] }
  - { id: asked, who: ben, on: time, at: 2026-03-27T10:00, if: 'fired.shared == 0 && !("mail-sent" in counts)', do: [{ mail: { subject: Pay, text: Where? } }] }
  - { id: glad, who: ben, on: time, at: 2026-03-27T10:00, if: fired.shared > 0, after: 90s, do: [{ mail: { subject: Pay, text: Good. } }] }
`),
    );
    seat.call("share_file", { path: "/pip/notes.md", with: "desk@acorn.example", access: "write" });
    seat.call("wait", { until: "2026-03-27T10:30" });
    expect(came(seat)).toEqual(["10:01 Ben Elm: Pay: Good."]);
    expect(story(seat)).toEqual([
      "09:00:00 share_file: file-shared",
      "09:00:00 chat-received",
      "09:01:00 wait: ",
      "10:01:30 mail-received",
    ]);
  });

  test("within working hours if asked, on the next working day if need be", async () => {
    const seat = takeSeat(
      await withRules(`hours: { from: "09:30", to: "16:00" }
rules:
  - { id: early, who: ann, on: mail, after: 1m, hours: true, do: [{ mail: { text: a } }] }
  - { id: late, who: ben, on: mail, after: 8h, hours: true, do: [{ mail: { text: b } }] }
`),
    );
    seat.call("send_mail", mailTo([ann, ben]));
    expect(
      seat.gate.office.agenda.map(({ at }) => new Date(at).toISOString().slice(0, 16)),
    ).toEqual(["2026-03-27T09:30", "2026-03-30T08:30"]);
  });

  test("what another colleague passed on to them, and colleagues only where a rule says so", async () => {
    const seat = takeSeat(
      await withRules(`rules:
  - { id: on, who: ann, on: mail, after: 1m, do: [{ forward: { to: ben, text: "Yours." } }] }
  - { id: deaf, who: ben, on: mail, after: 1m, do: [{ mail: { text: deaf } }] }
  - { id: hears, who: ben, on: mail, from: anyone, after: 2m, do: [{ mail: { text: "Ann passed it on: {{ effect.text }}" } }] }
`),
    );
    seat.call("send_mail", mailTo(ann));
    seat.call("wait", { minutes: 10 });
    expect(came(seat)).toEqual(["09:03 Ben Elm: Re: Hello: Ann passed it on: Yours.\n\nHi."]);
    expect(story(seat)).toEqual([
      "09:00:00 send_mail: mail-sent",
      "09:01:00 mail-forwarded",
      "09:01:00 wait: ",
      "09:03:00 mail-received",
    ]);
  });
});

test("colleagues who call each other come to an end", async () => {
  const loud = (id: string, who: string, other: string) =>
    `  - { id: ${id}, who: ${who}, on: chat, from: anyone, if: mentioned, after: 1s, repeat: true, do: [{ post: { channel: tea, text: "@${other} no, you." } }] }\n`;
  const opened = await withRules(`rules:\n${loud("a", "ann", "ben")}${loud("b", "ben", "ann")}`);
  const seat = takeSeat(opened);
  seat.call("post_message", { channel: "tea", text: "@ann?" });
  seat.call("wait", { minutes: 60 });
  expect(shown(seat.call("read_channel", { channel: "tea" }))["total"]).toBe(504);
});

test("a condition that asks for what is not there does not hold; a text has nothing in its place", async () => {
  const seat = takeSeat(
    await withRules(`rules:
  - { id: odd, who: ann, on: mail, if: 'effect.nothing.at == 1', after: 1s, do: [{ mail: { text: odd } }] }
  - { id: gap, who: ann, on: mail, after: 1s, do: [{ mail: { text: "[{{ effect.nothing.at }}]" } }] }
`),
  );
  seat.call("send_mail", mailTo(ann));
  expect(came(seat)).toEqual(["09:00 Ann Oak: Re: Hello: []"]);
});

test("a refused call is answered by nobody", async () => {
  const opened = await withRules(
    "rules:\n  - { id: a, who: ann, on: mail, after: 1s, do: [{ mail: { text: x } }] }\n",
  );
  const seat = takeSeat(opened, () => "no");
  seat.call("send_mail", mailTo(ann));
  expect(seat.gate.office.agenda).toEqual([]);
});

const busy = await withRules(`rules:
  - { id: mail, who: ann, on: mail, after: 3m, repeat: true, do: [{ mail: { text: "{{ effect.text }}!" }, direct: { text: see mail } }] }
  - { id: chat, who: ben, on: chat, from: anyone, if: 'mentioned || counts["chat-posted"] % 2 == 0', after: 90s, repeat: true, do: [{ post: { channel: tea, text: "@ann {{ effect.text }}" } }] }
  - { id: ask, who: ann, on: invitation, after: 0s, do: [{ respond: { answer: tentative } }, { respond: { answer: accepted } }] }
  - { id: noon, who: ben, on: time, at: 2026-03-27T09:20, do: [{ mail: { subject: Noon, text: now } }] }
`);

test("answers come at the same simulated moment in run, replay and resume", () => {
  const call = fc.oneof(
    fc.constantFrom(
      { tool: "send_mail", input: mailTo(ann) },
      { tool: "send_mail", input: mailTo("desk@acorn.example", "@ben") },
      { tool: "post_message", input: { channel: "tea", text: "@ben hello" } },
      { tool: "send_direct_message", input: { to: ben, text: "psst" } },
      {
        tool: "create_event",
        input: { title: "t", start: "2026-03-27T15:00", end: "2026-03-27T16:00", attendees: [ann] },
      },
      { tool: "create_mail_rule", input: { name: "r", from_contains: "ann", forward_to: [ben] } },
      { tool: "wait_for_arrival", input: { until: "2026-03-27T10:30" } },
    ),
    fc.nat({ max: 9 }).map((minutes) => ({ tool: "wait", input: { minutes } })),
  );
  fc.assert(
    fc.property(fc.array(call, { maxLength: 20 }), fc.nat(), (calls, cut) => {
      const seat = takeSeat(busy);
      seat.ledger.flush();
      for (const { tool, input } of calls) seat.call(tool, input);
      seat.ledger.end(seat.gate.office, "finished", null, null);
      seat.ledger.flush();
      const recording = readRecording(seat.bytes());
      expect(replayRecording(recording, busy, standardPack).first).toBeNull();
      const before = recording.lines.slice(0, 1 + (cut % recording.lines.length));
      const resumed = takeSeat(busy, undefined, before);
      resumed.ledger.flush();
      for (const { tool, input } of calls) resumed.call(tool, input);
      resumed.ledger.end(resumed.gate.office, "finished", null, null);
      resumed.ledger.flush();
      const whole = `${before.join("\n")}\n${resumed.bytes().toString()}`;
      expect(whole).toBe(seat.bytes().toString());
    }),
    { numRuns: 60 },
  );
}, 30_000);

test("what is wrong in colleagues.yaml is told at its place", async () => {
  const of = (rule: string) =>
    withRules(`rules:\n  - ${rule}\n`).then(String, (error: Error) => error.message);
  expect([
    await of("{ id: a, who: zoe, on: mail, do: [{ mail: { text: x } }] }"),
    await of("{ id: a, who: ann, on: mail, if: 'a +', do: [{ mail: { text: x } }] }"),
    await of("{ id: a, who: ann, on: time, do: [{ mail: { text: x } }] }"),
    await of("{ id: a, who: ann, on: mail, at: 2026-03-27T10:00, do: [] }"),
    await of("{ id: a, who: ann, on: mail, do: [{ post: { channel: none, text: '{{ x' } }] }"),
    await of("{ id: a, who: ann, on: mail, do: [{ forward: { to: zoe } }], when: { wind: high } }"),
    await of("{ id: a, who: ann, on: mail, after: soon, do: [{ shout: { text: x } }] }"),
    await of(
      "{ id: a, who: ann, on: file, do: [{}] }\n  - { id: a, who: ann, on: file, do: [{}] }",
    ),
  ]).toMatchInlineSnapshot(`
    [
      "colleagues.yaml:2:14: who: "zoe" is nobody in people.yaml",
      "colleagues.yaml:2:34: rules.0.if: Unexpected token: EOF",
      "colleagues.yaml:2:24: on: a rule of time, and no other, says at when",
      "colleagues.yaml:2:56: rules.0.do: Too small: expected array to have >=1 items",
      "colleagues.yaml:2:49: channel: there is no channel "none" in chat/
    colleagues.yaml:2:64: text: output "{{ x" not closed, line:1, col:1",
      "colleagues.yaml:2:52: to: "zoe" is nobody in people.yaml
    colleagues.yaml:2:74: when: there is no variable "wind"",
      "colleagues.yaml:2:34: rules.0.after: must be a duration such as 45s, 2m or 1h
    colleagues.yaml:2:54: rules.0.do.0.shout is no field of this file",
      "colleagues.yaml:3:7: id: there is a rule "a" already",
    ]
  `);
});
