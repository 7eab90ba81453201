import type { Answer } from "../../recordings/content.ts";
import type {
  CallEvent,
  CodeEvent,
  EndEvent,
  Header,
  RecordedEvent,
} from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { createRequests, offeredTools } from "../../recordings/requests.ts";
import { tokensOf } from "../tally.ts";
import type { Chat } from "./messages.ts";
import { createChat, idOf, toArguments, toError } from "./messages.ts";
import { parametersSchema } from "./schema.ts";
import type { ChatMessage, ModelOutput, ToolInfo, TranscriptEvent } from "./schema.ts";

/** What happened in an episode, as a transcript of Inspect's. */
export interface Told {
  readonly events: readonly TranscriptEvent[];
  /** Every message that a model was asked with, once; events refer to it. */
  readonly pool: readonly ChatMessage[];
  /** The conversation of the last question, with what came back. */
  readonly messages: readonly ChatMessage[];
  /** Without choices where nothing came back. */
  readonly output: ModelOutput;
}

const stopReasons = {
  end: "stop",
  "tool-use": "tool_calls",
  "max-tokens": "max_tokens",
  pause: "unknown",
  refusal: "content_filter",
  "context-exceeded": "model_length",
} as const;

/** @param uuid of the sample, from which all ids are made */
export function tellEvents(recording: Recording, uuid: string): Told {
  const { header, events } = recording;
  const chat = createChat(recording);
  const pool = createPool(uuid);
  const requests = createRequests(header);
  const tools = createTools(header);
  const answers = new Map(
    events.flatMap((event) => (event.kind === "answer" ? [[event.question, event] as const] : [])),
  );
  const told: TranscriptEvent[] = [];
  let asked: ChatMessage[] = [
    { role: "system", content: header.system },
    { role: "user", content: header.task },
  ];
  const silent = { model: header.agent.name, choices: [], completion: "" };
  let output: ModelOutput | undefined;
  let since: (CallEvent | CodeEvent)[] = [];
  for (const event of events) {
    const stamp = stampOf(event, uuid, header);
    if (event.kind === "question") {
      const request = requests.next(event);
      asked = [
        { role: "system", content: request.system },
        ...request.messages.flatMap((message) => chat.of(message)),
      ];
      const answer = answers.get(event.question);
      output = answer && toOutput(answer.answer, chat, pool.idAt(asked.length));
      since = [];
      told.push({
        event: "model",
        ...stamp,
        model: answer?.answer.model ?? header.agent.name,
        input: [],
        input_refs: pool.refer(asked),
        tools: tools(request),
        tool_choice: "auto",
        config: {},
        output: output ?? silent,
        ...(answer ? { completed: answer.at } : { error: "No answer to it was recorded." }),
      });
    } else if (event.kind === "call" || event.kind === "code") {
      since.push(event);
      told.push({ ...stamp, ...toToolEvent(event, chat) });
    } else if (event.kind === "arrival") {
      told.push({ event: "info", ...stamp, source: "arrival", data: event.effects });
    } else if (event.kind === "asked" || event.kind === "said") {
      const { kind, seq: _, at: __, ...data } = event;
      told.push({ event: "info", ...stamp, source: `colleague-${kind}`, data });
    } else if (event.kind === "intervention") {
      const { author, act } = event;
      told.push({ event: "info", ...stamp, source: "intervention", data: { author, act } });
    } else if (event.kind === "log") {
      told.push({ event: "info", ...stamp, source: "log", data: event.text });
    } else if (event.kind === "end") told.push(...toEnd(event, header, stamp));
  }
  const reply = output?.choices?.[0]?.message;
  const shown = new Set((reply?.tool_calls ?? []).map(({ id }) => id));
  const rest = since.filter((done) => shown.has(chat.idOf(done)));
  const messages = [...asked, ...(reply ? [reply] : []), ...rest.map((call) => chat.result(call))];
  return {
    events: told,
    pool: pool.messages,
    messages: messages.map((message, index) => ({ ...message, id: pool.idAt(index) })),
    output: output ?? silent,
  };
}

function stampOf({ seq, at }: RecordedEvent, uuid: string, { clock }: Header) {
  return {
    uuid: idOf(uuid, seq),
    timestamp: at,
    working_start: secondsBetween(clock.start, at),
  };
}

export function secondsBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}

/** Messages that were asked with, each kept once however often it was asked with again. */
function createPool(uuid: string) {
  const messages: ChatMessage[] = [];
  const places = new Map<string, number>();
  return {
    messages,
    /** Ids go by the place in a conversation. */
    idAt: (place: number) => idOf(uuid, "message", place),
    /** Ranges of the pool, the ends not included. */
    refer(asked: readonly ChatMessage[]): [number, number][] {
      const ranges: [number, number][] = [];
      for (const [index, message] of asked.entries()) {
        const kept = { ...message, id: this.idAt(index) };
        const key = JSON.stringify(kept);
        const place = places.get(key) ?? messages.push(kept) - 1;
        places.set(key, place);
        const last = ranges.at(-1);
        if (last?.[1] === place) last[1]++;
        else ranges.push([place, place + 1]);
      }
      return ranges;
    },
  };
}

/** Definitions as a request offers them. */
function createTools(header: Header): (request: Parameters<typeof offeredTools>[1]) => ToolInfo[] {
  const known = new Map(header.tools.map((tool) => [tool, toToolInfo(tool)]));
  return (request) =>
    offeredTools(header, request).map((tool) => known.get(tool) ?? toToolInfo(tool));
}

/** A schema that Inspect does not know is given as an object of which nothing is known. */
function toToolInfo({ name, description, input }: Header["tools"][number]): ToolInfo {
  const { data: parameters } = parametersSchema.safeParse(input);
  return { name, description, parameters: parameters ?? { additionalProperties: true } };
}

function toOutput({ content, stop, usage, model }: Answer, chat: Chat, id: string): ModelOutput {
  const message = { ...chat.assistant(content, model), id };
  const texts = content.flatMap((block) => (block.type === "text" ? [block.text] : []));
  return {
    model,
    choices: [{ message, stop_reason: stopReasons[stop] }],
    completion: texts.join("\n"),
    usage: tokensOf(usage),
  };
}

function toToolEvent(done: CallEvent | CodeEvent, chat: Chat) {
  const { code, text } = done.result;
  const what =
    done.kind === "call"
      ? {
          function: done.tool,
          arguments: toArguments(done.input),
          metadata: { call: done.call, fault: code, effects: done.effects },
        }
      : {
          function: chat.toolOf(done),
          arguments: { code: done.source },
          metadata: { code: done.code, fault: code },
        };
  return {
    event: "tool" as const,
    type: "function" as const,
    id: chat.idOf(done),
    ...what,
    result: text,
    events: [],
    ...(code === null ? {} : { error: toError(code, text) }),
    completed: done.at,
  };
}

type Stamp = ReturnType<typeof stampOf>;

function toEnd(end: EndEvent, { limits }: Header, stamp: Stamp): TranscriptEvent[] {
  if (end.ending === "failed") return [{ event: "error", ...stamp, error: failureOf(end)! }];
  if (end.ending !== "limit") return [];
  const { reason, ...limit } = limitOf(end, limits);
  return [{ event: "sample_limit", ...stamp, ...limit, message: reason }];
}

/** Why an episode says nothing of its agent, in a form that has a place for Python's words. */
export function failureOf(end: EndEvent | undefined) {
  if (end && end.ending !== "failed") return undefined;
  const message = end
    ? `${end.code ?? "failed"}: the program or its model failed`
    : "incomplete: the recording has no end";
  return { message, traceback: "", traceback_ansi: "" };
}

/** Limits of ours have no name in Inspect that all its versions know. */
export function limitOf({ questions }: EndEvent, limits: Header["limits"]) {
  const isAsked = questions >= limits.questions;
  const limit = isAsked ? limits.questions : limits.calls;
  const reason = `The episode's ${limit} ${isAsked ? "questions" : "calls"} were used up.`;
  return { type: "custom", limit, reason };
}
