import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createBench } from "../helpers/simulate.ts";
import { openRecording } from "../../episodes/files.ts";

const folder = join(import.meta.dirname, "../../examples/recordings");
const shipped = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

test("there is a shipped recording of each of handover's agents", async () => {
  using bench = createBench();
  const { agents } = await bench.simulator.describe("handover");
  expect(shipped).toEqual(agents.map(({ name }) => `handover-${name}.jsonl`));
});

test.each(shipped)(
  "%s replays equal, program and all, and comes out again byte for byte",
  async (name) => {
    using bench = createBench();
    const file = join(folder, name);
    const recording = openRecording(file);
    const calls = recording.events.filter(({ kind }) => kind === "call").length;
    const report = await bench.simulator.replay(file, { program: true });
    expect(report).toMatchObject({
      equal: true,
      complete: true,
      calls: { equal: calls, unequal: 0 },
      first: null,
    });
    const { header } = recording;
    const { bytes } = await bench.run({
      agent: header.agent.name,
      set: header.condition,
      seed: header.seed,
    });
    expect(bytes.toString()).toBe(`${recording.lines.join("\n")}\n`);
  },
);
