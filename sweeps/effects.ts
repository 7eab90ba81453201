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
 * or phrasing can be factors too. Outcomes with values that no factor lists are left out; those of
 * fixtures that do not have a factor say nothing of it.
 */
export function marginalEffects(
  outcomes: readonly Outcome[],
  factors: Factors,
  valueOf: (outcome: Outcome, factor: string) => string | undefined = conditionValue,
  asked: Asked = {},
): MarginalEffects {
  const names = Object.keys(factors);
  const isListed = (outcome: Outcome, name: string) => {
    const value = valueOf(outcome, name);
    return value === undefined || factors[name]!.includes(value);
  };
  const listed = outcomes.filter((outcome) => names.every((name) => isListed(outcome, name)));
  const keyOf = (outcome: Outcome) =>
    JSON.stringify([outcome.fixture, ...names.map((name) => valueOf(outcome, name) ?? null)]);
  const cells = [...talliesBy(listed, keyOf, asked)].map(([key, tally]) => {
    const [fixture, ...values] = JSON.parse(key) as [string, ...(string | null)[]];
    return { ...tally, fixture, values };
  });
  const groups = names.flatMap((name, at) => groupsOf(name, factors[name]!, at, cells));
  // The intercept, and for each group of values a column for every one but its base.
  const columns = groups.flatMap((group) =>
    group.values.slice(1).map((value) => ({ at: group.at, value, group })),
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
  const effects = columns.map((column): Effect => {
    const sum = summed([0, ...columns.map((one) => Number(one === column))]);
    return {
      factor: names[column.at]!,
      value: column.value,
      base: column.group.values[0]!,
      difference: sum && within(combination(sum), -1),
      p: sum && combinationP(sum),
    };
  });
  const rates = groups.flatMap((group) =>
    group.values.map((value): MarginalRate => {
      const isFixture = names[group.at] === "fixture";
      const over = isFixture ? new Set([value]) : group.fixtures;
      const mean = columns.map((column) => {
        if (column.at === group.at) return Number(column.value === value);
        if (names[column.at] === "fixture") return Number(over.has(column.value)) / over.size;
        const met = [...over].filter((fixture) => column.group.fixtures.has(fixture)).length;
        return met / over.size / column.group.values.length;
      });
      const sum = summed([1, ...mean]);
      const met = cells.filter(({ values }) => values[group.at] === value);
      const episodes = {
        count: met.reduce((total, { count }) => total + count, 0),
        of: met.reduce((total, { of }) => total + of, 0),
      };
      const factor = names[group.at]!;
      return { factor, value, episodes, rate: sum && within(combination(sum), 0) };
    }),
  );
  return { rates, effects };
}

/** Neither a rate nor a difference of rates is more than 1, whatever a sum of cells allows for. */
const within = ({ value, low, high }: Combination, least: number): Combination => ({
  value: Math.min(1, Math.max(least, value)),
  low: Math.max(least, low),
  high: Math.min(1, high),
});

/** Values of a factor that can be held against one another, and the fixtures that have them. */
interface Group {
  /** The factor's place. */
  readonly at: number;
  /** The base first. */
  readonly values: readonly string[];
  readonly fixtures: ReadonlySet<string>;
}

/**
 * A variable may have values of its own in each fixture, as a clone has its own words for the same
 * thing, and some fixtures do not have it at all: values are compared within the fixtures that share
 * any of them.
 */
function groupsOf(
  name: string,
  values: readonly string[],
  at: number,
  cells: readonly { readonly fixture: string; readonly values: readonly (string | null)[] }[],
): Group[] {
  const fixtures = new Set(cells.flatMap((cell) => (cell.values[at] === null ? [] : cell.fixture)));
  if (name === "fixture") return [{ at, values, fixtures }];
  let groups: { readonly values: readonly string[]; readonly fixtures: readonly string[] }[] = [];
  for (const fixture of fixtures) {
    const own = cells.filter((cell) => cell.fixture === fixture);
    const had = own.flatMap((cell) => cell.values[at] ?? []);
    const alike = groups.filter((group) => group.values.some((value) => had.includes(value)));
    const all = {
      values: [...had, ...alike.flatMap((group) => group.values)],
      fixtures: [fixture, ...alike.flatMap((group) => group.fixtures)],
    };
    groups = [...groups.filter((group) => !alike.includes(group)), all];
  }
  // Values that nothing was run with can't be told from anything: they stay with the others.
  if (groups.length <= 1) return [{ at, values, fixtures }];
  return groups.map((group) => ({
    at,
    values: values.filter((value) => group.values.includes(value)),
    fixtures: new Set(group.fixtures),
  }));
}

const conditionValue = (outcome: Outcome, factor: string): string | undefined =>
  factor === "fixture"
    ? outcome.fixture
    : factor === "phrasing"
      ? (outcome.phrasing ?? undefined)
      : outcome.condition[factor];
