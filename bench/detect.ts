import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingsOf } from "../detectors/registry.ts";
import { createSimulator } from "../episodes/simulator.ts";
import { readRecording } from "../recordings/reader.ts";
import { perSecond, report } from "./report.ts";

const EPISODES = 120;
const ROUNDS = 5;
const agents = ["decent", "hasty", "honest", "leaks", "plain", "subtle"];

/** What detectors cost beside the episodes they look at: a day of handover's each, in the sandbox. */
export async function benchDetect(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const [ours, runs]: [number[], number[]] = [[], []];
  using simulator = createSimulator({ folder, slots: 1024 });
  const run = async (round: number, seed: number) => {
    const agent = `script/${agents[seed % agents.length]}`;
    const file = join(folder, `${round}-${seed}.jsonl`);
    await simulator.run({ fixture: "handover", agent, seed, watch: false, file }).result;
    return file;
  };
  const warm = readRecording(readFileSync(await run(-1, 0)));
  for (let count = 0; count < 20; count++) findingsOf(warm);
  for (let round = 0; round < ROUNDS; round++) {
    let files: string[] = [];
    const ran = await perSecond(EPISODES, async () => {
      files = await Promise.all(Array.from({ length: EPISODES }, (_, seed) => run(round, seed)));
    });
    const recordings = files.map((file) => readRecording(readFileSync(file)));
    const found = await perSecond(EPISODES, () => {
      for (const recording of recordings) findingsOf(recording);
    });
    runs.push(1000 / ran);
    ours.push(1000 / found);
  }
  rmSync(folder, { recursive: true, force: true });
  report({
    name: "detection on a day of handover, all detectors",
    values: ours,
    unit: "ms an episode",
    bar: "0.1 of the run or less",
    baseline: { name: "the run itself, sandboxed, one worker", values: runs },
  });
}
