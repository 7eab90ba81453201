import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { PERSON, agentForms } from "../../episodes/agents.ts";
import { isRecordingName } from "../../episodes/packed.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import type { RunRequest } from "../../episodes/simulator.ts";
import { runStepper } from "../step/stepper.ts";
import type { Stepped } from "../step/stepper.ts";
import { print, style } from "../terminal.ts";
import { addModelOptions, modelFlagNames, modelRequest, modelServers } from "./model-options.ts";
import type { ModelFlags } from "./model-options.ts";
import {
  collectSetting,
  firstScript,
  fixtureOption,
  parseCall,
  parseSeed,
  userName,
  programOption,
} from "./options.ts";

interface StepFlags extends ModelFlags {
  readonly at?: number;
  readonly agent?: string;
  readonly model?: string;
  readonly program?: string;
  readonly colleagues?: string;
  readonly set: Record<string, string>;
  readonly seed?: number;
  readonly out?: string;
  readonly fixture?: string;
  readonly author?: string;
}

/** Episodes at once, those of forks included. */
const WORKERS = 4;

export function addStep(program: Command): void {
  const command = program
    .command("step")
    .summary("step through an episode, forward and back, and take a hand in it")
    .description(
      "Shows an episode in the terminal, step by step in both directions: what the agent says and does beside the office as it then stood. Takes a recording, or a fixture to begin an episode in, one event at a time. From any place it can be forked and gone on with otherwise.",
    )
    .argument("<subject>", "a recording (.jsonl); or a fixture, by name or folder")
    .option("--at <call>", "for a recording: the call to begin with", parseCall, 0)
    .addOption(fixtureOption())
    .option("--author <name>", "who takes a hand; your user's name if left out")
    .optionsGroup("For an episode that begins:")
    .option(
      "-a, --agent <agent>",
      `who acts: ${PERSON} (you yourself), ${agentForms}; the fixture's first script if left out`,
    )
    .option("-m, --model <model>", "for a program of your own: the model it questions")
    .addOption(programOption("the tool loop if left out"))
    .option(
      "--colleagues <model>",
      "what plays the colleagues whom the fixture lets a model play; their rules if left out",
    )
    .option(
      "-s, --set <name=value>",
      "a variable of the fixture; may be given again",
      collectSetting,
      {},
    )
    .option("--seed <number>", "seed of the program's randomness; 1 if left out", parseSeed)
    .option("-o, --out <file>", "the recording; a free name in runs/ if left out");
  addModelOptions(command).addHelpText("after", help).action(step);
}

const help = `
Examples:
  $ cubicle step examples/recordings/handover-leaks.jsonl     look at what happened
  $ cubicle step runs/a.jsonl --at 12                         from call 12 on
  $ cubicle step handover --agent anthropic/claude-sonnet-5-5 each question asked when you step
  $ cubicle step handover --agent human                       be the agent yourself

Keys: arrows step, ] and [ go call by call, n to the next finding, m lists the milestones,
/ searches, Tab moves between transcript and office, i takes a hand, f forks, c compares with the
parent, ? shows all, q quits.

Exit: 0 left, 2 bad input or no terminal, 130 Ctrl-C, 129 or 143 ended by a signal.`;

async function step(subject: string, flags: StepFlags): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError(
      "step needs a terminal to draw on and keys from it. To print a recording: cubicle show FILE",
    );
  }
  const isRecording =
    statSync(subject, { throwIfNoEntry: false })?.isFile() || isRecordingName(subject);
  const { out, fixture, author = userName() } = flags;
  if (isRecording) refuseForRecording(flags);
  using simulator = createSimulator({
    workers: WORKERS,
    folder: isRecording ? dirname(subject) : out === undefined ? "runs" : dirname(out),
    ...modelServers(flags),
  });
  const stepped = await runStepper({
    simulator,
    begin: isRecording
      ? { file: subject, call: flags.at ?? 0 }
      : { run: requestOf(subject, flags) },
    fixture: isRecording ? fixture : subject,
    author,
  });
  process.exitCode = stepped.code;
  tellWhatWasMade(stepped);
}

function requestOf(fixture: string, flags: StepFlags): RunRequest {
  const { agent, model, program, colleagues, set, seed = 1, out } = flags;
  if (out !== undefined && existsSync(out)) {
    throw new UsageError(
      `${out} is there already, and nothing is written over. Choose another --out.`,
    );
  }
  return {
    fixture,
    agent: agent ?? firstScript(fixture),
    set,
    seed,
    ...(model === undefined ? {} : { model }),
    ...(program === undefined ? {} : { program }),
    ...(colleagues === undefined ? {} : { colleagues }),
    ...(out === undefined ? {} : { file: out }),
    ...modelRequest(flags),
  };
}

function refuseForRecording({
  agent,
  model,
  program,
  colleagues,
  set,
  seed,
  out,
  ...flags
}: StepFlags): void {
  const given = Object.entries({ agent, model, program, colleagues, seed, out }).filter(
    ([, value]) => value !== undefined,
  );
  const names = [
    ...given.map(([name]) => name),
    ...(Object.keys(set).length ? ["set"] : []),
    ...modelFlagNames(flags),
  ];
  if (!names.length) return;
  throw new UsageError(
    `--${names[0]} is for an episode that begins, and this is a recording. In the stepper, f forks it with another agent.`,
  );
}

function tellWhatWasMade({ made }: Stepped): void {
  for (const { file, isComplete } of made) {
    print(`Recorded in ${style("bold", file)}.`);
    if (!isComplete) print(`  It has no end yet; go on with: npx cubicle step ${file}, then r`);
  }
}
