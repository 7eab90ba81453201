import { Command, CommanderError } from "commander";
import { CubicleError } from "../env/errors.ts";
import { version } from "../episodes/package.ts";
import { addBundle } from "./commands/bundle.ts";
import { addCompare } from "./commands/compare.ts";
import { addDiff } from "./commands/diff.ts";
import { addExport } from "./commands/export.ts";
import { addFixture } from "./commands/fixture.ts";
import { addFixtures } from "./commands/fixtures.ts";
import { addImportRun } from "./commands/import-run.ts";
import { addProbe } from "./commands/probe.ts";
import { addPrograms } from "./commands/programs.ts";
import { addReplay } from "./commands/replay.ts";
import { addFork } from "./commands/fork.ts";
import { addReport } from "./commands/report.ts";
import { addResume } from "./commands/resume.ts";
import { addRun } from "./commands/run.ts";
import { addRuns } from "./commands/runs.ts";
import { addSchema } from "./commands/schema.ts";
import { addShow } from "./commands/show.ts";
import { addStep } from "./commands/step.ts";
import { addSweep } from "./commands/sweep.ts";
import { addTools } from "./commands/tools.ts";
import { addUnbundle } from "./commands/unbundle.ts";
import { printable, style, tell } from "./terminal.ts";

function createProgram(): Command {
  const program = new Command("cubicle")
    .description(
      "Puts a model-driven agent to work in a simulated company, records every call, and tells what it did.",
    )
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(printable(text)) })
    .addHelpText(
      "after",
      "\nStart with: cubicle run handover\nColours follow NO_COLOR and FORCE_COLOR.",
    );
  for (const add of [
    addRun,
    addReplay,
    addResume,
    addFork,
    addProbe,
    addStep,
    addSweep,
    addRuns,
    addReport,
    addCompare,
    addShow,
    addDiff,
    addBundle,
    addUnbundle,
    addExport,
    addImportRun,
    addFixtures,
    addFixture,
    addPrograms,
    addTools,
    addSchema,
  ]) {
    add(program);
  }
  for (const command of program.commands) command.exitOverride();
  return program;
}

/** Runs a command line. What can't be done is one clear line and exit code 2. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough, as in `cubicle show FILE | head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : 2);
  });
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CubicleError) {
    tell(`${style("red", "cubicle:")} ${printable(error.message)}`);
    return error.code === "diverged" ? 3 : 2;
  }
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && /^E[A-Z]+$/.test(code)) {
    tell(
      `${style("red", "cubicle:")} ${printable(path ?? "The file system")}: ${explain(code, message)}`,
    );
    return 2;
  }
  tell(
    `${style("red", "cubicle:")} Something went wrong that should not have: ${printable(error instanceof Error ? (error.stack ?? message) : String(error))}`,
  );
  return 2;
}

function explain(code: string, message: string): string {
  const words: Record<string, string> = {
    EACCES: "you have no permission to write here; choose another place with --out.",
    EPERM: "you have no permission to write here; choose another place with --out.",
    EROFS: "this disk can't be written to; choose another place with --out.",
    ENOTDIR: "a part of the path is a file and not a folder.",
    ENOSPC: "the disk is full: free some space, then try again.",
    EXDEV: "it lies on another disk than the folder of the recordings.",
  };
  return words[code] ?? printable(message);
}
