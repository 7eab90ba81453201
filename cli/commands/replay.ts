import type { Command } from "commander";
import { CubicleError } from "../../env/errors.ts";
import { recordingsAt } from "../../episodes/files.ts";
import type { ReplayReport } from "../../episodes/replay.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import type { Simulator } from "../../episodes/simulator.ts";
import { wordResume } from "../bundles.ts";
import { showDifference } from "../render.ts";
import { print, printable, style } from "../terminal.ts";
import { fixtureOption, jsonOption } from "./options.ts";

interface ReplayFlags {
  readonly fixture?: string;
  readonly program?: true;
  readonly json?: true;
}

type Outcome = { readonly file: string } & (
  | { readonly report: ReplayReport }
  | { readonly error: { readonly code: string; readonly message: string } }
);

export function addReplay(program: Command): void {
  program
    .command("replay")
    .summary("execute recorded calls again and compare")
    .description(
      "Executes every recorded call again on a fresh office and compares every result, effect and digest.",
    )
    .argument("<path>", "a recording, a folder of them, or a bundle")
    .option("--program", "run the program again in the sandbox too, on the recorded answers")
    .addOption(fixtureOption())
    .addOption(jsonOption("one JSON object with counts and what differs"))
    .addHelpText("after", "\nExit: 0 all equal, 3 something differs or has no end, 2 bad input.")
    .action(replay);
}

async function replay(path: string, flags: ReplayFlags): Promise<void> {
  using simulator = createSimulator();
  const outcomes: Outcome[] = [];
  for (const file of recordingsAt(path)) {
    const outcome = await replayOne(simulator, file, flags);
    outcomes.push(outcome);
    if (!flags.json) show(outcome);
  }
  if (flags.json) print(JSON.stringify(summarise(outcomes)));
  else if (outcomes.length > 1) {
    const equal = outcomes.filter((outcome) => "report" in outcome && outcome.report.equal).length;
    print(`${equal} of ${outcomes.length} recordings equal.`);
  }
  process.exitCode = exitCodeOf(outcomes);
}

async function replayOne(
  simulator: Simulator,
  file: string,
  { fixture, program }: ReplayFlags,
): Promise<Outcome> {
  try {
    const options = { program: program === true, ...(fixture === undefined ? {} : { fixture }) };
    return { file, report: await simulator.replay(file, options) };
  } catch (error) {
    if (!(error instanceof CubicleError)) throw error;
    return { file, error: { code: error.code, message: error.message } };
  }
}

function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.some((outcome) => "report" in outcome && !outcome.report.equal)) return 3;
  return outcomes.some((outcome) => "error" in outcome) ? 2 : 0;
}

function summarise(outcomes: readonly Outcome[]) {
  const reports = outcomes.flatMap((outcome) => ("report" in outcome ? [outcome.report] : []));
  const sum = (key: "equal" | "unequal") =>
    reports.reduce((total, { calls }) => total + calls[key], 0);
  const judged = (key: "equal" | "unequal") =>
    reports.reduce((total, { verdicts }) => total + (verdicts?.[key] ?? 0), 0);
  return {
    recordings: outcomes.length,
    equal: reports.filter(({ equal }) => equal).length,
    unequal: reports.filter(({ equal }) => !equal).length,
    unreadable: outcomes.length - reports.length,
    calls: { equal: sum("equal"), unequal: sum("unequal") },
    ...(reports.some(({ verdicts }) => verdicts)
      ? { verdicts: { equal: judged("equal"), unequal: judged("unequal") } }
      : {}),
    outcomes,
  };
}

function show(outcome: Outcome): void {
  if ("error" in outcome) {
    print(`${style("red", "can't")}    ${printable(outcome.error.message)}`);
    return;
  }
  const { file, report } = outcome;
  const { calls, verdicts } = report;
  const counts = [
    `${calls.equal} calls equal, ${calls.unequal} not`,
    ...(verdicts && (verdicts.equal || verdicts.unequal)
      ? [`${verdicts.equal} verdicts equal, ${verdicts.unequal} not`]
      : []),
  ].join("; ");
  if (report.equal) print(`${style("green", "equal")}    ${file}: ${counts}`);
  else if (report.first) {
    print(`${style("red", "differs")}  ${file}: ${counts}. First at line ${report.first.line}:`);
    for (const line of showDifference(report.first)) print(line);
  } else if (report.complete) print(`${style("red", "differs")}  ${file}: ${counts}.`);
  else {
    print(
      `${style("yellow", "no end")}   ${file}: ${counts} as far as it goes. ${wordResume(file)}`,
    );
  }
}
