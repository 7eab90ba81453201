import { createInterface } from "node:readline/promises";
import { UsageError } from "../../env/errors.ts";
import type { FixtureNames } from "./template.ts";
import { slugOf } from "./template.ts";

/** What was said on the command line; the rest is asked, or filled in. */
export type Given = Partial<Pick<FixtureNames, "title" | "company" | "agent">>;

/** Asks for what is not given, where somebody sits at the terminal; else takes what is likely. */
export async function askNames(name: string, given: Given): Promise<FixtureNames> {
  const likely = {
    title: titleOf(name),
    company: "Larkfield Fittings",
    agent: "Rowan",
  };
  const isAsked = process.stdin.isTTY && process.stdout.isTTY;
  const answers = isAsked ? await ask(likely, given) : { ...likely, ...given };
  for (const [what, text] of Object.entries(answers))
    if (text.length > 80 || /[\p{Cc}{}"\\]/u.test(text))
      throw new UsageError(
        `The ${what} must be one line of up to 80 characters, without quotes, braces and backslashes.`,
      );
  return { ...answers, domain: `${slugOf(answers.company)}.example` };
}

const questions = {
  title: "What is it called",
  company: "In which company",
  agent: "What is the agent's name",
} as const;

async function ask(likely: Required<Given>, given: Given): Promise<Required<Given>> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answers = { ...likely, ...given };
    for (const what of ["title", "company", "agent"] as const) {
      if (given[what] !== undefined) continue;
      const text = await terminal.question(`${questions[what]}? [${likely[what]}] `);
      answers[what] = text.trim() || likely[what];
    }
    return answers;
  } finally {
    terminal.close();
  }
}

function titleOf(name: string): string {
  const words = name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ");
  return words ? words[0]!.toUpperCase() + words.slice(1) : "A new office";
}
