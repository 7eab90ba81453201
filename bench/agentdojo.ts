import {
  existsSync,
  readFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { loadFixture } from "../env/fixture/load.ts";
import { readFixtureFolder } from "../episodes/folders.ts";
import { defaultLimits } from "../episodes/simulator.ts";
import { importAgentDojoSuite } from "../interchange/agentdojo/suite.ts";
import { readAgentDojoRun } from "../interchange/formats/agentdojo.ts";
import { groundFor } from "../interchange/ground.ts";
import { parseMapping } from "../interchange/mapping.ts";
import { recordTranscript } from "../interchange/record.ts";
import { median } from "./report.ts";

const ROUNDS = 5;
/** Episodes a second that AgentDojo itself re-executes, at its best. */
const BASELINE = 25;

/** All recorded AgentDojo episodes: parsed, executed, compared, judged, and recorded in a file. */
export async function benchAgentDojo(): Promise<void> {
  const folder = process.env["AGENTDOJO_DATA"] ?? "../shared/agentdojo";
  if (!existsSync(join(folder, "runs.jsonl.gz"))) {
    console.log(
      `AgentDojo's runs are not in ${folder}: skipped. AGENTDOJO_DATA names their folder.\n`,
    );
    return;
  }
  const fixture = await loadFixture(
    "workspace",
    importAgentDojoSuite(readFixtureFolder(join(folder, "fixture"))),
  );
  const lines = gunzipSync(readFileSync(join(folder, "runs.jsonl.gz")))
    .toString()
    .trim()
    .split("\n");
  const settings = { cubicle: "bench", limits: defaultLimits, mapping: parseMapping("") };
  const place = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const rates: number[] = [];
  const counts = { equal: 0, unequal: 0 };
  const verdicts = { equal: 0, unequal: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const file = openSync(join(place, `${round}.jsonl`), "w");
    const start = process.hrtime.bigint();
    for (const line of lines) {
      for (const transcript of readAgentDojoRun(JSON.parse(line))) {
        let text = "";
        const result = recordTranscript(
          transcript,
          groundFor(fixture, transcript),
          settings,
          (more) => (text += more),
        );
        writeSync(file, text);
        counts.equal += result.calls.equal;
        counts.unequal += result.calls.unequal;
        verdicts.equal += result.verdicts.equal;
        verdicts.unequal += result.verdicts.unequal;
      }
    }
    rates.push(lines.length / (Number(process.hrtime.bigint() - start) / 1e9));
    closeSync(file);
  }
  rmSync(place, { recursive: true, force: true });
  const each = (count: number) => count / ROUNDS;
  console.log(
    `AgentDojo's ${lines.length} recorded episodes: parsed, executed, compared, judged, recorded (one core)`,
  );
  console.log(
    `  results equal ${each(counts.equal)}, not ${each(counts.unequal)}; verdicts equal ${each(verdicts.equal)}, not ${each(verdicts.unequal)}`,
  );
  console.log(
    `  ${median(rates).toFixed(0)} episodes/s (${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}); the bar: 1000 or more`,
  );
  console.log(
    `  baseline: AgentDojo itself ${BASELINE} episodes/s, as stated; ratio ${(median(rates) / BASELINE).toFixed(1)}\n`,
  );
}
