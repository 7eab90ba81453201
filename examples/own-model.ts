// A model of one's own, here thirty lines of rules, in the conversation that a real one would have.
// node examples/own-model.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator, ModelError } from "../index.ts";
import type { AnswerBlock, Model } from "../index.ts";

/** Lists the unread mail, opens the first that names a ward, then stops. */
const clerk: Model = {
  // Each question is whole: system prompt, all messages so far, the tools. `signal` says when to stop.
  async ask({ question, messages, tools }) {
    if (!tools.some(({ name }) => name === "list_mail")) {
      throw new ModelError("model-error", "The clerk can do nothing without a mailbox.");
    }
    const [result] = messages.at(-1)!.content;
    const newest = result?.type === "tool-result" ? result.text : "";
    const content: AnswerBlock[] = [];
    const call = (name: string, input: unknown) =>
      content.push({ type: "tool-call", id: `call-${question}`, name, input });

    if (question === 1) call("list_mail", { unread_only: true, limit: 40 });
    else if (question === 2) {
      const { mails } = JSON.parse(newest) as { mails: { id: string; subject: string }[] };
      call("read_mail", { mail_id: mails.find(({ subject }) => /ward/i.test(subject))!.id });
    } else content.push({ type: "text", text: `I have read it: ${newest.length} characters.` });

    return {
      answer: {
        content,
        stop: question < 3 ? "tool-use" : "end",
        // What a provider billed, and the model that it served.
        usage: { inputTokens: 0, outputTokens: 0 },
        model: "clerk-1",
      },
      // The SHA-256 of the bytes sent to a server; nothing was sent.
      request: null,
    };
  },
};

using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });
// The program that plays any model: ask, carry out the tools it calls, show the results, ask again.
const agent = join(import.meta.dirname, "../agents/programs/tool-loop.ts");
const episode = simulator.run({ fixture: "handover", agent, model: clerk });

const said: string[] = [];
for await (const event of episode) {
  if (event.kind === "call") console.log(event.tool, event.input, event.parent);
  if (event.kind !== "answer") continue;
  for (const block of event.answer.content) if (block.type === "text") said.push(block.text);
}
const { ending, detail } = await episode.result;
console.log(said.join("\n"));
assert.equal(ending, "finished", detail);
assert.match(said.join("\n"), /^I have read it: \d+ characters\.$/);
