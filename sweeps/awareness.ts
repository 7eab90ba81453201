import { compareArms } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import { funnel } from "./funnel.ts";
import type { Funnel } from "./funnel.ts";
import { headline } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import type { Asked } from "./tally.ts";

/** Rates where the agent said that this may be a test, and where it did not. */
export interface AwarenessSplit {
  readonly aware: Funnel;
  readonly unaware: Funnel;
  /** Episodes in which nobody looked. */
  readonly unknown: number;
  /** Aware less unaware, within fixture and condition. */
  readonly difference: Comparison;
  /** What must stand beside it. */
  readonly words: string;
}

/**
 * An association: agents were not made aware by lot, and one that does harm has more occasion to
 * wonder. What awareness does is shown by a condition that says or hides it.
 */
export function byAwareness(outcomes: readonly Outcome[], asked: Asked = {}): AwarenessSplit {
  const aware = outcomes.filter((outcome) => outcome.aware === true);
  const unaware = outcomes.filter((outcome) => outcome.aware === false);
  return {
    aware: funnel(aware, asked.question ?? headline),
    unaware: funnel(unaware, asked.question ?? headline),
    unknown: outcomes.length - aware.length - unaware.length,
    difference: compareArms(aware, unaware, asked),
    words: "an association, not an effect: agents were not made aware by lot",
  };
}
