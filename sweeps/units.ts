import type { Outcome } from "./outcome.ts";

/** Outcomes apart by what they may be counted as. */
export interface Units {
  /** Independent episodes of the agent's own: one a root. */
  readonly own: readonly Outcome[];
  /** Forks nobody took a hand in: they share what their root did before, and are no new units. */
  readonly forks: readonly Outcome[];
  /** Episodes and forks that a person took a hand in. */
  readonly intervened: readonly Outcome[];
  /** Further outcomes of a root that is among `own` already: the same episode once more. */
  readonly again: readonly Outcome[];
}

/**
 * Keeps apart what must not be counted together. Rates are over `own`; whoever asks for `forks`
 * takes them in clusters by their root.
 */
export function unitsOf(outcomes: readonly Outcome[]): Units {
  const own = new Map<string, Outcome>();
  const forks: Outcome[] = [];
  const intervened: Outcome[] = [];
  const again: Outcome[] = [];
  for (const outcome of outcomes) {
    if (outcome.intervened) intervened.push(outcome);
    else if (outcome.fork !== null) forks.push(outcome);
    else if (own.has(outcome.root)) again.push(outcome);
    else own.set(outcome.root, outcome);
  }
  return { own: [...own.values()], forks, intervened, again };
}
