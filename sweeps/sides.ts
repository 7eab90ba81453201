import type { Run } from "./store.ts";

/** Something in which recordings can differ, and what it was on either side. */
export interface Facet {
  readonly name: string;
  readonly first: readonly string[];
  readonly second: readonly string[];
}

export interface Differences {
  /** Dimensions of sweeps whose values differ: `agent`, `fixture`, or a variable. */
  readonly dimensions: readonly string[];
  /** All that differs. */
  readonly facets: readonly Facet[];
}

/** What two sets of recordings do not have in common. */
export function differencesOf(first: readonly Run[], second: readonly Run[]): Differences {
  const [ours, theirs] = [valuesOf(first), valuesOf(second)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
  const facets = names.flatMap((name): Facet[] => {
    const [a, b] = [
      [...(ours.get(name) ?? [])].toSorted(),
      [...(theirs.get(name) ?? [])].toSorted(),
    ];
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ name, first: a, second: b }];
  });
  const dimensions = facets.flatMap(({ name }) => {
    if (name === "agent" || name === "fixture") return [name];
    return name.startsWith(VARIABLE) ? [name.slice(VARIABLE.length)] : [];
  });
  return { dimensions, facets };
}

const VARIABLE = "variable ";

function valuesOf(runs: readonly Run[]): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const run of runs) {
    const all: [string, string][] = [
      ["agent", run.arm],
      ["fixture", run.fixture.name],
      ["fixture's digest", run.fixture.digest],
      ["detectors", run.verdict.detectors],
      ...Object.entries(run.condition).map(([name, value]): [string, string] => [
        VARIABLE + name,
        value,
      ]),
      ...run.models.map((model): [string, string] => ["model that answered", model]),
      ...Object.entries(run.setup),
    ];
    for (const [name, value] of all) {
      const known = values.get(name);
      if (known) known.add(value);
      else values.set(name, new Set([value]));
    }
  }
  return values;
}

/** What differs of itself where an agent, a fixture or a variable is what is compared. */
const follows: Readonly<Record<string, RegExp>> = {
  agent: /^(?:agent|program|model that answered)$/,
  fixture: /^(?:fixture.*|variable .*|clock\..*|pack|system|task|tools|facts)$/,
};
const followsVariable = /^(?:system|task|facts)$/;

/** A setting is a part of its agent's name. */
const followsSetting = /^agent$/;

/**
 * What differs though it is not what is compared.
 *
 * @param compared `agent`, `fixture`, a variable, or a setting such as `sampling.effort`
 */
export function unexplained({ facets }: Differences, compared: string): readonly Facet[] {
  const isSetting = facets.some(({ name }) => name === compared);
  const pattern =
    (Object.hasOwn(follows, compared) ? follows[compared]! : null) ??
    (isSetting ? followsSetting : followsVariable);
  return facets.filter(
    ({ name }) => name !== VARIABLE + compared && name !== compared && !pattern.test(name),
  );
}
