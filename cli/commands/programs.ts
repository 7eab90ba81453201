import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { programs, shippedProgram } from "../../episodes/programs.ts";
import { writeNew } from "../new-file.ts";
import { print, printable, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

export function addPrograms(program: Command): void {
  const command = program
    .command("programs")
    .summary("list the programs that play a model, or copy one to change")
    .description(
      "Lists the programs that come with cubicle. Each is one file that holds its prompt, its loop and its limits.",
    )
    .addOption(jsonOption("an array of {name, about, source}"))
    .addHelpText("after", help)
    .action(list);
  command
    .command("copy")
    .summary("write one into a file of yours")
    .description("Writes a program into a file, to be changed and given to --program.")
    .argument("<name>", `one of ${Object.keys(programs).join(", ")}`)
    .requiredOption("-o, --out <file>", "a file that is not there yet, NAME.ts")
    .action(copy);
  for (const sub of command.commands) sub.exitOverride();
}

const help = `
Examples:
  $ cubicle programs copy scratchpad --out mine.ts
  $ cubicle run handover --agent anthropic/claude-sonnet-5-5 --program ./mine.ts

Exit: 0 done, 2 bad input or a file that is there.`;

function list({ json }: { json?: true }): void {
  const found = Object.entries(programs).map(([name, about]) => ({
    name,
    about,
    source: shippedProgram(name).source,
  }));
  if (json) print(JSON.stringify(found, null, 2));
  else for (const { name, about } of found) print(`${style("bold", name.padEnd(12))}${about}`);
}

function copy(name: string, { out }: { out: string }): void {
  if (!Object.hasOwn(programs, name)) {
    throw new UsageError(
      `There is no program "${name}" to copy. There are: ${Object.keys(programs).join(", ")}.`,
    );
  }
  if (!/\.(ts|js)$/.test(out)) {
    throw new UsageError(`--out must end in .ts, as a program does: ${out}`);
  }
  // Outside of the package its types have the package's name.
  writeNew(out, shippedProgram(name).source.replace('"../program.ts"', '"cubicle"'));
  print(`${style("bold", printable(out))}: change it, then give it to --program.`);
}
