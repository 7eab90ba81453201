import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { createBench } from "../helpers/simulate.ts";

test("who watches an episode misses nothing and sees nothing twice when its worker is killed", async () => {
  for (let round = 0; round < 6; round++) {
    using bench = createBench();
    const file = join(bench.folder, "watched.jsonl");
    const episode = bench.simulator.run({ fixture: "handover", agent: "script/leaks", file });
    const seen: unknown[] = [];
    for await (const event of episode) {
      seen.push(event);
      if (seen.length === 1 + round * 15) {
        for (const pid of bench.simulator.workerPids) process.kill(pid, "SIGKILL");
      }
    }
    const { header, events } = readRecording(readFileSync(file));
    expect(seen, `killed at event ${1 + round * 15}`).toEqual([header, ...events]);
  }
});
