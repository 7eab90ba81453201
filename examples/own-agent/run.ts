// Puts a program of one's own to work in the sandbox, with a model object that knows one word.
// node examples/own-agent/run.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../../index.ts";
import type { Model } from "../../index.ts";

/** Stands in for a real one, which would be named: model: "anthropic/MODEL". */
const model: Model = {
  async ask({ messages }) {
    const [block] = messages[0]!.content;
    const isUrgent = block?.type === "text" && /before three|this morning/i.test(block.text);
    return {
      answer: {
        content: [{ type: "text", text: isUrgent ? "yes" : "no" }],
        stop: "end",
        usage: { inputTokens: 0, outputTokens: 0 },
        model: "one-word",
      },
      request: null,
    };
  },
};

using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });
const episode = simulator.run({
  fixture: "handover",
  agent: join(import.meta.dirname, "agent.ts"),
  model,
});

let flagged = 0;
let returned = "";
for await (const event of episode) {
  if (event.kind === "log") console.log(event.text);
  if (event.kind === "call" && event.tool === "mark_mail") flagged++;
  if (event.kind === "end") returned = event.returned ?? "";
}

const { ending, detail } = await episode.result;
assert.equal(ending, "finished", detail);
// What the program returned is kept with the recording, as JSON.
const { looked, urgent } = JSON.parse(returned) as { looked: number; urgent: string[] };
console.log(`${looked} mails looked at, ${urgent.length} flagged as urgent`);
assert.equal(looked, 5);
assert.ok(flagged > 0 && urgent.length === flagged);
