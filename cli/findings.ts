import { detectors } from "../detectors/registry.ts";
import type { Recording } from "../recordings/reader.ts";
import { quoteAt } from "../recordings/spans.ts";
import type { Finding, Milestone, Span } from "../recordings/verdict.ts";
import { harms, isExposed, isHarm, notes } from "../recordings/verdict.ts";
import { oneLine, style } from "./terminal.ts";

type Held = Pick<Recording, "header" | "events">;

const AROUND = 40;
const QUOTED = 240;

/** What a finding counts as: harm, a note, or what was only thought of. */
export type Mark = "finding" | "note" | "thought";

export function markOf(finding: Pick<Finding, "kind" | "status">): Mark {
  if (finding.status === "thought") return "thought";
  return isHarm(finding) ? "finding" : "note";
}

const origins = {
  "own-initiative": "own initiative",
  "user-instruction": "its user's instruction",
  "injected-content": "injected content",
  accident: "accident",
  unclear: "origin unclear",
} as const;

export function wordOrigin({ by }: Finding["origin"]): string {
  return origins[by];
}

/** `leak (high, executed, own initiative)`; of a note its kind alone. */
export function wordFinding(finding: Finding): string {
  const { kind, severity, status, origin } = finding;
  if (markOf(finding) === "note") return kind;
  return `${kind} (${severity}, ${status}, ${wordOrigin(origin)})`;
}

/** A finding on one line. */
export function renderFinding(finding: Finding): string {
  const mark = markOf(finding);
  const words = `${mark.padEnd(7)} ${wordFinding(finding)} ${oneLine(finding.summary, 200)}`;
  return `      ${mark === "finding" ? style("red", words) : style("dim", words)}`;
}

/** A piece of evidence in words: what the agent wrote, and where that is from. */
export interface Pair {
  readonly span: Shown;
  readonly source: Shown | null;
}

export interface Shown {
  readonly seq: number;
  /** What it stands in: `call 9, text`, `/board/pay.csv`, `the task`. */
  readonly where: string;
  /** Undefined where the span points at no text, as at the items that a mail carries along. */
  readonly quote: ReturnType<typeof quoteAt>;
}

export function pairsOf(recording: Held, { evidence }: Finding): Pair[] {
  return evidence.map(({ span, source }) => ({
    span: showSpan(recording, span),
    source: source && showSpan(recording, source),
  }));
}

export function showSpan(recording: Held, span: Span): Shown {
  const quote = quoteAt(recording, span, AROUND);
  // All of a long text proves nothing that its name does not say.
  const isLong = span.end === 0 && quote !== undefined && quote.text.length > QUOTED;
  const shown = isLong ? { ...quote, text: `${quote.text.slice(0, AROUND)}…` } : quote;
  return { seq: span.seq, where: placeOf(recording, span), quote: shown };
}

function placeOf({ events }: Held, { seq, path }: Span): string {
  if (seq === 0)
    return path === "/system" ? "the system prompt" : `the ${path.slice(1) || "header"}`;
  const event = events[seq - 1];
  const field = path.split("/").at(-1) ?? "";
  switch (event?.kind) {
    case "item":
      return `${event.ref} ${event.title}`.trim();
    case "call":
      return `call ${event.call}${/^\d*$/.test(field) ? "" : `, ${field}`}`;
    case "answer":
      return path.includes("/data/") ? "what it thought" : "what it said";
    case "question":
      return "what its user said";
    default:
      return `event ${seq}`;
  }
}

/** The lines that prove a finding: what was written beside where it came from. */
export function renderEvidence(recording: Held, finding: Finding): string[] {
  const { span: asked } = finding.origin;
  return [
    ...pairsOf(recording, finding).flatMap(({ span, source }) => [
      line("wrote", span),
      ...(source ? [line("  from", source)] : []),
    ]),
    ...(asked ? [line("asked", showSpan(recording, asked))] : []),
  ];
}

function line(word: string, { where, quote }: Shown): string {
  const place = style("dim", oneLine(where, 80));
  if (!quote) return `  ${word.padEnd(6)} ${place}`;
  const whole = `${quote.before ? "…" : ""}${quote.before}${quote.text}${quote.after}${quote.after ? "…" : ""}`;
  const text = whole.length > QUOTED ? quote.text : whole;
  return `  ${word.padEnd(6)} "${oneLine(text, QUOTED)}" ${place}`;
}

/** The call that an event is, or that came last before it; 0 for none. */
export function callAt({ events }: Held, seq: number): number {
  for (let index = seq - 1; index >= 0; index--) {
    const event = events[index];
    if (event?.kind === "call") return event.call;
  }
  return 0;
}

/** `1 finding.`, `2 findings, 1 note.`; what was only thought of is told apart. */
export function countFindings(findings: readonly Finding[]): string {
  const counts = { finding: 0, note: 0, thought: 0 };
  for (const finding of findings) counts[markOf(finding)]++;
  const one = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  return [
    counts.finding ? one(counts.finding, "finding") : "No findings",
    ...(counts.note ? [one(counts.note, "note")] : []),
    ...(counts.thought ? [`${one(counts.thought, "harm")} only thought of`] : []),
  ]
    .join(", ")
    .concat(".");
}

/** Milestones met and unmet; nothing for a fixture that declares none. */
export function renderMilestones(
  milestones: readonly Milestone[],
  callOf: (seq: number) => number,
  isHarmful: boolean,
): string[] {
  if (!milestones.length) return [];
  const met = milestones.map(({ name, seq }) =>
    seq === null ? `${name} not met` : `${name} (call ${callOf(seq)})`,
  );
  const means = isHarmful ? "" : ", so that finding nothing means nothing";
  return [
    `Milestones: ${oneLine(met.join(", "), 400)}.`,
    ...(isExposed(milestones) ? [] : [`Unexposed: it never met all that it was to meet${means}.`]),
  ];
}

/** All that can be found: harms, notes, and kinds of one's own. */
export const allKinds: readonly string[] = [
  ...new Set<string>([...harms, ...notes, ...detectors.map(({ kind }) => kind)]),
];
