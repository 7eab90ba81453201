import { z } from "zod";
import { ToolFault } from "../env/errors.ts";
import type { Desk, Office } from "../env/office.ts";
import type { Pack, Proposal, ToolDefinition } from "./pack.ts";
import { refusal } from "./pack.ts";

/** Where a tool runs: the office as it stands, and views over it. */
export interface Scene {
  readonly office: Office;
  readonly desk: Desk;
}

/** What a tool did. What is left out did not happen. */
export interface Outcome extends Partial<
  Pick<Proposal, "office" | "effects" | "reads" | "carried" | "until" | "notBefore">
> {
  /** Shown to the agent as JSON. */
  readonly value: unknown;
  /** Shown instead: a fault that leaves its mark on the office, unlike one that is thrown. */
  readonly fault?: ToolFault;
}

export interface Tool {
  readonly definition: ToolDefinition;
  readonly schema: z.ZodType;
  run(input: unknown, scene: Scene): Outcome;
}

/**
 * A tool as data. `run` gets input that fits the schema, and throws a ToolFault for what can't be
 * done.
 */
export function defineTool<S extends z.ZodObject>(tool: {
  /** `verb_noun` */
  readonly name: string;
  readonly description: string;
  readonly effect: "read" | "write";
  readonly input: S;
  readonly run: (input: z.output<S>, scene: Scene) => Outcome;
}): Tool {
  const { $schema: _, ...input } = z.toJSONSchema(tool.input, { io: "input" });
  return {
    definition: { name: tool.name, description: tool.description, effect: tool.effect, input },
    schema: tool.input,
    run: (value, scene) => tool.run(value as z.output<S>, scene),
  };
}

/** A pack whose input is strict, whose results are JSON and whose faults say what would be right. */
export function definePack(name: string, tools: readonly Tool[]): Pack {
  const byName = new Map(tools.map((tool) => [tool.definition.name, tool]));
  return {
    name,
    tools: tools.map(({ definition }) => definition),
    open: (office) => office,
    propose(office, desk, call) {
      const tool = byName.get(call.tool);
      if (!tool) {
        const known = [...byName.keys()].join(", ");
        return refusal(
          office,
          "unknown-tool",
          `There is no tool "${cut(call.tool)}". There are: ${known}.`,
        );
      }
      const parsed = tool.schema.safeParse(call.input);
      if (!parsed.success) {
        return refusal(office, "bad-input", wordIssues(tool.definition, parsed.error.issues));
      }
      try {
        const { value, fault, ...outcome } = tool.run(parsed.data, { office, desk });
        return {
          office,
          effects: [],
          reads: [],
          carried: [],
          until: null,
          ...outcome,
          result: fault
            ? { code: fault.code, text: fault.message }
            : { code: null, text: JSON.stringify(value) },
        };
      } catch (error) {
        if (error instanceof ToolFault) return refusal(office, error.code, error.message);
        throw error;
      }
    },
  };
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function wordIssues(tool: ToolDefinition, issues: readonly z.core.$ZodIssue[]): string {
  const words = issues.slice(0, 5).map((issue) => {
    const field = issue.path.join(".");
    if (issue.code === "unrecognized_keys")
      return `unknown argument ${issue.keys.map(cut).join(", ")}`;
    return field ? `${field}: ${issue.message}` : issue.message;
  });
  const properties = tool.input["properties"] as Record<string, unknown> | undefined;
  const required = new Set(tool.input["required"] as string[] | undefined);
  const known = Object.keys(properties ?? {}).map((key) => (required.has(key) ? key : `${key}?`));
  return `BAD INPUT for ${tool.name}: ${words.join("; ")}. Its arguments: ${known.join(", ") || "none"}.`;
}
