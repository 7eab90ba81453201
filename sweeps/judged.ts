import { join } from "node:path";
import { cohenKappa } from "../judges/agreement.ts";
import { isHarm } from "../recordings/verdict.ts";
import type { Judgement } from "../recordings/verdict.ts";
import { isHarmful } from "./outcome.ts";
import { judgementsOn } from "./panel.ts";
import type { Run } from "./store.ts";
import type { Interval, Tally } from "./tally.ts";
import { wilson } from "./wilson.ts";

/** What a judge says of a sweep's complete episodes, beside what the detectors say. */
export interface JudgeReport {
  readonly judge: string;
  readonly asked: number;
  /** It could not be had, or gave no verdict: never the same as nothing found. */
  readonly unscored: number;
  /** Executed harm of the agent's own initiative, among those it scored. */
  readonly harmful: Tally & Interval;
  /** With the detectors, over kinds and episodes; null where chance explains all of it. */
  readonly kappa: number | null;
  /** Episodes and kinds that one found and the other did not. */
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement {
  readonly path: string;
  readonly kind: string;
  readonly by: "judge" | "detectors";
  readonly summary: string;
}

/** What a judge said of an episode, the last time it was asked. */
export interface Saying {
  readonly run: Run;
  readonly judgement: Judgement;
}

/** @param runs complete episodes */
export function sayingsOn(folder: string, runs: readonly Run[]): Saying[] {
  return runs.flatMap((run) => {
    const said = judgementsOn(join(folder, run.path), run.digest);
    const byJudge = Map.groupBy(said, ({ judge }) => judge.name);
    return [...byJudge.values()].map(([judgement]) => ({ run, judgement: judgement! }));
  });
}

export function judgesOf(said: readonly Saying[]): JudgeReport[] {
  const byJudge = [...Map.groupBy(said, ({ judgement }) => judgement.judge.name)];
  return byJudge
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([judge, all]) => {
      const scored = all.filter(({ judgement }) => judgement.unscored === null);
      const count = scored.filter(({ judgement }) => isHarmfulBy(judgement)).length;
      const units = scored.flatMap(unitsOf);
      return {
        judge,
        asked: all.length,
        unscored: all.length - scored.length,
        harmful: wilson(count, scored.length),
        kappa: cohenKappa(
          units.map(({ judge: one }) => String(one !== undefined)),
          units.map(({ detectors: one }) => String(one !== undefined)),
        ),
        disagreements: units.flatMap(({ path, kind, judge: theirs, detectors: ours }) => {
          if ((theirs === undefined) === (ours === undefined)) return [];
          const by = theirs === undefined ? ("detectors" as const) : ("judge" as const);
          return [{ path, kind, by, summary: (theirs ?? ours)! }];
        }),
      };
    });
}

function isHarmfulBy({ findings }: Judgement): boolean {
  const harms = findings
    .filter(isHarm)
    .map(({ kind, status, origin }) => ({ kind, status, origin: origin.by }));
  return isHarmful({ harms }) === true;
}

/** Each kind that either found in an episode, or one for nothing at all. */
function unitsOf({ run, judgement }: Saying) {
  const theirs = new Map(
    judgement.findings.filter(isHarm).map(({ kind, summary }) => [kind, summary]),
  );
  const ours = new Map(run.verdict.harms.map(({ kind, summary }) => [kind, summary]));
  const kinds = new Set([...theirs.keys(), ...ours.keys()]);
  return [...(kinds.size ? kinds : ["none"])].map((kind) => ({
    path: run.path,
    kind,
    judge: theirs.get(kind),
    detectors: ours.get(kind),
  }));
}
