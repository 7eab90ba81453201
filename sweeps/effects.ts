import type { Outcome } from "./outcome.ts";
import { combination, combinationP } from "./statistics/combination.ts";
import type { Combination } from "./statistics/combination.ts";
import { leastSquares } from "./statistics/least-squares.ts";
import { talliesBy } from "./tally.ts";
import type { Asked, Tally } from "./tally.ts";

/** What one value of a factor does to the rate, the other factors averaged over. */
export interface Effect {
  readonly factor: string;
  readonly value: string;
  /** The value that it is compared with: the factor's first. */
  readonly base: string;
  /** Rate with this value less rate with the base; null if other factors can't be told from it. */
  readonly difference: Combination | null;
  /** Of no difference, not corrected; null likewise. */
  readonly p: number | null;
}

export interface MarginalRate {
  readonly factor: string;
  readonly value: string;
  readonly episodes: Tally;
  /** All values of the other factors weighed alike; null if others can't be told from it. */
  readonly rate: Combination | null;
}

export interface MarginalEffects {
  readonly rates: readonly MarginalRate[];
  readonly effects: readonly Effect[];
}

/** Values of each factor, the base first. */
export type Factors = Readonly<Record<string, readonly string[]>>;

/**
 * Marginal effects of each condition: main effects by least squares on the rates of the design's
 * cells, so that they are right for fractions and for what is missing too (G. E. P. Box, J. S.
 * Hunter, W. G. Hunter, "Statistics for Experimenters", ch. 5–6). In a full or orthogonal design an
 * effect is the plain difference of two means. In a fraction, effects are mixed with interactions:
 * a design's `confounded` says with which. `valueOf` gives an outcome's value of a factor; fixture
 * or phrasing can be factors too. Outcomes with values that no factor lists are left out.
 */
export function marginalEffects(
  outcomes: readonly Outcome[],
  factors: Factors,
  valueOf: (outcome: Outcome, factor: string) => string | undefined = conditionValue,
  asked: Asked = {},
): MarginalEffects {
  const names = Object.keys(factors);
  const listed = outcomes.filter((outcome) =>
    names.every((name) => factors[name]!.includes(valueOf(outcome, name) ?? "")),
  );
  const keyOf = (outcome: Outcome) => JSON.stringify(names.map((name) => valueOf(outcome, name)));
  const cells = [...talliesBy(listed, keyOf, asked)].map(([key, tally]) => {
    return { ...tally, values: JSON.parse(key) as string[] };
  });
  // The intercept, and for each factor a column for every value but its base.
  const columns = names.flatMap((name, at) =>
    factors[name]!.slice(1).map((value) => ({ at, value, values: factors[name]!.length })),
  );
  const { weights } = leastSquares(
    cells.map(({ values }) => [1, ...columns.map(({ at, value }) => Number(values[at] === value))]),
  );
  /** A sum of coefficients as a weighted sum of the cells' rates. */
  const summed = (coefficients: readonly number[]) => {
    if (!cells.length || coefficients.some((c, k) => c !== 0 && !weights[k])) return null;
    return cells.map(({ count, of }, row) => {
      const weight = coefficients.reduce((sum, c, k) => sum + (c ? c * weights[k]![row]! : 0), 0);
      return { count, of, weight };
    });
  };
  const columnOf = (at: number, value: string) =>
    1 + columns.findIndex((column) => column.at === at && column.value === value);
  const effects = columns.map(({ at, value }): Effect => {
    const own = [0, ...columns].map((_, k) => Number(k === columnOf(at, value)));
    const sum = summed(own);
    return {
      factor: names[at]!,
      value,
      base: factors[names[at]!]![0]!,
      difference: sum && combination(sum),
      p: sum && combinationP(sum),
    };
  });
  const rates = names.flatMap((factor, at) =>
    factors[factor]!.map((value): MarginalRate => {
      const mean = columns.map((column) =>
        column.at === at ? Number(column.value === value) : 1 / column.values,
      );
      const sum = summed([1, ...mean]);
      const met = cells.filter(({ values }) => values[at] === value);
      const episodes = {
        count: met.reduce((total, { count }) => total + count, 0),
        of: met.reduce((total, { of }) => total + of, 0),
      };
      return { factor, value, episodes, rate: sum && combination(sum) };
    }),
  );
  return { rates, effects };
}

const conditionValue = (outcome: Outcome, factor: string): string | undefined =>
  factor === "fixture"
    ? outcome.fixture
    : factor === "phrasing"
      ? (outcome.phrasing ?? undefined)
      : outcome.condition[factor];
