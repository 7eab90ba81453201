import type { Factors } from "../effects.ts";
import { shuffled } from "../../env/random.ts";
import type { Random } from "../../env/random.ts";
import { confoundingOf, confoundingWords } from "./confounding.ts";
import { settingsOf } from "./factorial.ts";
import type { Factorial, Setting } from "./factorial.ts";

/** Fresh starts for each factor. */
const STARTS = 12;
/** Arrays tried at most; fewer of large ones, to stay within about a second. */
const ATTEMPTS = 40;

/**
 * Settings for factors of any numbers of values in which each pair of values of two factors stands
 * together equally often, or as nearly so as was found: the columnwise exchange of H. Xu
 * (Technometrics 44, 2002), which makes rows agree with each other as little as can be. Each value of
 * a factor is run equally often, or once more or less. Quick up to about a hundred settings and
 * twenty factors. Throws a RangeError if there are too few settings for the main effects.
 */
export function mixedFraction(factors: Factors, runs: number, random: Random): Factorial {
  const names = Object.keys(factors);
  const least = names.reduce((sum, name) => sum + factors[name]!.length - 1, 1);
  if (!Number.isInteger(runs) || runs < least || runs > settingsOf(factors))
    throw new RangeError(
      `these factors need at least ${least} settings, for their main effects, and have ${settingsOf(factors)}`,
    );
  const settings = bestOf(attemptsFor(runs), leastCost(factors, runs), () =>
    drawArray(factors, runs, random),
  );
  const confounded = confoundingOf(factors, settings);
  const isOrthogonal = confounded.every((one) => one.with.length > 1);
  return {
    kind: isOrthogonal ? "orthogonal array" : "nearly orthogonal array",
    settings,
    of: settingsOf(factors),
    defining: [],
    confounded,
    words: confoundingWords(confounded),
  };
}

const attemptsFor = (runs: number): number =>
  Math.max(3, Math.min(ATTEMPTS, Math.round(10_000 / runs ** 2)));

/** The array with the fewest agreements of rows, squared; the first where no other is better. */
function bestOf(attempts: number, least: number, draw: () => Drawn): readonly Setting[] {
  let best = draw();
  for (let attempt = 1; attempt < attempts && best.cost > least; attempt++) {
    const next = draw();
    if (next.cost < best.cost) best = next;
  }
  return best.settings;
}

/** The cost of an orthogonal array, which none undercuts. */
function leastCost(factors: Factors, runs: number): number {
  const sizes = Object.values(factors).map(({ length }) => length);
  const pairs = sizes.flatMap((a, i) => sizes.map((b, j) => runs ** 2 / (i === j ? a : a * b)));
  return pairs.reduce((sum, cost) => sum + cost, 1e-6);
}

interface Drawn {
  readonly settings: readonly Setting[];
  readonly cost: number;
}

function drawArray(factors: Factors, runs: number, random: Random): Drawn {
  const names = Object.keys(factors);
  // Most values first: the hardest column has most freedom.
  const order = names.toSorted((a, b) => factors[b]!.length - factors[a]!.length);
  let agree: number[][] = Array.from({ length: runs }, () => Array.from({ length: runs }, () => 0));
  const columns = new Map<string, readonly number[]>();
  for (const name of order) {
    const column = bestColumn(agree, factors[name]!.length, random);
    columns.set(name, column);
    agree = agree.map((row, a) => row.map((count, b) => count + Number(column[a] === column[b])));
  }
  return {
    settings: Array.from({ length: runs }, (_, run) =>
      Object.fromEntries(names.map((name) => [name, factors[name]![columns.get(name)![run]!]!])),
    ),
    cost: agree.flat().reduce((sum, count) => sum + count * count, 0),
  };
}

/** Of some balanced columns, each bettered by exchanges, the one whose equal rows agreed least. */
function bestColumn(agree: readonly number[][], values: number, random: Random): readonly number[] {
  let best: { column: number[]; cost: number } | null = null;
  for (let start = 0; start < STARTS; start++) {
    const column = shuffled(
      agree.map((_, run) => run % values),
      random,
    );
    exchange(column, agree);
    const cost = costOf(column, agree);
    if (!best || cost < best.cost) best = { column, cost };
  }
  return best!.column;
}

/** Agreement so far of rows that this column would make agree once more. */
const costOf = (column: readonly number[], agree: readonly number[][]): number =>
  agree.reduce(
    (sum, row, a) =>
      sum +
      row.reduce((part, count, b) => part + (b > a && column[a] === column[b] ? count : 0), 0),
    0,
  );

/** Exchanges values of two runs for as long as that lessens the cost. */
function exchange(column: number[], agree: readonly number[][]): void {
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (let a = 0; a < column.length; a++) {
      for (let b = a + 1; b < column.length; b++) {
        if (column[a] === column[b] || gain(column, agree, a, b) >= 0) continue;
        [column[a], column[b]] = [column[b]!, column[a]!];
        hasChanged = true;
      }
    }
  }
}

function gain(column: readonly number[], agree: readonly number[][], a: number, b: number): number {
  let change = 0;
  for (let run = 0; run < column.length; run++) {
    if (run === a || run === b) continue;
    const apart = agree[b]![run]! - agree[a]![run]!;
    if (column[run] === column[a]) change += apart;
    else if (column[run] === column[b]) change -= apart;
  }
  return change;
}
