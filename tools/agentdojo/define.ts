import type { Office } from "../../env/office.ts";
import type { Proposal, ToolDefinition } from "../pack.ts";
import { dictionary, listOf, oneOf, optional, text } from "./models.ts";
import type { Field, Kind } from "./models.ts";
import type { PythonError } from "./errors.ts";
import type { Yaml } from "./yaml-writer.ts";

/** What a tool did. What is left out did not happen. */
export interface Outcome extends Partial<
  Pick<Proposal, "office" | "effects" | "reads" | "carried">
> {
  /** A text is the result as it is; all else is written as YAML. */
  readonly value: Yaml;
  /** The exception that came after what was done. */
  readonly failure?: PythonError | undefined;
}

export interface Tool {
  readonly definition: ToolDefinition;
  readonly fields: readonly Field[];
  run(input: Record<string, unknown>, office: Office): Outcome;
}

const kinds = {
  text: { kind: text, schema: { type: "string" } },
  texts: { kind: listOf(text), schema: { type: "array", items: { type: "string" } } },
  objects: { kind: listOf(dictionary), schema: { type: "array", items: { type: "object" } } },
  permission: { kind: oneOf("r", "rw"), schema: { type: "string", enum: ["r", "rw"] } },
} as const satisfies Record<string, { kind: Kind; schema: object }>;

interface Parameter {
  readonly about: string;
  readonly kind: keyof typeof kinds;
  /** Left out: it must be given. Null: it may be left out or null. */
  readonly otherwise?: string | null;
}

/** A parameter that must be given. */
export function required(about: string, kind: Parameter["kind"] = "text"): Parameter {
  return { about, kind };
}

/** A parameter that may be left out or null. */
export function nullable(about: string, kind: Parameter["kind"] = "text"): Parameter {
  return { about, kind, otherwise: null };
}

export function defineTool<P extends Record<string, Parameter>>(tool: {
  readonly name: string;
  readonly description: string;
  readonly effect: "read" | "write";
  readonly input: P;
  // oxlint-disable-next-line typescript/no-explicit-any -- each tool knows its own parameters
  readonly run: (input: any, office: Office) => Outcome;
}): Tool {
  const parameters = Object.entries(tool.input);
  const properties = Object.fromEntries(
    parameters.map(([name, { about, kind, otherwise }]) => {
      const { schema } = kinds[kind];
      const described = { ...schema, description: about };
      return [
        name,
        otherwise === null ? { anyOf: [schema, { type: "null" }], description: about } : described,
      ];
    }),
  );
  const needed = parameters
    .filter(([, { otherwise }]) => otherwise === undefined)
    .map(([name]) => name);
  return {
    definition: {
      name: tool.name,
      description: tool.description,
      effect: tool.effect,
      input: { type: "object", properties, required: needed },
    },
    fields: parameters.map(([name, { kind, otherwise }]) => {
      const base = kinds[kind].kind;
      if (otherwise === undefined) return { name, kind: base };
      return { name, kind: otherwise === null ? optional(base) : base, otherwise };
    }),
    run: tool.run,
  };
}
