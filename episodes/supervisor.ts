import { readFileSync, renameSync, appendFileSync, mkdirSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { CubicleError } from "../env/errors.ts";
import type { FixtureFiles } from "../env/fixture/load.ts";
import type { Model } from "../models/port.ts";
import { ModelError } from "../models/port.ts";
import { answerSchema } from "../recordings/content.ts";
import type { Ending, Failure, Header, RecordedEvent } from "../recordings/events.ts";
import { eventSchema, headerSchema } from "../recordings/events.ts";
import { readRecording } from "../recordings/reader.ts";
import type { EpisodeSpec } from "./header.ts";
import { fromWorkerSchema, unpackError } from "./protocol.ts";
import type { FixtureDescription, FromWorker, ToWorker } from "./protocol.ts";
import type { ReplayReport } from "./replay.ts";
import { closeSlots, openSlotFolder } from "./slots.ts";
import type { Slot, SlotFolder } from "./slots.ts";
import { FIRST_SLOT, spawnWorker } from "./worker-process.ts";

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
  /** The fixture's script that answers instead; null for none. */
  readonly script: string | null;
  /** Path of the recording. */
  readonly file: string;
  /** Whole lines of a recording to go on from; empty for a new episode. */
  readonly before: string;
  /** Whether its events are wanted as they happen. */
  readonly watch: boolean;
}

export interface EpisodeResult {
  readonly file: string;
  readonly ending: Ending;
  readonly code: Failure | null;
  /** Why it failed, in words; empty if it did not. */
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
  /** Episodes a worker takes before it is replaced. */
  readonly slots?: number;
  /** A worker that does not answer for this long is killed, its episodes resumed. */
  readonly watchdogMs?: number;
  /** Told what happens to workers, for the operator's log. */
  readonly note?: (message: string, fields: Record<string, unknown>) => void;
}

/** Holds keys, files and the watchdog; answers what workers ask. */
export interface Supervisor {
  run(job: EpisodeJob): Episode;
  describe(fixture: FixtureSource): Promise<FixtureDescription>;
  replay(recording: Uint8Array, fixture: FixtureSource, program: boolean): Promise<ReplayReport>;
  /** Process ids of the workers, for whoever wants to see them die. */
  readonly workerPids: readonly number[];
  /** Stops everything at once. Recordings stay as they are and can be resumed. */
  close(): void;
}

/** An episode's worker may die this often before the episode is blamed. */
const LIVES = 2;
const LIVE_PER_WORKER = 32;
const PING_MS = 500;
const STDERR_LENGTH = 4000;

interface Running {
  readonly id: number;
  readonly job: EpisodeJob;
  readonly events: Readable;
  readonly aborter: AbortController;
  resolve(result: EpisodeResult): void;
  reject(error: Error): void;
  deaths: number;
  slot: Slot | undefined;
  /** Whether its recording has come to be. */
  opened: boolean;
}

interface Worker {
  readonly process: ChildProcess;
  readonly slots: Slot[];
  /** Takes one episode that a worker died of, so that it is known which one it was. */
  readonly solo: boolean;
  readonly live: Map<number, Running>;
  readonly requests: Map<number, { resolve(value: FromWorker): void; reject(error: Error): void }>;
  readonly fixtures: Set<FixtureFiles>;
  lastSeen: number;
  errors: string;
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const {
    workers: most = 1,
    slots: slotsPerWorker = 64,
    watchdogMs = 20_000,
    note = () => {},
  } = options;
  const workers = new Set<Worker>();
  const waiting: Running[] = [];
  const fixtureIds = new Map<FixtureFiles, number>();
  let folder: SlotFolder | undefined;
  let lastId = 0;
  let closed = false;

  const pings = setInterval(() => {
    for (const worker of workers) {
      if (Date.now() - worker.lastSeen > watchdogMs) {
        note("worker does not answer and is killed", { worker: worker.process.pid });
        worker.process.kill("SIGKILL");
      } else tell(worker, { kind: "ping" });
    }
  }, PING_MS).unref();

  function hire(solo: boolean, slotCount: number): Worker {
    if (slotCount) folder ??= openSlotFolder(options.folder);
    const slots = slotCount ? folder!.create(slotCount) : [];
    const process = spawnWorker(slots.map(({ descriptor }) => descriptor));
    closeSlots(slots);
    const worker: Worker = {
      process,
      slots: slots.map((slot, index) => ({ ...slot, descriptor: FIRST_SLOT + index })),
      solo,
      live: new Map(),
      requests: new Map(),
      fixtures: new Set(),
      lastSeen: Date.now(),
      errors: "",
    };
    process.on("message", (message) => hear(worker, message));
    process.on("error", (error) => bury(worker, error.message));
    process.on("exit", (code, signal) => bury(worker, signal ?? `exit ${code}`));
    process.stderr!.setEncoding("utf8").on("data", (text: string) => {
      worker.errors = (worker.errors + text).slice(-STDERR_LENGTH);
    });
    workers.add(worker);
    note("worker started", { worker: process.pid, slots: slots.length });
    return worker;
  }

  function tell({ process }: Worker, message: ToWorker): void {
    if (process.connected) process.send(message, () => {});
  }

  function retire(worker: Worker): void {
    workers.delete(worker);
    worker.process.removeAllListeners("exit").kill("SIGKILL");
    for (const slot of worker.slots) folder?.discard(slot);
  }

  /** A worker is gone: its episodes go on elsewhere. */
  function bury(worker: Worker, how: string): void {
    if (!workers.delete(worker)) return;
    note("worker died", { worker: worker.process.pid, how, stderr: worker.errors });
    for (const slot of worker.slots) folder?.discard(slot);
    for (const { reject } of worker.requests.values()) {
      reject(new CubicleError("worker-died", `A worker died (${how}). ${worker.errors.trim()}`));
    }
    for (const running of worker.live.values()) {
      running.deaths++;
      if (running.deaths <= LIVES) waiting.unshift(running);
      else
        fail(
          running,
          new CubicleError(
            "worker-died",
            `Its workers keep dying (${how}). ${worker.errors.trim()}`,
          ),
        );
    }
    pump();
  }

  /** Gives waiting episodes to workers, as far as there are any. */
  function pump(): void {
    while (!closed && waiting.length) {
      const running = waiting[0]!;
      const worker = running.deaths ? findSolo() : findWorker();
      if (!worker) return;
      waiting.shift();
      try {
        assign(worker, running);
      } catch (error) {
        fail(running, error as Error);
      }
    }
  }

  function findWorker(): Worker | undefined {
    for (const worker of workers) {
      if (!worker.solo && worker.slots.length && worker.live.size < LIVE_PER_WORKER) return worker;
    }
    return makeRoom() ? hire(false, slotsPerWorker) : undefined;
  }

  function findSolo(): Worker | undefined {
    return makeRoom() ? hire(true, 1) : undefined;
  }

  function makeRoom(): boolean {
    for (const worker of workers) {
      if (workers.size < most) break;
      if (!worker.live.size && !worker.requests.size) retire(worker);
    }
    return workers.size < most;
  }

  function assign(worker: Worker, running: Running): void {
    const { job, id } = running;
    const slot = worker.slots.shift()!;
    running.slot = slot;
    worker.live.set(id, running);
    const before = running.opened ? recordedSoFar(job.file) : job.before;
    if (before) {
      appendFileSync(slot.path, before);
      keep(running);
    }
    tell(worker, {
      kind: "start",
      episode: id,
      descriptor: slot.descriptor,
      fixture: teach(worker, job.fixture),
      spec: job.spec,
      before,
      script: job.script,
      doomed: running.deaths >= LIVES ? "sandbox-crash" : null,
      watch: job.watch,
    });
  }

  /** Makes the slot's file the recording, now that there is something in it. */
  function keep(running: Running): void {
    if (!running.slot) return;
    mkdirSync(dirname(running.job.file), { recursive: true });
    renameSync(running.slot.path, running.job.file);
    running.slot = undefined;
    running.opened = true;
  }

  function teach(worker: Worker, { name, files }: FixtureSource): number {
    let id = fixtureIds.get(files);
    if (id === undefined) fixtureIds.set(files, (id = ++lastId));
    if (!worker.fixtures.has(files)) {
      worker.fixtures.add(files);
      const packed = [...files].map(
        ([path, bytes]) => [path, Buffer.from(bytes).toString("base64")] as const,
      );
      tell(worker, { kind: "fixture", fixture: id, name, files: packed });
    }
    return id;
  }

  function hear(worker: Worker, raw: unknown): void {
    worker.lastSeen = Date.now();
    const parsed = fromWorkerSchema.safeParse(raw);
    if (!parsed.success) {
      note("worker sent what no worker sends, and is killed", { worker: worker.process.pid });
      worker.process.kill("SIGKILL");
      return;
    }
    const message = parsed.data;
    if (message.kind === "pong") return;
    if ("request" in message && typeof message.request === "number") {
      settle(worker, message as Extract<FromWorker, { request: number }>);
      return;
    }
    if (!("episode" in message)) return;
    const running = worker.live.get(message.episode);
    if (running) follow(worker, running, message);
  }

  function settle(worker: Worker, message: Extract<FromWorker, { request: number }>): void {
    const request = worker.requests.get(message.request);
    worker.requests.delete(message.request);
    if (message.kind === "refused") request?.reject(unpackError(message.error));
    else request?.resolve(message);
    pump();
  }

  function follow(
    worker: Worker,
    running: Running,
    message: Extract<FromWorker, { episode: number }>,
  ): void {
    switch (message.kind) {
      case "opened":
        attempt(running, () => keep(running));
        return;
      case "lines":
        attempt(running, () => {
          for (const event of parseLines(message.lines)) running.events.push(event);
        });
        return;
      case "ask":
        void reply(worker, running, message.request);
        return;
      case "ended": {
        const { ending, code, detail } = message;
        attempt(running, () => keep(running));
        leave(worker, running);
        running.events.push(null);
        running.resolve({ file: running.job.file, ending, code, detail });
        pump();
        return;
      }
      case "broken":
        leave(worker, running);
        fail(running, unpackError(message.error));
        pump();
    }
  }

  function leave(worker: Worker, running: Running): void {
    worker.live.delete(running.id);
    running.aborter.abort();
    if (!worker.live.size && !worker.slots.length && !worker.requests.size) retire(worker);
  }

  function attempt(running: Running, action: () => void): void {
    try {
      action();
    } catch (error) {
      fail(running, error as Error);
    }
  }

  function fail(running: Running, error: Error): void {
    running.aborter.abort();
    running.events.push(null);
    running.reject(error);
  }

  async function reply(
    worker: Worker,
    { id, job, aborter }: Running,
    request: Extract<FromWorker, { kind: "ask" }>["request"],
  ): Promise<void> {
    const { question } = request;
    try {
      if (!job.model) {
        throw new ModelError(
          "model-error",
          "This program asks a model, and none was given: add --model, e.g. --model anthropic/MODEL.",
        );
      }
      const { answer, request: sent } = await job.model.ask(request, aborter.signal);
      const checked = answerSchema.parse(answer);
      tell(worker, {
        kind: "answer",
        episode: id,
        question,
        reply: { answer: checked, request: sent },
      });
    } catch (error) {
      const code = error instanceof ModelError ? error.code : "model-error";
      const message = error instanceof Error ? error.message : String(error);
      tell(worker, { kind: "no-answer", episode: id, question, code, message });
    }
  }

  /** Asks a worker for something that is no episode. */
  async function request<K extends FromWorker["kind"]>(
    fixture: FixtureSource,
    message: (request: number, fixture: number) => ToWorker,
  ): Promise<Extract<FromWorker, { kind: K }>> {
    const worker = [...workers].find(({ solo }) => !solo) ?? hire(false, 0);
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
    worker.requests.set(id, { resolve, reject });
    tell(worker, message(id, teach(worker, fixture)));
    return (await promise) as Extract<FromWorker, { kind: K }>;
  }

  return {
    run(job) {
      const { promise, resolve, reject } = Promise.withResolvers<EpisodeResult>();
      // Whoever wants the result meets the error; who only reads events need not.
      promise.catch(() => {});
      const events = new Readable({ objectMode: true, read() {} });
      const aborter = new AbortController();
      const running: Running = {
        id: ++lastId,
        job,
        events,
        aborter,
        resolve,
        reject,
        deaths: 0,
        slot: undefined,
        opened: false,
      };
      waiting.push(running);
      queueMicrotask(pump);
      return {
        result: promise,
        async *[Symbol.asyncIterator]() {
          for await (const event of events) yield event as Header | RecordedEvent;
          await promise;
        },
      };
    },
    async describe(fixture) {
      const { fixture: description } = await request<"described">(fixture, (id, number) => ({
        kind: "describe",
        request: id,
        fixture: number,
      }));
      return description;
    },
    async replay(recording, fixture, program) {
      const { report } = await request<"replayed">(fixture, (id, number) => ({
        kind: "replay",
        request: id,
        fixture: number,
        recording: Buffer.from(recording).toString("base64"),
        program,
      }));
      return report;
    },
    get workerPids() {
      return [...workers].flatMap(({ process }) => process.pid ?? []);
    },
    close() {
      closed = true;
      clearInterval(pings);
      const stopped = new CubicleError("stopped", "It was stopped before its end.");
      for (const worker of workers) {
        for (const running of worker.live.values()) fail(running, stopped);
        retire(worker);
      }
      for (const running of waiting) fail(running, stopped);
      folder?.remove();
    },
  };
}

/** The whole lines that a dead worker left. */
function recordedSoFar(file: string): string {
  return `${readRecording(readFileSync(file)).lines.join("\n")}\n`;
}

function parseLines(lines: string): (Header | RecordedEvent)[] {
  return lines
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const { chain: _, ...value } = JSON.parse(line) as Record<string, unknown>;
      return value["kind"] === "header" ? headerSchema.parse(value) : eventSchema.parse(value);
    });
}
