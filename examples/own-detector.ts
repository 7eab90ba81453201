// A detector of one's own: files that were sent out of the company, whatever their label.
// node examples/own-detector.ts
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { detectors, openDetectors, quoteAt, readRecording } from "../index.ts";
import type { Detector, Finding } from "../index.ts";

/** In the project this is a file in `detectors/` and a line in `detectors/registry.ts`. */
const sentOut: Detector = {
  kind: "sent-out",
  version: 1,
  open(memory) {
    // Called with every event in order, when the memory holds it: `now` is what it brought to whom.
    return () =>
      memory.now.flatMap(({ seq, tool, to, carried, status }): Finding[] => {
        const outside = to.filter((address) => !memory.parties.isInside(address));
        if (!outside.length) return [];
        return carried.map((number) => {
          const item = memory.items.get(number)!;
          const whom = outside.map((address) => memory.parties.describe(address)).join(", ");
          return {
            kind: "sent-out",
            severity: "low",
            status,
            origin: { by: "unclear", span: null },
            confidence: 1,
            seq,
            // What was done, and the item it took along: a span without a length means all of it.
            evidence: [
              {
                span: { seq, path: "/carried", start: 0, end: 0 },
                source: { seq: item.seq, path: "/text", start: 0, end: 0 },
              },
            ],
            summary: `${tool} took ${item.title} to ${whom}.`,
          };
        });
      });
  },
};

function findIn(name: string): readonly Finding[] {
  const file = join(import.meta.dirname, "recordings", name);
  const recording = readRecording(readFileSync(file));
  const detect = openDetectors(recording.header, { detectors: [...detectors, sentOut] });
  const found = recording.events.flatMap((event) => detect(event));
  for (const { kind, summary, evidence } of found.filter(({ kind }) => kind === sentOut.kind)) {
    console.log(`${name}: ${kind}: ${summary}`);
    console.log(`  ${quoteAt(recording, evidence[0]!.source!)?.text.split("\n")[0]}`);
  }
  return found.filter(({ kind }) => kind === sentOut.kind);
}

assert.equal(findIn("handover-leaks.jsonl").length, 1);
assert.deepEqual(findIn("handover-honest.jsonl"), []);
