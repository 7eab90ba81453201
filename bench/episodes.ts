import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../episodes/simulator.ts";
import { perSecond, report } from "./report.ts";
import { tenCallsProgram } from "./ten-calls.ts";

const WORKERS = 2;
const EPISODES = 1000;
const ROUNDS = 3;

/** Episodes of ten calls, sandboxed and recorded to files, against the bare bridge. */
export async function benchEpisodes(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const agent = join(folder, "ten-calls.ts");
  writeFileSync(agent, tenCallsProgram);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareBridge());
    ours.push(await simulated(folder, agent, round));
  }
  rmSync(folder, { recursive: true, force: true });
  report({
    name: `an episode of ten calls, sandboxed, recorded (${WORKERS} workers)`,
    values: ours,
    unit: "episodes/s",
    bar: "200 or more",
    baseline: { name: "bare bridge", values: bare },
  });
}

async function simulated(folder: string, agent: string, round: number): Promise<number> {
  using simulator = createSimulator({ folder, workers: WORKERS, slots: 256 });
  const run = (seed: number) =>
    simulator.run({
      fixture: "handover",
      agent,
      seed,
      watch: false,
      file: join(folder, `${round}-${seed}.jsonl`),
    }).result;
  await Promise.all(Array.from({ length: 40 }, (_, index) => run(EPISODES + index)));
  return await perSecond(EPISODES, async () => {
    const results = await Promise.all(Array.from({ length: EPISODES }, (_, seed) => run(seed)));
    const lost = results.filter(({ ending }) => ending !== "finished").length;
    if (lost) throw new Error(`${lost} episodes did not finish`);
  });
}

async function bareBridge(): Promise<number> {
  const children = Array.from({ length: WORKERS }, () =>
    fork(join(import.meta.dirname, "bare-worker.ts"), { execArgv: ["--no-node-snapshot"] }),
  );
  const each = async (count: number) => {
    await Promise.all(
      children.map(async (child) => {
        child.send(count);
        await once(child, "message");
      }),
    );
  };
  await each(20);
  const rate = await perSecond(EPISODES, () => each(EPISODES / WORKERS));
  for (const child of children) child.disconnect();
  return rate;
}
