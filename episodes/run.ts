import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { SandboxError } from "../agents/errors.ts";
import { createSandbox } from "../agents/sandbox.ts";
import type { Burst, ProgramRequest, Sandbox } from "../agents/sandbox.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { ModelError } from "../models/port.ts";
import type { ModelRequest, Reply } from "../models/port.ts";
import { messageSchema } from "../recordings/content.ts";
import type { AnswerEvent, Ending, Failure, Header } from "../recordings/events.ts";
import type { Recorder } from "../recordings/recorder.ts";
import { offeredTools } from "../recordings/requests.ts";
import type { Request } from "../recordings/requests.ts";
import type { Pack } from "../tools/pack.ts";
import { createGate } from "./gate.ts";
import type { Guard } from "./gate.ts";
import { createLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";

const LOG_LENGTH = 10_000;
/** Log lines a program may write for each call it may make. */
const LOGS_PER_CALL = 10;
const RETURNED_LENGTH = 10_000;

export interface RunOptions {
  readonly opened: OpenFixture;
  readonly pack: Pack;
  readonly header: Header;
  readonly recorder: Recorder;
  /** Answers that were given before, by question: resume and replay take them from the recording. */
  readonly answered: ReadonlyMap<number, AnswerEvent>;
  /** Asks the live world. */
  readonly ask: (request: ModelRequest) => Promise<Reply>;
  /** Told how many questions a program asked that came to its own end. May throw a ModelError. */
  readonly finish?: (questions: number) => void;
  /** Where what was recorded ends, the episode fails with this: what it did next can't be run again. */
  readonly doomed: Failure | null;
  readonly guard?: Guard;
}

export interface RunResult {
  readonly ending: Ending;
  readonly code: Failure | null;
  /** Why it failed, in words for whoever runs it: not recorded, since engines word things differently. */
  readonly detail: string;
}

const requestSchema = z.object({
  system: z.string(),
  messages: z.array(messageSchema).min(1),
  tools: z.union([z.literal("all"), z.array(z.string())]),
});

/** A request that waits for its turn, and its answer if one is on the way. */
interface Waiting {
  readonly request: ProgramRequest;
  readonly question: number;
  readonly reply: Promise<Reply | ModelError> | undefined;
}

/**
 * Runs a program to its end, the answers it gets recorded before it gets them. What it asked for is
 * answered strictly in the order in which it asked.
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  const { opened, header, recorder, doomed } = options;
  const ledger = createLedger(recorder, header.system);
  const gate = createGate({ ...opened, ...options, ledger });
  const queue: Waiting[] = [];
  let sandbox: Sandbox | undefined;
  let returned: string | null | undefined;
  /** Whether it has asked or recorded as much as it may. */
  let isSpent = false;

  /** The next step of the program or the office, unless it is known to be the one that kills. */
  function step<T>(action: () => T): T {
    if (doomed && recorder.live) throw new SandboxError("sandbox-crash", "");
    return action();
  }

  function enqueue({ requests, ...burst }: Burst): void {
    returned ??= burst.returned;
    for (const request of requests) {
      isSpent ||= recorder.size >= header.limits.recordingBytes;
      isSpent ||= request.kind === "model" && ledger.questions >= header.limits.questions;
      if (isSpent) return;
      if (request.kind !== "model") queue.push({ request, question: 0, reply: undefined });
      else queue.push({ request, ...pose(options, ledger, gate.office.now, request.body) });
    }
  }

  async function serve({ request, question, reply }: Waiting): Promise<unknown> {
    switch (request.kind) {
      case "tool": {
        const { tool, input = null, parent } = request.body;
        return gate.call({ tool, input }, parent);
      }
      case "log":
        ledger.log(gate.office.now, request.body.text.slice(0, LOG_LENGTH));
        ledger.flush();
        return undefined;
      case "model": {
        const given = await reply!;
        if (given instanceof ModelError) throw given;
        ledger.answer(gate.office.now, question, given.answer, given.request);
        gate.turn();
        ledger.flush();
        return given.answer;
      }
    }
  }

  async function run(): Promise<Ending> {
    const { system, task, tools, agent, limits, seed } = header;
    const brief = { system, task, definitions: tools };
    sandbox = step(() =>
      createSandbox({ program: agent.program, limits, seed, now: gate.office.now, brief }),
    );
    await setImmediate();
    let burst = sandbox.start();
    const mostServed = limits.calls * LOGS_PER_CALL + limits.questions;
    for (let served = 1; ; served++) {
      enqueue(burst);
      const next = queue.shift();
      if (isSpent && !next) return "limit";
      if (!next && returned === undefined) throw new SandboxError("program-stalled", "");
      if (!next) return "finished";
      if (isSpent || ledger.calls >= limits.calls || served > mostServed) return "limit";
      const value = await step(() => serve(next));
      if (gate.over) return "deadline";
      // A stretch may take its whole time: between two, the worker attends to the others.
      await setImmediate();
      burst = step(() => sandbox!.settle(next.request.id, gate.office.now, value));
    }
  }

  ledger.flush();
  const result = await run()
    .then((ending): RunResult => {
      if (ending === "finished") options.finish?.(ledger.questions);
      return { ending, code: null, detail: "" };
    })
    .catch((error: unknown) => failed(error, doomed))
    .finally(() => sandbox?.dispose());
  const kept = result.ending === "finished" ? (returned?.slice(0, RETURNED_LENGTH) ?? null) : null;
  ledger.end(gate.office, result.ending, result.code, kept);
  ledger.flush();
  return result;
}

/** Records a question and asks it at once; its answer is taken when its turn comes. */
function pose(
  { header, answered, ask, doomed, recorder }: RunOptions,
  ledger: Ledger,
  now: number,
  body: unknown,
): Pick<Waiting, "question" | "reply"> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const where = issue.path.join(".");
    throw new SandboxError(
      "program-error",
      `model() was given ${where || "nothing"}: ${issue.message}`,
    );
  }
  const request: Request = parsed.data;
  const question = ledger.question(now, request);
  ledger.flush();
  const known = answered.get(question);
  if (known) return { question, reply: Promise.resolve(known) };
  // It dies of what it does next, which may be this question.
  if (doomed && recorder.live) return { question, reply: undefined };
  const { system, messages } = request;
  const reply = ask({ question, system, messages, tools: offeredTools(header, request) });
  return { question, reply: reply.catch(toModelError) };
}

function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  return new ModelError("model-error", error instanceof Error ? error.message : String(error));
}

function failed(error: unknown, doomed: Failure | null): RunResult {
  if (error instanceof SandboxError || error instanceof ModelError) {
    return { ending: "failed", code: doomed ?? error.code, detail: error.message };
  }
  throw error;
}
