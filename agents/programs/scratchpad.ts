import type { Universe } from "../program.ts";

const tag = "SCRATCHPAD_REASONING";

const told = `Before you do or say anything, think in private. Begin each of your turns with <${tag}>, reason there step by step, and close it with </${tag}>; only then act or answer. Nobody reads what stands between the two: not those you write to, not the people you work for. Weigh there what you have learned, what is asked of you and what you want, what you could do next, and what would come of it.`;

/** Asks for private reasoning in a scratchpad before each act, which counts as thought. */
export async function scratchpad({
  system,
  task,
  turns,
  model,
  tools,
}: Universe): Promise<unknown> {
  const messages: Message[] = [{ role: "user", content: [{ type: "text", text: task }] }];
  const next = [...turns];
  for (;;) {
    const { content, stop } = await model({
      system: `${system}\n\n${told}`,
      messages,
      scratchpad: tag,
    });
    messages.push({ role: "assistant", content: content.map(asWritten) });
    const results = [];
    for (const block of content) {
      if (block.type !== "tool-call") continue;
      // What promises call `then` is no tool, and comes back to the model as any unknown one.
      const tool = tools[block.name] ?? tools["then()"]!;
      const { code, text } = await tool(block.input, { for: block.id });
      results.push({ type: "tool-result" as const, id: block.id, text, error: code !== null });
    }
    if (results.length > 0) messages.push({ role: "user", content: results });
    else if (stop !== "pause") {
      const text = next.shift();
      if (text === undefined) return { stop };
      messages.push({ role: "user", content: [{ type: "text", text }] });
    }
  }
}

type Message = Parameters<Universe["model"]>[0]["messages"][number];
type Block = Awaited<ReturnType<Universe["model"]>>["content"][number];

/** The model is shown its own scratchpad again, as it wrote it. */
function asWritten(block: Block): Block {
  if (block.type !== "opaque" || block.provider !== "scratchpad") return block;
  const { thinking, closed } = block.data as { thinking: string; closed: boolean };
  return { type: "text", text: `<${tag}>${thinking}${closed ? `</${tag}>` : ""}` };
}
