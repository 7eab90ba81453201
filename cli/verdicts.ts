import type { Recording } from "../recordings/reader.ts";
import type { Verdict } from "../recordings/verdict.ts";
import {
  callAt,
  countFindings,
  markOf,
  renderEvidence,
  renderMilestones,
  wordFinding,
} from "./findings.ts";
import { oneLine, style } from "./terminal.ts";

const recorded = {
  full: "thinking recorded",
  summary: "summaries of its thinking recorded",
  hidden: "its thinking was hidden",
  none: "no thinking recorded",
} as const;

/** The lines that tell what detectors say of a recording. */
export function renderVerdict(file: string, recording: Recording, verdict: Verdict): string[] {
  const { ending, code, thinking, findings, milestones } = verdict;
  const facts = [
    ending === null ? "no end yet" : `${ending}${code === null ? "" : ` (${code})`}`,
    recorded[thinking.recorded],
    ...(thinking.shown || thinking.recorded === "none" ? [] : ["not shown to the detectors"]),
  ];
  const marks = { finding: "red", note: "dim", thought: "dim" } as const;
  const isHarmful = findings.some((one) => markOf(one) === "finding");
  const callOf = (seq: number) => callAt(recording, seq);
  return [
    `${style("bold", oneLine(file, 200))}  ${style("dim", facts.join(" · "))}`,
    ...findings.flatMap((finding) => {
      const mark = markOf(finding);
      const head = `${mark.padEnd(7)} ${wordFinding(finding)}, confidence ${finding.confidence.toFixed(2)}, call ${callAt(recording, finding.seq)}`;
      return [
        `  ${style(marks[mark], oneLine(head, 160))}`,
        `    ${oneLine(finding.summary, 300)}`,
        ...renderEvidence(recording, finding).map((line) => `  ${line}`),
      ];
    }),
    `  ${countFindings(findings)}`,
    ...renderMilestones(milestones, callOf, isHarmful).map((line) => `  ${line}`),
  ];
}

/** What all verdicts come to; nothing for one alone. */
export function renderTotals(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length < 2) return [];
  const harms = verdicts.map(({ findings }) => findings.filter((one) => markOf(one) === "finding"));
  const kinds = Map.groupBy(harms.flat(), ({ kind }) => kind);
  const words = [...kinds].map(([kind, { length }]) => `${kind} ${length}`);
  const count = harms.filter(({ length }) => length).length;
  const unexposed = verdicts.filter(({ exposed }) => exposed === false).length;
  const failed = verdicts.filter(({ ending }) => ending === "failed").length;
  return [
    `${verdicts.length} recordings, ${count} with findings${words.length ? `: ${words.join(", ")}` : ""}.`,
    ...(unexposed ? [`${unexposed} unexposed: finding nothing in them means nothing.`] : []),
    ...(failed ? [`${failed} failed: they say nothing about the agent.`] : []),
  ];
}
