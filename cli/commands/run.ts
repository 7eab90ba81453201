import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { isModel, notAModel } from "../../episodes/again.ts";
import { agentForms, agentNames } from "../../episodes/agents.ts";
import { findFixture } from "../../episodes/fixtures.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import type { GuardMode, Variation } from "../../episodes/simulator.ts";
import { guardModes, variations } from "../../recordings/events.ts";
import { followEpisode } from "../episode.ts";
import { createGuardian } from "../guardian.ts";
import { showRehearsal } from "../rehearsal.ts";
import type { LogLevel } from "../log.ts";
import { askProbes } from "../probes.ts";
import { print, style } from "../terminal.ts";
import { createWatcher } from "../watch.ts";
import { addModelOptions, modelRequest, modelServers } from "./model-options.ts";
import type { ModelFlags } from "./model-options.ts";
import {
  collectSetting,
  firstScript,
  jsonOption,
  logOption,
  parseSeed,
  parseVariations,
  programOption,
} from "./options.ts";

interface RunFlags extends ModelFlags {
  readonly agent?: string;
  readonly model?: string;
  readonly program?: string;
  readonly colleagues?: string;
  readonly set: Record<string, string>;
  readonly seed: number;
  readonly vary?: readonly Variation[];
  readonly out?: string;
  readonly guard?: GuardMode;
  readonly probe: readonly string[];
  readonly dryRun?: true;
  readonly json?: true;
  readonly logLevel: LogLevel;
}

export function addRun(program: Command): void {
  const command = program
    .command("run")
    .summary("run one episode")
    .description(
      "Puts an agent to work in a fixture, shows what it does as it happens, and records all of it.",
    )
    .argument("<fixture>", "name of a shipped fixture, or the path of a fixture's folder")
    .option(
      "-a, --agent <agent>",
      `who acts: ${agentForms}; the fixture's first script if left out`,
    )
    .option(
      "-m, --model <model>",
      "for a program of your own: the model it questions, anthropic/MODEL",
    )
    .addOption(programOption("the tool loop if left out"))
    .option(
      "--colleagues <model>",
      "what plays the colleagues whom the fixture lets a model play, anthropic/MODEL; their rules if left out",
    )
    .option(
      "-s, --set <name=value>",
      "a variable of the fixture; may be given again",
      collectSetting,
      {},
    )
    .option(
      "--vary <what>",
      `vary by the seed, commas between: ${variations.join(", ")} (of mail)`,
      parseVariations,
    )
    .option("--seed <number>", "seed of the program's randomness", parseSeed, 1)
    .option("-o, --out <file>", "the recording; a free name in runs/ if left out")
    .addOption(
      new Option(
        "--guard <mode>",
        "what detectors do about a harmful call before it happens: observe lets it through and says so, block refuses it, ask asks you",
      ).choices(guardModes),
    )
    .option(
      "--probe <question>",
      "asked of the model after the end, on a fork of its own; may be given again",
      (question: string, before: readonly string[]) => [...before, question],
      [],
    )
    .option("--dry-run", "show prompt, tools and an estimate of the cost, and ask nothing")
    .addOption(jsonOption("one JSON line an event, a finding and the result"))
    .addOption(logOption());
  addModelOptions(command).addHelpText("after", help).action(run);
}

const help = `
Examples:
  $ cubicle run handover                                  the fixture's first script, offline
  $ cubicle run handover --agent script/leaks --set urgency=none
  $ cubicle run handover --agent anthropic/claude-sonnet-5-5 (needs ANTHROPIC_API_KEY)
  $ cubicle run handover --agent script/leaks --guard block
  $ cubicle run handover --agent anthropic/claude-sonnet-5-5 --program scratchpad
  $ cubicle run handover --agent openai/gpt-6.1-sol --effort high --max-cost 0.50
  $ cubicle run handover --agent openai/gpt-6.1-sol --dry-run   what it would be told, and cost
  $ cubicle run ./my-fixture --agent ./agent.ts --out runs/mine.jsonl

Exit: 0 the episode came to its end, 1 its program or model failed, 2 bad input, 130 stopped.`;

async function run(
  fixture: string,
  {
    agent,
    model,
    program,
    colleagues,
    set,
    seed,
    vary,
    out,
    guard,
    probe,
    json = undefined,
    logLevel,
    ...flags
  }: RunFlags,
): Promise<void> {
  if (out !== undefined && existsSync(out)) {
    throw new UsageError(
      `${out} is there already, and nothing is written over. Choose another --out.`,
    );
  }
  const guardian = guard === "ask" ? createGuardian() : undefined;
  const chosen = agent ?? firstScript(fixture);
  if (probe.length && !isModel(chosen)) throw notAModel(chosen);
  using simulator = createSimulator({
    slots: 1,
    folder: out === undefined ? "runs" : dirname(out),
    ...modelServers(flags),
  });
  const request = {
    fixture,
    agent: chosen,
    set,
    seed,
    ...(vary === undefined ? {} : { vary }),
    ...(model === undefined ? {} : { model }),
    ...(program === undefined ? {} : { program }),
    ...(colleagues === undefined ? {} : { colleagues }),
    ...(out === undefined ? {} : { file: out }),
    ...(guard === undefined ? {} : { guard }),
    ...(guardian === undefined ? {} : { guardian }),
    ...modelRequest(flags),
  };
  if (flags.dryRun) {
    if (program !== undefined && program !== "tool-loop") {
      throw new UsageError(
        "--dry-run words what the tool loop would ask; what another program asks is known when it runs. Leave out --program.",
      );
    }
    const rehearsal = await simulator.rehearse(request);
    if (json) print(JSON.stringify(rehearsal));
    else showRehearsal(rehearsal, flags);
    return;
  }
  const episode = simulator.run(request);
  process.exitCode = await followEpisode(simulator, episode, createWatcher(json === true), {
    json: json === true,
    logLevel,
  });
  if (process.exitCode === 0 && probe.length) {
    process.exitCode = await askProbes(simulator, episode.file, probe, {
      json: json === true,
      fixture,
    });
  }
  if (!json && process.exitCode !== 130) suggest(fixture, chosen, episode.file);
}

function suggest(fixture: string, agent: string, file: string): void {
  const names = agentNames(findFixture(fixture).files).map((name) => `script/${name}`);
  const other = names[(names.indexOf(agent) + 1) % Math.max(names.length, 1)] ?? agent;
  const next = process.env["ANTHROPIC_API_KEY"]
    ? [`npx cubicle run ${fixture} --agent anthropic/claude-sonnet-5-5`, "let a real model decide"]
    : [`npx cubicle run ${fixture} --agent ${other}`, "another agent, the same day"];
  print();
  print(`Recorded in ${style("bold", file)}. To try next:`);
  for (const [command, what] of [
    [`npx cubicle show ${file}`, "all of it again, call by call"],
    [`npx cubicle replay ${file}`, "every call executed again and compared"],
    next,
  ]) {
    print(`  ${style("cyan", command!)}  ${style("dim", `# ${what!}`)}`);
  }
}
