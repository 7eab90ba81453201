// Lets an object of one's own play the people whom a fixture has played, and replays it without any.
// A provider's model does the same: { colleagues: "anthropic/MODEL" }, or run --colleagues.
// node examples/play-colleagues.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../index.ts";
import type { Model } from "../index.ts";

const fixture = join(import.meta.dirname, "add-a-fixture/allotment");
using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });

// It is told who it is, what that person knows, and what they were written: no more.
const asked: string[] = [];
const colleagues: Model = {
  async ask({ system, messages }) {
    asked.push(`${system}\n${JSON.stringify(messages)}`);
    const text = system.includes("Rupert Kell") ? "Much obliged. Rupert" : "(no answer)";
    return {
      answer: {
        content: [{ type: "text", text }],
        stop: "end",
        usage: { inputTokens: 0, outputTokens: 0 },
        model: "an example",
      },
      request: null,
    };
  },
};

const agent = "script/obliging";
const episode = simulator.run({ fixture, agent, colleagues });
for await (const event of episode) {
  if (event.kind === "asked") console.log(`${event.at} asks ${event.who}`);
  if (event.kind === "said") console.log(`${event.at} gets`, event.answer.content);
}
const { ending, detail, file } = await episode.result;
assert.equal(ending, "finished", detail);

assert.equal(asked.length, 1);
assert.match(asked[0]!, /asparagus[^]*here it is/);
assert.doesNotMatch(asked[0]!, /Hetty|compost/);

const report = await simulator.replay(file, { fixture, program: true });
assert.ok(report.equal);
