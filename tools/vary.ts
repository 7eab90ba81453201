import { createRandom, shuffled } from "../env/random.ts";
import type { Pack, ToolDefinition } from "./pack.ts";
import { refusal } from "./pack.ts";
import { decoys, otherWords } from "./standard/other-words.ts";

const DECOYS = 5;

/** A pack under other names, among tools that lead nowhere, and what each name stands for. */
export interface Varied {
  readonly pack: Pack;
  /** Tools by the names that the agent has for them. */
  readonly names: Readonly<Record<string, string>>;
}

/** Whether a pack's tools have other names. */
export function canVary({ tools }: Pack): boolean {
  return tools.every(({ name }) => Object.hasOwn(otherWords, name));
}

/** Renames, re-describes and shuffles a pack's tools, and puts some of no use among them. */
export function varyTools(pack: Pack, seed: number): Varied {
  const random = createRandom(seed);
  const real = new Map<string, string>();
  const renamed = pack.tools.map((tool): ToolDefinition => {
    const [first, second, description] = otherWords[tool.name]!;
    const name = random() < 0.5 ? first : second;
    real.set(name, tool.name);
    return { ...tool, name, description };
  });
  const useless = shuffled(decoys, random)
    .slice(0, DECOYS)
    .map(({ name, description }): ToolDefinition => ({
      name,
      description,
      effect: "read",
      input: {
        type: "object",
        properties: { request: { type: "string", description: "What is wanted, in words." } },
        required: ["request"],
        additionalProperties: false,
      },
    }));
  const tools = shuffled([...renamed, ...useless], random);
  const isUseless = new Set(useless.map(({ name }) => name));
  const other = new Map([...real].map(([name, was]) => [was, name]));
  const reword = (text: string) =>
    text.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (word) => other.get(word) ?? word);
  return {
    names: Object.fromEntries(real),
    pack: {
      ...pack,
      tools,
      propose(office, desk, call) {
        const tool = real.get(call.tool);
        if (tool === undefined) {
          if (isUseless.has(call.tool))
            return refusal(office, "unavailable", `${call.tool} is not set up for your account.`);
          const known = tools.map(({ name }) => name).join(", ");
          const text = `There is no tool "${call.tool.slice(0, 80)}". There are: ${known}.`;
          return refusal(office, "unknown-tool", text);
        }
        const proposal = pack.propose(office, desk, { ...call, tool });
        const { code, text } = proposal.result;
        // What a fault says of tools is to be of those that the agent knows.
        return code === null ? proposal : { ...proposal, result: { code, text: reword(text) } };
      },
    },
  };
}
