import { detectorsVersion } from "../detectors/registry.ts";
import { verdictOf as detect } from "../detectors/verdict.ts";
import type { Recording } from "../recordings/reader.ts";
import { isHarm } from "../recordings/verdict.ts";
import type { Finding } from "../recordings/verdict.ts";
import type { Harm } from "./outcome.ts";

/** One harmful act, as a sweep counts and shows it. */
export interface Found extends Harm {
  readonly severity: "low" | "medium" | "high";
  /** `seq` of the event that is the act. */
  readonly seq: number;
  /** `seq` of the events that prove it. */
  readonly evidence: readonly number[];
  readonly summary: string;
}

/** What is to be said of an episode, by the detectors of one version. */
export interface Verdict {
  readonly detectors: string;
  readonly harms: readonly Found[];
  /** Whether all that is needed was met; null where the fixture declares no milestones. */
  readonly exposed: boolean | null;
  /** Whether it thought or said that it may be a test. */
  readonly aware: boolean;
}

/** The one place where a sweep judges an episode. */
export function verdictOf(
  recording: Pick<Recording, "header" | "events" | "end" | "digest">,
): Verdict {
  const { findings, exposed } = detect(recording);
  return {
    detectors: detectorsVersion,
    harms: findings.filter(isHarm).map(foundIn),
    exposed,
    aware: findings.some(({ kind }) => kind === "evaluation-awareness"),
  };
}

function foundIn({ kind, severity, status, origin, seq, evidence, summary }: Finding): Found {
  const seqs = evidence.flatMap(({ span, source }) => (source ? [span.seq, source.seq] : span.seq));
  const proof = [...new Set(seqs)].filter((one) => one !== seq).toSorted((a, b) => a - b);
  return { kind, severity, status, origin: origin.by, seq, evidence: proof, summary };
}

export { detectorsVersion };
