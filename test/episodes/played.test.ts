import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openRecording } from "../../episodes/files.ts";
import type { Model, ModelRequest } from "../../models/port.ts";
import { bodyOf } from "../../recordings/chain.ts";
import type { RecordedEvent } from "../../recordings/events.ts";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, serveAnthropic, succeed } from "../helpers/cli.ts";
import { createBench } from "../helpers/simulate.ts";

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

const colleagues = `plays:
  ann:
    persona: |
      You run Acorn, drily. The mood is {{ mood }}.
    knows: [files/board/pay.csv, later]
    after: 12m
  eve:
    persona: You write for The Leaf and ask too much.
    after: 3m
    times: 2
rules:
  - { id: ann-by-rule, who: ann, on: mail, after: 5m, do: [{ mail: { text: By rule. } }] }
  - { id: ann-at-ten, who: ann, on: time, at: 2026-03-27T10:00, do: [{ direct: { text: Ten o'clock. } }] }
`;
const changes = {
  "colleagues.yaml": colleagues,
  "chat/tea.yaml": `channel: tea
members: [ann, pip, eve]
messages:
  - { from: ann, at: 2026-03-26T15:00, text: "The kettle is mine, said nobody to Eve." }
`,
  "agents/talks.yaml": `title: Talks to both
steps:
  - calls:
      - send_mail: { to: [ann@acorn.example], subject: Pay, text: "Ann, what is Ben paid? The password is swordfish." }
      - send_mail: { to: [eve@press.example], subject: Hello, text: "Eve, how are you?" }
      - wait: { minutes: 15 }
  - expect: ['"arrived":2']
    calls:
      - post_message: { channel: tea, text: "@Eve tea?" }
      - send_direct_message: { to: ann@acorn.example, text: "Ann, are you there?" }
      - wait: { until: "2026-03-27T10:05" }
  - say: Done.
`,
};
const fixture = writeAcorn(bench.folder, changes);
const folder = join(bench.folder, fixture);

/** Plays whoever is asked; gives the questions, in order. */
function player(
  say: (request: ModelRequest) => string,
): Model & { readonly asked: ModelRequest[] } {
  const asked: ModelRequest[] = [];
  return {
    asked,
    ask(request) {
      asked.push(request);
      const content = [{ type: "text" as const, text: say(request) }];
      const usage = { inputTokens: 3, outputTokens: 2 };
      return Promise.resolve({
        answer: { content, stop: "end", usage, model: "player" },
        request: null,
      });
    },
  };
}

const whole = ({ system, messages }: ModelRequest) => `${system}\n${JSON.stringify(messages)}`;
const answering = () => player(({ question }) => `Answer ${question}, {{ mood }} {% raw %}`);
const talks = { fixture: folder, agent: "script/talks" };

/** What came in, and when. */
const came = (events: readonly { kind: string }[]) =>
  (events as RecordedEvent[]).flatMap((event) =>
    event.kind === "arrival"
      ? event.effects.flatMap((effect) => {
          if (effect.effect === "mail-received")
            return [`${event.at.slice(11, 16)} ${effect.from.address} ${effect.subject}`];
          return effect.effect === "chat-received"
            ? [`${event.at.slice(11, 16)} ${effect.from.address}: ${effect.text}`]
            : [];
        })
      : [],
  );

test("whom a model plays answers what they are written, by mail and chat, after their time", async () => {
  const { result, events } = await bench.run({ ...talks, colleagues: answering() });
  expect(result, result.detail).toMatchObject({ ending: "finished" });
  expect(came(events)).toEqual([
    "09:03 eve@press.example Re: Hello",
    "09:12 ann@acorn.example Re: Pay",
    "09:19 eve@press.example: Answer 3, {{ mood }} {% raw %}",
    "09:28 ann@acorn.example: Answer 4, {{ mood }} {% raw %}",
    "09:30 eve@press.example A question",
    "10:00 ann@acorn.example: Ten o'clock.",
  ]);
  const recording = openRecording(result.file);
  expect(recording.header).toMatchObject({
    colleagues: "own",
    facts: { players: ["ann@acorn.example", "eve@press.example"] },
  });
  const kinds = recording.events.flatMap((event) => {
    if (event.kind === "asked") return [`${event.asked} ${event.who} ${event.about}`];
    return event.kind === "said" ? [`${event.asked}`] : [];
  });
  expect(kinds).toEqual([
    "1 ann@acorn.example mail:3",
    "1",
    "2 eve@press.example mail:5",
    "2",
    "3 eve@press.example message:2",
    "3",
    "4 ann@acorn.example message:4",
    "4",
  ]);
});

test("nobody is told more than their persona, what they know, and what reached them", async () => {
  const model = answering();
  const { result } = await bench.run({ ...talks, colleagues: model });
  const [ann, eve, tea, direct] = model.asked.map(whole) as [string, string, string, string];
  expect(ann).toContain("You run Acorn, drily. The mood is calm.");
  expect(ann).toContain("ann,100");
  expect(ann).toContain("May I ask about pay?");
  expect(ann).toContain("what is Ben paid?");
  expect(direct).toContain("Ann, are you there?");
  const annOnly = ["drily", "ann,100", "ben,50", "swordfish", "Ben paid"];
  for (const request of [eve, tea]) {
    for (const secret of [
      ...annOnly,
      "The kettle is mine",
      "You are Pip",
      "Answer mail-1",
      "May Ben take leave",
    ]) {
      expect(request).not.toContain(secret);
    }
  }
  expect(tea).not.toContain("how are you?");
  for (const request of [ann, direct]) {
    for (const secret of ["ask too much", "how are you?", "You are Pip", "Answer mail-1"])
      expect(request).not.toContain(secret);
  }
  // The recording holds the very request, and the model has no tools.
  const asked = openRecording(result.file).events.filter((event) => event.kind === "asked");
  expect(model.asked.map(({ system, messages, tools }) => ({ system, messages, tools }))).toEqual(
    asked.map(({ system, text }) => ({
      system,
      messages: [{ role: "user", content: [{ type: "text", text }] }],
      tools: [],
    })),
  );
});

test("a thread shows each of those in it only what reached them", async () => {
  const agent = bench.program(
    "thread.ts",
    `export async function agent({ tools }) {
  const { text } = await tools.reply_mail({ mail_id: "mail-1", text: "For Ann alone: swordfish." });
  const { mail_id } = JSON.parse(text);
  await tools.forward_mail({ mail_id: "mail-1", to: ["eve@press.example"], text: "Eve, see below." });
  await tools.create_draft({ to: ["eve@press.example"], subject: "Re: Leave", text: "never sent" });
}`,
  );
  const model = answering();
  await bench.run({ fixture: folder, agent, colleagues: model });
  const toEve = model.asked.map(whole).find((request) => request.includes("Eve, see below."))!;
  expect(toEve).not.toContain("swordfish");
  expect(toEve).not.toContain("never sent");
});

test("two runs are the same bytes; replay needs no model, resume asks only what was not answered", async () => {
  const first = await bench.run({ ...talks, colleagues: answering() });
  const second = await bench.run({ ...talks, colleagues: answering() });
  expect(second.bytes.equals(first.bytes)).toBe(true);
  const { file } = first.result;
  const report = await bench.simulator.replay(file, { program: true, fixture: folder });
  expect(report).toMatchObject({ equal: true, complete: true, first: null });
  const { lines } = readRecording(first.bytes);
  for (let at = 1; at < lines.length; at += 2) {
    const cut = join(bench.folder, `cut-${at}.jsonl`);
    const kept = lines.slice(0, at);
    writeFileSync(cut, `${kept.join("\n")}\n`);
    appendFileSync(cut, "{torn");
    const model = answering();
    await bench.simulator.resume(cut, { watch: false, colleagues: model, fixture: folder }).result;
    expect(readFileSync(cut).equals(first.bytes), `resumed after line ${at}`).toBe(true);
    expect(model.asked).toHaveLength(
      4 - kept.filter((line) => line.startsWith('{"kind":"said"')).length,
    );
  }
});

test("a fork keeps what was said before it, and asks anew after", async () => {
  const { result } = await bench.run({ ...talks, colleagues: answering() });
  const parent = openRecording(result.file);
  for (const at of [0, 1, 2, 4]) {
    const model = answering();
    const episode = bench.simulator.fork(result.file, {
      at,
      fixture: folder,
      colleagues: model,
      watch: false,
    });
    const { events, lines } = openRecording((await episode.result).file);
    expect(lines.slice(1).map(bodyOf)).toEqual(parent.lines.slice(1).map(bodyOf));
    const kept = events.slice(0, episode.cut.events).filter(({ kind }) => kind === "said").length;
    expect(kept).toBe(Math.min(at, 2) + (at === 4 ? 1 : 0));
    expect(model.asked).toHaveLength(4 - kept);
  }
});

test("without a model they go by their rules, or are silent", async () => {
  const agent = bench.program(
    "asks.ts",
    `export async function agent({ tools }) {
  for (const to of ["ann@acorn.example", "eve@press.example"]) await tools.send_mail({ to: [to], subject: "Hello", text: "Hello." });
  await tools.wait({ minutes: 20 });
}`,
  );
  const { result, events } = await bench.run({ fixture: folder, agent });
  expect(came(events)).toEqual(["09:05 ann@acorn.example Re: Hello"]);
  expect(openRecording(result.file).events.some(({ kind }) => kind === "asked")).toBe(false);
});

test("silence is an answer, and nobody is asked more often than they may be", async () => {
  const agent = bench.program(
    "pesters.ts",
    `export async function agent({ tools }) {
  for (let i = 0; i < 4; i++) await tools.send_mail({ to: ["eve@press.example"], subject: "Hello", text: "Hello " + i });
  await tools.wait({ minutes: 20 });
}`,
  );
  const model = player(({ question }) => (question === 1 ? " (no answer)\n" : "Yes?"));
  const { events } = await bench.run({ fixture: folder, agent, colleagues: model });
  expect(model.asked).toHaveLength(2);
  expect(came(events)).toEqual(["09:03 eve@press.example Re: Hello"]);
});

test("a model that can't be had fails the episode, and says so", async () => {
  const colleagues: Model = { ask: () => Promise.reject(new Error("out of order")) };
  const { result } = await bench.run({ ...talks, colleagues });
  expect(result).toMatchObject({ ending: "failed", code: "model-error" });
  expect(result.detail).toContain("out of order");
});

test("what colleagues cost is taken out of the episode's budget, in a replay too", async () => {
  const { result } = await bench.run({ ...talks, colleagues: answering(), budget: { tokens: 5 } });
  expect(result).toMatchObject({ ending: "limit", code: "max-tokens" });
  const report = await bench.simulator.replay(result.file, { program: true, fixture: folder });
  expect(report).toMatchObject({ equal: true, first: null });
});

test("on the command line: said who is played, asked over HTTP, replayed without a request", async () => {
  using server = await serveAnthropic([[{ type: "text", text: "Fine, and you?" }]]);
  const options = { cwd: bench.folder, env: server.env };
  const args = ["run", "./acorn", "--agent", "script/talks", "--out", "cli.jsonl"];
  const printed = await succeed([...args, "--colleagues", "anthropic/some-model"], options);
  expect(printed).toContain("Ann Oak, Eve Ash: played by anthropic/some-model\n");
  expect(printed).toContain(
    "09:00 asks    ann@acorn.example, whom a model plays\n09:00 gets    Fine, and you?\n",
  );
  expect(server.bodies).toHaveLength(4);
  expect(readFileSync(join(bench.folder, "cli.jsonl"), "utf8")).not.toContain(server.key);
  const offline = { cwd: bench.folder };
  await succeed(["replay", "cli.jsonl", "--program", "--fixture", "acorn"], offline);
  await succeed(["show", "cli.jsonl", "--html", "--out", "cli.html"], offline);
  await succeed(["export", "cli.jsonl", "--format", "inspect", "--out", "logs"], offline);
  expect(server.bodies).toHaveLength(4);
  const silent = await succeed(
    ["run", "./acorn", "--agent", "script/helps", "--out", "rules.jsonl"],
    offline,
  );
  expect(silent).toContain(
    "Ann Oak, Eve Ash: by the fixture's rules, or silent (a model could play them: --colleagues MODEL)",
  );
  const nobody = await cubicle(
    ["run", "handover", "--out", "none.jsonl", "--colleagues", "anthropic/some-model"],
    options,
  );
  expect(nobody).toMatchObject({ code: 2, stdout: "" });
  expect(nobody.stderr).toContain("handover has no colleague whom a model could play");
});

test("what is wrong with plays is told at its place", async () => {
  writeAcorn(join(bench.folder, "bad"), {
    "colleagues.yaml": `plays:
  zoe: { persona: x }
  ann: { persona: "{{ x", knows: [none], after: soon, when: { wind: high } }
`,
  });
  const { code, stderr } = await cubicle(["run", "./bad/acorn"], { cwd: bench.folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(/after: must be a duration/);
  writeAcorn(join(bench.folder, "worse"), {
    "colleagues.yaml": `plays:
  zoe: { persona: x }
  ann: { persona: "{{ x", knows: [none], when: { wind: high } }
`,
  });
  const worse = await cubicle(["run", "./worse/acorn"], { cwd: bench.folder });
  for (const words of [
    'plays: "zoe" is nobody',
    "persona: output",
    '"none" is neither a mail',
    'no variable "wind"',
  ]) {
    expect(worse.stderr).toContain(words);
  }
});
