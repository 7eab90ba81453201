import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import type { FixtureFiles } from "../env/fixture/load.ts";
import { FIXTURE_PIPE, fromWorkerSchema } from "./protocol.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { closeSlots, openSlotFolder, tooManyFiles } from "./slots.ts";
import type { Slot, SlotFolder } from "./slots.ts";
import { FIRST_SLOT, spawnWorker } from "./worker-process.ts";

/** A fixture's folder, read. */
export interface FixtureSource {
  readonly name: string;
  readonly files: FixtureFiles;
}

/** A worker process, and what it has to do. */
export interface Worker {
  readonly process: ChildProcess;
  /** Files for recordings to come; the descriptor is the worker's own. */
  readonly slots: Slot[];
  /** Takes one episode that a worker died of, so that it is known which one it was. */
  readonly solo: boolean;
  /** Has no slots and takes requests alone, until its place is needed. */
  readonly clerk: boolean;
  /** Episodes and requests it has not finished. */
  readonly tasks: Set<number>;
  /** Fixtures it knows. */
  readonly fixtures: Set<FixtureFiles>;
  /** Pings since it was last heard. */
  silentTicks: number;
  /** Whether it was ever heard. */
  greeted: boolean;
  /** Whether it was killed from here, for what it did. */
  condemned: boolean;
  /** The last it wrote to standard error. */
  errors: string;
}

export interface WorkforceOptions {
  /** Where recordings will be. */
  readonly folder: string;
  /** Worker processes at once. */
  readonly most: number;
  /** Episodes a worker takes before it is replaced. */
  readonly slots: number;
  /** Episodes and requests a worker holds at once. */
  readonly atOnce: number;
  /** A worker that does not answer for this long is killed. */
  readonly watchdogMs: number;
  readonly note: (message: string, fields: Record<string, unknown>) => void;
  readonly heard: (worker: Worker, message: FromWorker) => void;
  /** A worker is gone that nobody sent away: the signal that it died of, or its exit code. */
  readonly died: (worker: Worker, how: string) => void;
}

/** Hires workers, watches over them and replaces them. */
export interface Workforce {
  /** A worker with a slot for another episode; undefined while none can be had. */
  find(): Worker | undefined;
  /** A worker for one episode alone; undefined while there is no room for it. */
  findSolo(): Worker | undefined;
  /** Any worker, for what needs no slot. */
  findAny(): Worker;
  /** @param bytes what the message announces, for the fixtures' pipe */
  tell(worker: Worker, message: ToWorker, bytes?: Uint8Array): void;
  /** The number by which a worker knows a fixture, which it is given if it doesn't. */
  teach(worker: Worker, fixture: FixtureSource): number;
  /** Sends a worker away that has nothing left to do and no slot for more. */
  dismissIfDone(worker: Worker): void;
  readonly pids: readonly number[];
  close(): void;
}

/** With as many tasks a worker has enough to do: another is hired if there may be one. */
const ENOUGH_TASKS = 32;
const PING_MS = 500;
/** What a busy machine may take to load a worker. */
const STARTING_MS = 20_000;
const STDERR_LENGTH = 4000;

export function createWorkforce(options: WorkforceOptions): Workforce {
  const { most, note } = options;
  const workers = new Set<Worker>();
  const fixtureIds = new Map<FixtureFiles, number>();
  let folder: SlotFolder | undefined;

  // Ticks are counted, not time: while this process is held up itself, it blames nobody.
  const pings = setInterval(() => {
    for (const worker of workers) {
      const patienceMs = worker.greeted ? options.watchdogMs : STARTING_MS + options.watchdogMs;
      if (++worker.silentTicks * PING_MS > patienceMs) {
        note("worker does not answer and is killed", { worker: worker.process.pid });
        condemn(worker);
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
      clerk: !slotCount,
      tasks: new Set(),
      fixtures: new Set(),
      silentTicks: 0,
      greeted: false,
      condemned: false,
      errors: "",
    };
    process.on("message", (message) => hear(worker, message));
    process.on("error", (error) => bury(worker, error.message));
    process.on("exit", (code, signal) => bury(worker, signal ?? `exit ${code}`));
    // Node gives a process no streams if there was no descriptor left for them.
    if (!process.stderr) {
      for (const slot of slots) folder?.discard(slot);
      throw tooManyFiles(slotCount);
    }
    process.stderr.setEncoding("utf8").on("data", (text: string) => {
      worker.errors = (worker.errors + text).slice(-STDERR_LENGTH);
    });
    // That a worker is dead is told by its exit.
    pipeOf(process).on("error", () => {});
    workers.add(worker);
    note("worker started", { worker: process.pid, slots: slots.length });
    return worker;
  }

  /** What a worker says is checked: it holds hostile programs. */
  function hear(worker: Worker, raw: unknown): void {
    worker.silentTicks = 0;
    worker.greeted = true;
    const parsed = fromWorkerSchema.safeParse(raw);
    if (parsed.success) {
      if (parsed.data.kind !== "pong") options.heard(worker, parsed.data);
      return;
    }
    note("worker sent what no worker sends, and is killed", { worker: worker.process.pid });
    condemn(worker);
  }

  function condemn(worker: Worker): void {
    worker.condemned = true;
    worker.process.kill("SIGKILL");
  }

  function tell({ process }: Worker, message: ToWorker, bytes?: Uint8Array): void {
    if (!process.connected) return;
    process.send(message, () => {});
    if (bytes) pipeOf(process).write(bytes);
  }

  function dismiss(worker: Worker): void {
    workers.delete(worker);
    worker.process.removeAllListeners("exit").kill("SIGKILL");
    for (const slot of worker.slots) folder?.discard(slot);
  }

  function bury(worker: Worker, how: string): void {
    if (!workers.delete(worker)) return;
    note("worker died", { worker: worker.process.pid, how, stderr: worker.errors });
    for (const slot of worker.slots) folder?.discard(slot);
    options.died(worker, how);
  }

  /** Whether another worker may be hired; idle ones are sent away for it. */
  function makeRoom(): boolean {
    for (const worker of workers) {
      if (workers.size < most) break;
      if (!worker.tasks.size) dismiss(worker);
    }
    return workers.size < most;
  }

  return {
    find() {
      const [idlest] = [...workers]
        .filter(({ solo, slots, tasks }) => !solo && slots.length && tasks.size < options.atOnce)
        .toSorted((a, b) => a.tasks.size - b.tasks.size);
      if (idlest && idlest.tasks.size < ENOUGH_TASKS) return idlest;
      return makeRoom() ? hire(false, options.slots) : idlest;
    },
    findSolo: () => (makeRoom() ? hire(true, 1) : undefined),
    findAny: () => [...workers].find(({ solo }) => !solo) ?? hire(false, 0),
    tell,
    teach(worker, { name, files }) {
      const id = fixtureIds.get(files) ?? fixtureIds.size + 1;
      fixtureIds.set(files, id);
      if (!worker.fixtures.has(files)) {
        worker.fixtures.add(files);
        const lengths = [...files].map(([path, { length }]) => [path, length] as const);
        const bytes = Buffer.concat([...files.values()]);
        tell(worker, { kind: "fixture", fixture: id, name, files: lengths }, bytes);
      }
      return id;
    },
    dismissIfDone(worker) {
      if (!worker.tasks.size && !worker.slots.length && !worker.clerk) dismiss(worker);
    },
    get pids() {
      return [...workers].flatMap(({ process }) => process.pid ?? []);
    },
    close() {
      clearInterval(pings);
      for (const worker of workers) dismiss(worker);
      folder?.remove();
    },
  };
}

function pipeOf({ stdio }: ChildProcess): Writable {
  return stdio[FIXTURE_PIPE] as Writable;
}
