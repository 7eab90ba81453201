import { readFileSync } from "node:fs";
import ivm from "isolated-vm";
import { z } from "zod";
import { ShellError } from "./errors.ts";
import { shellLimits } from "./limits.ts";

/** A file of the drive that the command may read. */
export interface ShellFile {
  readonly path: string;
  readonly text: string;
  readonly encoding: "utf8" | "base64";
  readonly access: "read" | "write";
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface ShellOrder {
  readonly command: string;
  readonly stdin: string;
  /** Absolute. */
  readonly cwd: string;
  readonly home: string;
  readonly user: string;
  /** IANA zone of `date` and `ls -l`. */
  readonly zone: string;
  /** Simulated time, epoch milliseconds. */
  readonly now: number;
  /** Simulated time at which a command that still sleeps is ended. */
  readonly closesAt: number;
  /** 32 bits, from which `$RANDOM` and the like follow. */
  readonly seed: number;
  readonly files: readonly ShellFile[];
  /** Paths that are there and may not be read. */
  readonly closed: readonly string[];
}

const path = z.string().startsWith("/");
const answerSchema = z.strictObject({
  stdout: z.string(),
  stderr: z.string(),
  exitCode: z.int(),
  /** Whether the day ended before the command did. */
  isOver: z.boolean(),
  /** Simulated time at its end. */
  now: z.number(),
  written: z.array(
    z.strictObject({
      path,
      /** When it was last written. */
      at: z.number(),
      text: z.string(),
      encoding: z.enum(["utf8", "base64"]),
    }),
  ),
  deleted: z.array(path),
  /** Files whose content the command read. */
  read: z.array(path),
  /** Files that it moved without reading them. */
  moved: z.array(path),
  /** Folders that it listed. */
  listed: z.array(path),
});
/** What became of a command. Paths are of the drive's files as they were before, sorted. */
export type ShellAnswer = z.output<typeof answerSchema>;

/** Real milliseconds and megabytes. */
export type MachineLimits = { readonly timeMs: number; readonly memoryMb: number };

let snapshot: ivm.ExternalCopy<ArrayBuffer> | undefined;

/** The isolate's heap once the shell is loaded: made once a process, an isolate of it costs milliseconds. */
function loaded(): ivm.ExternalCopy<ArrayBuffer> {
  snapshot ??= ivm.Isolate.createSnapshot(
    ["web.js", "bash.js", "guest.js"].map((filename) => ({
      code: readFileSync(new URL(filename, import.meta.url), "utf8"),
      filename,
    })),
  );
  return snapshot;
}

/**
 * Runs one command of bash to its end, in an isolate of its own that knows nothing but the order: no
 * host function, no clock, no chance but the seed. Equal orders have equal answers. Throws a
 * ShellError where only the machine's own limits stop it.
 */
export function runShell(
  { files, closed, closesAt, ...order }: ShellOrder,
  { timeMs, memoryMb }: MachineLimits = shellLimits,
): ShellAnswer {
  const end = performance.now() + timeMs;
  const isolate = new ivm.Isolate({ snapshot: loaded(), memoryLimit: memoryMb });
  try {
    const context = isolate.createContextSync();
    const guest = context.evalSync("shellGuest", { reference: true }) as ivm.Reference;
    const [start, take] = ["start", "take"].map((name) =>
      guest.getSync(name, { reference: true }),
    ) as [ivm.Reference, ivm.Reference];
    const timeout = () => ({ timeout: Math.max(1, Math.ceil(end - performance.now())) });
    start.applySync(
      undefined,
      [JSON.stringify({ ...order, limits: shellLimits, drive: { files, closed } })],
      timeout(),
    );
    for (;;) {
      const answer = take.applySync(undefined, [closesAt], timeout()) as string;
      if (answer) return answerSchema.parse(JSON.parse(answer));
      if (performance.now() >= end) throw new ShellError("sandbox-timeout");
    }
  } catch (error) {
    if (isolate.isDisposed) throw new ShellError("sandbox-memory");
    if (performance.now() >= end) throw new ShellError("sandbox-timeout");
    throw error;
  } finally {
    if (!isolate.isDisposed) isolate.dispose();
  }
}
