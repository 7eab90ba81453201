import { Argument } from "commander";
import type { Command } from "commander";
import { recordingSchema } from "../../recordings/schema.ts";
import { print } from "../terminal.ts";

export function addSchema(program: Command): void {
  program
    .command("schema")
    .summary("print a published schema")
    .description(
      "Prints the JSON Schema of a format: `recording` describes each line of a recording.",
    )
    .addArgument(new Argument("<format>", "which").choices(["recording"]))
    .action(() => print(JSON.stringify(recordingSchema(), null, 2)));
}
