import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { CubicleError } from "../env/errors.ts";
import type { Condition } from "../env/fixture/condition.ts";
import type { FixtureFiles } from "../env/fixture/load.ts";
import type { Model } from "../models/port.ts";
import { ModelError, replySchema } from "../models/port.ts";
import type { Reply } from "../models/port.ts";
import type { Clock } from "../models/traffic.ts";
import { wallClock } from "../models/traffic.ts";
import type { EndCode, Ending, Header, RecordedEvent } from "../recordings/events.ts";
import { parseLine, readRecording } from "../recordings/reader.ts";
import { placeNew } from "./files.ts";
import type { Guardian, GuardQuestion } from "./guard.ts";
import { blame, LIVES } from "./blame.ts";
import type { Suspect } from "./blame.ts";
import type { EpisodeSpec } from "./header.ts";
import { unpackError } from "./protocol.ts";
import type { Look, LookOptions, PaneName } from "./panes.ts";
import type {
  Brief,
  Checkup,
  FixtureDescription,
  FromWorker,
  LookRequest,
  Preview,
  ToWorker,
} from "./protocol.ts";
import type { ReplayReport } from "./replay.ts";
import type { Slot } from "./slots.ts";
import { createWorkforce } from "./workforce.ts";
import type { Worker } from "./workforce.ts";

/** A fixture's folder, read. */
export interface FixtureSource {
  readonly name: string;
  readonly files: FixtureFiles;
}

export interface EpisodeJob {
  readonly fixture: FixtureSource;
  readonly spec: EpisodeSpec;
  /** Answers the program's questions; null for a program that has none to ask. */
  readonly model: Model | null;
  /** Answers as colleagues; null where none is played, or nobody is there to. */
  readonly colleagues: Model | null;
  /** The fixture's script that answers instead; null for none. */
  readonly script: string | null;
  /** Path of the recording. */
  readonly file: string;
  /** Whole lines of a recording to go on from; empty for a new episode. */
  readonly before: string;
  /** Whole lines of a recording to fork, at the place that `spec` says; empty for none. */
  readonly parent: string;
  /** Whether its events are wanted as they happen. */
  readonly watch: boolean;
  /** Asked about harmful calls; null where no person is to be asked. */
  readonly guardian: Guardian | null;
}

export interface EpisodeResult {
  readonly file: string;
  readonly ending: Ending;
  readonly code: EndCode | null;
  /** Why it came to no end of its own, in words; empty if it did. */
  readonly detail: string;
}

/** A running episode: its events as they are recorded, and how it ended. */
export interface Episode extends AsyncIterable<Header | RecordedEvent> {
  readonly result: Promise<EpisodeResult>;
}

/** The office of a recording as it was after any number of its events. */
export interface History {
  /** Whether the recording came out again: what is shown is worth no more than this. */
  readonly report: ReplayReport;
  /** @param events how many events have happened */
  look(
    events: number,
    pane: PaneName,
    options: LookOptions,
  ): Promise<Look & { readonly now: number }>;
  /** All of one thing as text; null if it was not there. */
  open(events: number, ref: string): Promise<string | null>;
  close(): void;
}

export interface SupervisorOptions {
  /** Where recordings will be; episodes' files must lie on the same disk. */
  readonly folder: string;
  /** Worker processes at once. */
  readonly workers?: number;
  /** Episodes a worker takes before it is replaced: 64, or as many as it holds at once. */
  readonly slots?: number;
  /** Episodes a worker holds at once, 32 unless told otherwise. One that waits costs it memory only. */
  readonly atOnce?: number;
  /** A worker that does not answer for this long is killed, its episodes resumed. */
  readonly watchdogMs?: number;
  /** By which models are waited for, and budgets of time counted. */
  readonly clock?: Clock;
  /** Told what happens to workers, for the operator's log. */
  readonly note?: (message: string, fields: Record<string, unknown>) => void;
}

/** Holds keys, files and the watchdog; answers what workers ask. */
export interface Supervisor {
  run(job: EpisodeJob): Episode;
  describe(fixture: FixtureSource): Promise<FixtureDescription>;
  /** All that is wrong with it, short of running it. */
  check(fixture: FixtureSource): Promise<Checkup>;
  /** What an agent would meet. */
  preview(fixture: FixtureSource, condition: Condition): Promise<Preview>;
  /** What an agent would be told. */
  brief(fixture: FixtureSource, condition: Condition): Promise<Brief>;
  replay(recording: Uint8Array, fixture: FixtureSource, program: boolean): Promise<ReplayReport>;
  /** Executes a recording again and keeps every state of its office, to be looked at in any order. */
  history(recording: Uint8Array, fixture: FixtureSource): Promise<History>;
  /** Process ids of the workers, for whoever wants to see them die. */
  readonly workerPids: readonly number[];
  /** Stops everything at once. Recordings stay as they are and can be resumed. */
  close(): void;
}

interface Running extends Suspect {
  readonly id: number;
  readonly job: EpisodeJob;
  readonly events: Readable;
  readonly aborter: AbortController;
  /** Aborted when its time is up; undefined until it begins. */
  timeUp: AbortController | undefined;
  resolve(result: EpisodeResult): void;
  reject(error: Error): void;
  slot: Slot | undefined;
  /** Whether its recording has come to be. */
  opened: boolean;
  /** Lines that its watcher was given. */
  shown: number;
  /** Whether it was given up, whatever its worker still does. */
  failed: boolean;
}

interface Asked {
  resolve(message: FromWorker): void;
  reject(error: Error): void;
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const waiting: Running[] = [];
  const running = new Map<number, Running>();
  const asked = new Map<number, Asked>();
  const fixtureIds = new Map<FixtureFiles, number>();
  let lastId = 0;
  let closed = false;

  const admitting = new Set<Running>();
  const clock = options.clock ?? wallClock;
  const atOnce = options.atOnce ?? 32;
  const workforce = createWorkforce({
    folder: options.folder,
    most: options.workers ?? 1,
    slots: options.slots ?? Math.max(64, atOnce),
    atOnce,
    watchdogMs: options.watchdogMs ?? 20_000,
    note: options.note ?? (() => {}),
    heard: hear,
    died: mourn,
  });

  /** Lets an episode in whose model takes the settings it was given. */
  async function admit(episode: Running): Promise<void> {
    const { job, aborter } = episode;
    admitting.add(episode);
    try {
      await job.model?.check?.(aborter.signal);
      await job.colleagues?.check?.(aborter.signal);
      if (!closed) waiting.push(episode);
    } catch (error) {
      fail(episode, error as Error);
    }
    admitting.delete(episode);
    pump();
  }

  /** Gives waiting episodes to workers, as far as there are any. */
  function pump(): void {
    while (!closed && waiting.length) {
      const episode = waiting[0]!;
      const worker = findWorker(episode);
      if (!worker && !episode.failed) return;
      waiting.shift();
      if (!worker) continue;
      running.set(episode.id, episode);
      attempt(episode, () => assign(worker, episode));
    }
  }

  /** A worker that can take it now; without a place for its files, the episode fails. */
  function findWorker(episode: Running): Worker | undefined {
    try {
      return episode.deaths ? workforce.findSolo() : workforce.find();
    } catch (error) {
      // The folder of files to come is ours; the user knows the recording's name.
      const isOurs = String((error as NodeJS.ErrnoException).path).includes(".cubicle-");
      fail(episode, Object.assign(error as Error, isOurs ? { path: episode.job.file } : {}));
      return undefined;
    }
  }

  function assign(worker: Worker, episode: Running): void {
    const { job, id, deaths } = episode;
    const slot = worker.slots.shift()!;
    worker.tasks.add(id);
    episode.timeUp ??= countDown(job.spec.budget?.timeMs, episode.aborter.signal);
    episode.slot = slot;
    const before = episode.opened ? recordedSoFar(job.file) : job.before;
    if (before) {
      appendFileSync(slot.path, before);
      keep(episode);
      // A worker that died may have written what it had no time to tell.
      if (job.watch) show(episode, before.split("\n").slice(episode.shown));
    }
    workforce.tell(worker, {
      kind: "start",
      episode: id,
      descriptor: slot.descriptor,
      fixture: teach(worker, job.fixture),
      spec: job.spec,
      before,
      parent: before ? "" : job.parent,
      script: job.script,
      doomed: deaths >= LIVES ? "sandbox-crash" : null,
      watch: job.watch,
    });
  }

  function countDown(ms: number | undefined, signal: AbortSignal): AbortController {
    const timeUp = new AbortController();
    if (ms !== undefined) clock.sleep(ms, signal).then(() => timeUp.abort(), ignore);
    return timeUp;
  }

  /** Makes the slot's file the recording, now that there is something in it. */
  function keep(episode: Running): void {
    const { slot, opened, job } = episode;
    if (!slot) return;
    mkdirSync(dirname(job.file), { recursive: true });
    if (opened || job.before) renameSync(slot.path, job.file);
    else placeNew(slot.path, job.file);
    episode.slot = undefined;
    episode.opened = true;
  }

  function teach(worker: Worker, { name, files }: FixtureSource): number {
    let id = fixtureIds.get(files);
    if (id === undefined) fixtureIds.set(files, (id = ++lastId));
    if (!worker.fixtures.has(files)) {
      worker.fixtures.add(files);
      const lengths = [...files].map(([path, { length }]) => [path, length] as const);
      const bytes = Buffer.concat([...files.values()]);
      workforce.tell(worker, { kind: "fixture", fixture: id, name, files: lengths }, bytes);
    }
    return id;
  }

  /** A worker died: its episodes go on elsewhere, its requests fail. */
  function mourn({ tasks, errors, condemned }: Worker, how: string): void {
    const fromOutside = how === "SIGKILL" && !condemned;
    const reason = `${how}. ${errors.trim()}`.trim();
    for (const id of tasks) {
      asked.get(id)?.reject(new CubicleError("worker-died", `A worker died: ${reason}`));
      asked.delete(id);
      const episode = running.get(id);
      running.delete(id);
      if (!episode || episode.failed) continue;
      blame(episode, fromOutside, episode.opened ? sizeOf(episode.job.file) : 0);
      if (episode.deaths <= LIVES) waiting.unshift(episode);
      else fail(episode, new CubicleError("worker-died", `Its workers keep dying: ${reason}`));
    }
    // What it still had in the pipe is on disk too, and comes from there.
    tasks.clear();
    pump();
  }

  function hear(worker: Worker, message: FromWorker): void {
    switch (message.kind) {
      case "described":
      case "checked":
      case "previewed":
      case "briefed":
      case "replayed":
      case "remembered":
      case "seen":
      case "refused": {
        const request = asked.get(message.request);
        asked.delete(message.request);
        // A history stays with its worker until nobody looks at it any more.
        if (message.kind !== "remembered") worker.tasks.delete(message.request);
        if (message.kind === "refused") request?.reject(unpackError(message.error));
        else request?.resolve(message);
        workforce.dismissIfDone(worker);
        pump();
        return;
      }
      case "pong":
        return;
      default: {
        const episode = worker.tasks.has(message.episode) && running.get(message.episode);
        if (!episode) return;
        attempt(episode, () => follow(worker, episode, message));
        const isOver = message.kind === "ended" || message.kind === "broken";
        if (episode.failed && isOver) leave(worker, episode);
      }
    }
  }

  function follow(
    worker: Worker,
    episode: Running,
    message: Extract<FromWorker, { episode: number }>,
  ): void {
    switch (message.kind) {
      case "opened":
        return keep(episode);
      case "lines":
        return show(episode, message.lines.split("\n"));
      case "ask":
        void reply(worker, episode, message);
        return;
      case "guard":
        void decide(worker, episode, message.question);
        return;
      case "ended": {
        const { ending, code, detail } = message;
        keep(episode);
        leave(worker, episode);
        episode.events.push(null);
        episode.resolve({ file: episode.job.file, ending, code, detail });
        return;
      }
      case "broken":
        leave(worker, episode);
        fail(episode, unpackError(message.error));
    }
  }

  function show(episode: Running, lines: readonly string[]): void {
    for (const line of lines.filter(Boolean)) {
      episode.shown++;
      episode.events.push(parseLine(line));
    }
  }

  function leave(worker: Worker, { id, aborter }: Running): void {
    worker.tasks.delete(id);
    running.delete(id);
    aborter.abort();
    workforce.dismissIfDone(worker);
    pump();
  }

  function attempt(episode: Running, action: () => void): void {
    if (episode.failed) return;
    try {
      action();
    } catch (error) {
      fail(episode, error as Error);
    }
  }

  function fail(episode: Running, error: Error): void {
    if (episode.failed) return;
    episode.failed = true;
    episode.aborter.abort();
    episode.events.push(null);
    episode.reject(error);
  }

  async function reply(
    worker: Worker,
    { id, job, aborter, timeUp }: Running,
    { to, request }: Extract<FromWorker, { kind: "ask" }>,
  ): Promise<void> {
    const tell = (message: ToWorker) => workforce.tell(worker, message);
    const { question } = request;
    const signal = timeUp ? AbortSignal.any([aborter.signal, timeUp.signal]) : aborter.signal;
    try {
      signal.throwIfAborted();
      const model = to === "agent" ? (job.model ?? noModel) : (job.colleagues ?? noColleagues);
      const given = await model.ask(request, signal);
      tell({ kind: "answer", episode: id, to, question, reply: checkReply(given) });
    } catch (error) {
      const { code, attempts } =
        error instanceof ModelError ? error : { code: "model-error", attempts: [] };
      const message = error instanceof Error ? error.message : String(error);
      const how = timeUp?.signal.aborted ? "max-time" : code;
      tell({ kind: "no-answer", episode: id, to, question, code: how, message, attempts });
    }
  }

  /** Asks whoever guards the episode. Without their word it can't go on. */
  async function decide(worker: Worker, episode: Running, question: GuardQuestion): Promise<void> {
    try {
      const decision = await episode.job.guardian!(question);
      workforce.tell(worker, { kind: "decide", episode: episode.id, decision });
    } catch (error) {
      fail(episode, error as Error);
    }
  }

  /** Asks a worker for something that is no episode. */
  async function ask<K extends FromWorker["kind"]>(
    worker: Worker,
    message: (request: number) => ToWorker,
  ): Promise<Extract<FromWorker, { kind: K }>> {
    if (closed) throw stopped();
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
    asked.set(id, { resolve, reject });
    worker.tasks.add(id);
    workforce.tell(worker, message(id));
    return (await promise) as Extract<FromWorker, { kind: K }>;
  }

  /** Any worker, with a fixture that it then knows. */
  function findFor(fixture: FixtureSource): { readonly worker: Worker; readonly known: number } {
    if (closed) throw stopped();
    const worker = workforce.findAny();
    return { worker, known: teach(worker, fixture) };
  }

  return {
    run(job) {
      const { promise, resolve, reject } = Promise.withResolvers<EpisodeResult>();
      // Whoever wants the result meets the error; who only reads events need not.
      promise.catch(() => {});
      const episode: Running = {
        id: ++lastId,
        job,
        events: new Readable({ objectMode: true, read() {} }),
        aborter: new AbortController(),
        timeUp: undefined,
        resolve,
        reject,
        deaths: 0,
        kills: 0,
        bytes: 0,
        slot: undefined,
        opened: false,
        shown: linesBefore(job),
        failed: false,
      };
      if (closed) fail(episode, stopped());
      else void admit(episode);
      return {
        result: promise,
        async *[Symbol.asyncIterator]() {
          for await (const event of episode.events) yield event as Header | RecordedEvent;
          await promise;
        },
      };
    },
    async describe(fixture) {
      const { worker, known } = findFor(fixture);
      const { fixture: description } = await ask<"described">(worker, (request) => ({
        kind: "describe",
        request,
        fixture: known,
      }));
      return description;
    },
    async check(fixture) {
      const { worker, known } = findFor(fixture);
      const { checkup } = await ask<"checked">(worker, (request) => ({
        kind: "check",
        request,
        fixture: known,
      }));
      return checkup;
    },
    async preview(fixture, condition) {
      const { worker, known } = findFor(fixture);
      const { preview } = await ask<"previewed">(worker, (request) => ({
        kind: "preview",
        request,
        fixture: known,
        condition,
      }));
      return preview;
    },
    async brief(fixture, condition) {
      const { worker, known } = findFor(fixture);
      const { brief } = await ask<"briefed">(worker, (request) => ({
        kind: "brief",
        request,
        fixture: known,
        condition,
      }));
      return brief;
    },
    async replay(recording, fixture, program) {
      const { worker, known } = findFor(fixture);
      const { report } = await ask<"replayed">(worker, (request) => ({
        kind: "replay",
        request,
        fixture: known,
        recording: Buffer.from(recording).toString("base64"),
        program,
      }));
      return report;
    },
    async history(recording, fixture) {
      const { worker, known } = findFor(fixture);
      const { request: history, report } = await ask<"remembered">(worker, (request) => ({
        kind: "history",
        request,
        fixture: known,
        recording: Buffer.from(recording).toString("base64"),
      }));
      let isOpen = true;
      const look = async (wanted: LookRequest) => {
        if (!isOpen)
          throw new CubicleError("usage", "This history is no longer held: it was closed.");
        const { seen } = await ask<"seen">(worker, (request) => ({
          kind: "look",
          request,
          history,
          look: wanted,
        }));
        return seen;
      };
      return {
        report,
        async look(events, pane, options) {
          const seen = await look({ events, pane, ...options });
          return seen as Extract<typeof seen, { total: number }>;
        },
        async open(events, ref) {
          const seen = await look({ events, ref });
          return "text" in seen ? seen.text : null;
        },
        close() {
          isOpen = false;
          worker.tasks.delete(history);
          workforce.tell(worker, { kind: "forget", history });
          workforce.dismissIfDone(worker);
        },
      };
    },
    get workerPids() {
      return workforce.pids;
    },
    close() {
      closed = true;
      workforce.close();
      for (const episode of [...running.values(), ...waiting, ...admitting])
        fail(episode, stopped());
      for (const { reject } of asked.values()) reject(stopped());
    },
  };
}

/** Lines that its watcher has had before it begins. */
function linesBefore({ before, spec }: EpisodeJob): number {
  if (before) return before.split("\n").length - 1;
  return spec.lineage.parent ? spec.lineage.parent.events + 1 : 0;
}

function ignore(): void {}

function stopped(): CubicleError {
  return new CubicleError("stopped", "It was stopped before its end.");
}

const noModel = silent(
  "This program asks a model, and none was given: add --model, e.g. --model anthropic/MODEL.",
);
const noColleagues = silent(
  "A model played its colleagues, and none was given: add --colleagues, e.g. --colleagues anthropic/MODEL.",
);

function silent(message: string): Model {
  return { ask: () => Promise.reject(new ModelError("model-error", message)) };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The whole lines that a dead worker left. */
function recordedSoFar(file: string): string {
  return `${readRecording(readFileSync(file)).lines.join("\n")}\n`;
}

/** A model may be a user's own: what it gives is recorded only if a reader will understand it. */
function checkReply(given: unknown): Reply {
  const parsed = replySchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new ModelError(
    "model-error",
    `What the model gave is no reply: ${path.join(".") || "all of it"}: ${message}.`,
  );
}
