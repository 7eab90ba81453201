import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../episodes/simulator.ts";

/*
 * A process of its own: `node open-once.ts FIXTURE` prints how long it took from the fixture's folder
 * to the first event of an episode, and of a second one in the same worker, in milliseconds.
 */
const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
const agent = join(folder, "idle.ts");
writeFileSync(agent, "export async function idle() {}\n");
const simulator = createSimulator({ folder, slots: 8 });

async function untilFirstEvent(): Promise<number> {
  const start = performance.now();
  const episode = simulator.run({ fixture: process.argv[2]!, agent });
  let taken = 0;
  for await (const _ of episode) taken ||= performance.now() - start;
  return taken;
}

const opening = { first: await untilFirstEvent(), second: await untilFirstEvent() };
console.log(JSON.stringify(opening));
simulator.close();
rmSync(folder, { recursive: true, force: true });
