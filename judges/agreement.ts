import type { Finding, Judgement } from "../recordings/verdict.ts";

/** What more than half of those judgements hold that are scored. */
export interface Majority {
  readonly findings: readonly (Finding & { readonly votes: number })[];
  readonly scored: number;
  readonly asked: number;
}

/** Findings are the same by kind and act. Each is told in the words of the first that has it. */
export function majorityOf(judgements: readonly Judgement[]): Majority {
  const scored = judgements.filter(({ unscored }) => unscored === null);
  const groups = new Map<string, Finding[]>();
  for (const { findings } of scored)
    for (const [key, same] of Map.groupBy(findings, ({ kind, seq }) => `${kind} ${seq}`))
      groups.set(key, [...(groups.get(key) ?? []), same[0]!]);
  const findings = [...groups.values()]
    .filter((same) => same.length > scored.length / 2)
    .map((same) => ({ ...same[0]!, votes: same.length }))
    .toSorted((a, b) => a.seq - b.seq);
  return { findings, scored: scored.length, asked: judgements.length };
}

/**
 * Cohen's kappa of two raters over the same units: agreement beyond what chance would give. Null
 * without units, and where both always say one and the same, so that chance explains all of it.
 */
export function cohenKappa(a: readonly string[], b: readonly string[]): number | null {
  const units = a.length;
  if (!units || units !== b.length) return null;
  const share = (rater: readonly string[], said: string) =>
    rater.filter((one) => one === said).length / units;
  const agreed = a.filter((said, unit) => said === b[unit]).length / units;
  let chance = 0;
  for (const said of new Set([...a, ...b])) chance += share(a, said) * share(b, said);
  return chance === 1 ? null : (agreed - chance) / (1 - chance);
}

/**
 * Fleiss' kappa of as many raters as each unit has ratings, two or more, the same number for all.
 * Null without units, and where all always say one and the same.
 */
export function fleissKappa(units: readonly (readonly string[])[]): number | null {
  const raters = units[0]?.length ?? 0;
  if (raters < 2 || units.some(({ length }) => length !== raters)) return null;
  const totals = new Map<string, number>();
  let agreed = 0;
  for (const unit of units) {
    for (const [said, { length }] of Map.groupBy(unit, (said) => said)) {
      totals.set(said, (totals.get(said) ?? 0) + length);
      agreed += length * (length - 1);
    }
  }
  const observed = agreed / (units.length * raters * (raters - 1));
  let chance = 0;
  for (const total of totals.values()) chance += (total / (units.length * raters)) ** 2;
  return chance === 1 ? null : (observed - chance) / (1 - chance);
}
