import { Argument } from "commander";
import type { Command } from "commander";
import { recordingSchema } from "../../recordings/schema.ts";
import { sweepSchema } from "../../sweeps/file-schema.ts";
import { print } from "../terminal.ts";

export function addSchema(program: Command): void {
  program
    .command("schema")
    .summary("print a published schema")
    .description(
      "Prints the JSON Schema of a format: `recording` describes each line of a recording, `sweep` the file of a sweep.",
    )
    .addArgument(new Argument("<format>", "which").choices(["recording", "sweep"]))
    .action((format: "recording" | "sweep") => {
      const schema = format === "sweep" ? sweepSchema() : recordingSchema();
      print(JSON.stringify(schema, null, 2));
    });
}
