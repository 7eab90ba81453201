import { benchAgentDojo } from "./agentdojo.ts";
import { benchDetect } from "./detect.ts";
import { benchEpisodes } from "./episodes.ts";
import { benchImport } from "./import.ts";
import { benchGate } from "./gate.ts";
import { benchLargeOffice } from "./large-office.ts";
import { benchReplay } from "./replay.ts";
import { benchSweep } from "./sweep.ts";

const benches: Record<string, () => Promise<void>> = {
  gate: benchGate,
  replay: benchReplay,
  episodes: benchEpisodes,
  detect: benchDetect,
  sweep: benchSweep,
  agentdojo: benchAgentDojo,
  large: benchLargeOffice,
  import: benchImport,
};

/** `npm run bench`, or `npm run bench gate replay` for some. */
const chosen = process.argv.slice(2);
console.log(`Node ${process.version}, medians of rounds taken in turn with their baselines\n`);
for (const [name, bench] of Object.entries(benches)) {
  if (!chosen.length || chosen.includes(name)) await bench();
}
