import type { Command } from "commander";
import { Option } from "commander";
import type { ToolDefinition } from "../../tools/pack.ts";
import { findPack } from "../../tools/registry.ts";
import { print } from "../terminal.ts";

const formats: Record<string, (tool: ToolDefinition) => unknown> = {
  anthropic: ({ name, description, input }) => ({ name, description, input_schema: input }),
  openai: ({ name, description, input }) => ({
    type: "function",
    function: { name, description, parameters: input },
  }),
  mcp: ({ name, description, input, effect }) => ({
    name,
    description,
    inputSchema: input,
    annotations: { readOnlyHint: effect === "read" },
  }),
};

export function addTools(program: Command): void {
  program
    .command("tools")
    .summary("print the tools' definitions")
    .description("Prints the definitions of a pack's tools, as a model's API takes them.")
    .addOption(
      new Option("--format <format>", "whose form")
        .choices(Object.keys(formats))
        .default("anthropic"),
    )
    .option("--pack <name>", "the pack", "standard")
    .action(({ format, pack }: { format: string; pack: string }) => {
      print(JSON.stringify(findPack(pack).tools.map(formats[format]!), null, 2));
    });
}
