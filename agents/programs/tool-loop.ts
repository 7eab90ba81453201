import type { Universe } from "../program.ts";

/** Asks the model, carries out the tools it calls, shows it the results, until it calls none. */
export async function toolLoop({ system, task, turns, model, tools }: Universe): Promise<unknown> {
  const messages: Parameters<Universe["model"]>[0]["messages"][number][] = [
    { role: "user", content: [{ type: "text", text: task }] },
  ];
  const next = [...turns];
  for (;;) {
    const { content, stop } = await model({ system, messages });
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
