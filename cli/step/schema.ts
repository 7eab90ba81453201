import { z } from "zod";
import type { Field } from "./form.ts";

/** A tool's input as JSON Schema has it, as far as a person fills it in field by field. */
interface InputSchema {
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
}

interface PropertySchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly items?: { readonly type?: string; readonly description?: string };
}

/** What to ask for to call a tool: what must be there first. An empty text leaves a field out. */
export function fieldsFor(tool: string, schema: unknown): readonly Field[] {
  return propertiesOf(schema).map(([name, property, isRequired]) => ({
    label: `${tool} ${name} (${hintFor(property, isRequired)})`,
    check: (text) => checkText(property, isRequired, text),
  }));
}

/** The input that the texts of those fields make. */
export function inputFrom(schema: unknown, texts: readonly string[]): Record<string, unknown> {
  const given = propertiesOf(schema).flatMap(([name, property, isRequired], index) => {
    const text = texts[index] ?? "";
    return text || isRequired ? [[name, valueOf(property, text)] as const] : [];
  });
  return Object.fromEntries(given);
}

function propertiesOf(schema: unknown): (readonly [string, PropertySchema, boolean])[] {
  const { properties = {}, required = [] } = schema as InputSchema;
  return Object.entries(properties)
    .map(([name, property]) => [name, property, required.includes(name)] as const)
    .toSorted((a, b) => Number(b[2]) - Number(a[2]));
}

function hintFor({ type, description, items, ...schema }: PropertySchema, isRequired: boolean) {
  const kind = schema.enum?.join("|") ?? (type === "array" ? "list, by commas" : type);
  const about = description ?? items?.description;
  const absent = schema.default === undefined ? "" : `Enter: ${JSON.stringify(schema.default)}`;
  return [about ?? kind ?? "JSON", isRequired ? "" : absent || "Enter: none"]
    .filter(Boolean)
    .join("; ");
}

function checkText(property: PropertySchema, isRequired: boolean, text: string): string {
  if (!text && !isRequired) return "";
  const schema = z.fromJSONSchema(property as Parameters<typeof z.fromJSONSchema>[0]);
  const parsed = schema.safeParse(valueOf(property, text));
  if (!parsed.success) return parsed.error.issues[0]!.message;
  return !text && property.type === "string" ? "It is needed." : "";
}

/** Text as what the schema wants; what it can't be stays text, and is then refused. */
function valueOf({ type, items }: PropertySchema, text: string): unknown {
  if (type === "string") return text;
  if (type === "array" && items?.type === "string" && !text.trimStart().startsWith("[")) {
    return text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
