import { CubicleError } from "../env/errors.ts";
import type { Reply } from "../models/port.ts";
import type { Spent } from "../recordings/events.ts";
import type { Budget } from "../recordings/served.ts";

/** An episode's budget is used up: it ends, and says which. */
export class SpentError extends CubicleError {
  override readonly name = "SpentError";
  declare readonly code: Spent;

  constructor(code: Spent) {
    super(code, words[code]);
  }
}

const words: Readonly<Record<Spent, string>> = {
  "max-steps": "The model was asked as often as it may be (--max-steps).",
  "max-tokens": "The tokens are used up, or an answer's are not known (--max-tokens).",
  "max-cost": "The money is used up, or an answer's cost is not known (--max-cost).",
  "max-time": "The time is up (--max-time).",
};

/**
 * Counts what an episode's questions cost. What follows from it follows from the answers alone, so
 * that it comes out again in a replay; time is the supervisor's to watch.
 */
export interface Purse {
  /** Takes one question out. @throws SpentError if it can't be had any more */
  ask(): void;
  /** Takes what an answer cost out. */
  pay(reply: Pick<Reply, "answer" | "served">): void;
}

export function createPurse({ steps, tokens, costUsd }: Budget = {}): Purse {
  let [asked, counted, cost] = [0, 0, 0];
  return {
    ask() {
      if (steps !== undefined && asked >= steps) throw new SpentError("max-steps");
      if (tokens !== undefined && counted >= tokens) throw new SpentError("max-tokens");
      if (costUsd !== undefined && cost >= costUsd) throw new SpentError("max-cost");
      asked++;
    },
    pay({ answer: { usage }, served }) {
      const used = usage.inputTokens + usage.outputTokens;
      // Some servers don't tell how many there were.
      counted += served && !usage.inputTokens ? Infinity : used;
      // What nobody knows the price of may have cost anything.
      cost += served?.costUsd ?? (used ? Infinity : 0);
    },
  };
}
