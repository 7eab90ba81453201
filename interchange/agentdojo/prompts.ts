import { readAgentDojoRun } from "../formats/agentdojo.ts";

/** What recorded runs of a suite tell of its tasks. */
export interface Prompts {
  readonly system?: string;
  /** By id: `user_task_0`, `injection_task_3`. */
  readonly tasks: ReadonlyMap<string, string>;
}

/**
 * The prompts of the runs' tasks, of each the first that is told.
 *
 * @throws TranscriptError for what is no run of the workspace suite
 */
export async function readPrompts(runs: AsyncIterable<unknown>): Promise<Prompts> {
  const tasks = new Map<string, string>();
  let system: string | undefined;
  for await (const run of runs) {
    for (const { condition, said } of readAgentDojoRun(run)) {
      const id = String(said["user_task"]);
      const { task = "" } = condition;
      if (/^(?:user|injection)_task_\d{1,4}$/.test(id) && task && !tasks.has(id))
        tasks.set(id, task);
      system ??= condition["system"] || undefined;
    }
  }
  const sorted = [...tasks].toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  return { tasks: new Map(sorted), ...(system === undefined ? {} : { system }) };
}
