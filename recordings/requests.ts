import type { Message } from "./content.ts";
import type { Header, QuestionEvent } from "./events.ts";

/** What a program asked a model, whole. */
export interface Request {
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: "all" | readonly string[];
}

/** Rebuilds the requests of a recording from its questions, which are to be given in order. */
export function createRequests(header: Header): { next(event: QuestionEvent): Request } {
  let { system } = header;
  let messages: readonly Message[] = [];
  return {
    next(event) {
      system = event.system ?? system;
      messages = [...messages.slice(0, event.keep), ...event.messages];
      return { system, messages, tools: event.tools };
    },
  };
}

/** The definitions that a request offers. */
export function offeredTools(header: Header, { tools }: Request): Header["tools"] {
  return tools === "all" ? header.tools : header.tools.filter(({ name }) => tools.includes(name));
}
