import { readSync, writeSync } from "node:fs";
import { CubicleError } from "../env/errors.ts";
import { loadFixture } from "../env/fixture/load.ts";
import type { Fixture, FixtureFiles } from "../env/fixture/load.ts";
import { openFixture } from "../env/fixture/open.ts";
import { reorderMails } from "../env/fixture/vary.ts";
import { chooseCondition } from "../env/fixture/condition.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import type { Condition } from "../env/fixture/condition.ts";
import type { Office } from "../env/office.ts";
import { ModelError } from "../models/port.ts";
import type { ModelRequest, Reply } from "../models/port.ts";
import { createScriptedModel } from "../models/scripted.ts";
import { RecordingError } from "../recordings/errors.ts";
import type { AnswerEvent, Header } from "../recordings/events.ts";
import { readRecording } from "../recordings/reader.ts";
import type { Recording } from "../recordings/reader.ts";
import { createWriter } from "../recordings/recorder.ts";
import type { Pack } from "../tools/pack.ts";
import { packFor } from "../tools/registry.ts";
import { packOf, renamedCalls, withPhrasing } from "./vary.ts";
import type { Vary } from "./vary.ts";
import { SpentError } from "./budget.ts";
import { beginFork, interventionsIn } from "./fork.ts";
import type { Decision, GuardQuestion } from "./guard.ts";
import { createHeader } from "./header.ts";
import { checkupOf, describeFixture } from "./checkup.ts";
import { lintFixture } from "./lint/lint.ts";
import { lookAt, openItem } from "./panes.ts";
import { previewOf } from "./preview.ts";
import { FIXTURE_PIPE, packError } from "./protocol.ts";
import type {
  FixtureMessage,
  FromWorker,
  LookRequest,
  Questioned,
  StartMessage,
  ToWorker,
} from "./protocol.ts";
import { replayRecording } from "./replay.ts";
import type { ReplayReport } from "./replay.ts";
import { runProbe } from "./probe.ts";
import { runProgram } from "./run.ts";
import type { RunOptions, RunResult } from "./run.ts";

/*
 * The process that holds offices, gates and programs. It has no key, no network and no file but its
 * own code: its recordings go to descriptors it was started with.
 */

/** Opened offices kept for the episodes to come. */
const MOST_OPENED = 64;

const fixtures = new Map<number, Promise<Fixture>>();
/** Their files, for whoever wants to know all that is wrong with them. */
const sources = new Map<number, { readonly name: string; readonly files: FixtureFiles }>();
const opened = new Map<string, OpenFixture>();
/** Offices by the number of events before them, of recordings that someone steps through. */
const histories = new Map<number, readonly Office[]>();
const awaited = new Map<string, { resolve(reply: Reply): void; reject(error: Error): void }>();

/** Calls that a person is asked about, by episode. */
const undecided = new Map<number, (decision: Decision) => void>();

function send(message: FromWorker): void {
  process.send?.(message);
}

/** Two conditions of one fixture are two offices; each is opened once while it is in use. */
async function open(id: number, condition: Condition, vary?: Vary): Promise<OpenFixture> {
  const fixture = await fixtures.get(id)!;
  const chosen = chooseCondition(
    fixture,
    vary ? withPhrasing(fixture, condition, vary) : condition,
  );
  const order = vary?.varied?.what.includes("order") ? vary.seed : null;
  const key = `${id} ${order} ${JSON.stringify(chosen)}`;
  let office = opened.get(key);
  if (!office) {
    office = openFixture(order === null ? fixture : reorderMails(fixture, order), chosen);
    if (opened.size >= MOST_OPENED) opened.delete(opened.keys().next().value!);
    opened.set(key, office);
  }
  return office;
}

function receive(message: ToWorker): void {
  switch (message.kind) {
    case "ping":
      return send({ kind: "pong" });
    case "fixture":
      return keepFixture(message);
    case "start":
      void start(message).catch((error: unknown) =>
        send({ kind: "broken", episode: message.episode, error: packError(error) }),
      );
      return;
    case "answer":
    case "no-answer":
      return take(message);
    case "decide":
      undecided.get(message.episode)?.(message.decision);
      undecided.delete(message.episode);
      return;
    case "forget":
      histories.delete(message.history);
      return;
    case "describe":
    case "check":
    case "preview":
    case "brief":
    case "history":
    case "look":
    case "replay":
      void answer(message).catch((error: unknown) =>
        send({ kind: "refused", request: message.request, error: packError(error) }),
      );
      return;
  }
}

function keepFixture({ fixture, name, files }: FixtureMessage): void {
  const bytes = readPipe(files.reduce((sum, [, length]) => sum + length, 0));
  let taken = 0;
  const content = new Map(
    files.map(([path, length]) => [path, bytes.subarray(taken, (taken += length))]),
  );
  sources.set(fixture, { name, files: content });
  const loading = loadFixture(name, content);
  // Whoever asks for it meets the error; until then it is nobody's.
  loading.catch(() => {});
  fixtures.set(fixture, loading);
}

/** The next bytes of the fixtures' pipe. Waits for them: nothing can be done before they are here. */
function readPipe(length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length;) {
    const count = readSync(FIXTURE_PIPE, bytes, filled, length - filled, null);
    if (!count) process.exit(0);
    filled += count;
  }
  return bytes;
}

async function start(message: StartMessage): Promise<void> {
  const { episode, descriptor, spec, doomed, script, watch } = message;
  const office = await open(message.fixture, spec.condition, spec);
  const { pack, varied } = packOf(office, spec);
  const header = createHeader(office, pack, { ...spec, ...(varied ? { varied } : {}) });
  if (header.colleagues !== undefined && !header.facts.players) {
    throw new CubicleError(
      "usage",
      `${office.fixture.name} has no colleague whom a model could play: its colleagues.yaml has no plays.`,
    );
  }
  const before = beginning(message, office, pack);
  if (before) checkFixture(before, office.fixture);
  if (before && !message.before) {
    writeAll(descriptor, `${before.lines.join("\n")}\n`);
    send({ kind: "opened", episode });
  }
  const scripted = script === null ? undefined : scriptOf(office, script, varied?.tools);
  let isNew = !before;
  const write = (lines: string): void => {
    writeAll(descriptor, lines);
    if (isNew) send({ kind: "opened", episode });
    isNew = false;
    if (watch) send({ kind: "lines", episode, lines });
  };
  const options = {
    opened: office,
    pack,
    header,
    recorder: createWriter(header, before?.lines ?? [], write),
    ...historyOf(header, before),
    ask: scripted
      ? (request: ModelRequest) => scripted.ask(request, never)
      : (request: ModelRequest) => ask(episode, "agent", request),
    consult: (request: ModelRequest) => ask(episode, "colleagues", request),
    // A script that someone interrupted need not come to its end.
    ...(scripted && !header.lineage.intervened && !mayRefuse(header)
      ? { finish: (questions: number) => scripted.finish(questions) }
      : {}),
    doomed,
    guardian: (question: GuardQuestion) => put(episode, question),
  };
  const result = await runEpisode(options, before);
  send({ kind: "ended", episode, ...result });
}

function mayRefuse({ guard }: Header): boolean {
  return guard !== undefined && guard.mode !== "observe";
}

/** Runs the program to its end; for a probe, puts the one question. */
function runEpisode(options: RunOptions, before: Recording | undefined): Promise<RunResult> {
  const { parent, probe } = options.header.lineage;
  if (probe === undefined) return runProgram(options);
  return runProbe(options, before!.events.slice(0, parent!.events));
}

/** What there is of the recording already: what broke off, or a fork's parent. */
function beginning(
  { before, parent, spec }: StartMessage,
  office: OpenFixture,
  pack: Pack,
): Recording | undefined {
  if (before) return readRecording(Buffer.from(before));
  if (!parent) return undefined;
  const forked = readRecording(Buffer.from(parent));
  checkFixture(forked, office.fixture);
  return readRecording(Buffer.from(beginFork(forked, spec, office, pack)));
}

/** What a program meets again that runs as one did before. */
function historyOf(header: Header, recording: Recording | undefined) {
  const events = recording?.events ?? [];
  const { parent } = header.lineage;
  return {
    answered: answersOf(recording),
    said: new Map(events.flatMap((event) => (event.kind === "said" ? [[event.asked, event]] : []))),
    ran: new Map(events.flatMap((event) => (event.kind === "code" ? [[event.code, event]] : []))),
    prefix: parent?.restarted ? events.slice(0, parent.events) : [],
    interventions: interventionsIn(header, events),
  };
}

const never = new AbortController().signal;

function scriptOf(office: OpenFixture, name: string, names: Readonly<Record<string, string>> = {}) {
  const script = office.script(name);
  if (script) return createScriptedModel(`script/${name}`, renamedCalls(script, names));
  throw new CubicleError("usage", `${office.fixture.name} has no script "${name}".`);
}

function answersOf(recording: Recording | undefined): ReadonlyMap<number, AnswerEvent> {
  const events = recording?.events ?? [];
  return new Map(
    events.flatMap((event) => (event.kind === "answer" ? [[event.question, event]] : [])),
  );
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written);
  }
}

function ask(episode: number, to: Questioned, request: ModelRequest): Promise<Reply> {
  send({
    kind: "ask",
    episode,
    to,
    request: {
      ...request,
      messages: [...request.messages],
      tools: request.tools.map((tool) => ({ ...tool })),
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  awaited.set(`${episode} ${to} ${request.question}`, { resolve, reject });
  return promise;
}

/** Puts a call to whoever guards the episode. */
function put(episode: number, { findings, ...question }: GuardQuestion): Promise<Decision> {
  send({ kind: "guard", episode, question: { ...question, findings: [...findings] } });
  const { promise, resolve } = Promise.withResolvers<Decision>();
  undecided.set(episode, resolve);
  return promise;
}

function take(message: Extract<ToWorker, { kind: "answer" | "no-answer" }>): void {
  const key = `${message.episode} ${message.to} ${message.question}`;
  const waiting = awaited.get(key);
  awaited.delete(key);
  if (message.kind === "answer") waiting?.resolve(message.reply);
  else {
    const { attempts } = message;
    const code = message.code === "script-mismatch" ? message.code : "model-error";
    const isSpent = message.code === "max-time";
    waiting?.reject(
      isSpent ? new SpentError("max-time") : new ModelError(code, message.message, { attempts }),
    );
  }
}

async function answer(
  message: Extract<
    ToWorker,
    { kind: "describe" | "check" | "preview" | "brief" | "history" | "look" | "replay" }
  >,
): Promise<void> {
  const { request } = message;
  if (message.kind === "look") {
    const offices = histories.get(message.history);
    if (!offices) throw new CubicleError("usage", "That history is no longer held.");
    send({ kind: "seen", request, seen: look(offices, message.look) });
    return;
  }
  if (message.kind === "check") {
    const { name, files } = sources.get(message.fixture)!;
    send({ kind: "checked", request, checkup: checkupOf(await lintFixture(name, files)) });
    return;
  }
  const fixture = await fixtures.get(message.fixture)!;
  if (message.kind === "describe") {
    send({ kind: "described", request, fixture: describeFixture(fixture) });
    return;
  }
  if (message.kind === "preview") {
    const preview = previewOf(await open(message.fixture, message.condition));
    send({ kind: "previewed", request, preview });
    return;
  }
  if (message.kind === "brief") {
    const { system, task, tools: given } = await open(message.fixture, message.condition);
    const tools = packFor(fixture.config.pack, given).tools.map((tool) => ({ ...tool }));
    send({ kind: "briefed", request, brief: { system, task, tools } });
    return;
  }
  const recording = readRecording(Buffer.from(message.recording, "base64"));
  const { header } = recording;
  checkFixture(recording, fixture);
  const office = await open(message.fixture, header.condition, header);
  const { pack } = packOf(office, header);
  if (message.kind === "history") {
    const offices: Office[] = [];
    const report = replayRecording(recording, office, pack, (seen, from, to) => {
      while (offices.length < from) offices.push(offices.at(-1)!);
      while (offices.length <= to) offices.push(seen);
    });
    histories.set(request, offices);
    send({ kind: "remembered", request, report });
    return;
  }
  const report = replayRecording(recording, office, pack);
  const again = message.program && report.equal ? await rerun(recording, office) : null;
  send({
    kind: "replayed",
    request,
    report: again ? { ...report, equal: false, first: again } : report,
  });
}

function look(offices: readonly Office[], wanted: LookRequest) {
  const office = offices[Math.min(wanted.events, offices.length - 1)]!;
  if ("ref" in wanted) return { text: openItem(office, wanted.ref) };
  const { rows, places, ...counts } = lookAt(office, wanted.pane, wanted);
  const plain = rows.map((row) => ({ ...row, marks: [...row.marks] }));
  return { now: office.now, ...counts, places: [...places], rows: plain };
}

/** A recording means nothing on another fixture. */
function checkFixture({ header }: Recording, { digest }: Fixture): void {
  const recorded = header.fixture;
  if (recorded.digest === digest) return;
  throw new CubicleError(
    "fixture-changed",
    `It was recorded on ${recorded.name} ${recorded.digest.slice(0, 12)}; the fixture here is ${digest.slice(0, 12)}. Give the folder it was recorded on: --fixture DIR.`,
  );
}

/** Runs the program again on the recorded answers; tells the first line that comes out differently. */
async function rerun(recording: Recording, office: OpenFixture): Promise<ReplayReport["first"]> {
  const { header, end, lines } = recording;
  const { pack } = packOf(office, header);
  const doomed = end?.ending === "failed" || end?.code === "max-time" ? end.code : null;
  // A failed program can't be run to its failure again: up to there it must do the same.
  const recorder = createWriter(header, doomed ? lines.slice(0, -1) : lines, (text) => {
    if (!doomed) throw new RecordingError("diverged", lines.length + 1, text);
  });
  try {
    const options = {
      opened: office,
      pack,
      header,
      recorder,
      ...historyOf(header, recording),
      ask: unanswered,
      consult: unanswered,
      doomed,
      guardian: ({ call }: GuardQuestion) =>
        Promise.reject(
          new RecordingError("diverged", lines.length + 1, `call ${call} asks its guard`),
        ),
    };
    await runEpisode(options, recording);
    return null;
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return { line: error.line, recorded: lines[error.line - 1] ?? "(nothing)", now: error.message };
  }
}

function unanswered({ question }: ModelRequest): Promise<never> {
  const message = `question ${question} was never answered`;
  return Promise.reject(new ModelError("model-error", message));
}

// A terminal's Ctrl-C reaches every process of the group: the supervisor decides what it means.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", receive);
