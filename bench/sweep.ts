import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../episodes/simulator.ts";
import { openFolderStore } from "../sweeps/folder-store.ts";
import { planCells, interleave } from "../sweeps/plan.ts";
import { createQueue } from "../sweeps/queue.ts";
import { runSweep } from "../sweeps/run-sweep.ts";
import { openStanding } from "../sweeps/standing.ts";
import { readSweepFile } from "../sweeps/sweep-file.ts";
import { collectGarbage, median, perSecond, report } from "./report.ts";
import { tenCallsProgram } from "./ten-calls.ts";

const WORKERS = 2;
/** `npm run bench sweep` with SWEEP=10000 for the full size. */
const EPISODES = Number(process.env["SWEEP"] ?? 1200);
const ROUNDS = EPISODES > 2000 ? 1 : 3;
const KILL_EVERY_MS = Number(process.env["KILL_MS"] ?? 0);

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
  using simulator = createSimulator({ folder, workers: WORKERS, slots: 400 });
  let next = 0;
  const lane = async () => {
    while (next < EPISODES) {
      const seed = ++next;
      const file = join(folder, String(seed % 4), `${seed}.jsonl`);
      await simulator.run({ fixture: "handover", agent, seed, watch: false, file }).result;
    }
  };
  return await perSecond(EPISODES, async () => {
    await Promise.all(Array.from({ length: 16 * WORKERS }, lane));
  });
}

async function sweep(folder: string, beside: string): Promise<number> {
  const path = join(beside, "sweep.yaml");
  writeFileSync(
    path,
    `{sweep: 1, title: Bench, fixtures: [handover], conditions: {goal: all, urgency: all}, agents: [./ten-calls.ts], samples: ${EPISODES / 4}}`,
  );
  const file = readSweepFile(path);
  using simulator = createSimulator({ folder, workers: WORKERS, slots: 400, atOnce: 16 });
  const { cells } = await planCells(file, simulator, {});
  const memory: number[] = [];
  let store: ReturnType<typeof openFolderStore> | undefined;
  const rate = await perSecond(EPISODES, async () => {
    const { mkdirSync } = await import("node:fs");
    mkdirSync(folder);
    store = openFolderStore(folder);
    const standing = openStanding(file, cells);
    const killer = KILL_EVERY_MS ? setInterval(() => killOne(simulator), KILL_EVERY_MS) : undefined;
    const { lost } = await runSweep({
      budget: {},
      folder,
      simulator,
      store,
      standing,
      queue: createQueue(interleave(cells, EPISODES / 4, 1)),
      atOnce: 16 * WORKERS,
      clock: () => performance.now(),
      signal: new AbortController().signal,
      kept: () => {
        if (standing.episodes % Math.ceil(EPISODES / 10)) return;
        collectGarbage();
        memory.push(Math.round(process.memoryUsage().rss / 1e6));
      },
    });
    clearInterval(killer);
    if (lost || standing.errored) throw new Error(`${lost} lost, ${standing.errored} failed`);
  });
  const kept = readdirSync(folder, { recursive: true }).filter((name) =>
    String(name).endsWith(".zst"),
  );
  if (kept.length !== EPISODES || store?.find().length !== EPISODES)
    throw new Error("some are missing");
  const digests = store.find().map(({ path, digest }) => `${path} ${digest}`);
  store[Symbol.dispose]();
  const { hash } = await import("node:crypto");
  console.log(
    `  all digests: ${hash("sha256", digests.join("\n")).slice(0, 16)}; MB of the supervisor: ${memory.join(" ")} (median ${median(memory)})`,
  );
  return rate;
}

let turn = 0;
function killOne({ workerPids }: { readonly workerPids: readonly number[] }): void {
  const pid = workerPids[turn++ % Math.max(1, workerPids.length)];
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}
