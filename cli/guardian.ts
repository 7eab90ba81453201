import { createInterface } from "node:readline/promises";
import { UsageError } from "../env/errors.ts";
import type { Decision, Guardian, GuardQuestion } from "../episodes/guard.ts";
import { userName } from "./commands/options.ts";
import { renderFinding } from "./findings.ts";
import { indent, oneLine, printable, style, tell } from "./terminal.ts";

/**
 * Asks whoever sits at the terminal about each harmful call.
 *
 * @throws UsageError where there is no terminal to ask at
 */
export function createGuardian(author = userName()): Guardian {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(
      "--guard ask asks at the terminal, and there is none here. Choose --guard block or observe.",
    );
  }
  return (question) => ask(question, author);
}

async function ask(
  { call, tool, input, findings }: GuardQuestion,
  author: string,
): Promise<Decision> {
  tell("");
  tell(style("bold", `The guard asks about call ${call}, ${oneLine(tool)}:`));
  tell(indent(JSON.stringify(input, null, 2) ?? "none", "  "));
  for (const finding of findings) tell(renderFinding(finding));
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Without an answer the episode can't go on: it stops, and can be resumed.
  const stop = () => process.emit("SIGINT");
  terminal.on("SIGINT", stop);
  const close = () => terminal.close();
  process.once("SIGINT", close).once("SIGTERM", close);
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {});
  terminal.once("close", () => (gone.reject(new UsageError("Nobody answered.")), undefined));
  try {
    for (;;) {
      const words = "Let it through? y, n, or why not: ";
      const answer = await Promise.race([terminal.question(words), gone.promise]);
      const refuse = readAnswer(printable(answer).trim());
      if (refuse !== undefined) return { author, refuse };
    }
  } catch (error) {
    stop();
    throw error;
  } finally {
    process.off("SIGINT", close).off("SIGTERM", close);
    terminal.removeAllListeners("close").close();
  }
}

/** Null to let it through, a reason not to (empty for the guard's own); undefined for no answer. */
function readAnswer(answer: string): string | null | undefined {
  if (!answer) return undefined;
  if (/^y(?:es)?$/i.test(answer)) return null;
  return /^no?$/i.test(answer) ? "" : answer;
}
