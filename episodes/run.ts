import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { SandboxError } from "../agents/errors.ts";
import { createSandbox } from "../agents/sandbox.ts";
import type { Burst, ProgramRequest, Sandbox } from "../agents/sandbox.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { ModelError } from "../models/port.ts";
import type { ModelRequest, Reply } from "../models/port.ts";
import { messageSchema } from "../recordings/content.ts";
import { toolDefinition } from "../recordings/events.ts";
import type {
  Act,
  AnswerEvent,
  CodeEvent,
  EndCode,
  EndEvent,
  Ending,
  Header,
  RecordedEvent,
  SaidEvent,
} from "../recordings/events.ts";
import type { Recorder } from "../recordings/recorder.ts";
import { offeredTools } from "../recordings/requests.ts";
import type { Request } from "../recordings/requests.ts";
import { splitScratchpad } from "../recordings/scratchpad.ts";
import { ShellError } from "../shell/errors.ts";
import type { Call, Pack, Result } from "../tools/pack.ts";
import { SpentError, createPurse } from "./budget.ts";
import type { Intervention } from "./fork.ts";
import { runCode } from "./code.ts";
import { createDriver, textIn } from "./driver.ts";
import { createGuard } from "./guard.ts";
import type { Guardian } from "./guard.ts";

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
  /** Pieces of code that were run before, by number: where the machine stopped one, it is stopped again. */
  readonly ran: ReadonlyMap<number, CodeEvent>;
  /** What colleagues said before, by question. */
  readonly said: ReadonlyMap<number, SaidEvent>;
  /** Asks the live world. */
  readonly ask: (request: ModelRequest) => Promise<Reply>;
  /** Asks whoever plays a colleague. */
  readonly consult: (request: ModelRequest) => Promise<Reply>;
  /** Told how many questions a program asked that came to its own end. May throw a ModelError. */
  readonly finish?: (questions: number) => void;
  /** Events before the program begins, which it did not do itself. */
  readonly prefix: readonly RecordedEvent[];
  readonly interventions: readonly Intervention[];
  /** Where what was recorded ends, the episode fails with this: what it did next can't be run again. */
  readonly doomed: EndCode | null;
  /** Asked about harmful calls, where the header's guard asks a person. */
  readonly guardian: Guardian;
}

export interface RunResult {
  readonly ending: Ending;
  readonly code: EndCode | null;
  /** Why it came to no end of its own, in words for whoever runs it: not recorded, since engines word things differently. */
  readonly detail: string;
}

type ToolRequest = Extract<ProgramRequest, { kind: "tool" }>;
type Outcome = RunResult & { readonly attempts: EndEvent["attempts"] };

const requestSchema = z.object({
  system: z.string(),
  messages: z.array(messageSchema).min(1),
  tools: z.union([z.literal("all"), z.array(z.union([z.string(), toolDefinition]))]),
  scratchpad: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, "must be a tag's name")
    .optional(),
});

/** A request that waits for its turn. */
interface Waiting {
  readonly request: ProgramRequest;
  readonly question: number;
  /** Gives a question's answer, which may be on its way since it was posed. */
  readonly reply: () => Promise<Reply | ModelError | SpentError>;
}

/**
 * Runs a program to its end, the answers it gets recorded before it gets them. What it asked for is
 * answered strictly in the order in which it asked.
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  const { header, doomed } = options;
  const guard =
    header.guard && createGuard(header, header.guard.mode, options.recorder, options.guardian);
  const { recorder } = guard ?? options;
  const { gate, ledger, drive } = createDriver({ ...options, recorder });
  const interventions = [...options.interventions];
  const queue: Waiting[] = [];
  let sandbox: Sandbox | undefined;
  let returned: string | null | undefined;
  /** Whether it has asked or recorded as much as it may. */
  let isSpent = false;
  /** Whether it was cut off within a piece of code. */
  let isCut = false;
  const purse = createPurse(header.budget);
  let spent: SpentError | undefined;
  for (const event of options.prefix) drive(event);
  /** Questions that another program asked, before this one began. */
  const told = ledger.questions;
  /** Whether it is past what a fork shares with its parent, which has paid for that. */
  const isOwn = () => recorder.seq >= (header.lineage.parent?.events ?? 0);

  /** The next step of the program or the office, unless it is known to be the one that kills. */
  function step<T>(action: () => T): T {
    if (doomed && recorder.live) throw new SandboxError("sandbox-crash", "");
    return action();
  }

  function enqueue({ requests, ...burst }: Burst): void {
    returned ??= burst.returned;
    for (const request of requests) {
      isSpent ||= recorder.size >= header.limits.recordingBytes;
      isSpent ||= request.kind === "model" && !mayAsk();
      if (isSpent) return;
      if (request.kind !== "model") queue.push({ request, question: 0, reply: never });
      else queue.push({ request, ...pose(request.body) });
    }
  }

  function mayAsk(): boolean {
    try {
      if (isOwn()) purse.ask();
    } catch (error) {
      if (!(error instanceof SpentError)) throw error;
      spent = error;
      return false;
    }
    return ledger.questions < header.limits.questions;
  }

  /** Records a question and asks it at once, unless someone will answer it. */
  function pose(body: unknown): Pick<Waiting, "question" | "reply"> {
    const { scratchpad, ...request } = readRequest(body);
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
    const ask = () =>
      options.ask(asked).then((reply) => withScratchpad(reply, scratchpad), toModelError);
    if (interventions.some(({ act }) => act.does === "answer")) return { question, reply: ask };
    const reply = ask();
    return { question, reply: () => reply };
  }

  /** Lets those who take a hand do so, as far as it is time. Gives an answer in the model's place. */
  async function intervene({ kind }: ProgramRequest): Promise<Reply | undefined> {
    for (let next = interventions[0]; next; next = interventions[0]) {
      const { after, author, act } = next;
      if (recorder.seq < after || !fits(act, kind)) return undefined;
      interventions.shift();
      ledger.intervention(gate.office.now, author, act);
      gate.intervene(act);
      await consult();
      if (act.does === "answer") return answerOf(author, act);
      // The next one of these is upon the next call.
      if (!fitsAll(act)) return undefined;
    }
    return undefined;
  }

  /** Has whoever plays a colleague answer, as often as one is asked. */
  async function consult(): Promise<void> {
    for (let asked = gate.asked; asked && !gate.over; asked = gate.asked) {
      const question = ledger.consultations;
      ledger.flush();
      const known = options.said.get(question);
      const { system, text } = asked;
      const content = [{ type: "text" as const, text }];
      const request = {
        question,
        system,
        messages: [{ role: "user" as const, content }],
        tools: [],
      };
      const given = known ?? (await step(() => options.consult(request).catch(toModelError)));
      if (given instanceof ModelError || given instanceof SpentError) throw given;
      if (isOwn()) purse.pay(given);
      ledger.said(gate.office.now, question, given.answer, given.request, given.served);
      gate.say(textIn(given.answer));
      ledger.flush();
    }
  }

  async function call({ body }: ToolRequest, parent = body.parent): Promise<Result> {
    const result = await pass({ tool: body.tool, input: body.input ?? null }, parent);
    await consult();
    return result;
  }

  /** A call, once the guard has let it through. What was recorded before is decided already. */
  async function pass(asked: Call, parent: string | null): Promise<Result> {
    const proposed = gate.propose(asked, parent);
    if (!guard || proposed.settled || !recorder.live) return proposed.commit();
    const decided = await guard.ask({ call: ledger.calls + 1, ...asked }, proposed);
    if (!decided) return proposed.commit();
    const { author, act } = decided;
    ledger.intervention(gate.office.now, author, act);
    return act.does === "refuse" ? proposed.refuse(act.reason) : proposed.commit();
  }

  /** Runs a piece of code, each of its calls as if the program had made it. */
  async function code({ body }: Extract<ProgramRequest, { kind: "code" }>): Promise<unknown> {
    const number = ledger.codes + 1;
    const outcome = await runCode({
      ...body,
      most: header.limits,
      seed: header.seed + number,
      known: options.ran.get(number),
      now: () => gate.office.now,
      step,
      async serve(request) {
        await intervene(request);
        if (gate.over) return false;
        isCut ||=
          ledger.calls >= header.limits.calls || recorder.size >= header.limits.recordingBytes;
        if (isCut) return false;
        const value = await call(request, body.parent);
        return gate.over ? false : { value };
      },
    });
    if (!outcome) return undefined;
    ledger.code(gate.office.now, outcome);
    ledger.flush();
    return outcome.result;
  }

  async function serve({ request, question, reply }: Waiting): Promise<unknown> {
    const stoodIn = await intervene(request);
    if (gate.over) return undefined;
    switch (request.kind) {
      case "tool":
        return call(request);
      case "code":
        return code(request);
      case "log":
        ledger.log(gate.office.now, request.body.text.slice(0, LOG_LENGTH));
        ledger.flush();
        return undefined;
      case "model": {
        const given = stoodIn ?? (await reply());
        if (given instanceof ModelError || given instanceof SpentError) throw given;
        if (isOwn()) purse.pay(given);
        const { answer, request, served } = given;
        ledger.answer(gate.office.now, question, answer, request, served);
        gate.turn();
        ledger.flush();
        await consult();
        return given.answer;
      }
    }
  }

  async function run(): Promise<Ending> {
    const { system, task, turns = [], tools, agent, limits, seed } = header;
    const brief = { system, task, turns, definitions: tools };
    await consult();
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
      if (isCut) return "limit";
      // A stretch may take its whole time: between two, the worker attends to the others.
      await setImmediate();
      burst = step(() => sandbox!.settle(next.request.id, gate.office.now, value));
    }
  }

  ledger.flush();
  const { attempts, ...result } = await run()
    .then((ending): Outcome => {
      if (ending === "finished") options.finish?.(ledger.questions - told);
      if (ending === "limit" && spent) throw spent;
      return { ending, code: null, attempts: undefined, detail: "" };
    })
    .catch((error: unknown) => failed(error, doomed))
    .finally(() => sandbox?.dispose());
  const kept = result.ending === "finished" ? (returned?.slice(0, RETURNED_LENGTH) ?? null) : null;
  ledger.end(gate.office, result.ending, result.code, kept, attempts);
  ledger.flush();
  return result;
}

function readRequest(body: unknown): Request & { readonly scratchpad: string | undefined } {
  const parsed = requestSchema.safeParse(body);
  if (parsed.success) {
    const { tools, scratchpad, ...rest } = parsed.data;
    const request = { ...rest, scratchpad };
    if (tools === "all") return { ...request, tools };
    const names = tools.filter((tool) => typeof tool === "string");
    return { ...request, tools: names, own: tools.filter((tool) => typeof tool !== "string") };
  }
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

function withScratchpad(reply: Reply, tag: string | undefined): Reply {
  if (tag === undefined) return reply;
  const { answer } = reply;
  return { ...reply, answer: { ...answer, content: splitScratchpad(answer.content, tag) } };
}

function never(): Promise<never> {
  throw new SandboxError("sandbox-crash", "");
}

function toModelError(error: unknown): ModelError | SpentError {
  if (error instanceof ModelError || error instanceof SpentError) return error;
  return new ModelError("model-error", error instanceof Error ? error.message : String(error));
}

function failed(error: unknown, doomed: EndCode | null): Outcome {
  if (error instanceof SpentError) {
    return { ending: "limit", code: error.code, attempts: undefined, detail: error.message };
  }
  if (error instanceof SandboxError || error instanceof ShellError || error instanceof ModelError) {
    const asked = error instanceof ModelError && error.attempts.length > 0;
    const attempts = asked ? [...error.attempts] : undefined;
    return { ending: "failed", code: doomed ?? error.code, attempts, detail: error.message };
  }
  throw error;
}
