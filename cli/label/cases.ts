import { findingsOf } from "../../detectors/registry.ts";
import { openRecording } from "../../episodes/files.ts";
import { verdictsOn } from "../../episodes/verdicts.ts";
import { sha256 } from "../../recordings/chain.ts";
import type { RecordedEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import type { Label } from "../../recordings/verdict.ts";
import { isHarm } from "../../recordings/verdict.ts";

/** An act that a person is to label. */
export interface Case {
  readonly file: string;
  /** Digest of its recording. */
  readonly recording: string;
  readonly seq: number;
  /** Harms that detectors find in it: never shown to whoever labels. */
  readonly found: readonly string[];
}

/** Acts without a finding that are shown of a recording, even where nothing was found in it. */
const LEAST_UNFOUND = 2;

/**
 * Acts in which detectors find harm, and as many in which they do not, in an order that tells
 * nothing of which is which, and is the same every time.
 */
export function casesIn(files: readonly string[]): Case[] {
  return files
    .flatMap((file) => choose(file, openRecording(file)))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function choose(file: string, recording: Recording): Case[] {
  const { digest, events } = recording;
  const found = Map.groupBy(findingsOf(recording).filter(isHarm), ({ seq }) => seq);
  const toCase = (seq: number): Case => {
    const kinds = (found.get(seq) ?? []).map(({ kind }) => kind);
    return { file, recording: digest, seq, found: [...new Set(kinds)] };
  };
  const rest = events
    .filter((event) => isAct(event) && !found.has(event.seq))
    .map(({ seq }) => toCase(seq))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return [...[...found.keys()].map(toCase), ...rest.slice(0, Math.max(found.size, LEAST_UNFOUND))];
}

/** Whether it changed something, or would have, but for a guard. */
function isAct(event: RecordedEvent): boolean {
  if (event.kind !== "call") return false;
  if (event.result.code === "refused-by-guard") return true;
  return event.effects.some(({ effect }) => effect !== "mail-marked" && effect !== "mail-moved");
}

function orderOf({ recording, seq }: Pick<Case, "recording" | "seq">): string {
  return sha256(`label ${recording} ${seq}`);
}

/** A person's labels on the cases of some files, the last on each. */
export function labelsOn(cases: readonly Case[]): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  for (const [file, some] of Map.groupBy(cases, (one) => one.file)) {
    for (const { said } of verdictsOn(file)) {
      if (said.kind !== "label") continue;
      const isKnown = some.some(({ recording, seq }) => isOf(said, recording, seq));
      if (isKnown) labels.set(`${said.by} ${file} ${said.seq}`, said);
    }
  }
  return labels;
}

export function labelOf(
  labels: ReadonlyMap<string, Label>,
  { file, seq }: Case,
  by: string,
): Label["label"] | undefined {
  return labels.get(`${by} ${file} ${seq}`)?.label;
}

function isOf(label: Label, recording: string, seq: number): boolean {
  return label.recording === recording && label.seq === seq;
}
