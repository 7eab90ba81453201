import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { SandboxError } from "../agents/errors.ts";
import { createSandbox } from "../agents/sandbox.ts";
import type { Burst, ProgramRequest, Sandbox } from "../agents/sandbox.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { ModelError } from "../models/port.ts";
import type { ModelRequest, Reply } from "../models/port.ts";
import { messageSchema } from "../recordings/content.ts";
import type {
  Act,
  AnswerEvent,
  Ending,
  Failure,
  Header,
  RecordedEvent,
} from "../recordings/events.ts";
import type { Recorder } from "../recordings/recorder.ts";
import { offeredTools } from "../recordings/requests.ts";
import type { Request } from "../recordings/requests.ts";
import { ShellError } from "../shell/errors.ts";
import type { Pack } from "../tools/pack.ts";
import type { Intervention } from "./fork.ts";
import { createDriver } from "./driver.ts";
import type { Guard } from "./gate.ts";

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
  /** Events before the program begins, which it did not do itself. */
  readonly prefix: readonly RecordedEvent[];
  readonly interventions: readonly Intervention[];
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

/** A request that waits for its turn. */
interface Waiting {
  readonly request: ProgramRequest;
  readonly question: number;
  /** Gives a question's answer, which may be on its way since it was posed. */
  readonly reply: () => Promise<Reply | ModelError>;
}

/**
 * Runs a program to its end, the answers it gets recorded before it gets them. What it asked for is
 * answered strictly in the order in which it asked.
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  const { header, recorder, doomed } = options;
  const { gate, ledger, drive } = createDriver(options);
  const interventions = [...options.interventions];
  const queue: Waiting[] = [];
  let sandbox: Sandbox | undefined;
  let returned: string | null | undefined;
  /** Whether it has asked or recorded as much as it may. */
  let isSpent = false;
  for (const event of options.prefix) drive(event);
  /** Questions that another program asked, before this one began. */
  const told = ledger.questions;

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
      if (request.kind !== "model") queue.push({ request, question: 0, reply: never });
      else queue.push({ request, ...pose(request.body) });
    }
  }

  /** Records a question and asks it at once, unless someone will answer it. */
  function pose(body: unknown): Pick<Waiting, "question" | "reply"> {
    const request = readRequest(body);
    const question = ledger.question(gate.office.now, request);
    ledger.flush();
    const known = options.answered.get(question);
    if (known) return { question, reply: () => Promise.resolve(known) };
    // It dies of what it does next, which may be this question.
    if (doomed && recorder.live) return { question, reply: never };
    const { system, messages } = request;
    const asked = {
      question: question - told,
      system,
      messages,
      tools: offeredTools(header, request),
    };
    const ask = () => options.ask(asked).catch(toModelError);
    if (interventions.some(({ act }) => act.does === "answer")) return { question, reply: ask };
    const reply = ask();
    return { question, reply: () => reply };
  }

  /** Lets those who take a hand do so, as far as it is time. Gives an answer in the model's place. */
  function intervene({ kind }: ProgramRequest): Reply | undefined {
    for (let next = interventions[0]; next; next = interventions[0]) {
      const { after, author, act } = next;
      if (recorder.seq < after || !fits(act, kind)) return undefined;
      interventions.shift();
      ledger.intervention(gate.office.now, author, act);
      gate.intervene(act);
      if (act.does === "answer") return answerOf(author, act);
      // The next one of these is upon the next call.
      if (!fitsAll(act)) return undefined;
    }
    return undefined;
  }

  async function serve({ request, question, reply }: Waiting): Promise<unknown> {
    const stoodIn = intervene(request);
    if (gate.over) return undefined;
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
        const given = stoodIn ?? (await reply());
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
      if (ending === "finished") options.finish?.(ledger.questions - told);
      return { ending, code: null, detail: "" };
    })
    .catch((error: unknown) => failed(error, doomed))
    .finally(() => sandbox?.dispose());
  const kept = result.ending === "finished" ? (returned?.slice(0, RETURNED_LENGTH) ?? null) : null;
  ledger.end(gate.office, result.ending, result.code, kept);
  ledger.flush();
  return result;
}

function readRequest(body: unknown): Request {
  const parsed = requestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.join(".") || "nothing";
  throw new SandboxError("program-error", `model() was given ${where}: ${issue.message}`);
}

/** Whether an act is upon the office, and not upon what is asked for. */
function fitsAll({ does }: Act): boolean {
  return does === "send-mail" || does === "wait";
}

function fits(act: Act, kind: ProgramRequest["kind"]): boolean {
  return fitsAll(act) || kind === (act.does === "answer" ? "model" : "tool");
}

function answerOf(author: string, { content }: Extract<Act, { does: "answer" }>): Reply {
  const stop = content.some(({ type }) => type === "tool-call") ? "tool-use" : "end";
  const usage = { inputTokens: 0, outputTokens: 0 };
  return { answer: { content, stop, usage, model: `person/${author}` }, request: null };
}

function never(): Promise<never> {
  throw new SandboxError("sandbox-crash", "");
}

function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  return new ModelError("model-error", error instanceof Error ? error.message : String(error));
}

function failed(error: unknown, doomed: Failure | null): RunResult {
  if (error instanceof SandboxError || error instanceof ShellError || error instanceof ModelError) {
    return { ending: "failed", code: doomed ?? error.code, detail: error.message };
  }
  throw error;
}
