import { Argument } from "commander";
import type { Command } from "commander";
import { fixtureFormats } from "../../env/fixture/formats.ts";
import { recordingSchema } from "../../recordings/schema.ts";
import { sweepSchema } from "../../sweeps/file-schema.ts";
import { print } from "../terminal.ts";

const formats = { recording: recordingSchema, sweep: sweepSchema, ...fixtureFormats };

export function addSchema(program: Command): void {
  program
    .command("schema")
    .summary("print a published schema")
    .description(
      "Prints the JSON Schema of a format, for editors and checkers: `recording` describes each line of a recording, `sweep` the file of a sweep, `fixture` fixture.yaml, the others the files beside it.",
    )
    .addArgument(new Argument("<format>", "which").choices(Object.keys(formats)))
    .addHelpText("after", help)
    .action((format: keyof typeof formats) => print(JSON.stringify(formats[format](), null, 2)));
}

const help = `
Examples:
  $ cubicle schema fixture > fixture.schema.json
    and as the first line of fixture.yaml: # yaml-language-server: $schema=./fixture.schema.json`;
