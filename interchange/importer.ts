import type { ChildProcess } from "node:child_process";
import { extname, join } from "node:path";
import { CubicleError } from "../env/errors.ts";
import { unpackError } from "../episodes/protocol.ts";
import { spawnWorker } from "../episodes/worker-process.ts";
import { fromImporterSchema } from "./protocol.ts";
import type { FromImporter, ToImporter } from "./protocol.ts";

/** How long the process may say nothing over one transcript. */
const PATIENCE_MS = 60_000;
const STDERR_LENGTH = 2000;
const program = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

type Setup = Extract<ToImporter, { kind: "setup" }>;
/** What there is to tell of a transcript. */
export type Told = Extract<FromImporter, { kind: "lines" | "imported" | "refused" }>;

/** A locked-down process that imports. One that dies or hangs costs what it was about, and is replaced. */
export interface Importer {
  /** Starts the process. @throws CubicleError for a fixture that can't be loaded */
  open(): Promise<void>;
  read(message: Exclude<ToImporter, Setup>): AsyncGenerator<Told>;
  close(): void;
}

/** @param descriptors open files that the process may read */
export function createImporter(setup: Setup, descriptors: readonly number[]): Importer {
  let line: Line | undefined;

  async function open(): Promise<Line> {
    if (line) return line;
    line = connect(spawnWorker(descriptors, program));
    line.send(setup);
    const greeting = await line.next();
    if (greeting.kind === "broken") throw unpackError(greeting.error);
    return line;
  }

  function close(): void {
    line?.close();
    line = undefined;
  }

  return {
    open: async () => void (await open()),
    close,
    async *read(message) {
      // A transcript that stands alone may have been told of before the process dies.
      let isTold = false;
      try {
        const { send, next } = await open();
        send(message);
        for (let told = await next(); told.kind !== "done"; told = await next()) {
          if (told.kind === "ready" || told.kind === "broken") continue;
          isTold = told.kind !== "lines" && told.item === null;
          yield told;
        }
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
        close();
        if (!isTold) yield { kind: "refused", item: null, problem: error.message };
      }
    },
  };
}

/** The process at the other end is gone, or as good as gone. */
class Lost extends CubicleError {
  override readonly name = "Lost";

  constructor(how: string) {
    super("worker-died", `the process that imports it ${how}`);
  }
}

interface Line {
  send(message: ToImporter): void;
  /** @throws Lost */
  next(): Promise<FromImporter>;
  close(): void;
}

function connect(child: ChildProcess): Line {
  const told: FromImporter[] = [];
  let lost: string | undefined;
  let errors = "";
  let wake = (): void => {};
  const lose = (how: string): void => {
    lost ??= how;
    child.kill("SIGKILL");
    wake();
  };
  child.on("message", (raw) => {
    const parsed = fromImporterSchema.safeParse(raw);
    if (!parsed.success) return lose("said what none says, and was stopped");
    told.push(parsed.data);
    wake();
  });
  child.on("error", ({ message }) => lose(`can't be started: ${message}`));
  child.on("exit", (code, signal) => lose(`died (${signal ?? `exit ${code}`}). ${errors}`.trim()));
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-STDERR_LENGTH);
  });
  return {
    send(message) {
      if (child.connected) child.send(message, () => {});
    },
    async next() {
      while (!told.length && lost === undefined) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const patience = setTimeout(() => {
          lose(`said nothing for ${PATIENCE_MS / 1000} s, and was stopped`);
        }, PATIENCE_MS);
        await promise;
        clearTimeout(patience);
      }
      const first = told.shift();
      if (first) return first;
      throw new Lost(lost!);
    },
    close: () => lose("was stopped"),
  };
}
