import type { ProbeRequest, Simulator } from "../episodes/simulator.ts";
import { openRecording } from "../episodes/files.ts";
import { lastWordsIn } from "../sweeps/probed.ts";
import { stopOnInterrupt } from "./episode.ts";
import { indent, oneLine, print, printable, style, tell } from "./terminal.ts";

export interface ProbesOptions extends Pick<ProbeRequest, "model" | "fixture"> {
  /** One JSON object a line, instead of words. */
  readonly json: boolean;
}

/**
 * Asks each question on a fork of its own after the episode's end, one after the other, and shows
 * what is answered. Gives the exit code.
 */
export async function askProbes(
  simulator: Simulator,
  file: string,
  questions: readonly string[],
  { json, ...options }: ProbesOptions,
): Promise<number> {
  let isWhole = true;
  for (const question of questions) {
    const episode = simulator.probe(file, { ...options, question, watch: false });
    const interrupted = stopOnInterrupt(simulator, episode.file);
    try {
      const { ending, code, detail } = await episode.result;
      const answer = ending === "failed" ? null : lastWordsIn(openRecording(episode.file));
      isWhole &&= answer !== null;
      if (json) print(JSON.stringify({ probe: { question, answer, code, file: episode.file } }));
      else show(question, answer ?? detail, episode.file);
    } catch (error) {
      if (interrupted()) return 130;
      throw error;
    } finally {
      process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
    }
  }
  if (!isWhole) tell("Where the model could not be had, nothing was answered.");
  return isWhole ? 0 : 1;
}

function show(question: string, answer: string, file: string): void {
  print();
  print(`${style("magenta", "asked")}   ${oneLine(question, 300)}`);
  print(answer ? indent(answer, "        ") : style("dim", "        (it said nothing)"));
  print(style("dim", `        recorded in ${printable(file)}`));
}
