import { readFileSync } from "node:fs";
import type { Model, ModelRequest } from "../../models/port.ts";
import type { CodeEvent } from "../../recordings/events.ts";
import type { Bench, Ran } from "./simulate.ts";

/** The shipped program that offers one tool, `run_code`. */
export const codeProgram = readFileSync("agents/programs/code.ts", "utf8");

/** A model that asks for these pieces of code, one a question, then ends. */
export function coder(pieces: readonly string[]): Model & { readonly asked: ModelRequest[] } {
  const asked: ModelRequest[] = [];
  return {
    asked,
    ask(request) {
      asked.push(request);
      const code = pieces[(request.messages.length - 1) / 2];
      const usage = { inputTokens: 1, outputTokens: 1 };
      const content =
        code === undefined
          ? [{ type: "text" as const, text: "Done." }]
          : [
              {
                type: "tool-call" as const,
                id: `piece-${request.messages.length}`,
                name: "run_code",
                input: { code },
              },
            ];
      const stop = code === undefined ? "end" : "tool-use";
      return Promise.resolve({ answer: { content, stop, usage, model: "coder" }, request: null });
    },
  };
}

/** Has pieces of code run in one episode, and gives what was recorded of each. */
export async function runPieces(
  bench: Bench,
  pieces: readonly string[],
  limits: { burstMs?: number; calls?: number } = {},
): Promise<
  Ran & { readonly codes: readonly CodeEvent[]; readonly asked: readonly ModelRequest[] }
> {
  const agent = bench.program("code.ts", codeProgram);
  const model = coder(pieces);
  const ran = await bench.run({ agent, model, limits });
  const codes = ran.events.filter((event) => event.kind === "code");
  return { ...ran, codes, asked: model.asked };
}
