import { CubicleError } from "../env/errors.ts";
import type { AnswerBlock } from "../recordings/content.ts";
import type { Result, ToolDefinition } from "../tools/pack.ts";

export type Said = Readonly<Record<string, string | number | boolean | null>>;

/** One thing that was said or done, in order. */
export type Turn =
  | { readonly role: "user"; readonly text: string }
  | { readonly role: "assistant"; readonly content: readonly AnswerBlock[] }
  | {
      readonly role: "tool";
      /** Id of the model's tool call that it carries out. */
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
      readonly result: Result;
    };

/** Another program's record of an episode, in our words. */
export interface Transcript {
  readonly format: string;
  /** What its recording is called, letters that a file name can have. */
  readonly name: string;
  readonly model: string;
  readonly system: string;
  readonly turns: readonly Turn[];
  /** Definitions that came with it; tools that were only called are not among them. */
  readonly tools: readonly ToolDefinition[];
  /** When it began, epoch milliseconds; null where it does not say. */
  readonly at: number | null;
  /** Whether it says itself that it broke off. */
  readonly failed: boolean;
  readonly said: Said;
  /** Values for variables of the fixture it goes with. */
  readonly condition: Readonly<Record<string, string>>;
  /** Outcomes by names of the fixture's checks. */
  readonly verdicts: Readonly<Record<string, boolean>>;
  readonly notes: readonly string[];
}

/** A transcript that can't be imported; the message says what is wrong with it. */
export class TranscriptError extends CubicleError {
  override readonly name = "TranscriptError";

  constructor(message: string, options?: ErrorOptions) {
    super("transcript", message, options);
  }
}

/** Words as a part of a file's name. */
export function nameOf(...words: readonly (string | null | undefined)[]): string {
  const joined = words.filter(Boolean).join("-");
  return (
    joined
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 120) || "transcript"
  );
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** What each alternative of a union has against it. */
  readonly errors?: readonly (readonly Issue[])[];
}

/** The first issue of a value that has not the form it should have. */
export function issueOf({ issues }: { readonly issues: readonly Issue[] }): string {
  const { path, message } = deepest(issues[0]!);
  const where = path.join(".");
  return where ? `${where}: ${message}` : message;
}

/** Of a union, the issue of the alternative that went best. */
function deepest(issue: Issue): Issue {
  const inner = (issue.errors ?? []).flatMap(([first]) => (first ? [deepest(first)] : []));
  const [best] = inner.toSorted((a, b) => b.path.length - a.path.length);
  if (!best?.path.length) return issue;
  return { path: [...issue.path, ...best.path], message: best.message };
}

/** Calls of the model's that nothing came back for, in words; empty for none. */
export function unansweredNote(calls: number): string[] {
  return calls
    ? [
        `${calls} call${calls > 1 ? "s have" : " has"} no result and ${calls > 1 ? "are" : "is"} left out`,
      ]
    : [];
}
