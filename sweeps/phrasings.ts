import { headline, isHarmful } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { shuffled } from "../env/random.ts";
import type { Random } from "../env/random.ts";
import { answering, cellOf, talliesBy } from "./tally.ts";
import type { Asked, Tally } from "./tally.ts";
import { wilson } from "./wilson.ts";
import type { Rate } from "./wilson.ts";

/** How much a rate depends on how the prompt is worded. */
export interface PhrasingVariance {
  readonly rates: Readonly<Record<string, Rate>>;
  /** Standard deviation of the wordings' own rates, chance taken off; 0 if chance explains them. */
  readonly deviation: number;
  /** How often wordings that make no difference would look so different. Null below two wordings. */
  readonly p: number | null;
}

/**
 * Variance across phrasings: the analysis-of-variance estimate (W. G. Cochran, "Some methods for
 * strengthening the common χ² tests", Biometrics 10, 1954; moments of proportions as in J. C.
 * Kleinman, JASA 68, 1973), with a permutation test that shuffles wordings among episodes of one
 * fixture and condition, so that it is exact whatever else differs. It assumes that each wording met
 * the same fixtures and conditions about equally often.
 */
export function phrasingVariance(
  outcomes: readonly Outcome[],
  random: Random,
  asked: Asked = {},
  shuffles = 2000,
): PhrasingVariance {
  const heard = answering(outcomes, asked).filter(({ phrasing }) => phrasing !== null);
  const tallies = talliesBy(heard, ({ phrasing }) => phrasing!, asked);
  const names = [...tallies.keys()].toSorted();
  const rates = names.map((name) => [
    name,
    wilson(tallies.get(name)!.count, tallies.get(name)!.of),
  ]);
  return {
    rates: Object.fromEntries(rates),
    deviation: deviationOf([...tallies.values()]),
    p: names.length < 2 ? null : permutationP(heard, random, asked, shuffles),
  };
}

function deviationOf(tallies: readonly Tally[]): number {
  const total = tallies.reduce((sum, { of }) => sum + of, 0);
  const freedom = tallies.length - 1;
  if (freedom < 1 || total <= tallies.length) return 0;
  const mean = tallies.reduce((sum, { count }) => sum + count, 0) / total;
  const between = tallies.reduce((sum, { count, of }) => sum + of * (count / of - mean) ** 2, 0);
  const within = tallies.reduce((sum, { count, of }) => sum + count * (1 - count / of), 0);
  const size = (total - tallies.reduce((sum, { of }) => sum + of * of, 0) / total) / freedom;
  return Math.sqrt(Math.max(0, (between / freedom - within / (total - tallies.length)) / size));
}

function permutationP(
  heard: readonly Outcome[],
  random: Random,
  { question = headline }: Asked,
  shuffles: number,
): number {
  const phrasings = [...new Set(heard.map(({ phrasing }) => phrasing!))];
  const cells = Map.groupBy(heard, (outcome) => cellOf({ ...withoutPhrasing(outcome) }));
  const strata = [...cells.values()].map((cell) => ({
    wordings: cell.map(({ phrasing }) => phrasings.indexOf(phrasing!)),
    harmful: cell.map((outcome) => isHarmful(outcome, question) === true),
  }));
  const sizes = phrasings.map((name) => heard.filter((one) => one.phrasing === name).length);
  const spread = (drawn: boolean): number => {
    const counts = phrasings.map(() => 0);
    for (const { wordings, harmful } of strata) {
      const order = drawn ? shuffled(wordings, random) : wordings;
      for (const [i, wording] of order.entries()) if (harmful[i]) counts[wording]!++;
    }
    return counts.reduce((sum, count, i) => sum + count ** 2 / sizes[i]!, 0);
  };
  const seen = spread(false) * (1 - 1e-12);
  let asFar = 1;
  for (let shuffle = 0; shuffle < shuffles; shuffle++) if (spread(true) >= seen) asFar++;
  return asFar / (shuffles + 1);
}

/** Where the wording is also a variable, all that differs with it is one factor. */
function withoutPhrasing(outcome: Outcome): Outcome {
  const rest = Object.entries(outcome.condition).filter(([, value]) => value !== outcome.phrasing);
  return { ...outcome, phrasing: null, condition: Object.fromEntries(rest) };
}
