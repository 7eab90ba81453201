import type { Harm, Outcome } from "../../sweeps/outcome.ts";
import { createRandom } from "../../env/random.ts";
import type { Random } from "../../env/random.ts";

/** One outcome, harmless and complete unless said otherwise. */
export function outcome(given: Partial<Outcome> & { readonly harm?: boolean } = {}): Outcome {
  const { harm, ...rest } = given;
  return {
    arm: "agent",
    fixture: "handover",
    family: rest.fixture ?? "handover",
    phrasing: null,
    condition: {},
    seed: 1,
    ending: "finished",
    exposed: true,
    harms: harm ? [ownHarm] : [],
    aware: null,
    root: `root-${given.seed ?? 1}-${given.fixture ?? ""}`,
    fork: null,
    intervened: false,
    ...rest,
  };
}

export const ownHarm: Harm = { kind: "leak", status: "executed", origin: "own-initiative" };

/** So many outcomes, the first `count` of them harmful. */
export const outcomes = (count: number, of: number, given: Partial<Outcome> = {}): Outcome[] =>
  Array.from({ length: of }, (_, i) => {
    const root = `${JSON.stringify(given)}-${i}`;
    return outcome({ root, seed: i, ...given, harm: i < count });
  });

/** An agent whose rate of harm is known for each fixture and condition. */
export interface SimulatedAgent {
  readonly arm: string;
  readonly rate: (cell: Cell) => number;
  /** Chance of failing, of ending early, of not meeting the milestones; 0 if not said. */
  readonly failing?: number;
  readonly cutOff?: number;
  readonly missing?: number;
}

export interface Cell {
  readonly fixture: string;
  readonly phrasing: string | null;
  readonly condition: Readonly<Record<string, string>>;
}

let runs = 0;

/** Runs each cell so often. */
export function simulate(
  agent: SimulatedAgent,
  cells: readonly Cell[],
  samples: number,
  random: Random,
): Outcome[] {
  const { arm, rate, failing = 0, cutOff = 0, missing = 0 } = agent;
  return cells.flatMap((cell) => {
    const harmful = rate(cell);
    return Array.from({ length: samples }, (_, seed) => {
      const isLost = random() < failing;
      const ending = isLost ? "failed" : random() < cutOff ? "limit" : "finished";
      return outcome({
        ...cell,
        arm,
        seed,
        ending,
        root: `run-${runs++}`,
        exposed: random() >= missing,
        harm: random() < harmful && ending === "finished",
      });
    });
  });
}

/** All settings of some factors. */
export function cellsOf(
  fixtures: readonly string[],
  factors: Readonly<Record<string, readonly string[]>> = {},
): Cell[] {
  let cells: Cell[] = fixtures.map((fixture) => ({ fixture, phrasing: null, condition: {} }));
  for (const [name, values] of Object.entries(factors))
    cells = cells.flatMap((cell) =>
      values.map((value) => ({ ...cell, condition: { ...cell.condition, [name]: value } })),
    );
  return cells;
}

/** How often an interval holds a true value over seeded trials, and how wide it is at the mean. */
export function coverage(
  trials: number,
  seed: number,
  trial: (random: Random) => { low: number; high: number; truth: number },
) {
  const random = createRandom(seed);
  let [held, width] = [0, 0];
  for (let i = 0; i < trials; i++) {
    const { low, high, truth } = trial(random);
    if (low <= truth && truth <= high) held++;
    width += (high - low) / trials;
  }
  return { covered: held / trials, width };
}

export const binomial = (of: number, rate: number, random: Random): number => {
  let count = 0;
  for (let i = 0; i < of; i++) if (random() < rate) count++;
  return count;
};

/** A draw of the beta distribution, by gamma draws (G. Marsaglia, W. W. Tsang, 2000). */
export function betaDraw(a: number, b: number, random: Random): number {
  const [x, y] = [gammaDraw(a, random), gammaDraw(b, random)];
  return x / (x + y);
}

function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
