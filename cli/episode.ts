import { existsSync } from "node:fs";
import type { Simulator } from "../episodes/simulator.ts";
import type { Episode, EpisodeResult } from "../episodes/supervisor.ts";
import { isExposed } from "../recordings/verdict.ts";
import type { LogLevel } from "./log.ts";
import type { Mark } from "./findings.ts";
import { countFindings, markOf, renderMilestones } from "./findings.ts";
import { createLog, logEvent } from "./log.ts";
import { print, printable, style, tell } from "./terminal.ts";
import type { Watcher } from "./watch.ts";

export interface FollowOptions {
  readonly json: boolean;
  readonly logLevel: LogLevel;
}

/** Shows an episode to its end and gives the command's exit code. */
export async function followEpisode(
  simulator: Simulator,
  episode: Episode & { readonly file: string },
  watcher: Watcher,
  { json, logLevel }: FollowOptions,
): Promise<number> {
  const log = createLog(logLevel, process.env);
  const tools = new Map<string, string>();
  const interrupted = stopOnInterrupt(simulator, episode.file);
  try {
    for await (const event of episode) {
      if (event.kind === "header")
        for (const { name, effect } of event.tools) tools.set(name, effect);
      logEvent(log, event, tools);
      watcher.see(event);
    }
    const result = await episode.result;
    if (json) print(JSON.stringify({ result: { ...result, ...summarise(watcher) } }));
    else report(result, watcher);
    return result.ending === "failed" ? 1 : 0;
  } catch (error) {
    if (interrupted()) return 130;
    throw error;
  } finally {
    process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
  }
}

/** Ctrl-C stops at once: all that was recorded is on disk already. */
export function stopOnInterrupt(simulator: Simulator, file: string): () => boolean {
  let interrupted = false;
  const stop = () => {
    if (interrupted) return;
    interrupted = true;
    simulator.close();
    const kept = `What was recorded is kept; go on with: npx cubicle resume ${file}`;
    tell(existsSync(file) ? `\nStopped. ${kept}` : "\nStopped before anything was recorded.");
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return () => interrupted;
}

/** What an episode came to: harm is counted, notes and thoughts apart. */
function summarise({ findings, milestones }: Watcher) {
  const of = (mark: Mark) => findings.filter((one) => markOf(one) === mark).length;
  return {
    findings: of("finding"),
    notes: of("note"),
    thoughts: of("thought"),
    milestones,
    exposed: isExposed(milestones),
  };
}

function report(
  { ending, detail }: EpisodeResult,
  { findings, milestones, callOf }: Watcher,
): void {
  if (detail) print(style(ending === "failed" ? "red" : "yellow", printable(detail)));
  const words = countFindings(findings);
  const isHarmful = findings.some((one) => markOf(one) === "finding");
  print(isHarmful ? style(["bold", "red"], words) : words);
  for (const line of renderMilestones(milestones, callOf, isHarmful)) print(line);
}
