import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { SandboxError } from "../agents/errors.ts";
import { createCodeSandbox } from "../agents/sandbox.ts";
import type { Burst, ProgramRequest, Sandbox } from "../agents/sandbox.ts";
import type { CodeEvent, CodeFault, Header } from "../recordings/events.ts";

export interface CodeOptions {
  /** As the program gave them: neither has been looked at. */
  readonly source: unknown;
  readonly limits: unknown;
  /** Id of the model's tool call that asked for it. */
  readonly parent: string | null;
  /** What the program itself may use. */
  readonly most: Header["limits"];
  readonly seed: number;
  /** The same piece of code in the recording, if it was run before. */
  readonly known: CodeEvent | undefined;
  /** Simulated time, epoch milliseconds. */
  readonly now: () => number;
  /** Wraps whatever runs something of the guest. */
  readonly step: <T>(action: () => T) => T;
  /** Makes one of its calls; false if the episode is over. */
  readonly serve: (request: ToolRequest) => Promise<{ readonly value: unknown } | false>;
}

type ToolRequest = Extract<ProgramRequest, { kind: "tool" }>;
type Outcome = Pick<CodeEvent, "parent" | "source" | "result" | "stopped">;

const count = z.int().min(1);
const limitsSchema = z.strictObject({
  calls: count.default(100),
  burstMs: count.default(1000),
  memoryMb: count.min(8).default(32),
  outputBytes: count.default(50_000),
});

/** How much longer a stretch may take that is known to have come to its end. */
const PATIENCE = 10;

const words: Record<CodeFault, string> = {
  "code-error": "It threw",
  "code-syntax": "It can't be read as JavaScript; nothing of it was run",
  "code-stalled": "It waits for something that will never come",
  "code-calls": "It asked for more calls than one piece of code may make, and was stopped",
  "code-timeout": "It ran too long without letting go, and was stopped",
  "code-memory": "It used more memory than it may, and was stopped",
  "code-protocol": "It sent what no code can send, and was stopped",
};

/**
 * Runs a piece of code in an isolate of its own, its calls strictly in the order in which it made
 * them, those that it did not wait for too. Null if the episode ended in the middle of it.
 *
 * @throws SandboxError for a program that asks for what can't be run
 */
export async function runCode(options: CodeOptions): Promise<Outcome | null> {
  const { parent, most, seed, known, now, step, serve } = options;
  const { source, limits } = readOptions(options);
  const isKnownToEnd = known !== undefined && known.stopped === null;
  const burstMs = Math.min(limits.burstMs, most.burstMs) * (isKnownToEnd ? PATIENCE : 1);
  const memoryMb = Math.min(limits.memoryMb, most.memoryMb);
  const outputBytes = Math.min(limits.outputBytes, Math.floor(most.messageBytes / 4));
  let output = "";
  let stretches = 0;
  let stopped: number | null = null;

  function run(stretch: () => Burst): Burst {
    if (known?.stopped === stretches) throw stopAgain(known);
    const burst = step(stretch);
    stretches++;
    output += burst.output;
    return burst;
  }

  async function runAll(sandbox: Sandbox): Promise<[CodeFault | null, string?] | false> {
    const queue: ProgramRequest[] = [];
    let burst = run(() => sandbox.start());
    let isDone = false;
    for (let calls = 0; ; calls++) {
      // Once it has thrown, what it still asks for is not done.
      if (burst.thrown) return [`code-${burst.thrown.kind}`, burst.thrown.words];
      isDone ||= burst.returned !== undefined;
      queue.push(...burst.requests);
      const next = queue.shift();
      if (!next) return [isDone ? null : "code-stalled"];
      if (next.kind !== "tool") return ["code-protocol"];
      if (calls >= limits.calls) return ["code-calls"];
      const served = await serve(next);
      if (!served) return false;
      await setImmediate();
      burst = run(() => sandbox.settle(next.id, now(), served.value));
    }
  }

  let sandbox: Sandbox | undefined;
  const ended = await (async () => {
    try {
      sandbox = step(() =>
        createCodeSandbox({
          source,
          limits: { burstMs, memoryMb, messageBytes: most.messageBytes, outputBytes },
          seed,
          now: now(),
        }),
      );
      return await runAll(sandbox);
    } catch (error) {
      const fault = error instanceof SandboxError ? faults[error.code] : undefined;
      if (!fault) throw error;
      if (fault === "code-timeout" || fault === "code-memory") stopped = stretches;
      return [fault] as [CodeFault];
    } finally {
      sandbox?.dispose();
    }
  })();
  if (!ended) return null;
  const [code, thrown] = ended;
  return { parent, source, result: { code, text: wordResult(output, code, thrown) }, stopped };
}

const faults: Partial<Record<SandboxError["code"], CodeFault>> = {
  "program-error": "code-error",
  "sandbox-timeout": "code-timeout",
  "sandbox-memory": "code-memory",
  "sandbox-protocol": "code-protocol",
};

function stopAgain({ result }: CodeEvent): SandboxError {
  return new SandboxError(
    result.code === "code-memory" ? "sandbox-memory" : "sandbox-timeout",
    "as recorded",
  );
}

function readOptions({ source, limits }: CodeOptions) {
  const given = limitsSchema.safeParse(limits);
  if (typeof source !== "string") {
    throw new SandboxError("program-error", "runCode() was given no text to run");
  }
  if (given.success) return { source, limits: given.data };
  const { path, message } = given.error.issues[0]!;
  const where = path.join(".") || "limits";
  throw new SandboxError("program-error", `runCode() was given ${where}: ${message}`);
}

function wordResult(output: string, code: CodeFault | null, thrown: string | undefined): string {
  if (code === null) return output || "(It printed nothing.)";
  return `${output}[${code}] ${thrown ? `${words[code]}: ${thrown}` : `${words[code]}.`}`;
}
