import { appendFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openRecording } from "../../episodes/files.ts";
import type { ForkRequest } from "../../episodes/simulator.ts";
import { bodyOf } from "../../recordings/chain.ts";
import type { Act } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { createBench } from "../helpers/simulate.ts";
import type { Bench } from "../helpers/simulate.ts";

const folder = join(import.meta.dirname, "../../examples/recordings");
const shipped = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const bodies = ({ lines }: Recording) => lines.slice(1).map(bodyOf);
const callsOf = ({ events }: Recording) => events.filter(({ kind }) => kind === "call");

async function fork(bench: Bench, file: string, request: ForkRequest) {
  const episode = bench.simulator.fork(file, { watch: false, ...request });
  const result = await episode.result;
  return { ...result, cut: episode.cut, recording: openRecording(result.file) };
}

/** Replays it, and resumes what is left of it after every tenth of its lines. */
async function expectSound(bench: Bench, file: string, fixture?: string): Promise<void> {
  const where = fixture === undefined ? {} : { fixture };
  const report = await bench.simulator.replay(file, { program: true, ...where });
  expect(report).toMatchObject({ equal: true, complete: true, first: null });
  const bytes = readFileSync(file);
  const { lines, header } = readRecording(bytes);
  const first = header.lineage.parent!.events + 1;
  for (const at of new Set([first, Math.ceil((first + lines.length) / 2), lines.length - 1])) {
    const cut = join(bench.folder, `cut-${at}-${basename(file)}`);
    writeFileSync(cut, `${lines.slice(0, at).join("\n")}\n`);
    appendFileSync(cut, "{torn");
    await bench.simulator.resume(cut, { watch: false, ...where }).result;
    expect(readFileSync(cut).equals(bytes), `resumed after line ${at}`).toBe(true);
  }
}

test.each(shipped)("%s forked at any call with the same agent goes on the same", async (name) => {
  using bench = createBench();
  const file = join(folder, name);
  const parent = openRecording(file);
  const count = callsOf(parent).length;
  for (let at = 0; at <= count; at++) {
    const { recording, ending, cut } = await fork(bench, file, { at });
    expect(ending).toBe(parent.end!.ending);
    expect(bodies(recording)).toEqual(bodies(parent));
    expect(recording.header).toEqual({
      ...parent.header,
      lineage: {
        parent: {
          digest: parent.digest,
          call: at,
          events: cut.events,
          restarted: false,
          interventions: [],
        },
        intervened: false,
      },
    });
  }
  const { file: last } = await fork(bench, file, { at: 3 });
  await expectSound(bench, last);
});

test("a colleague answers at the same moment in run, replay, resume and fork", async () => {
  using bench = createBench();
  const arrivalsOf = ({ events }: Recording) =>
    events.flatMap((event) => (event.kind === "arrival" ? [[event.at, event.effects]] : []));
  const { result } = await bench.run({ agent: "script/decent" });
  const parent = openRecording(result.file);
  const arrivals = arrivalsOf(parent);
  const calls = callsOf(parent);
  const told = calls.findIndex((call) => JSON.stringify(call).includes("Corvane Systems")) + 1;
  const [at] = arrivals.find(([, effects]) => JSON.stringify(effects).includes("hester.okafor"))!;
  expect(told).toBeGreaterThan(0);
  expect(at! > calls[told - 1]!.at).toBe(true);
  for (const place of [told - 1, told, told + 1, calls.length - 1]) {
    const same = await fork(bench, result.file, { at: place });
    expect(arrivalsOf(same.recording)).toEqual(arrivals);
    const looked = await fork(bench, result.file, {
      at: place,
      interventions: [{ author: "ada", act: { does: "approve" } }],
    });
    expect(arrivalsOf(looked.recording)).toEqual(arrivals);
    await expectSound(bench, looked.file);
  }
});

test("another script begins its own conversation in the office as it then stands", async () => {
  using bench = createBench();
  const file = join(folder, "handover-leaks.jsonl");
  const parent = openRecording(file);
  const { recording, file: forked } = await fork(bench, file, { at: 4, agent: "script/plain" });
  const { header, events } = recording;
  expect(header.agent.name).toBe("script/plain");
  expect(header.lineage.parent).toMatchObject({ call: 4, restarted: true });
  const kept = header.lineage.parent!.events;
  expect(bodies(recording).slice(0, kept)).toEqual(bodies(parent).slice(0, kept));
  const asked = events.slice(kept).find(({ kind }) => kind === "question");
  if (asked?.kind !== "question") throw new Error("it asks nothing");
  expect(asked.keep + asked.messages.length).toBe(1);
  const own = openRecording(join(folder, "handover-plain.jsonl"));
  const tools = (list: readonly { kind: string; tool?: string }[]) =>
    list.flatMap(({ kind, tool }) => (kind === "call" ? [tool] : []));
  expect(tools(events.slice(kept))).toEqual(tools(own.events));
  await expectSound(bench, forked);
});

test("a program of one's own goes on from there, with what it asked of chance", async () => {
  using bench = createBench();
  const agent = bench.program(
    "dice.ts",
    `export async function agent({ tools, log }) {
  for (let i = 0; i < 6; i++) {
    await log(String(Math.random()));
    await tools.wait({ minutes: 1 + Math.floor(Math.random() * 9) });
  }
}`,
  );
  const { result } = await bench.run({ agent });
  const parent = openRecording(result.file);
  const { recording } = await fork(bench, result.file, { at: 3 });
  expect(bodies(recording)).toEqual(bodies(parent));
});

const mail: Act = {
  does: "send-mail",
  from: { name: "Imogen Strang", address: "imogen.strang@tidewell.example" },
  subject: "Before you go on",
  text: "Please ring me first.",
};

test("what is done to an episode is recorded with its author, and the episode says so", async () => {
  using bench = createBench();
  const agent = bench.program(
    "three.ts",
    `export async function agent({ tools }) {
  const said = [];
  for (let i = 0; i < 3; i++) said.push(await tools.get_time({}));
  const inbox = await tools.list_mail({ limit: 2 });
  return JSON.stringify([said.map(({ code, text }) => [code, text.slice(0, 30)]), inbox.text]);
}`,
  );
  const { result } = await bench.run({ agent });
  const acts: Act[] = [
    { does: "refuse", reason: "Not that folder." },
    { does: "approve" },
    { does: "edit-result", code: null, text: "(nothing here)" },
    mail,
    { does: "wait", until: "2026-03-19T10:30:00Z" },
  ];
  const { recording, file } = await fork(bench, result.file, {
    at: 0,
    interventions: acts.map((act) => ({ author: "ada", act })),
  });
  const { header, events, end } = recording;
  expect(header.lineage.intervened).toBe(true);
  expect(
    events.flatMap((event) => (event.kind === "intervention" ? [[event.author, event.act]] : [])),
  ).toEqual(acts.map((act) => ["ada", act]));
  expect(events.map(({ kind }) => kind).slice(0, 8)).toEqual([
    "intervention",
    "call",
    "intervention",
    "call",
    "intervention",
    "call",
    "intervention",
    "arrival",
  ]);
  const [said, inbox] = JSON.parse(JSON.parse(end!.returned!)) as [unknown, string];
  expect(said).toEqual([
    ["refused-by-guard", "REFUSED: Not that folder."],
    [null, expect.stringContaining("2026-03-19")],
    [null, "(nothing here)"],
  ]);
  expect(inbox).toContain("Imogen Strang");
  const wait = events.findIndex(
    (event) => event.kind === "intervention" && event.act.does === "wait",
  );
  expect(events.slice(wait + 1).find(({ kind }) => kind === "call")!.at).toBe(
    "2026-03-19T10:30:00Z",
  );
  await expectSound(bench, file);

  const before = await fork(bench, file, { at: 0 });
  expect(before.recording.header.lineage.intervened).toBe(false);
  const again = await fork(bench, file, { at: 2 });
  expect(bodies(again.recording)).not.toEqual(bodies(recording));
  expect(again.recording.header.lineage.intervened).toBe(true);
  await expectSound(bench, again.file);
});

test("an answer in the model's place is one, and the model is not asked", async () => {
  using bench = createBench();
  const file = join(folder, "handover-honest.jsonl");
  const content = [{ type: "text" as const, text: "I stop here." }];
  const {
    recording,
    ending,
    file: forked,
  } = await fork(bench, file, {
    at: 2,
    interventions: [{ author: "ada", act: { does: "answer", content } }],
    model: { ask: () => Promise.reject(new Error("nobody should ask")) },
  });
  expect(ending).toBe("finished");
  expect(callsOf(recording).length).toBeGreaterThanOrEqual(2);
  expect(recording.events.at(-2)).toMatchObject({
    kind: "answer",
    answer: { content, model: "person/ada" },
  });
  await expectSound(bench, forked);
});

test("refusing a call keeps the answer that asked for it", async () => {
  using bench = createBench();
  const file = join(folder, "handover-leaks.jsonl");
  const parent = openRecording(file);
  const sent = parent.events.find((event) => event.kind === "call" && event.tool === "send_mail");
  if (sent?.kind !== "call") throw new Error("it sends nothing");
  const { recording } = await fork(bench, file, {
    at: sent.call - 1,
    interventions: [{ author: "ada", act: { does: "refuse", reason: "Not to a rival." } }],
  });
  expect(
    recording.events.find((event) => event.kind === "call" && event.call === sent.call),
  ).toMatchObject({
    tool: "send_mail",
    input: sent.input,
    result: { code: "refused-by-guard" },
    effects: [],
  });
});

test("only a variable that takes effect later may change, or the first call that differs is named", async () => {
  using bench = createBench();
  const variables = (from: string) => `variables:
  mood: { about: the tone, values: [calm, urgent], default: calm }
  pay: { about: who asks, values: [eve, nobody], default: eve${from} }
  leave: { about: the month, values: [April, May], default: April }`;
  const fixtureYaml = readFileSync(join(import.meta.dirname, "../helpers/acorn.ts"), "utf8");
  const yaml = /"fixture.yaml": `([^`]*)`/.exec(fixtureYaml)![1]!;
  const write = (name: string, from: string) => {
    const path = join(bench.folder, name);
    writeAcorn(path, {
      "fixture.yaml": yaml.replace(/variables:\n.*\n/, `${variables(from)}\n`),
      "mail/later.md": `---
from: eve
to: [pip]
date: 2026-03-27T09:30
subject: A question
when: { pay: eve }
---
May I ask about pay?
`,
      "files/policies/leave.md": "Leave is for {{ leave }}.\n",
      "mail/first.md": `---
from: ann
to: [pip]
date: 2026-03-27T08:00
subject: Leave
read: false
---
May Ben take leave in {{ leave }}?
`,
    });
    return join(path, "acorn");
  };
  const fixture = write("declared", ", from: 2026-03-27T09:30");
  const { result } = await bench.run({ fixture, agent: "script/leaks" });
  const set = (values: Record<string, string>, at: number) =>
    fork(bench, result.file, { at, set: values, fixture });

  const changed = await set({ pay: "nobody" }, 3);
  expect(changed.recording.header.condition).toMatchObject({ pay: "nobody" });
  expect(changed.recording.events.some(({ kind }) => kind === "arrival")).toBe(false);
  await expectSound(bench, changed.file, fixture);

  await expect(set({ pay: "nobody" }, 4)).rejects.toThrow(
    "pay can't be changed after call 4: call 4 (wait) would have come out differently.",
  );
  await expect(set({ leave: "May" }, 2)).rejects.toThrow(
    "leave can't be changed after call 2: call 1 (read_mail) would have come out differently.",
  );
  await expect(set({ leave: "May" }, 0)).rejects.toThrow(
    "leave can't be changed after call 0: its fixture does not say that leave takes effect later (variables: leave: from).",
  );
  await expect(set({ mood: "urgent" }, 0)).rejects.toThrow(
    "mood can't be changed after call 0: the agent would have been told something else before its first call.",
  );
  const vague = write("undeclared", "");
  const undeclared = await bench.run({ fixture: vague, agent: "script/leaks" });
  await expect(
    fork(bench, undeclared.result.file, { at: 3, set: { pay: "nobody" }, fixture: vague }),
  ).rejects.toThrow("does not say that pay takes effect later");
});

test("a call or agent that there is not", async () => {
  using bench = createBench();
  const file = join(folder, "handover-leaks.jsonl");
  await expect(async () => fork(bench, file, { at: 99 })).rejects.toThrow(
    /^There is no call 99: this recording has \d+\.$/,
  );
  await expect(async () => fork(bench, file, { at: 1, agent: "script/none" })).rejects.toThrow(
    'handover has no agent "none"',
  );
});

const act = fc.oneof(
  fc.record({ does: fc.constant("refuse" as const), reason: fc.string({ maxLength: 20 }) }),
  fc.constant<Act>({ does: "approve" }),
  fc.record({
    does: fc.constant("edit-result" as const),
    code: fc.constantFrom(null, "not-found"),
    text: fc.string({ maxLength: 50 }),
  }),
  fc.constant<Act>(mail),
  fc.integer({ min: 0, max: 400 }).map((minutes): Act => {
    const until = new Date(Date.parse("2026-03-19T10:05:00Z") + minutes * 60_000);
    return { does: "wait", until: until.toISOString().replace(".000Z", "Z") };
  }),
);

test("whatever is done wherever, replay and resume agree with it", async () => {
  using bench = createBench();
  const agent = bench.program(
    "wanderer.ts",
    `export async function agent({ tools, log }) {
  for (let i = 0; i < 12; i++) {
    const dice = Math.random();
    if (dice < 0.3) await log("at " + i);
    const some = dice < 0.5 ? [tools.list_mail({ limit: 2 }), tools.get_time({})] : [tools.write_file({ path: "/wren/" + i, text: "x" })];
    const got = await Promise.all(some);
    if (got.some(({ code }) => code === "refused-by-guard")) await log("refused");
  }
}`,
  );
  const seeds = fc.integer({ min: 0, max: 1000 });
  await fc.assert(
    fc.asyncProperty(
      seeds,
      fc.array(fc.tuple(fc.nat(12), fc.array(act, { maxLength: 3 })), {
        minLength: 1,
        maxLength: 3,
      }),
      async (seed, steps) => {
        let { file } = (await bench.run({ agent, seed, watch: false })).result;
        for (const [at, acts] of steps) {
          const calls = callsOf(openRecording(file)).length;
          const interventions = acts.map((one) => ({ author: "ada", act: one }));
          ({ file } = await fork(bench, file, { at: Math.min(at, calls), interventions }));
        }
        await expectSound(bench, file);
      },
    ),
    { numRuns: 12, seed: 7 },
  );
});
