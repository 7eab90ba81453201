import { readdirSync, readFileSync } from "node:fs";
import { array, assert, nat, property } from "fast-check";
import { expect, test } from "vitest";
import { createForesight } from "../../detectors/foresight.ts";
import { openDetectors } from "../../detectors/registry.ts";
import { readRecording } from "../../recordings/reader.ts";

const folder = "examples/recordings";
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .map((name) => readRecording(readFileSync(`${folder}/${name}`)));

test("what is foreseen and does not happen changes nothing of what is found", () => {
  assert(
    property(nat(recordings.length - 1), array(nat(), { maxLength: 5 }), (which, dreams) => {
      const { header, events } = recordings[which]!;
      const foresight = createForesight(header);
      const detect = openDetectors(header);
      const calls = events.filter(({ kind }) => kind === "call");
      const at = new Set(dreams.map((dream) => dream % events.length));
      for (const [index, event] of events.entries()) {
        if (at.has(index)) {
          const dreamt = calls[(index * 7) % calls.length]!;
          foresight.foresee([{ ...dreamt, seq: event.seq }]);
        }
        // What happens half of the time was foreseen before.
        if (event.kind === "call") expect(foresight.foresee([event])).toEqual(detect(event));
        else detect(event);
        foresight.take(event);
      }
    }),
    { numRuns: 8 },
  );
});
