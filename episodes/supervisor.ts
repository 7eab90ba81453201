import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { CubicleError } from "../env/errors.ts";
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
import type { Inquiries } from "./inquiries.ts";
import { createInquiries, stopped } from "./inquiries.ts";
import { unpackError } from "./protocol.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import type { Slot } from "./slots.ts";
import { createWorkforce } from "./workforce.ts";
import type { FixtureSource, Worker } from "./workforce.ts";

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
export interface Supervisor extends Inquiries {
  run(job: EpisodeJob): Episode;
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

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const waiting: Running[] = [];
  const running = new Map<number, Running>();
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
  const desk = createInquiries(workforce, () => ++lastId);

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
      fixture: workforce.teach(worker, job.fixture),
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

  /** A worker died: its episodes go on elsewhere, its requests fail. */
  function mourn(worker: Worker, how: string): void {
    const { tasks, errors, condemned } = worker;
    const fromOutside = how === "SIGKILL" && !condemned;
    const reason = `${how}. ${errors.trim()}`.trim();
    desk.mourn(worker, reason);
    for (const id of tasks) {
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
    if (desk.hear(worker, message)) {
      workforce.dismissIfDone(worker);
      pump();
      return;
    }
    const id = "episode" in message ? message.episode : undefined;
    const episode = id !== undefined && worker.tasks.has(id) && running.get(id);
    if (!episode) return;
    const told = message as Extract<FromWorker, { episode: number }>;
    attempt(episode, () => follow(worker, episode, told));
    const isOver = message.kind === "ended" || message.kind === "broken";
    if (episode.failed && isOver) leave(worker, episode);
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

  return {
    ...desk.inquiries,
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
    get workerPids() {
      return workforce.pids;
    },
    close() {
      closed = true;
      workforce.close();
      for (const episode of [...running.values(), ...waiting, ...admitting])
        fail(episode, stopped());
      desk.close();
    },
  };
}

/** Lines that its watcher has had before it begins. */
function linesBefore({ before, spec }: EpisodeJob): number {
  if (before) return before.split("\n").length - 1;
  return spec.lineage.parent ? spec.lineage.parent.events + 1 : 0;
}

function ignore(): void {}

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
