import { CubicleError } from "../env/errors.ts";
import type { Condition } from "../env/fixture/condition.ts";
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
import { unpackError } from "./protocol.ts";
import type { ReplayReport } from "./replay.ts";
import type { FixtureSource, Worker, Workforce } from "./workforce.ts";

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

/** What workers are asked that is no episode. */
export interface Inquiries {
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
}

interface Asked {
  resolve(message: FromWorker): void;
  reject(error: Error): void;
}

/** @param nextId numbers of what workers do: episodes share them */
export function createInquiries(workforce: Workforce, nextId: () => number) {
  const asked = new Map<number, Asked>();
  let closed = false;

  /** Asks a worker for something that is no episode. */
  async function ask<K extends FromWorker["kind"]>(
    worker: Worker,
    message: (request: number) => ToWorker,
  ): Promise<Extract<FromWorker, { kind: K }>> {
    if (closed) throw stopped();
    const id = nextId();
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
    return { worker, known: workforce.teach(worker, fixture) };
  }

  const inquiries: Inquiries = {
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
  };
  return {
    inquiries,
    /** Whether what a worker says is an answer to one of these. */
    hear(worker: Worker, message: FromWorker): boolean {
      if (!("request" in message) || message.kind === "ask") return false;
      const request = asked.get(message.request);
      asked.delete(message.request);
      // A history stays with its worker until nobody looks at it any more.
      if (message.kind !== "remembered") worker.tasks.delete(message.request);
      if (message.kind === "refused") request?.reject(unpackError(message.error));
      else request?.resolve(message);
      return true;
    },
    /** What a dead worker was asked is answered by nobody. */
    mourn({ tasks }: Worker, reason: string): void {
      for (const id of tasks) {
        asked.get(id)?.reject(new CubicleError("worker-died", `A worker died: ${reason}`));
        asked.delete(id);
      }
    },
    close(): void {
      closed = true;
      for (const { reject } of asked.values()) reject(stopped());
    },
  };
}

export function stopped(): CubicleError {
  return new CubicleError("stopped", "It was stopped before its end.");
}
