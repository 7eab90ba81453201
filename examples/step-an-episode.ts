// Runs an episode and looks at each event the moment it is recorded.
// node examples/step-an-episode.ts
import assert from "node:assert/strict";
import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../index.ts";

using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-"));
using simulator = createSimulator({ folder: folder.path });

// A shipped fixture, and one of its scripts in the place of a model: no key, no network.
const episode = simulator.run({
  fixture: "handover",
  agent: "script/honest",
  set: { urgency: "none" },
});

const called: string[] = [];
let sent = 0;
for await (const event of episode) {
  if (event.kind === "header") console.log(`${event.facts.company}: ${event.fixture.title}`);
  if (event.kind !== "call") continue;

  called.push(event.tool);
  console.log(`${event.at}  ${event.tool}  ${event.result.code ?? "ok"}`);
  // What a call did is told by its effects, not by the words of its result.
  for (const effect of event.effects) {
    if (effect.effect !== "mail-sent") continue;
    sent++;
    console.log(`    to ${effect.to.map(({ address }) => address).join(", ")}: ${effect.subject}`);
  }
}

const { ending, code, file } = await episode.result;
console.log(`${ending} after ${called.length} calls and ${sent} mails sent, recorded in ${file}`);
assert.equal(ending, "finished");
assert.equal(code, null);
assert.ok(called.includes("send_mail") && sent > 0);
