import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../episodes/simulator.ts";
import type { Simulator } from "../episodes/simulator.ts";
import { openFolderStore } from "../sweeps/folder-store.ts";
import { interleave, planCells } from "../sweeps/plan.ts";
import { createQueue } from "../sweeps/queue.ts";
import { runSweep } from "../sweeps/run-sweep.ts";
import { openStanding } from "../sweeps/standing.ts";
import { readSweepFile } from "../sweeps/sweep-file.ts";
import { collectGarbage, perSecond, report } from "./report.ts";
import { tenCallsProgram } from "./ten-calls.ts";

const WORKERS = 2;
const AT_ONCE = 16 * WORKERS;
const SLOTS = 400;
const EPISODES = Number(process.env["SWEEP"] ?? 1200);
/** Of the baseline, which is the same however many there are. */
const ONLY_RUN = Math.min(EPISODES, 1200);
const ROUNDS = EPISODES > ONLY_RUN ? 1 : 3;
const KILL_MS = Number(process.env["KILL_MS"] ?? 0);

/** A sweep with everything on (judged, packed, indexed) against the same episodes only run. */
export async function benchSweep(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  try {
    const agent = join(folder, "ten-calls.ts");
    writeFileSync(agent, tenCallsProgram);
    const [swept, only]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      only.push(await onlyRun(join(folder, `only-${round}`), agent));
      swept.push(await sweep(join(folder, `swept-${round}`), folder));
    }
    report({
      name: `an episode of a sweep of ${EPISODES}: run, judged, packed, indexed (${WORKERS} workers)`,
      values: swept,
      unit: "episodes/s",
      bar: "120 or more",
      baseline: { name: "only run and recorded", values: only },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onlyRun(folder: string, agent: string): Promise<number> {
  using simulator = createSimulator({ folder, workers: WORKERS, slots: SLOTS });
  let next = 0;
  const lane = async () => {
    while (next < ONLY_RUN) {
      const seed = ++next;
      const file = join(folder, String(seed % 4), `${seed}.jsonl`);
      await simulator.run({ fixture: "handover", agent, seed, watch: false, file }).result;
    }
  };
  return await perSecond(ONLY_RUN, async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  });
}

async function sweep(folder: string, beside: string): Promise<number> {
  const path = join(beside, "sweep.yaml");
  const samples = EPISODES / 4;
  writeFileSync(
    path,
    `{sweep: 1, title: Bench, fixtures: [handover], conditions: {goal: all, urgency: all}, agents: [./ten-calls.ts], samples: ${samples}}`,
  );
  const file = readSweepFile(path);
  using simulator = createSimulator({ folder, workers: WORKERS, slots: SLOTS, atOnce: 16 });
  const { cells } = await planCells(file, simulator, {});
  mkdirSync(folder);
  using store = openFolderStore(folder);
  const standing = openStanding(file);
  const memory: number[] = [];
  const killer = openKiller(simulator);
  const rate = await perSecond(EPISODES, async () => {
    const { lost } = await runSweep({
      budget: {},
      panel: null,
      probes: [],
      folder,
      simulator,
      store,
      standing,
      queue: createQueue(interleave(cells, samples, 1)),
      atOnce: AT_ONCE,
      clock: () => performance.now(),
      signal: new AbortController().signal,
      kept: () => {
        if (standing.episodes % Math.ceil(EPISODES / 10)) return;
        collectGarbage();
        memory.push(Math.round(process.memoryUsage().rss / 1e6));
      },
    });
    if (lost || standing.errored) throw new Error(`${lost} lost, ${standing.errored} failed`);
  });
  const kills = killer.stop();
  const runs = store.find();
  if (runs.length !== EPISODES) throw new Error(`${EPISODES - runs.length} are missing`);
  const all = hash("sha256", runs.map(({ path, digest }) => `${path} ${digest}`).join("\n"));
  console.log(
    `  digest of all digests ${all.slice(0, 16)}${KILL_MS ? `, ${kills} workers killed` : ""}`,
  );
  console.log(`  the sweep's process, at each tenth: ${memory.join(" ")} MB`);
  return rate;
}

/** Kills the worker that has lived longest, again and again, if that is asked. */
function openKiller(simulator: Simulator): { stop(): number } {
  let kills = 0;
  const kill = () => {
    const [pid] = simulator.workerPids;
    if (pid === undefined) return;
    kills++;
    process.kill(pid, "SIGKILL");
  };
  const timer = KILL_MS ? setInterval(kill, KILL_MS) : undefined;
  return { stop: () => (clearInterval(timer), kills) };
}
