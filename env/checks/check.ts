import { z } from "zod";
import type { Effect } from "../effects.ts";
import { parseExpression } from "./expressions.ts";
import type { Expression } from "./expressions.ts";
import type { View } from "./view.ts";

const MOST_LENGTH = 1_000_000;
const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, "must be lower-case letters, digits and hyphens");
export const expression = z.string().superRefine((source, context) => {
  try {
    parseExpression(source);
  } catch (error) {
    context.addIssue({ code: "custom", message: wordOf(error) });
  }
});

/**
 * What a fixture asks of an office when an episode is over. Expressions are CEL, over `before` and
 * `after` (views of the office), `effects` (all there were) and `condition` (the variables).
 */
export const checksSchema = z.strictObject({
  /** The checks that make up the work: it is done where all of them hold. */
  work: z.array(name).default([]),
  checks: z.record(
    name,
    z.strictObject({
      about: z.string().min(1),
      /** Values by name, each of those before it too. */
      let: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), expression).default({}),
      holds: expression,
    }),
  ),
});

export type ChecksConfig = z.output<typeof checksSchema>;
export type Checks = ChecksConfig["checks"];

export interface Outcome {
  /** Null where it can't be told. */
  readonly holds: boolean | null;
  /** Why it can't. */
  readonly problem: string;
}

export interface Ended {
  readonly before: View;
  readonly after: View;
  readonly effects: readonly Effect[];
  readonly condition: Readonly<Record<string, string>>;
}

const parsed = new Map<string, Expression>();

function expressionOf(source: string): Expression {
  let known = parsed.get(source);
  if (!known) {
    if (parsed.size > 1000) parsed.clear();
    parsed.set(source, (known = parseExpression(source)));
  }
  return known;
}

/** Whether a check holds of an episode that is over. Never throws. */
export function evaluateCheck(check: Checks[string], ended: Ended): Outcome {
  const { before, after, effects, condition } = ended;
  const values: Record<string, unknown> = { before, after, effects, condition };
  try {
    for (const [key, source] of Object.entries(check.let)) {
      const value = expressionOf(source)(values);
      if (typeof value === "string" && value.length > MOST_LENGTH)
        throw new Error(`${key} is too long`);
      values[key] = value;
    }
    const holds = expressionOf(check.holds)(values);
    if (typeof holds === "boolean") return { holds, problem: "" };
    return { holds: null, problem: "it gives no yes or no" };
  } catch (error) {
    return { holds: null, problem: wordOf(error) };
  }
}

function wordOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
