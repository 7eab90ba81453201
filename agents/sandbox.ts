import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { z } from "zod";
import { createIsolate, isTimeout } from "../isolates/isolate.ts";
import type { Header } from "../recordings/events.ts";
import { SandboxError } from "./errors.ts";

const universe = readFileSync(new URL("universe.js", import.meta.url), "utf8");

/** One stretch of a program: what it asked for until nothing was left to do, and whether it is done. */
export interface Burst {
  readonly requests: readonly ProgramRequest[];
  /** JSON text of what it returned, null for nothing; undefined while it runs. */
  readonly returned: string | null | undefined;
}

const requestSchema = z.discriminatedUnion("kind", [
  z.object({
    id: z.int().min(1),
    kind: z.literal("tool"),
    body: z.object({
      tool: z.string(),
      input: z.unknown().optional(),
      parent: z.string().nullable(),
    }),
  }),
  z.object({ id: z.int().min(1), kind: z.literal("model"), body: z.unknown() }),
  z.object({ id: z.int().min(1), kind: z.literal("log"), body: z.object({ text: z.string() }) }),
]);
export type ProgramRequest = z.output<typeof requestSchema>;

/** Deeper than any tool's input, and shallow enough for whatever walks it. */
const MOST_NESTED = 200;

const takeSchema = z.object({
  requests: z.array(requestSchema).max(10_000),
  done: z
    .union([
      z.strictObject({ returned: z.string().nullable() }),
      z.strictObject({ failed: z.string() }),
    ])
    .nullable(),
  fault: z.string(),
});

/**
 * An isolate that holds one program. It has no function of the host: strings are put in, strings
 * are taken out, parsed and checked here. Each method runs the program until nothing of it is left
 * to run, and throws a SandboxError if that takes too long, too much memory, or ends badly.
 */
export interface Sandbox {
  start(): Burst;
  /** Answers one request. @param now simulated time, epoch milliseconds */
  settle(id: number, now: number, value: unknown): Burst;
  dispose(): void;
}

export interface SandboxOptions {
  readonly program: Header["agent"]["program"];
  readonly limits: Header["limits"];
  readonly seed: number;
  readonly now: number;
  /** JSON that the program is handed beside its functions. */
  readonly brief: object;
}

export function createSandbox({ program, limits, seed, now, brief }: SandboxOptions): Sandbox {
  const isolate = createIsolate(limits);
  const { burstMs } = limits;

  /** Runs something of the guest, and makes a SandboxError of whatever comes of it. */
  function guard<T>(code: "program-error" | "program-syntax", action: () => T): T {
    const start = performance.now();
    try {
      return action();
    } catch (error) {
      // What the error says is the guest's to choose; what it took is not.
      if (isolate.isDisposed) throw new SandboxError("sandbox-memory", "");
      const isLate = performance.now() - start >= burstMs;
      throw isLate && isTimeout(error)
        ? new SandboxError("sandbox-timeout", "")
        : translate(error, code);
    }
  }

  const host = isolate.functions(universe, ["configure", "start", "settle", "take"]);
  const settings = { seed, now, messageBytes: limits.messageBytes };
  host.configure([JSON.stringify(settings)]);

  function burst(action: () => void): Burst {
    const text = guard("program-error", () => {
      action();
      return host.take([], burstMs);
    });
    if (typeof text !== "string" || text.length > 2 * limits.messageBytes + 1000) {
      throw new SandboxError("sandbox-protocol", "a message is too large");
    }
    return readTake(text);
  }

  return {
    start() {
      const module = guard("program-syntax", () =>
        isolate.compile(stripTypes(program.source), "program"),
      );
      guard("program-syntax", () => module.instantiate(refuseImport));
      const namespace = guard("program-error", () => module.evaluate(burstMs));
      return burst(() => host.start([namespace, JSON.stringify(brief)], burstMs));
    },
    settle(id, time, value) {
      const json = value === undefined ? undefined : JSON.stringify(value);
      return burst(() => host.settle([id, time, json], burstMs));
    },
    dispose: isolate.dispose,
  };
}

function stripTypes(source: string): string {
  try {
    return stripTypeScriptTypes(source, { mode: "strip" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // A parser that ran out of stack reads nothing right any more: only a new worker has a whole one.
    if (!code?.endsWith("_TYPESCRIPT_SYNTAX")) process.exit(1);
    throw new SandboxError("program-syntax", message);
  }
}

function refuseImport(specifier: string): never {
  throw new SandboxError("program-syntax", `it imports "${specifier}", and a program can't import`);
}

/** Whether no value in it is nested more deeply. */
function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1));
}

function readTake(text: string): Burst {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SandboxError("sandbox-protocol", "a message is no JSON");
  }
  const parsed = takeSchema.safeParse(value);
  if (!parsed.success) {
    throw new SandboxError("sandbox-protocol", parsed.error.issues[0]?.message ?? "");
  }
  if (!parsed.data.requests.every(({ body }) => isWithin(body, MOST_NESTED))) {
    throw new SandboxError("sandbox-protocol", "what it asks is nested too deeply");
  }
  const { requests, done, fault } = parsed.data;
  if (fault) throw new SandboxError("sandbox-protocol", fault);
  if (done && "failed" in done) throw new SandboxError("program-error", done.failed);
  return { requests, returned: done?.returned };
}

function translate(error: unknown, code: "program-error" | "program-syntax"): SandboxError {
  if (error instanceof SandboxError) return error;
  return new SandboxError(code, error instanceof Error ? error.message : "");
}
