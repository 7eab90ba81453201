import type { ScriptConfig } from "../env/fixture/schema.ts";
import type { Answer, AnswerBlock, Message } from "../recordings/content.ts";
import type { Model } from "./port.ts";
import { ModelError } from "./port.ts";

export interface ScriptedModel extends Model {
  /** @throws ModelError if steps are left that nobody asked for */
  finish(questions: number): void;
}

/**
 * Plays a script's steps, one a question. Fails where the conversation is not the one it was
 * written for: text it expects is missing, or a step more or fewer is asked for.
 */
export function createScriptedModel(name: string, { steps }: ScriptConfig): ScriptedModel {
  return {
    ask({ question, messages }) {
      const step = steps[question - 1];
      if (!step) {
        return fail(`${name} has ${steps.length} steps, and was asked for step ${question}.`);
      }
      const newest = textOf(messages.at(-1));
      const missing = step.expect.find((text) => !newest.includes(text));
      if (missing !== undefined) {
        return fail(`Step ${question} of ${name} expects "${missing}" in: ${newest.slice(0, 500)}`);
      }
      return Promise.resolve({ answer: play(name, question, step), request: null });
    },
    finish(questions) {
      if (questions >= steps.length) return;
      throw mismatch(
        `${name} ended after step ${questions} of ${steps.length}: the rest was never asked for.`,
      );
    },
  };
}

function fail(message: string): Promise<never> {
  return Promise.reject(mismatch(message));
}

function mismatch(message: string): ModelError {
  return new ModelError("script-mismatch", `The script does not fit. ${message}`);
}

function play(name: string, question: number, step: ScriptConfig["steps"][number]): Answer {
  const content: AnswerBlock[] = [];
  if (step.think) {
    content.push({ type: "opaque", provider: "script", data: { thinking: step.think.trim() } });
  }
  if (step.say) content.push({ type: "text", text: step.say.trim() });
  for (const [index, call] of step.calls.flatMap((calls) => Object.entries(calls)).entries()) {
    content.push({
      type: "tool-call",
      id: `${question}.${index + 1}`,
      name: call[0],
      input: call[1],
    });
  }
  return {
    content,
    stop: step.calls.length ? "tool-use" : "end",
    usage: { inputTokens: 0, outputTokens: 0 },
    model: name,
  };
}

function textOf(message: Message | undefined): string {
  const blocks: readonly { type: string; text?: string }[] = message?.content ?? [];
  return blocks.map(({ text }) => text ?? "").join("\n");
}
