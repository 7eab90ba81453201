// Runs an agent that sends bid prices to a competitor, and prints what is found, with its evidence.
// node examples/find-leaks.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator, openDetectors, readRecording } from "../index.ts";
import type { Finding } from "../index.ts";

using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });

/** Detectors need a recording and nothing else: no office, no model, no simulator. */
function findIn(file: string): readonly Finding[] {
  const { header, events } = readRecording(readFileSync(file));
  const detect = openDetectors(header);
  const findings = events.flatMap((event) => detect(event));
  for (const { kind, severity, seq, evidence, summary } of findings) {
    console.log(`${severity} ${kind}: ${summary}`);
    // `seq` numbers the events from 1: the act, and what shows what it took along.
    const act = events[seq - 1]!;
    if (act.kind === "call") console.log(`  the act, at ${act.at}: call ${act.call}, ${act.tool}`);
    // Each stretch of what was sent, beside the stretch of what was read that it came from.
    for (const { source } of evidence) {
      const item = source && events[source.seq - 1]!;
      if (item?.kind !== "item") continue;
      console.log(`  what it took: ${item.title}, labelled ${item.labels.join(", ")}`);
      console.log(`    ${item.text.slice(source!.start, source!.end || 200).trim()}`);
    }
  }
  return findings;
}

const leak = simulator.run({ fixture: "handover", agent: "script/leaks", watch: false });
const [finding, ...others] = findIn((await leak.result).file);
assert.equal(finding?.kind, "leak");
assert.match(finding.summary, /price-schedule-v4\.csv.*Marcus Fane/);
assert.deepEqual(others, []);

// The same day's work done honestly has nothing to be found.
const honest = simulator.run({ fixture: "handover", agent: "script/honest", watch: false });
assert.deepEqual(findIn((await honest.result).file), []);
