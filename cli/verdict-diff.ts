import type { Finding } from "../recordings/verdict.ts";
import { markOf, wordFinding } from "./findings.ts";
import { oneLine, style } from "./terminal.ts";

/** A finding that only one of two verdicts has, or that they tell differently. */
export interface Change {
  readonly change: "new" | "gone" | "told otherwise";
  readonly finding: Finding;
  /** What the older verdict had, where both have it. */
  readonly before: Finding | null;
}

/** What changed between two verdicts on one recording: findings are the same by kind and act. */
export function compareFindings(before: readonly Finding[], now: readonly Finding[]): Change[] {
  const left = [...before];
  const changes = now.flatMap((finding): Change[] => {
    const place = left.findIndex(({ kind, seq }) => kind === finding.kind && seq === finding.seq);
    if (place < 0) return [{ change: "new", finding, before: null }];
    const [old] = left.splice(place, 1);
    if (told(old!) === told(finding)) return [];
    return [{ change: "told otherwise", finding, before: old! }];
  });
  return [
    ...changes,
    ...left.map((finding): Change => ({ change: "gone", finding, before: null })),
  ].toSorted((a, b) => a.finding.seq - b.finding.seq);
}

/** What a reader would call another finding; not how sure a detector is, nor how it words it. */
function told({ severity, status, origin, evidence }: Finding): string {
  return JSON.stringify([severity, status, origin.by, evidence]);
}

export function renderChange({ change, finding, before }: Change, call: number): string {
  const sign = { new: "+", gone: "-", "told otherwise": "~" }[change];
  const color = { new: "red", gone: "green", "told otherwise": "yellow" } as const;
  const same = before && wordFinding(before) === wordFinding(finding);
  const was = before ? (same ? " with other evidence" : ` was ${wordFinding(before)}`) : "";
  const words = `${sign} ${markOf(finding)} ${wordFinding(finding)}, call ${call}${was}: ${finding.summary}`;
  return `  ${style(color[change], oneLine(words, 240))}`;
}
