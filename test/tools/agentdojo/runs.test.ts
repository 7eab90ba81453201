import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { loadFixture } from "../../../env/fixture/load.ts";
import { readFixtureFolder } from "../../../episodes/folders.ts";
import { replayRecording } from "../../../episodes/replay.ts";
import { defaultLimits } from "../../../episodes/simulator.ts";
import { importAgentDojoSuite } from "../../../interchange/agentdojo/suite.ts";
import { readAgentDojoRun } from "../../../interchange/formats/agentdojo.ts";
import { groundFor } from "../../../interchange/ground.ts";
import { parseMapping } from "../../../interchange/mapping.ts";
import { recordTranscript } from "../../../interchange/record.ts";
import { readRecording } from "../../../recordings/reader.ts";

const root = resolve(import.meta.dirname, "../../..");
const data = process.env["AGENTDOJO_DATA"] ?? join(root, "../shared/agentdojo");
const runs = join(data, "runs.jsonl.gz");
const isHere = existsSync(runs);
if (!isHere) console.log(`AgentDojo's recorded runs are not in ${data}: not compared.`);

test.runIf(isHere)(
  "every result and verdict of AgentDojo's recorded runs comes out again",
  async () => {
    const suite = importAgentDojoSuite(readFixtureFolder(join(data, "fixture")));
    const fixture = await loadFixture("workspace", suite);
    const settings = { cubicle: "test", limits: defaultLimits, mapping: parseMapping("") };
    const lines = gunzipSync(readFileSync(runs)).toString().trim().split("\n");
    const total = { calls: 0, opaque: 0, verdicts: 0, unverdicted: 0, replayed: 0 };
    const different: string[] = [];
    for (const [index, line] of lines.entries()) {
      for (const transcript of readAgentDojoRun(JSON.parse(line))) {
        const ground = groundFor(fixture, transcript);
        let text = "";
        const { calls, verdicts } = recordTranscript(transcript, ground, settings, (more) => {
          text += more;
        });
        total.calls += calls.equal;
        total.opaque += calls.opaque;
        total.verdicts += verdicts.equal;
        total.unverdicted += verdicts.equal + verdicts.unequal ? 0 : 1;
        if (calls.unequal || verdicts.unequal) different.push(transcript.name);
        if (index % 40) continue;
        const report = replayRecording(
          readRecording(Buffer.from(text)),
          ground.opened,
          ground.pack,
        );
        if (!report.equal) different.push(`${transcript.name} replayed`);
        total.replayed++;
      }
    }
    expect(different).toEqual([]);
    // Without a verdict: runs that broke off, and runs without an attacker's goal.
    expect(total).toEqual({
      calls: 2538,
      opaque: 0,
      verdicts: 1148,
      unverdicted: 80,
      replayed: 31,
    });
  },
);
