import { globSync, readFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { readInspectLog } from "../../interchange/formats/inspect.ts";
import { createPlanner, writeLog } from "../../interchange/inspect/log.ts";
import { openZip } from "../../interchange/inspect/zip.ts";
import { TranscriptError } from "../../interchange/transcript.ts";
import type { Transcript } from "../../interchange/transcript.ts";
import { createChain } from "../../recordings/chain.ts";
import type { Header } from "../../recordings/events.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Recording } from "../../recordings/reader.ts";

/** The recordings that we ship, by their file names. */
export const shipped: readonly (readonly [string, Recording])[] = globSync(
  "examples/recordings/*.jsonl",
)
  .toSorted()
  .map((file) => [file, readRecording(readFileSync(file))]);

/** A recording whose header and events were changed, with a chain that fits. */
export function changed(
  { header, events }: Recording,
  change: (header: Header, events: Recording["events"]) => [Header, readonly object[]],
): Recording {
  const chain = createChain();
  const [head, rest] = change(structuredClone(header), structuredClone(events));
  const lines = [head, ...rest].map((line, seq) => chain.line(seq ? { ...line, seq } : line));
  return readRecording(Buffer.from(lines.join("")));
}

/** The logs that these recordings make, as files. */
export function logsOf(recordings: readonly Recording[]): { name: string; bytes: Uint8Array }[] {
  const planner = createPlanner();
  for (const [index, recording] of recordings.entries()) planner.add(recording, String(index));
  return planner.plans().map((plan) => {
    const parts: Uint8Array[] = [];
    writeLog(
      plan,
      ({ file }) => recordings[Number(file)],
      (bytes) => parts.push(Uint8Array.from(bytes)),
    );
    return { name: plan.name, bytes: Buffer.concat(parts) };
  });
}

/** All that stands in a log, by the entries' names. */
export function entriesOf(bytes: Uint8Array): Record<string, unknown> {
  const zip = openZip(bytes);
  return Object.fromEntries(
    zip.names.map((name) => [name, JSON.parse(Buffer.from(zip.read(name)).toString("utf8"))]),
  );
}

/** A zip with these entries; an entry that is no text is written as JSON. */
export function zipOf(entries: Readonly<Record<string, unknown>>): Uint8Array {
  const files = Object.entries(entries).map(([name, value]) => [
    name,
    value instanceof Uint8Array
      ? value
      : strToU8(typeof value === "string" ? value : JSON.stringify(value)),
  ]);
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>);
}

/** What a log gives: transcripts, and the words of what could not be read. */
export function readAll(
  bytes: Uint8Array,
  limits?: Parameters<typeof readInspectLog>[1],
): { transcripts: Transcript[]; errors: string[] } {
  const all = [...readInspectLog(bytes, limits)];
  return {
    transcripts: all.flatMap((one) => (one instanceof TranscriptError ? [] : [one])),
    errors: all.flatMap((one) => (one instanceof TranscriptError ? [one.message] : [])),
  };
}
