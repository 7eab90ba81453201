import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFixture } from "../env/fixture/load.ts";
import { openFixture } from "../env/fixture/open.ts";
import { findFixture } from "../episodes/fixtures.ts";
import { replayRecording } from "../episodes/replay.ts";
import { createSimulator } from "../episodes/simulator.ts";
import { readRecording } from "../recordings/reader.ts";
import { standardPack } from "../tools/standard/pack.ts";
import { perSecond, report } from "./report.ts";
import { tenCallsProgram } from "./ten-calls.ts";

const COUNT = 2000;
const ROUNDS = 5;

/** Replay of an episode of ten calls from its bytes, on one core, against only reading it. */
export async function benchReplay(): Promise<void> {
  const bytes = await recordOne();
  const source = findFixture("handover");
  const fixture = await loadFixture(source.name, source.files);
  const opened = openFixture(fixture, readRecording(bytes).header.condition);
  const replay = () => {
    if (!replayRecording(readRecording(bytes), opened, standardPack).equal)
      throw new Error("not equal");
  };
  const times = (action: () => void) => () => {
    for (let i = 0; i < COUNT; i++) action();
  };
  await perSecond(1, times(replay));
  const ours: number[] = [];
  const reading: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    reading.push(
      await perSecond(
        COUNT,
        times(() => readRecording(bytes)),
      ),
    );
    ours.push(await perSecond(COUNT, times(replay)));
  }
  report({
    name: `replay of an episode of ten calls, read, executed and compared (one core, ${bytes.length} bytes)`,
    values: ours,
    unit: "replays/s",
    bar: "1000 or more",
    baseline: { name: "reading and checking it only", values: reading },
  });
}

async function recordOne(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const agent = join(folder, "ten-calls.ts");
  writeFileSync(agent, tenCallsProgram);
  using simulator = createSimulator({ folder, slots: 1 });
  const { file } = await simulator.run({ fixture: "handover", agent, watch: false }).result;
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}
