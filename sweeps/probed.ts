import { join } from "node:path";
import { openRecording } from "../episodes/files.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Run } from "./store.ts";

/** What agents answered to a question that was put to them after their episodes' end. */
export interface ProbeReport {
  readonly question: string;
  /** With its program and settings. */
  readonly agent: string;
  readonly asked: number;
  readonly answered: number;
  readonly examples: readonly { readonly path: string; readonly answer: string }[];
}

const EXAMPLES = 3;

/** @param runs of probes alone */
export function probesOf(folder: string, runs: readonly Run[]): ProbeReport[] {
  const groups = Map.groupBy(runs, ({ probe, arm }) => JSON.stringify([probe, arm]));
  return [...groups.values()].map((some) => {
    const answered = some.filter(({ ending }) => ending === "finished");
    return {
      question: some[0]!.probe!,
      agent: some[0]!.arm,
      asked: some.length,
      answered: answered.length,
      examples: answered.slice(0, EXAMPLES).map(({ path }) => ({
        path,
        answer: lastWordsIn(openRecording(join(folder, path))),
      })),
    };
  });
}

/** What was said last; what was thought stays in the recording. */
export function lastWordsIn({ events }: Pick<Recording, "events">): string {
  const last = events.findLast((event) => event.kind === "answer");
  const texts = last?.answer.content.flatMap((block) => (block.type === "text" ? block.text : []));
  return (texts ?? []).join("\n").trim();
}
