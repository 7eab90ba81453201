import { Command, CommanderError } from "commander";
import { CubicleError } from "../env/errors.ts";
import { version } from "../episodes/package.ts";
import { printable, style, tell } from "./terminal.ts";

/** All commands, in the order of the help. Only what is asked for is loaded: it starts in half the time. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  run: async () => (await import("./commands/run.ts")).addRun,
  replay: async () => (await import("./commands/replay.ts")).addReplay,
  resume: async () => (await import("./commands/resume.ts")).addResume,
  fork: async () => (await import("./commands/fork.ts")).addFork,
  probe: async () => (await import("./commands/probe.ts")).addProbe,
  step: async () => (await import("./commands/step.ts")).addStep,
  sweep: async () => (await import("./commands/sweep.ts")).addSweep,
  runs: async () => (await import("./commands/runs.ts")).addRuns,
  report: async () => (await import("./commands/report.ts")).addReport,
  compare: async () => (await import("./commands/compare.ts")).addCompare,
  show: async () => (await import("./commands/show.ts")).addShow,
  detect: async () => (await import("./commands/detect.ts")).addDetect,
  label: async () => (await import("./commands/label.ts")).addLabel,
  diff: async () => (await import("./commands/diff.ts")).addDiff,
  bundle: async () => (await import("./commands/bundle.ts")).addBundle,
  unbundle: async () => (await import("./commands/unbundle.ts")).addUnbundle,
  export: async () => (await import("./commands/export.ts")).addExport,
  "import-run": async () => (await import("./commands/import-run.ts")).addImportRun,
  fixtures: async () => (await import("./commands/fixtures.ts")).addFixtures,
  fixture: async () => (await import("./commands/fixture.ts")).addFixture,
  programs: async () => (await import("./commands/programs.ts")).addPrograms,
  tools: async () => (await import("./commands/tools.ts")).addTools,
  schema: async () => (await import("./commands/schema.ts")).addSchema,
};

/** @param asked the word in a command's place: with any other, all are there to be told of */
async function createProgram(asked: string | undefined): Promise<Command> {
  const isOne = asked !== undefined && Object.hasOwn(commands, asked);
  const loads = isOne ? [commands[asked]!] : Object.values(commands);
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
  for (const add of await Promise.all(loads.map((load) => load()))) add(program);
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
    await (await createProgram(argv[2])).parseAsync(argv);
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
