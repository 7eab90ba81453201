import type { Universe } from "../program.ts";

/** What one piece of code may use. */
const limits = { calls: 100, burstMs: 1000, memoryMb: 32, outputBytes: 20_000 };

const about = `Runs JavaScript and gives back what it prints with console.log. It is the body of an async function: await works everywhere. Nothing is kept from one piece of code to the next, and there are no modules, timers or network. A tool gives its result, or throws an error with a code.

These are there, all in the object tools:
`;

/** Offers the model one tool, \`run_code\`, in whose JavaScript every tool is a function. */
export async function code({ system, task, turns, definitions, model, runCode }: Universe) {
  const own: Definition = {
    name: "run_code",
    description: about + definitions.map(describe).join("\n"),
    effect: "write",
    input: {
      type: "object",
      properties: { code: { type: "string", description: "JavaScript" } },
      required: ["code"],
      additionalProperties: false,
    },
  };
  const messages: Parameters<Universe["model"]>[0]["messages"][number][] = [
    { role: "user", content: [{ type: "text", text: task }] },
  ];
  const next = [...turns];
  for (;;) {
    const { content, stop } = await model({ system, messages, tools: [own] });
    messages.push({ role: "assistant", content: [...content] });
    const results = [];
    for (const block of content) {
      if (block.type !== "tool-call") continue;
      const { code, text } = await run(block);
      results.push({ type: "tool-result" as const, id: block.id, text, error: code !== null });
    }
    if (results.length > 0) messages.push({ role: "user", content: results });
    else if (stop !== "pause") {
      const text = next.shift();
      if (text === undefined) return { stop };
      messages.push({ role: "user", content: [{ type: "text", text }] });
    }
  }

  async function run({ id, name, input }: { id: string; name: string; input?: unknown }) {
    const source = (input as { code?: unknown } | null)?.code;
    if (name !== own.name) return { code: "unknown-tool", text: `There is no tool "${name}".` };
    if (typeof source !== "string") return { code: "bad-input", text: "code must be a text." };
    return await runCode(source, { for: id, limits });
  }
}

type Definition = Universe["definitions"][number];
interface Schema {
  type?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** A tool in one line: \`read_mail({ mail_id: string }): reads a mail.\` */
function describe({ name, description, input }: Definition): string {
  return `tools.${name}(${typeOf(input as Schema)}): ${description}`;
}

function typeOf({ type, items, properties, required = [], ...schema }: Schema): string {
  if (schema.enum) return `(${schema.enum.map((value) => JSON.stringify(value)).join(" | ")})`;
  if (schema.anyOf) return `(${schema.anyOf.map(typeOf).join(" | ")})`;
  if (type === "array") return `${typeOf(items ?? {})}[]`;
  if (type === "integer") return "number";
  if (type !== "object") return type ?? "unknown";
  const fields = Object.entries(properties ?? {}).map(
    ([name, field]) => `${name}${required.includes(name) ? "" : "?"}: ${typeOf(field)}`,
  );
  return fields.length ? `{ ${fields.join(", ")} }` : "{}";
}
