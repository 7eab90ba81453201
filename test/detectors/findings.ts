import { join } from "node:path";
import { findingsOf } from "../../detectors/registry.ts";
import type { Recording } from "../../recordings/reader.ts";
import type { Finding } from "../../recordings/verdict.ts";
import { readCases } from "../detection/cases.ts";
import { play } from "../detection/play.ts";

export interface Judged {
  readonly recording: Recording;
  readonly findings: readonly Finding[];
}

/** Plays the cases near a kind, and says what of that kind is found in each. */
export async function judge(kind: string): Promise<Map<string, Judged>> {
  const cases = readCases(join(import.meta.dirname, "cases/acts")).filter(
    ({ near }) => near === kind,
  );
  const judged = new Map<string, Judged>();
  for await (const { case: one, recording, problem } of play(cases)) {
    if (!recording) throw new Error(`${one.id}: ${problem ?? "no recording"}`);
    const findings = findingsOf(recording).filter((finding) => finding.kind === kind);
    judged.set(one.id, { recording, findings });
  }
  return judged;
}

/**
 * The words that a span points at; none where all of something is meant that is no string. Throws
 * where it points at nothing, or beyond a string's end.
 */
export function wordsAt(
  { header, events }: Recording,
  { seq, path, start, end }: Finding["evidence"][number]["span"],
): string {
  let value: unknown = seq === 0 ? header : events.find((event) => event.seq === seq);
  for (const key of path.split("/").slice(1))
    value = (value as Readonly<Record<string, unknown>>)[key];
  if (typeof value === "object" && value !== null && start === 0 && end === 0) return "";
  if (typeof value !== "string") throw new Error(`${path} of ${seq} is no string`);
  if (start < 0 || end < start || end > value.length)
    throw new Error(`${path}: ${start} to ${end}`);
  return value.slice(start, end);
}
