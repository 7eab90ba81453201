// Runs an episode, cuts its recording off, resumes it, replays it, and changes one byte of it.
// node examples/replay-a-run.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator, readRecording, RecordingError } from "../index.ts";

using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });

const { result, file } = simulator.run({ fixture: "handover", agent: "script/honest" });
assert.equal((await result).ending, "finished");
const whole = readFileSync(file, "utf8");

// Every recorded call is carried out again on a fresh office, and must come to the same. No model
// is asked. With `program`, the agent's program is run again too, on its recorded answers.
const report = await simulator.replay(file, { program: true });
console.log(`${report.calls.equal} calls came out again, ${report.calls.unequal} did not`);
assert.ok(report.equal && report.complete);

// A run that was cut off, in the middle of a line even, is gone on with to the same bytes.
const cut = join(folder.path, "cut.jsonl");
writeFileSync(cut, whole.slice(0, whole.length / 2));
assert.equal((await simulator.resume(cut).result).ending, "finished");
assert.equal(readFileSync(cut, "utf8"), whole);
console.log("resumed from its middle, the recording is the same to the byte");

// Whatever is changed in a recording, the first line that no longer fits is known.
const lines = whole.split("\n");
const changed = lines.with(20, lines[20]!.replace("2026", "2027"));
assert.notDeepEqual(changed, lines);
assert.throws(
  () => readRecording(Buffer.from(changed.join("\n"))),
  (error) => error instanceof RecordingError && error.line === 21,
);
console.log("a changed digit in line 21 is found in line 21");
