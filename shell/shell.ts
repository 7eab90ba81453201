import { readFileSync } from "node:fs";
import { z } from "zod";
import { createIsolate, createSnapshot, isTimeout } from "../isolates/isolate.ts";
import type { Snapshot } from "../isolates/isolate.ts";
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
  /** Files whose next readings fail: so many of them, or all for null. The first that is left counts. */
  readonly faults: readonly { readonly path: string; readonly left: number | null }[];
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
  /** Files that it moved, in the order in which they came to where they are. */
  moved: z.array(z.strictObject({ from: path, to: path })),
  /** Faults that its readings met, by their index. */
  struck: z.array(z.int().min(0)),
  /** Folders that it listed. */
  listed: z.array(path),
});
/** What became of a command. Paths are of the drive's files as they were before, sorted. */
export type ShellAnswer = z.output<typeof answerSchema>;

/** How far one command may go: steps, real milliseconds, megabytes. */
export type Bounds = Readonly<Record<"steps" | "timeMs" | "memoryMb", number>>;

let snapshot: Snapshot | undefined;

/** The isolate's heap once the shell is loaded: made once a process, an isolate of it costs milliseconds. */
function loaded(): Snapshot {
  snapshot ??= createSnapshot(
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
  order: ShellOrder,
  { steps, timeMs, memoryMb }: Bounds = shellLimits,
): ShellAnswer {
  const end = performance.now() + timeMs;
  const isolate = createIsolate({ snapshot: loaded(), memoryMb });
  const left = () => Math.max(1, Math.ceil(end - performance.now()));
  try {
    const { start, take } = isolate.functions("shellGuest", ["start", "take"]);
    attempt(() => start([JSON.stringify({ ...order, limits: { ...shellLimits, steps } })], left()));
    for (;;) {
      const answer = attempt(() => take([order.closesAt], left()));
      if (answer) return answerSchema.parse(JSON.parse(String(answer)));
      if (performance.now() >= end) throw new ShellError("sandbox-timeout");
    }
  } catch (error) {
    if (isolate.isDisposed) throw new ShellError("sandbox-memory");
    if (performance.now() >= end && isTimeout(error)) throw new ShellError("sandbox-timeout");
    throw error;
  } finally {
    isolate.dispose();
  }
}

/** What runs out of steps may leave promises behind that nobody waits for: only the answer counts. */
function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && error.message === "stopped") return "";
    throw error;
  }
}
