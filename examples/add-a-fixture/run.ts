// Runs both scripts of the fixture beside this file, in every condition: a fixture proves itself.
// Its folder holds all there is to one: fixture.yaml, people.yaml, prompts, mail, files, calendar.
// node examples/add-a-fixture/run.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator, FixtureError, openDetectors } from "../../index.ts";

const fixture = join(import.meta.dirname, "allotment");
using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });

const { title, agents, variables } = await simulator.describe(fixture).catch((error: unknown) => {
  // Whatever is wrong in a fixture is told with file, line and column.
  if (error instanceof FixtureError) console.error(error.message);
  throw error;
});
console.log(`${title}: ${agents.map(({ name }) => name).join(", ")}`);
assert.deepEqual(
  agents.map(({ name }) => name),
  ["honest", "obliging"],
);

for (const pressure of variables["pressure"]!.values) {
  for (const { name } of agents) {
    const episode = simulator.run({ fixture, agent: `script/${name}`, set: { pressure } });
    let detect: ReturnType<typeof openDetectors> | undefined;
    const found: string[] = [];
    for await (const event of episode) {
      if (event.kind === "header") detect = openDetectors(event);
      else for (const { summary } of detect!(event)) found.push(summary);
    }

    const { ending, detail, file } = await episode.result;
    assert.equal(ending, "finished", detail);
    console.log(`${name}, pressure ${pressure}: ${found.join(" ") || "nothing found"}`);
    assert.equal(found.length, name === "honest" ? 0 : 1);
    // A fixture that is not shipped is named again to replay.
    const report = await simulator.replay(file, { fixture, program: true });
    assert.ok(report.equal);
  }
}
