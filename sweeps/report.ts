import { join } from "node:path";
import { openRecording } from "../episodes/files.ts";
import { analyse } from "./analysis.ts";
import type { Analysis } from "./analysis.ts";
import type { Factors } from "./effects.ts";
import { exampleOf } from "./examples.ts";
import type { Example } from "./examples.ts";
import { funnel } from "./funnel.ts";
import type { Funnel } from "./funnel.ts";
import { adviceOf } from "./advised.ts";
import type { AdviceReport } from "./advised.ts";
import { judgesOf, sayingsOn } from "./judged.ts";
import type { JudgeReport } from "./judged.ts";
import { probesOf } from "./probed.ts";
import type { ProbeReport } from "./probed.ts";
import { published } from "./published.ts";
import { hasManifest, readManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import type { Harm } from "./outcome.ts";
import { origins } from "./outcome.ts";
import { cellIdOf, outcomesOf } from "./outcomes.ts";
import { intervalOf } from "./standing.ts";
import { createRandom } from "../env/random.ts";
import type { Fault, Run, Store } from "./store.ts";
import type { Interval } from "./tally.ts";
import { unitsOf } from "./units.ts";
import { detectorsVersion } from "./verdict.ts";

/** One agent in one fixture under one condition. */
export interface CellReport {
  readonly id: string;
  readonly fixture: string;
  /** What it has in common with its clones; its own name where it has none. */
  readonly family: string;
  /** With its program and settings. */
  readonly agent: string;
  readonly condition: Readonly<Record<string, string>>;
  readonly funnel: Funnel;
  /** Of harmful / complete; valid under peeking where the data say when to stop. */
  readonly interval: Interval;
  readonly tokens: { readonly input: number; readonly output: number };
  /** Dollars; null where no price is known. */
  readonly cost: number | null;
}

/** In how many of an agent's complete episodes there was harm of a kind, by whose act it was. */
export interface KindCount {
  readonly agent: string;
  readonly kind: string;
  /** The headline counts `own-initiative` alone; the others stand beside it. */
  readonly origin: Harm["origin"];
  readonly count: number;
  readonly of: number;
}

/** All that a sweep says, as plain data. */
export interface Report {
  readonly title: string;
  readonly detectors: string;
  readonly samples: Manifest["samples"];
  readonly fractions: Manifest["fractions"];
  /** Fixtures that nobody had tried with a model when the sweep began. */
  readonly untried: Manifest["untried"];
  /** Episodes planned; null where nobody planned them. */
  readonly planned: number | null;
  readonly faults: readonly Fault[];
  readonly funnel: Funnel;
  readonly cells: readonly CellReport[];
  /** Variables that differ between cells, `fixture` among them if there are several. */
  readonly factors: Factors;
  readonly analysis: Analysis;
  readonly kinds: readonly KindCount[];
  readonly examples: readonly Example[];
  readonly judges: readonly JudgeReport[];
  readonly advice: readonly AdviceReport[];
  readonly probes: readonly ProbeReport[];
}

/** Findings shown of each agent and kind. */
const EXAMPLES = 3;

/**
 * What the recordings of a folder say together. A sweep's folder has its own plan; for any other,
 * episodes of one fixture, agent and condition are a cell.
 *
 * @param margin under which two agents' rates are as good as the same, if that is to be shown
 */
export function reportOf(
  folder: string,
  store: Store,
  faults: readonly Fault[],
  margin?: number,
): Report {
  const whole = store.find().filter(({ ending }) => ending !== null);
  const runs = whole.filter(({ probe }) => probe === null);
  const manifest = hasManifest(folder) ? readManifest(folder) : undefined;
  const samples = manifest?.samples ?? 1;
  const outcomes = outcomesOf(runs);
  const { own } = unitsOf(outcomes);
  const groups = Map.groupBy(runs, (run) => (manifest ? cellIdOf(run) : cellKey(run)));
  const unsorted = [...groups].map(([id, some]): CellReport => {
    const { fixture, arm, condition } = some[0]!;
    const found = funnel(unitsOf(outcomesOf(some)).own);
    const tokens = {
      input: sum(some, (run) => run.tokens.input),
      output: sum(some, (run) => run.tokens.output),
    };
    return {
      id,
      fixture: fixture.name,
      family: fixture.family,
      agent: arm,
      condition,
      funnel: found,
      interval: intervalOf({ count: found.harmful, of: found.complete }, samples),
      tokens,
      cost: some.some(({ cost }) => cost === null) ? null : sum(some, ({ cost }) => cost ?? 0),
    };
  });
  const cells = unsorted.toSorted(byPlan(manifest));
  const factors = factorsOf(cells);
  const said = sayingsOn(folder, runs.filter(isComplete));
  const most = typeof samples === "number" ? samples : samples.most;
  return {
    title: manifest?.title ?? folder,
    detectors: detectorsVersion,
    samples,
    fractions: manifest?.fractions ?? [],
    untried: manifest?.untried ?? [],
    planned: manifest ? manifest.cells.length * most : null,
    faults,
    funnel: funnel(own),
    cells,
    factors,
    analysis: analyse(outcomes, {
      random: createRandom(manifest?.seed ?? 1),
      factors,
      ...(published["harm by own initiative"]
        ? { accuracy: published["harm by own initiative"] }
        : {}),
      ...(margin === undefined ? {} : { margin }),
    }),
    kinds: kindsOf(runs),
    examples: pickExamples(runs).map(({ run, found }) =>
      exampleOf(run, found, openRecording(join(folder, run.path))),
    ),
    judges: judgesOf(said),
    advice: adviceOf(said),
    probes: probesOf(
      folder,
      whole.filter(({ probe }) => probe !== null),
    ),
  };
}

/** Values of what differs between cells, in the order in which they come. */
export function factorsOf(cells: readonly Pick<CellReport, "fixture" | "condition">[]): Factors {
  const valuesOf = (read: (cell: (typeof cells)[number]) => string | undefined) => [
    ...new Set(cells.flatMap((cell) => read(cell) ?? [])),
  ];
  const names = new Set(cells.flatMap(({ condition }) => Object.keys(condition)));
  const factors = [
    ["fixture", valuesOf(({ fixture }) => fixture)] as const,
    ...[...names].map((name) => [name, valuesOf(({ condition }) => condition[name])] as const),
  ];
  return Object.fromEntries(factors.filter(([, values]) => values.length > 1));
}

function cellKey({ fixture, arm, condition }: Run): string {
  return [fixture.name, arm, ...Object.values(condition)].join(" ");
}

function byPlan(manifest: Manifest | undefined) {
  const order = new Map(manifest?.cells.map(({ id }, index) => [id, index]));
  return (a: CellReport, b: CellReport) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0);
}

function sum(runs: readonly Run[], read: (run: Run) => number): number {
  return runs.reduce((total, run) => total + read(run), 0);
}

const isComplete = ({ ending }: Run) => ending === "finished" || ending === "deadline";

function kindsOf(runs: readonly Run[]): KindCount[] {
  const complete = runs.filter(isComplete);
  return [...Map.groupBy(complete, ({ arm }) => arm)].flatMap(([agent, some]) => {
    const kinds = new Set(some.flatMap(({ verdict }) => verdict.harms.map(({ kind }) => kind)));
    return [...kinds].toSorted().flatMap((kind) =>
      origins.flatMap((origin) => {
        const count = some.filter(({ verdict }) =>
          verdict.harms.some((harm) => harm.kind === kind && harm.origin === origin),
        ).length;
        return count ? [{ agent, kind, origin, count, of: some.length }] : [];
      }),
    );
  });
}

/** A few findings of each agent and kind, from different fixtures and cells as far as there are any. */
function pickExamples(runs: readonly Run[]) {
  const all = runs.flatMap((run) =>
    run.verdict.harms.map((found) => ({ run, found, cell: cellIdOf(run) })),
  );
  const groups = Map.groupBy(all, ({ run, found }) => JSON.stringify([run.arm, found.kind]));
  return [...groups.values()].flatMap((group) => {
    const firstOf = (by: (one: (typeof group)[number]) => string) =>
      [...Map.groupBy(group, by).values()].map((some) => some[0]!);
    const first = [...firstOf(({ run }) => run.fixture.name), ...firstOf(({ cell }) => cell)];
    return [...new Set([...first, ...group])].slice(0, EXAMPLES);
  });
}
