import { dirname } from "node:path";
import type { Command } from "commander";
import { openRecording } from "../../episodes/files.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import { followEpisode } from "../episode.ts";
import { createGuardian } from "../guardian.ts";
import type { LogLevel } from "../log.ts";
import { print, style } from "../terminal.ts";
import { createWatcher } from "../watch.ts";
import { addServerOptions, modelServers } from "./model-options.ts";
import type { ModelFlags } from "./model-options.ts";
import { fixtureOption, jsonOption, logOption } from "./options.ts";

interface ResumeFlags extends Pick<ModelFlags, "prices" | "baseUrl"> {
  readonly fixture?: string;
  readonly json?: true;
  readonly logLevel: LogLevel;
}

export function addResume(program: Command): void {
  const command = program
    .command("resume")
    .summary("go on with a recording that broke off")
    .description(
      "Runs the episode again to where its recording ends, with the answers it holds, and goes on from there. The file is kept and added to.",
    )
    .argument("<file>", "a recording without its end")
    .addOption(fixtureOption())
    .addOption(jsonOption("one JSON line an event, a finding and the result"))
    .addOption(logOption());
  addServerOptions(command).action(resume);
}

async function resume(
  file: string,
  { fixture, json, logLevel, ...flags }: ResumeFlags,
): Promise<void> {
  using simulator = createSimulator({ slots: 1, folder: dirname(file), ...modelServers(flags) });
  const recording = openRecording(file);
  const asks = recording.header.guard?.mode === "ask" && !recording.end;
  const episode = simulator.resume(file, {
    ...(fixture === undefined ? {} : { fixture }),
    ...(asks ? { guardian: createGuardian() } : {}),
  });
  const watcher = createWatcher(json === true);
  watcher.recall(recording);
  if (!json) {
    const torn = recording.tornBytes ? `, less a torn line of ${recording.tornBytes} bytes` : "";
    print(style("dim", `Going on after ${recording.events.length} events${torn}.`));
  }
  process.exitCode = await followEpisode(simulator, episode, watcher, {
    json: json === true,
    logLevel,
  });
}
