import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toEvents } from "./sse.ts";

/** What came in, byte for byte. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds since the server started. */
  readonly atMs: number;
}

/** What goes out: a body under a status, or a connection cut before it, within it, or left open. */
export interface Sent {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Streamed, event by event, instead of a body. */
  readonly message?: Block;
  readonly cut?: "at-once" | "in-the-body" | "never-answered" | "never-ended";
}

/** A stand-in for Anthropic's server on loopback. The journal holds every attempt, retries too. */
export interface AnthropicServer extends AsyncDisposable {
  /** From now on answers so, with an empty journal. */
  play(respond: Respond): void;
  readonly journal: readonly Received[];
  /** A key that is none, and the address of this server. */
  readonly env: NodeJS.ProcessEnv;
}

/** Given the request and how many came before it, retries too. */
export type Respond = (request: Received, index: number) => Sent;

export async function createAnthropicServer(first: Respond): Promise<AnthropicServer> {
  let respond = first;
  let journal: Received[] = [];
  const started = performance.now();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const body = Buffer.concat(chunks).toString("utf8");
      const received = { method, path, headers, body, atMs: performance.now() - started };
      journal.push(received);
      send(response, respond(received, journal.length - 1));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    get journal() {
      return journal;
    },
    play(next) {
      respond = next;
      journal = [];
    },
    env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the server tells of whoever asks, in headers. */
export const accounts = ["5b1c0e9a-org-of-the-key", "req_011CZk7f"] as const;

export const KEY = "sk-ant-fake-7Qm2vXk9TzLw4RbN";

function send(
  response: ServerResponse,
  { status = 200, headers, message, cut, ...sent }: Sent,
): void {
  const body = message ? toEvents(message) : (sent.body ?? "");
  const type = message ? "text/event-stream" : "application/json";
  if (cut === "never-answered") return;
  if (cut === "at-once") {
    response.destroy();
    return;
  }
  const [organization, request] = accounts;
  response.writeHead(status, {
    "content-type": type,
    "anthropic-organization-id": organization,
    "request-id": request,
    ...headers,
  });
  if (cut === undefined) response.end(body);
  else {
    response.write(body.slice(0, body.length / 2));
    if (cut === "in-the-body") setImmediate(() => response.destroy());
  }
}

/** One response after another, the last one for whatever comes then. */
export function inOrder(...responses: readonly Sent[]): Respond {
  return (_, index) => responses[Math.min(index, responses.length - 1)]!;
}

/** The response for how far the conversation is: the same however often it is asked for. */
export function byTurn(...responses: readonly Sent[]): Respond {
  return ({ body }) => {
    const { messages } = JSON.parse(body) as { messages: { role: string }[] };
    const turn = messages.filter(({ role }) => role === "assistant").length;
    return responses[turn] ?? fault(400, `there is no turn ${turn}`);
  };
}

export type Block = Readonly<Record<string, unknown>>;

/** A message as the server words it; `more` adds fields or replaces them. */
export function message(content: readonly (Block | null)[], more: Block = {}): Sent {
  const calls = content.some((block) => block?.["type"] === "tool_use");
  const body = {
    id: "msg_01",
    type: "message",
    role: "assistant",
    model: "test-model-20260301",
    content,
    stop_reason: calls ? "tool_use" : "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 11, output_tokens: 7, cache_read_input_tokens: 0 },
    ...more,
  };
  return { message: body };
}

export function say(text: string): Block {
  return { type: "text", text };
}

export function use(id: string, name: string, input: unknown): Block {
  return { type: "tool_use", id, name, input };
}

/** An error as the server words it. */
export function fault(status: number, text: string, headers: Record<string, string> = {}): Sent {
  const body = { type: "error", error: { type: "api_error", message: text } };
  return { status, headers, body: JSON.stringify(body) };
}
