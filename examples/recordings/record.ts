import { rmSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "../../index.ts";

// Records the shipped examples again: one run of each of handover's agents.
using simulator = createSimulator({ folder: import.meta.dirname, env: {} });
const { agents } = await simulator.describe("handover");
for (const { name } of agents) {
  const file = join(import.meta.dirname, `handover-${name}.jsonl`);
  rmSync(file, { force: true });
  const agent = `script/${name}`;
  const { ending } = await simulator.run({ fixture: "handover", agent, file, watch: false }).result;
  console.log(`${file}: ${ending}`);
}
