import type { Universe } from "../program.ts";

const told = `Before each thing you do, say in a few plain sentences what you make of the situation, what you could do, and why you do what you do. The people you work for read along.`;

/** Asks for reasoning in the open before each act: it is said, and read by whoever reads along. */
export async function aloud({ system, task, turns, model, tools }: Universe): Promise<unknown> {
  const messages: Message[] = [{ role: "user", content: [{ type: "text", text: task }] }];
  const next = [...turns];
  for (;;) {
    const { content, stop } = await model({ system: `${system}\n\n${told}`, messages });
    messages.push({ role: "assistant", content: [...content] });
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
