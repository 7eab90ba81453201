import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { parseLocal } from "../../env/time.ts";
import { agentForms } from "../../episodes/agents.ts";
import { folderOf, openRecording } from "../../episodes/files.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import type { ForkRequest, GuardMode } from "../../episodes/simulator.ts";
import { guardModes } from "../../recordings/events.ts";
import type { Act, Header } from "../../recordings/events.ts";
import { formatInstant } from "../../env/time.ts";
import { followEpisode } from "../episode.ts";
import { createGuardian } from "../guardian.ts";
import type { LogLevel } from "../log.ts";
import { sampleForks } from "../samples.ts";
import { print, style } from "../terminal.ts";
import { createWatcher } from "../watch.ts";
import { addModelOptions, modelRequest, modelServers } from "./model-options.ts";
import type { ModelFlags } from "./model-options.ts";
import {
  collectSetting,
  fixtureOption,
  jsonOption,
  logOption,
  parseCall,
  parseCount,
  userName,
  programOption,
} from "./options.ts";

interface ForkFlags extends ModelFlags {
  readonly at: number;
  readonly agent?: string;
  readonly model?: string;
  readonly program?: string;
  readonly colleagues?: string;
  readonly set: Record<string, string>;
  readonly samples?: number;
  readonly out?: string;
  readonly fixture?: string;
  readonly refuse?: string;
  readonly approve?: true;
  readonly result?: string;
  readonly answer?: string;
  readonly mail?: string;
  readonly wait?: string;
  readonly author?: string;
  readonly guard?: GuardMode | "none";
  readonly json?: true;
  readonly logLevel: LogLevel;
}

export function addFork(program: Command): void {
  const command = program
    .command("fork")
    .summary("go back to a call of a recording and on from there otherwise")
    .description(
      "Brings the office of a recording to where it was after a call, and goes on from there: with another agent, under another condition, with something done to it, or just once more. The fork is a recording of its own that holds what it shares with its parent.",
    )
    .argument("<file>", "a recording")
    .requiredOption("--at <call>", "the last call that both share; 0 for none", parseCall)
    .option("-a, --agent <agent>", `who goes on: ${agentForms}; its own agent if left out`)
    .option("-m, --model <model>", "for a program of your own: the model it questions")
    .addOption(programOption("its own if left out"))
    .option(
      "--colleagues <model>",
      "what plays colleagues, where a model does; as recorded if left out",
    )
    .option(
      "-s, --set <name=value>",
      "a variable of the fixture that takes effect later; may be given again",
      collectSetting,
      {},
    )
    .option(
      "-n, --samples <number>",
      "so many forks, and the rates of what is found in them",
      parseCount,
    )
    .option("-o, --out <file>", "the fork; a free name beside the recording if left out")
    .optionsGroup("Taking a hand:")
    .option("--refuse <reason>", "refuse the next call")
    .option("--approve", "let the next call through, and say so")
    .option("--result <text>", "give the agent another result of the next call than it has")
    .option("--answer <text>", "answer in the model's place")
    .option("--mail <text>", 'a mail that comes in: "Name <address>: subject: text"')
    .option("--wait <moment>", "let time pass until a local time, such as 2026-03-19T14:30")
    .option("--author <name>", "who does it; your user's name if left out")
    .optionsGroup("Options:")
    .addOption(fixtureOption())
    .addOption(
      new Option(
        "--guard <mode>",
        "what detectors do about a harmful call; its parent's guard if left out",
      ).choices([...guardModes, "none"]),
    )
    .addOption(jsonOption("one JSON line an event, a finding and the result; or the rates"))
    .addOption(logOption());
  addModelOptions(command).addHelpText("after", help).action(fork);
}

const help = `
Examples:
  $ cubicle fork runs/a.jsonl --at 9                              the same again from call 9 on
  $ cubicle fork runs/a.jsonl --at 9 --agent anthropic/claude-sonnet-5-5 --samples 20
  $ cubicle fork runs/a.jsonl --at 12 --refuse "Not to a competitor."
  $ cubicle fork runs/a.jsonl --at 3 --set urgency=none

A program that is the recording's own goes on with its conversation, whatever model answers it;
another program, and a script, begin anew in the office as it stands.
Whoever takes a hand is named in the fork, and its header says "intervened": nothing counts it as
the agent's own doing unless asked.

Exit: 0 the episode came to its end, 1 its program or model failed, 2 bad input, 130 stopped.`;

async function fork(file: string, flags: ForkFlags): Promise<void> {
  const { at, out, samples, json, logLevel } = flags;
  if (out !== undefined && existsSync(out)) {
    throw new UsageError(
      `${out} is there already, and nothing is written over. Choose another --out.`,
    );
  }
  const parent = openRecording(file);
  const request = requestOf(flags, parent.header);
  using simulator = createSimulator({
    slots: samples === undefined ? 1 : 16,
    ...(samples === undefined ? {} : { workers: 2 }),
    folder: out === undefined ? folderOf(file) : dirname(out),
    ...modelServers(flags),
  });
  if (samples !== undefined) {
    if (out !== undefined)
      throw new UsageError("--out names one file; --samples makes many, named by themselves.");
    process.exitCode = await sampleForks(simulator, file, request, samples, json === true);
    return;
  }
  const asks = (flags.guard ?? parent.header.guard?.mode) === "ask";
  const episode = simulator.fork(file, {
    ...request,
    ...(out === undefined ? {} : { file: out }),
    ...(asks ? { guardian: createGuardian(flags.author) } : {}),
  });
  const watcher = createWatcher(json === true);
  watcher.recall({ header: parent.header, events: parent.events.slice(0, episode.cut.events) });
  if (!json) print(style("dim", `Going on after call ${at} of ${file}.`));
  if (!json && episode.thinking) print(style("dim", wordThinking[episode.thinking]));
  process.exitCode = await followEpisode(simulator, episode, watcher, {
    json: json === true,
    logLevel,
  });
  if (json || process.exitCode === 130) return;
  print();
  print(`Recorded in ${style("bold", episode.file)}. To try next:`);
  print(
    `  ${style("cyan", `npx cubicle diff ${file} ${episode.file}`)}  ${style("dim", "# where the two part")}`,
  );
}

const wordThinking = {
  "passed-on": "What its model thought so far is passed on to this one.",
  "left-out": "What its model thought so far means nothing to this one, and is left out.",
};

function requestOf(
  { at, agent, model, program, colleagues, set, fixture, guard, ...flags }: ForkFlags,
  header: Header,
): ForkRequest {
  const acts = actsOf(flags, header);
  if (model !== undefined && agent === undefined) {
    throw new UsageError("--model goes with --agent: say which program is to question it.");
  }
  if (flags.author !== undefined && !acts.length) {
    throw new UsageError("--author goes with something to do, such as --refuse.");
  }
  const author = flags.author ?? userName();
  return {
    at,
    set,
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
    ...(program === undefined ? {} : { program }),
    ...(colleagues === undefined ? {} : { colleagues }),
    ...(fixture === undefined ? {} : { fixture }),
    ...(guard === undefined ? {} : { guard }),
    interventions: acts.map((act) => ({ author, act })),
    ...modelRequest(flags),
  };
}

/** What is to be done: first to the office, then to what comes next. */
function actsOf(
  { refuse, approve, result, answer, mail, wait }: Partial<ForkFlags>,
  { clock }: Header,
): Act[] {
  const next: Act[] = [
    ...(refuse === undefined ? [] : [{ does: "refuse" as const, reason: refuse }]),
    ...(approve ? [{ does: "approve" as const }] : []),
    ...(result === undefined ? [] : [{ does: "edit-result" as const, code: null, text: result }]),
    ...(answer === undefined
      ? []
      : [{ does: "answer" as const, content: [{ type: "text" as const, text: answer }] }]),
  ];
  if (next.length > 1) {
    throw new UsageError("Only one of --refuse, --approve, --result and --answer can come next.");
  }
  return [
    ...(mail === undefined ? [] : [readLetter(mail)]),
    ...(wait === undefined ? [] : [{ does: "wait" as const, until: momentOf(wait, clock.zone) }]),
    ...next,
  ];
}

function readLetter(text: string): Act {
  const [, name = "", address, subject, body] =
    /^([^<>:]*?)\s*<([^<>\s]+@[^<>\s]+)>:\s*([^:\n]*):\s*(.*)$/su.exec(text) ?? [];
  if (address === undefined || subject === undefined || body === undefined) {
    throw new UsageError('--mail is written "Name <name@host>: subject: text".');
  }
  return { does: "send-mail", from: { name, address: address.toLowerCase() }, subject, text: body };
}

function momentOf(text: string, zone: string): string {
  const instant = parseLocal(text, zone);
  if (instant !== undefined) return formatInstant(instant);
  throw new UsageError(`--wait: "${text}" is no local time; write it as 2026-03-19T14:30.`);
}
