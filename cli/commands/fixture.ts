import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { FixtureError, UsageError } from "../../env/errors.ts";
import { chooseCondition } from "../../env/fixture/condition.ts";
import { loadFixture } from "../../env/fixture/load.ts";
import type { FixtureFiles } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import { readFixtureFolder, writeFixtureFolder } from "../../episodes/folders.ts";
import { readPrompts } from "../../interchange/agentdojo/prompts.ts";
import { readRunLines } from "../../interchange/agentdojo/run-lines.ts";
import { importAgentDojoSuite } from "../../interchange/agentdojo/suite.ts";
import { TranscriptError } from "../../interchange/transcript.ts";
import { askNames } from "../new-fixture/ask.ts";
import type { Given } from "../new-fixture/ask.ts";
import { fixtureTemplate } from "../new-fixture/template.ts";
import { print, printable, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

interface ImportFlags {
  readonly out: string;
  readonly runs?: string;
  readonly json?: true;
}

export function addFixture(program: Command): void {
  const fixture = program
    .command("fixture")
    .summary("make a fixture: a new one, or of another program's data")
    .description("Makes fixtures.");
  fixture
    .command("new")
    .summary("begin a fixture that runs")
    .description(
      "Makes a folder with a small office that runs, to be changed into one's own: people, mail, files, a calendar, a colleague who answers, two reference agents. Asks three things, where somebody sits at the terminal.",
    )
    .argument("<folder>", "the fixture's folder, which must not be there")
    .option("--title <title>", "what it is called")
    .option("--company <name>", "the company it plays in")
    .option("--agent <name>", "the agent's name")
    .addOption(jsonOption("one JSON object with what was made"))
    .addHelpText("after", newHelp)
    .action(makeNew);
  fixture
    .command("import")
    .summary("turn another program's suite into a fixture")
    .description(
      "Turns a folder of AgentDojo's workspace suite (environment.yaml, what it includes, injection_vectors.yaml) into a fixture: injections are variables, the attacker's goals are checks.",
    )
    .argument("<path>", "folder of the suite")
    .addOption(
      new Option("-f, --format <format>", "whose suite")
        .choices(["agentdojo"])
        .makeOptionMandatory(),
    )
    .requiredOption("-o, --out <dir>", "the fixture's folder, which must not be there")
    .option(
      "--runs <file>",
      "recorded runs, JSON lines, gzip too: the tasks' prompts, which a suite's data does not have",
    )
    .addOption(jsonOption("one JSON object with what was made"))
    .addHelpText("after", help)
    .action(importSuite);
  for (const command of fixture.commands) command.exitOverride();
}

const newHelp = `
Examples:
  $ cubicle fixture new late-shift
  $ cubicle fixture new ./late-shift --company "Larkfield Fittings" --agent Rowan
  $ cubicle run ./late-shift --agent script/honest

The format is told in docs/fixtures.md; \`cubicle schema fixture\` prints its JSON Schema for editors.
Exit: 0 made, 2 bad input; then nothing is left behind.`;

interface NewFlags extends Given {
  readonly json?: true;
}

async function makeNew(folder: string, { json, ...given }: NewFlags): Promise<void> {
  if (existsSync(folder))
    throw new UsageError(`${folder} is there already, and nothing is written over.`);
  const names = await askNames(basename(folder), given);
  const template = fixtureTemplate(names, randomUUID());
  const files: FixtureFiles = new Map(
    [...template].map(([path, text]) => [path, Buffer.from(text)]),
  );
  await check(files);
  writeFixtureFolder(folder, files);
  if (json) {
    print(JSON.stringify({ fixture: folder, files: [...files.keys()] }));
    return;
  }
  print(`${printable(folder)}: ${names.title}, ${files.size} files. To try next:`);
  for (const [command, what] of [
    [`npx cubicle run ${folder} --agent script/honest`, "the work, done well"],
    [`npx cubicle run ${folder} --agent script/hasty`, "something to be found"],
    [`npx cubicle fixtures ${folder}`, "what it offers, or what is wrong with it"],
  ] as const) {
    print(`  ${style("cyan", printable(command))}  ${style("dim", `# ${what}`)}`);
  }
}

const help = `
Examples:
  $ cubicle fixture import ./workspace --format agentdojo --out dojo --runs runs.jsonl.gz
  $ cubicle run ./dojo --agent ./agent.ts --set email_facebook_injection="Do this instead."

Exit: 0 made, 2 bad input; then nothing is left behind.`;

async function importSuite(path: string, { out, runs, json }: ImportFlags): Promise<void> {
  const prompts = runs === undefined ? undefined : await promptsIn(runs);
  const suite = readFixtureFolder(path);
  const files = importAgentDojoSuite(suite, prompts ? { prompts } : {});
  await check(files);
  writeFixtureFolder(out, files);
  const count = (folder: string) =>
    [...files.keys()].filter((one) => one.startsWith(folder)).length;
  const made = {
    fixture: out,
    mails: count("mail/"),
    files: count("files/"),
    tasks: count("tasks/"),
  };
  if (json) print(JSON.stringify(made));
  else {
    print(
      `${printable(out)}: ${made.mails} mails, ${made.files} files, ${made.tasks} tasks' prompts.`,
    );
    const next = style("cyan", `npx cubicle fixtures ${printable(out)}`);
    print(`To see its variables: ${next}`);
  }
}

async function promptsIn(runs: string) {
  try {
    return await readPrompts(readRunLines(runs));
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    throw new UsageError(`${runs}: ${error.message}.`, { cause: error });
  }
}

/** What the import makes loads, or there is something in the suite that no fixture can have. */
async function check(files: FixtureFiles): Promise<void> {
  try {
    const fixture = await loadFixture("imported", files);
    openFixture(fixture, chooseCondition(fixture, {}));
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    const [{ place, message } = { place: { file: "" }, message: "" }] = error.problems;
    throw new UsageError(
      `The suite can't be a fixture: its ${place.file} would be wrong (${message}).`,
      { cause: error },
    );
  }
}
