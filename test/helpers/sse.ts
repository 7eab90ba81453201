type Block = Readonly<Record<string, unknown>>;

/** A message as Anthropic's server streams it: events with their deltas, whatever is in it. */
export function toEvents(message: Block): string {
  const { content, stop_reason, stop_sequence = null, usage, ...rest } = message;
  const start = { ...rest, content: [], stop_reason: null, stop_sequence: null, usage };
  const blocks = (Array.isArray(content) ? content : []) as readonly (Block | null)[];
  const { output_tokens } = (usage ?? {}) as Block;
  const events = [
    { type: "message_start", message: start },
    { type: "ping" },
    ...blocks.flatMap(blockEvents),
    { type: "message_delta", delta: { stop_reason, stop_sequence }, usage: { output_tokens } },
    { type: "message_stop" },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}

/** What of a block comes bit by bit, by its field. */
const deltas: Readonly<Record<string, (value: string) => Block>> = {
  text: (text) => ({ type: "text_delta", text }),
  thinking: (thinking) => ({ type: "thinking_delta", thinking }),
  signature: (signature) => ({ type: "signature_delta", signature }),
  input: (partial_json) => ({ type: "input_json_delta", partial_json }),
};

function blockEvents(block: Block | null, index: number): { readonly type: string }[] {
  const start = { ...block } as Record<string, unknown>;
  const parts: Block[] = [];
  for (const [field, toDelta] of Object.entries(deltas)) {
    const value = start[field];
    const text = field === "input" && value !== undefined ? JSON.stringify(value) : value;
    if (typeof text !== "string") continue;
    start[field] = field === "input" ? {} : "";
    for (const bit of halves(text)) parts.push(toDelta(bit));
  }
  return [
    { type: "content_block_start", index, content_block: block && start } as { type: string },
    ...parts.map((delta) => ({ type: "content_block_delta", index, delta })),
    { type: "content_block_stop", index } as { type: string },
  ];
}

function halves(text: string): readonly string[] {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}
