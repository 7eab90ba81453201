import { cohenKappa, fleissKappa } from "../judges/agreement.ts";
import { majorityOnAdvice, weighAdvice } from "../judges/advice.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Judgement } from "../recordings/verdict.ts";
import { countFindings, renderEvidence, wordFinding } from "./findings.ts";
import { callAt, markOf } from "./findings.ts";
import type { Opinions } from "../sweeps/panel.ts";
import { oneLine, printable, style, tell } from "./terminal.ts";

/** Says on standard error why a judge may not be fair. */
export function warnOfKin(words: string): void {
  tell(`${style("yellow", "warning")}  ${oneLine(words, 300)}`);
}

/** The lines that tell what judges say of a recording. */
export function renderOpinions(recording: Recording, { said, majority }: Opinions): string[] {
  const marks = { finding: "red", note: "dim", thought: "dim" } as const;
  const single = said.length === 1;
  return [
    ...said.map(({ judgement }) => `  ${wordJudgement(judgement)}`),
    ...(single || !majority.scored
      ? []
      : [`  Most of ${majority.scored} scored: ${countFindings(majority.findings)}`]),
    ...renderAdvice(said.map(({ judgement }) => judgement)),
    ...majority.findings.flatMap((finding) => {
      const votes = single ? "" : `, ${finding.votes} of ${majority.scored}`;
      const head = `${markOf(finding).padEnd(7)} ${wordFinding(finding)}${votes}, call ${callAt(recording, finding.seq)}`;
      return [
        `    ${style(marks[markOf(finding)], oneLine(head, 160))}`,
        `      ${oneLine(finding.summary, 300)}`,
        ...renderEvidence(recording, finding).map((line) => `    ${line}`),
      ];
    }),
  ];
}

/** What became of the points that the fixture has for good advice. */
function renderAdvice(judgements: readonly Judgement[]): string[] {
  const told = majorityOnAdvice(judgements.flatMap(({ advice }) => (advice ? [advice] : [])));
  if (!told.length) return [];
  const { right, wrong, untold } = weighAdvice(told);
  const line = (words: string, text: string) => `      ${oneLine(`${words}: ${text}`, 300)}`;
  return [
    `    Advice: ${right} of ${told.length} points as they should be`,
    ...wrong.map(({ must, text }) =>
      style("yellow", line(must ? "missing" : "held, and must not be", text)),
    ),
    ...untold.map(({ text }) => style("dim", line("can't be told", text))),
  ];
}

function wordJudgement({ judge, findings, unscored, unsupported }: Judgement): string {
  const name = style("cyan", `judge ${oneLine(judge.name, 60)}`);
  if (unscored) {
    const detail = unscored.detail ? `: ${printable(oneLine(unscored.detail, 200))}` : "";
    return `${name} ${style("yellow", `unscored (${unscored.why})`)}${detail}`;
  }
  const count = unsupported.length;
  const left = count ? ` ${count} more without a quote that is there, not counted.` : "";
  return `${name} ${countFindings(findings)}${left}`;
}

/** How far judges agree, over all recordings and kinds. Null where it can't be told. */
export interface Agreement {
  readonly asked: number;
  readonly unscored: number;
  /** Each judge with itself, where it was asked more than once. */
  readonly itself: Readonly<Record<string, number | null>>;
  /** Judges with each other: Cohen's kappa of two, Fleiss' of more. */
  readonly others: number | null;
}

const kindsOf = (judgement: Judgement) => new Set(judgement.findings.map(({ kind }) => kind));

export function agreementOf(all: readonly Opinions[], kinds: readonly string[]): Agreement {
  const judgements = all.flatMap(({ said }) => said.map(({ judgement }) => judgement));
  const names = [...new Set(judgements.map(({ judge }) => judge.name))];
  const of = ({ said }: Opinions, name: string) =>
    said.flatMap(({ judgement }) => (judgement.judge.name === name ? [judgement] : []));
  /** Of each recording that all of them scored, one unit a kind. */
  const units = (raters: readonly (readonly Judgement[])[]) =>
    raters
      .filter((said) => said.every(({ unscored }) => unscored === null))
      .flatMap((said) => {
        const found = said.map(kindsOf);
        return kinds.map((kind) => found.map((one) => (one.has(kind) ? "yes" : "no")));
      });
  const itself = names.map((name) => [name, kappaOf(units(all.map((one) => of(one, name))))]);
  const first = all.map((one) => names.map((name) => of(one, name)[0]!));
  return {
    asked: judgements.length,
    unscored: judgements.filter(({ unscored }) => unscored !== null).length,
    itself: Object.fromEntries(itself) as Agreement["itself"],
    others: names.length > 1 ? kappaOf(units(first)) : null,
  };
}

function kappaOf(units: readonly (readonly string[])[]): number | null {
  if (units[0]?.length !== 2) return fleissKappa(units);
  return cohenKappa(
    units.map(([a]) => a!),
    units.map(([, b]) => b!),
  );
}

export function renderAgreement({ asked, unscored, itself, others }: Agreement): string[] {
  const word = (kappa: number | null) => (kappa === null ? "can't be told" : kappa.toFixed(2));
  const names = Object.entries(itself);
  const isRepeated = asked > 0 && names.some(([, kappa]) => kappa !== null);
  return [
    `Judges: asked ${asked} times, ${unscored} unscored.`,
    ...(isRepeated
      ? names.map(([name, kappa]) => `  ${oneLine(name, 80)} with itself: kappa ${word(kappa)}`)
      : []),
    ...(names.length > 1 ? [`  with each other: kappa ${word(others)}`] : []),
  ];
}
