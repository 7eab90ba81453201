import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paneNames } from "../episodes/panes.ts";
import { createSimulator } from "../episodes/simulator.ts";
import type { History } from "../episodes/inquiries.ts";
import { readRecording } from "../recordings/reader.ts";
import { actAt } from "./large-office-stepping.ts";
import { report } from "./report.ts";

const CALLS = 510;
const TARGET = 500;
const STEPS = 21;
const OPENINGS = 3;
/** What a terminal has room for. */
const WINDOW = { from: 0, count: 50, search: "" };

/** An agent that makes as many calls as it is told, the same ones each time. */
const program = `const calls = ${JSON.stringify(Array.from({ length: CALLS }, (_, call) => actAt(call)))};
export async function agent({ tools }) {
  for (const [tool, input] of calls) await tools[tool](input);
}
`;

/** Stepping and forking at call 500 of the large office, as whoever uses the package does it. */
export async function benchHistory(fixture: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const agent = join(folder, "agent.ts");
  writeFileSync(agent, program);
  using simulator = createSimulator({ folder });
  const { file } = await simulator.run({ fixture, agent, watch: false }).result;
  const opening: number[] = [];
  let history: History | undefined;
  for (let round = 0; round < OPENINGS; round++) {
    history?.close();
    const start = performance.now();
    history = await simulator.history(file, { fixture });
    opening.push(performance.now() - start);
  }
  const { report: replayed } = history!;
  if (!replayed.equal || replayed.calls.equal !== CALLS) throw new Error("not the same office");
  const places = readRecording(readFileSync(file)).events.flatMap(({ kind, seq }) =>
    kind === "call" ? [seq] : [],
  );
  const steps: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    // Back and forth, ever further, so that each place is a new one.
    const call = TARGET + (step % 2 ? -1 : 1) * Math.ceil(step / 2);
    const place = places[call - 1]!;
    steps.push(
      await timed(() => Promise.all(paneNames.map((pane) => history!.look(place, pane, WINDOW)))),
    );
  }
  const baseline = { name: "executed again from the start", values: opening };
  report({
    name: `a step back or forth about call ${TARGET} of the large office, its five panes seen`,
    values: steps,
    unit: "ms",
    bar: "10 or less",
    baseline,
  });
  history!.close();
  const forks: number[] = [];
  for (let round = 0; round < OPENINGS; round++) {
    const fork = simulator.fork(file, { at: TARGET, fixture, watch: false });
    forks.push(await timed(() => fork.result));
  }
  report({
    name: `a fork at call ${TARGET} to its end at call ${CALLS}, its program caught up, recorded`,
    values: forks,
    unit: "ms",
    bar: "none",
    baseline,
  });
  rmSync(folder, { recursive: true, force: true });
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
