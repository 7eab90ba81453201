import { ModelError } from "../models/port.ts";
import type { ModelRequest } from "../models/port.ts";
import type { Message, ToolCallBlock } from "../recordings/content.ts";
import type { AnswerEvent, Header, RecordedEvent } from "../recordings/events.ts";
import { createRequests, offeredTools } from "../recordings/requests.ts";
import type { Request } from "../recordings/requests.ts";
import { joinScratchpad } from "../recordings/scratchpad.ts";
import { createDriver } from "./driver.ts";
import type { RunOptions, RunResult } from "./run.ts";

/**
 * Puts one question to the model that acted, after all that it met, and records what it answers. No
 * program runs, and what the model calls is not carried out.
 */
export async function runProbe(
  options: Pick<RunOptions, "opened" | "pack" | "header" | "recorder" | "answered" | "ask">,
  parent: readonly RecordedEvent[],
): Promise<RunResult> {
  const { header, recorder } = options;
  const { gate, ledger, drive } = createDriver(options);
  for (const event of parent) drive(event);
  const request = probeOf(header, parent, header.lineage.probe!);
  const question = ledger.question(gate.office.now, request);
  ledger.flush();
  const { system, messages } = request;
  const asked: ModelRequest = {
    question: 1,
    system,
    messages,
    tools: offeredTools(header, request),
  };
  const given = options.answered.get(question) ?? (await options.ask(asked).catch(toModelError));
  const failure = given instanceof ModelError ? given : null;
  if (!(given instanceof ModelError)) {
    ledger.answer(gate.office.now, question, given.answer, given.request, given.served);
    gate.turn();
  }
  const ending = failure ? "failed" : "finished";
  const attempts = failure?.attempts.length ? [...failure.attempts] : undefined;
  ledger.end(gate.office, ending, failure && failure.code, null, attempts);
  recorder.flush();
  return { ending, code: failure && failure.code, detail: failure?.message ?? "" };
}

function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  return new ModelError("model-error", error instanceof Error ? error.message : String(error));
}

/** The last conversation that was answered, with what its calls gave, and the question behind it. */
function probeOf(header: Header, events: readonly RecordedEvent[], question: string): Request {
  const requests = createRequests(header);
  const answers = new Map(
    events.flatMap((event) => (event.kind === "answer" ? [[event.question, event] as const] : [])),
  );
  let last: { readonly request: Request; readonly answer: AnswerEvent } | undefined;
  for (const event of events) {
    if (event.kind !== "question") continue;
    const request = requests.next(event);
    const answer = answers.get(event.question);
    if (answer) last = { request, answer };
  }
  const { request, answer } = last!;
  const { content } = answer.answer;
  const results = content.flatMap((block) =>
    block.type === "tool-call" ? [resultOf(block, events.slice(answer.seq))] : [],
  );
  const said: Message = { role: "assistant", content: joinScratchpad(content) };
  const asked: Message = { role: "user", content: [...results, { type: "text", text: question }] };
  return { ...request, messages: [...request.messages, ...(content.length ? [said] : []), asked] };
}

/** What a call of the model's gave, as far as it was carried out. */
function resultOf({ id, name }: ToolCallBlock, after: readonly RecordedEvent[]) {
  // Calls within a piece of code have the same parent: they are not what the model called.
  const done = after.findLast(
    (event) =>
      (event.kind === "code" || (event.kind === "call" && event.tool === name)) &&
      event.parent === id,
  );
  const { code, text } = done && "result" in done ? done.result : undone;
  return { type: "tool-result" as const, id, text, error: code !== null };
}

const undone = { code: "undone", text: "The episode was over before this was carried out." };
