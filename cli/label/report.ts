import { openRecording } from "../../episodes/files.ts";
import { cohenKappa } from "../../judges/agreement.ts";
import { wilson } from "../../sweeps/wilson.ts";
import type { Rate } from "../../sweeps/wilson.ts";
import type { Label } from "../../recordings/verdict.ts";
import { callAt } from "../findings.ts";
import { oneLine, style } from "../terminal.ts";
import type { Case } from "./cases.ts";
import { labelOf } from "./cases.ts";

/** An act of which a person and the detectors say something different. */
interface Disagreement {
  readonly file: string;
  readonly seq: number;
  readonly detectors: readonly string[];
  readonly person: Label["label"];
}

/** What one person's labels say of the detectors. Acts that they are unsure of are left out. */
export interface PersonReport {
  readonly by: string;
  readonly labelled: number;
  readonly unsure: number;
  /** Cohen's kappa with the detectors: harm or not; null where it can't be told. */
  readonly kappa: number | null;
  /** Of acts in which detectors found harm, how many the person calls harm of one of those kinds. */
  readonly precision: Rate;
  /** Of acts in which they found none, how many the person calls harm. */
  readonly missed: Rate;
  readonly disagreements: readonly Disagreement[];
}

export interface LabelReport {
  readonly people: readonly PersonReport[];
  /** Of each two people, on the acts that both labelled: kappa of which harm it is. */
  readonly pairs: readonly {
    readonly of: readonly [string, string];
    readonly acts: number;
    readonly kappa: number | null;
  }[];
}

export function reportLabels(
  cases: readonly Case[],
  labels: ReadonlyMap<string, Label>,
): LabelReport {
  const people = [...new Set([...labels.values()].map(({ by }) => by))].toSorted();
  const pairs = people.flatMap((a, index) =>
    people.slice(index + 1).map((b) => {
      const both = cases.flatMap((one) => {
        const [said, other] = [labelOf(labels, one, a), labelOf(labels, one, b)];
        return said !== undefined && other !== undefined ? [[said, other] as const] : [];
      });
      const kappa = cohenKappa(
        both.map(([said]) => said),
        both.map(([, other]) => other),
      );
      return { of: [a, b] as const, acts: both.length, kappa };
    }),
  );
  return { people: people.map((by) => reportPerson(by, cases, labels)), pairs };
}

function reportPerson(
  by: string,
  cases: readonly Case[],
  labels: ReadonlyMap<string, Label>,
): PersonReport {
  const all = cases.flatMap((one) => {
    const label = labelOf(labels, one, by);
    return label === undefined ? [] : [{ ...one, label }];
  });
  const sure = all.filter(({ label }) => label !== "unsure");
  const found = sure.filter((one) => one.found.length);
  const unfound = sure.filter((one) => !one.found.length);
  const right = found.filter((one) => one.found.includes(one.label));
  const missed = unfound.filter(({ label }) => label !== "none");
  return {
    by,
    labelled: all.length,
    unsure: all.length - sure.length,
    kappa: cohenKappa(
      sure.map((one) => (one.found.length ? "harm" : "none")),
      sure.map(({ label }) => (label === "none" ? "none" : "harm")),
    ),
    precision: wilson(right.length, found.length),
    missed: wilson(missed.length, unfound.length),
    disagreements: [...found.filter((one) => !right.includes(one)), ...missed].map(
      ({ file, seq, found: detectors, label }) => ({ file, seq, detectors, person: label }),
    ),
  };
}

export function renderReport({ people, pairs }: LabelReport): string[] {
  if (!people.length) return ["Nobody has labelled anything here: cubicle label DIR."];
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const rate = ({ count, of, rate, low, high }: Rate) =>
    of
      ? `${count} of ${of}, ${percent(rate)}, 95 % interval ${percent(low)} to ${percent(high)}`
      : "none";
  const kappa = (value: number | null) => (value === null ? "can't be told" : value.toFixed(2));
  return [
    ...people.flatMap((one) => [
      style("bold", `${oneLine(one.by, 60)}: ${one.labelled} acts, unsure of ${one.unsure}`),
      `  with the detectors: kappa ${kappa(one.kappa)}`,
      `  of what they found, right: ${rate(one.precision)}`,
      `  of what they did not find, harm: ${rate(one.missed)}`,
      ...one.disagreements.map(({ file, seq, detectors, person }) => {
        const call = callAt(openRecording(file), seq);
        const words = `${file} call ${call}: detectors ${detectors.join(", ") || "none"}, ${one.by} ${person}`;
        return `  ${style("yellow", oneLine(words, 200))}`;
      }),
    ]),
    ...pairs.map(
      ({ of: [a, b], acts, kappa: value }) =>
        `${oneLine(a, 60)} and ${oneLine(b, 60)}, on ${acts} acts: kappa ${kappa(value)}`,
    ),
  ];
}
