import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EventStreamCodec } from "@smithy/eventstream-codec";

/** A turn of a model that thinks before it calls a tool or says something. */
export interface ThoughtfulTurn {
  readonly thinking: string;
  /** What the provider wants back: a signature, or the thinking sealed. */
  readonly seal: string;
  readonly call?: { readonly id: string; readonly name: string; readonly input: unknown };
  readonly say?: string;
}

/** Writes a turn as a provider's server streams it. */
export type Wire = (turn: ThoughtfulTurn) => {
  readonly type: string;
  readonly chunks: readonly (string | Uint8Array)[];
};

export interface ThinkingServer extends AsyncDisposable {
  readonly url: string;
  /** Bodies of all requests so far. */
  readonly bodies: readonly string[];
}

/** Answers the first request with the first turn, the second with the second. */
export async function createThinkingServer(
  wire: Wire,
  turns: readonly ThoughtfulTurn[],
): Promise<ThinkingServer> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      bodies.push(Buffer.concat(parts).toString());
      const { type, chunks } = wire(turns[(bodies.length - 1) % turns.length]!);
      response.writeHead(200, { "content-type": type });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** xAI's Responses: a summary of the thinking, and the thinking itself sealed. */
export const xaiWire: Wire = ({ thinking, seal, call, say }) => {
  const model = "grok-4.6";
  const id = `rs_${seal}`;
  const usage = {
    input_tokens: 900,
    output_tokens: 80,
    input_tokens_details: { cached_tokens: 640 },
    output_tokens_details: { reasoning_tokens: 50 },
  };
  const reasoning = {
    type: "reasoning",
    id,
    status: "completed",
    summary: [{ type: "summary_text", text: thinking }],
    encrypted_content: seal,
  };
  const item = call
    ? {
        type: "function_call",
        id: `fc_${call.id}`,
        call_id: call.id,
        name: call.name,
        arguments: JSON.stringify(call.input),
        status: "completed",
      }
    : {
        type: "message",
        id: "msg_1",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text: say, annotations: [] }],
      };
  const response = { id: "resp_1", object: "response", model, created_at: 0, output: [] };
  const part = { type: "summary_text", text: "" };
  const events = [
    { type: "response.created", response: { ...response, status: "in_progress" } },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...reasoning, summary: [], encrypted_content: null, status: "in_progress" },
    },
    {
      type: "response.reasoning_summary_part.added",
      item_id: id,
      output_index: 0,
      summary_index: 0,
      part,
    },
    ...halves(thinking).map((delta) => ({
      type: "response.reasoning_summary_text.delta",
      item_id: id,
      output_index: 0,
      summary_index: 0,
      delta,
    })),
    { type: "response.output_item.done", output_index: 0, item: reasoning },
    ...(say === undefined
      ? []
      : halves(say).map((delta) => ({
          type: "response.output_text.delta",
          item_id: "msg_1",
          output_index: 1,
          content_index: 0,
          delta,
        }))),
    { type: "response.output_item.done", output_index: 1, item },
    {
      type: "response.completed",
      response: { ...response, status: "completed", output: [reasoning, item], usage },
    },
  ];
  return {
    type: "text/event-stream",
    chunks: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  };
};

/** Bedrock's Converse: thinking in the open, then its signature; in frames of Amazon's own. */
export const bedrockWire: Wire = ({ thinking, seal, call, say }) => {
  const codec = new EventStreamCodec(
    (bytes) => (typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes)),
    (text) => new TextEncoder().encode(text),
  );
  const frame = (type: string, payload: unknown) =>
    codec.encode({
      headers: {
        ":event-type": { type: "string", value: type },
        ":content-type": { type: "string", value: "application/json" },
        ":message-type": { type: "string", value: "event" },
      },
      body: Buffer.from(JSON.stringify(payload)),
    });
  const delta = (contentBlockIndex: number, one: unknown) =>
    frame("contentBlockDelta", { contentBlockIndex, delta: one });
  return {
    type: "application/vnd.amazon.eventstream",
    chunks: [
      frame("messageStart", { role: "assistant" }),
      ...halves(thinking).map((text) => delta(0, { reasoningContent: { text } })),
      delta(0, { reasoningContent: { signature: seal } }),
      frame("contentBlockStop", { contentBlockIndex: 0 }),
      ...(call
        ? [
            frame("contentBlockStart", {
              contentBlockIndex: 1,
              start: { toolUse: { toolUseId: call.id, name: call.name } },
            }),
            ...halves(JSON.stringify(call.input)).map((input) => delta(1, { toolUse: { input } })),
          ]
        : halves(say ?? "").map((text) => delta(1, { text }))),
      frame("contentBlockStop", { contentBlockIndex: 1 }),
      frame("messageStop", { stopReason: call ? "tool_use" : "end_turn" }),
      frame("metadata", {
        usage: { inputTokens: 260, outputTokens: 80, totalTokens: 340, cacheReadInputTokens: 640 },
        metrics: { latencyMs: 12 },
      }),
    ],
  };
};

function halves(text: string): readonly string[] {
  const middle = text.length >> 1;
  return [text.slice(0, middle), text.slice(middle)];
}
