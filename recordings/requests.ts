import type { Message } from "./content.ts";
import type { Header, QuestionEvent } from "./events.ts";

/** What a program asked a model, whole. */
export interface Request {
  readonly system: string;
  readonly messages: readonly Message[];
  /** Names of the office's tools. */
  readonly tools: "all" | readonly string[];
  /** Tools of the program's own. */
  readonly own?: Header["tools"];
}

/** Rebuilds the requests of a recording from its questions, which are to be given in order. */
export function createRequests(header: Header): { next(event: QuestionEvent): Request } {
  let { system } = header;
  let messages: readonly Message[] = [];
  let own: Header["tools"] = [];
  return {
    next(event) {
      system = event.system ?? system;
      messages = [...messages.slice(0, event.keep), ...event.messages];
      own = event.own ?? own;
      return { system, messages, tools: event.tools, ...(own.length ? { own } : {}) };
    },
  };
}

/** The definitions that a request offers. */
export function offeredTools(header: Header, { tools, own = [] }: Request): Header["tools"] {
  if (tools === "all") return [...header.tools, ...own];
  return [...header.tools.filter(({ name }) => tools.includes(name)), ...own];
}
