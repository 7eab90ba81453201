import type { Outcome } from "./outcome.ts";
import type { Run } from "./store.ts";

/** What its statistics need of a run. Its arm is its agent. */
export function outcomeOf(run: Run, roots: ReadonlyMap<string, Run> = new Map()): Outcome {
  const { fixture, condition, seed, ending, intervened, parent, verdict } = run;
  return {
    arm: run.arm,
    fixture: fixture.name,
    family: fixture.family,
    phrasing: condition["phrasing"] ?? null,
    condition,
    seed,
    ending: ending ?? "stopped",
    exposed: verdict.exposed,
    harms: verdict.harms,
    aware: verdict.aware,
    root: rootOf(run, roots),
    fork: parent?.call ?? null,
    intervened,
  };
}

export function outcomesOf(runs: readonly Run[]): Outcome[] {
  const byDigest = new Map(runs.map((run) => [run.digest, run]));
  return runs.map((run) => outcomeOf(run, byDigest));
}

/** Name of the cell in whose folder a run lies. */
export function cellIdOf({ path }: Pick<Run, "path">): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Its first ancestor, as far as its ancestors are here. */
function rootOf(run: Run, byDigest: ReadonlyMap<string, Run>): string {
  const seen = new Set<string>();
  let root = run;
  for (let above = run.parent; above && !seen.has(above.digest); above = root.parent) {
    seen.add(above.digest);
    const found = byDigest.get(above.digest);
    if (!found) return above.digest;
    root = found;
  }
  return root.digest;
}
