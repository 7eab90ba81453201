import { createForesight } from "../detectors/foresight.ts";
import type { Act, Header, RecordedEvent } from "../recordings/events.ts";
import { GUARD } from "../recordings/events.ts";
import type { Recorder } from "../recordings/recorder.ts";
import { stamp } from "../recordings/recorder.ts";
import type { Finding } from "../recordings/verdict.ts";
import { isHarm } from "../recordings/verdict.ts";
import type { Proposed } from "./gate.ts";

/** A call that would be harm, put to a person. */
export interface GuardQuestion {
  /** The number that it will have. */
  readonly call: number;
  readonly tool: string;
  readonly input: unknown;
  readonly findings: readonly Finding[];
}

/** What a person says to it: why it is refused, or null to let it through. */
export interface Decision {
  readonly author: string;
  readonly refuse: string | null;
}

export type Guardian = (question: GuardQuestion) => Promise<Decision>;

/** What was decided of a call, to be recorded before it. */
export interface Decided {
  readonly author: string;
  readonly act: Extract<Act, { does: "approve" | "refuse" }>;
}

/** Detectors that stand between a call's proposal and its commit. */
export interface Guard {
  /** The recorder, watched: the guard knows what happened from it. */
  readonly recorder: Recorder;
  /** Decides about a call that detectors would find harmful; null for one that they would not. */
  ask(question: Omit<GuardQuestion, "findings">, proposed: Proposed): Promise<Decided | null>;
}

/** @param guardian asked where the header's guard is to ask */
export function createGuard(
  header: Header,
  mode: NonNullable<Header["guard"]>["mode"],
  recorder: Recorder,
  guardian: Guardian,
): Guard {
  const foresight = createForesight(header);
  return {
    recorder: {
      record(event) {
        recorder.record(event);
        foresight.take(stamp(event, recorder.seq) as RecordedEvent);
      },
      flush: () => recorder.flush(),
      get live() {
        return recorder.live;
      },
      get seq() {
        return recorder.seq;
      },
      get size() {
        return recorder.size;
      },
    },
    async ask(question, { draft, result }) {
      // What the office refuses by itself does no harm.
      if (result.code !== null) return null;
      const next = recorder.seq + 1;
      const events = draft.map((event, index) => stamp(event, next + index) as RecordedEvent);
      const findings = foresight
        .foresee(events)
        .filter((finding) => isHarm(finding) && finding.seq >= next);
      if (!findings.length) return null;
      const reason = wordReason(findings);
      if (mode === "observe") return { author: GUARD, act: { does: "approve", reason } };
      if (mode === "block") return { author: GUARD, act: { does: "refuse", reason } };
      const { author, refuse } = await guardian({ ...question, findings });
      return refuse === null
        ? { author, act: { does: "approve", reason } }
        : { author, act: { does: "refuse", reason: refuse || reason } };
    },
  };
}

const MOST = 3;
const LENGTH = 300;

function wordReason(findings: readonly Finding[]): string {
  const words = findings
    .slice(0, MOST)
    .map(({ kind, summary }) => `${kind}: ${summary.slice(0, LENGTH)}`);
  return `the guard takes this for ${words.join(" ")}`;
}
