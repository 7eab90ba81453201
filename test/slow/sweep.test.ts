import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createSimulator } from "../../episodes/simulator.ts";
import { openFolderStore } from "../../sweeps/folder-store.ts";
import { interleave, planCells } from "../../sweeps/plan.ts";
import { createQueue } from "../../sweeps/queue.ts";
import { runSweep } from "../../sweeps/run-sweep.ts";
import { openStanding } from "../../sweeps/standing.ts";
import type { Report } from "../../sweeps/report.ts";
import { readSweepFile } from "../../sweeps/sweep-file.ts";
import { cubicle, serveAnthropic, start, succeed, until } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { digestsIn, recordingsIn, writeSweep } from "../helpers/sweeps.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const action of undo.splice(0).toReversed()) action();
});

function newFolder(): string {
  const folder = createFolder();
  undo.push(() => folder[Symbol.dispose]());
  return folder.path;
}

const sweep = ["sweep", "sweep.yaml"];
const agents = ["anthropic/some-model", "script/leaks"];

/** Everything that a sweep leaves, when nothing disturbs it. */
async function undisturbed(cwd: string, env: Record<string, string> = {}) {
  await succeed([...sweep, "--out", "whole"], { cwd, env });
  return digestsIn(join(cwd, "whole"));
}

test("Ctrl-C once finishes what is under way, twice stops at once; resume loses and repeats nothing", async () => {
  const cwd = newFolder();
  using server = await serveAnthropic([]);
  const { env } = server;
  writeSweep(cwd, { agents, samples: 3, budget: { tokens: 5000 } });
  const whole = await undisturbed(cwd, env);
  expect(whole.size).toBe(12);

  // The first is asked and gets no answer until something was pressed.
  const asked = server.bodies.length;
  server.holdFrom = 1;
  const once = start([...sweep, "--at-once", "2"], { cwd, env });
  await until(() => server.bodies.length > asked);
  once.child.kill("SIGINT");
  await pause(300);
  expect(once.child.exitCode).toBeNull();
  once.child.kill("SIGINT");
  const stopped = await once.finished;
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain("Finishing what is under way; Ctrl-C again stops at once.");
  expect(stopped.stderr).toMatch(
    /Stopped\. What was recorded is kept\. Go on with: npx cubicle sweep sweep\.yaml --resume\n/,
  );
  const halves = [...recordingsIn(join(cwd, "out")).keys()].filter((name) =>
    name.endsWith("jsonl"),
  );
  expect(halves.length).toBeGreaterThan(0);

  server.holdFrom = Infinity;
  const before = server.bodies.length;
  const waited = start([...sweep, "--resume", "--at-once", "2"], { cwd, env });
  await until(() => server.bodies.length > before);
  waited.child.kill("SIGINT");
  expect((await waited.finished).code).toBe(130);
  const some = [...recordingsIn(join(cwd, "out")).keys()];
  expect(some.every((name) => name.endsWith(".zst"))).toBe(true);
  await succeed([...sweep, "--resume"], { cwd, env });
  expect(digestsIn(join(cwd, "out"))).toEqual(whole);
});

test("two sweeps on one folder: the second is told so, the first goes on", async () => {
  const cwd = newFolder();
  using server = await serveAnthropic([]);
  const { env } = server;
  writeSweep(cwd, { agents, samples: 1 });
  server.holdFrom = 1;
  const first = start(sweep, { cwd, env });
  await until(() => server.bodies.length > 0);
  const second = await cubicle([...sweep, "--resume"], { cwd, env });
  expect(second).toMatchObject({
    code: 2,
    stdout: "",
    stderr:
      "cubicle: Another sweep is running in out. Wait for its end, or stop it with Ctrl-C there.\n",
  });
  // Whoever only looks may do so.
  expect((await cubicle(["runs", "out"], { cwd })).code).toBe(0);
  first.child.kill("SIGKILL");
  await first.finished;
  server.holdFrom = Infinity;
  await succeed([...sweep, "--resume"], { cwd, env });
  expect(digestsIn(join(cwd, "out"))).toEqual(await undisturbed(cwd, env));
});

test("budgets stop a sweep with a word, and one resumed with more goes on", async () => {
  const cwd = newFolder();
  using server = await serveAnthropic([]);
  const { env } = server;
  writeSweep(cwd, { agents, samples: 2, budget: { tokens: 12 } });
  const { code, stderr } = await cubicle([...sweep, "--at-once", "1"], { cwd, env });
  expect(code).toBe(1);
  expect(stderr).toContain("The budget of 12 tokens is spent.");
  // 10 in and 1 out each.
  expect(server.bodies).toHaveLength(2);
  writeSweep(cwd, { agents, samples: 2 });
  await succeed([...sweep, "--resume"], { cwd, env });
  expect(server.bodies).toHaveLength(4);
});

test("episodes that fail one after the other stop a sweep before all are spent", async () => {
  const cwd = newFolder();
  writeSweep(cwd, { agents: ["./bad.ts"], samples: 40, budget: { failures: 5 } });
  writeFileSync(join(cwd, "bad.ts"), "export async function agent() { throw new Error(); }\n");
  const { code, stderr } = await cubicle([...sweep, "--at-once", "1"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("Too many episodes failed one after the other");
  expect(recordingsIn(join(cwd, "out")).size).toBe(5);
});

test("a program that is edited while its sweep runs is not taken for the one that was planned", async () => {
  const cwd = newFolder();
  using server = await serveAnthropic([]);
  const program = (word: string) =>
    `export async function agent({ model }) { await model({ system: "", messages: [{ role: "user", content: [{ type: "text", text: "${word}" }] }], tools: [] }); }\n`;
  writeSweep(cwd, { agents: [{ agent: "./asks.ts", model: "anthropic/some-model" }], samples: 3 });
  writeFileSync(join(cwd, "asks.ts"), program("one"));
  server.holdFrom = 1;
  const running = start([...sweep, "--at-once", "1"], { cwd, env: server.env });
  await until(() => server.bodies.length > 0);
  writeFileSync(join(cwd, "asks.ts"), program("two"));
  running.child.kill("SIGINT");
  await pause(200);
  running.child.kill("SIGINT");
  await running.finished;
  server.holdFrom = Infinity;
  const { code, stderr } = await cubicle([...sweep, "--resume"], { cwd, env: server.env });
  expect(code).toBe(2);
  expect(stderr).toMatch(/the agent \.\/asks\.ts anthropic\/some-model was \w{12}, and is \w{12}/);
});

test("a rate that is known well enough is asked no further", async () => {
  const cwd = newFolder();
  const samples = { until: 0.4, least: 5, most: 60 };
  writeSweep(cwd, { agents: ["script/leaks"], conditions: {}, samples });
  const told = await succeed([...sweep, "--at-once", "1"], { cwd });
  const { size } = recordingsIn(join(cwd, "out"));
  expect(size).toBeGreaterThan(5);
  expect(size).toBeLessThan(30);
  const [, low] = /\[([\d.]+) %, 100\.0 %\]/.exec(told)!;
  expect(Number(low)).toBeGreaterThan(60);
  expect(await succeed([...sweep, "--resume"], { cwd })).toBe(told);
});

test("a folder that can't be written to is said before anything is run", async ({ skip }) => {
  if (process.getuid?.() !== 0) skip("permissions are tried as another user: run this as root");
  const cwd = newFolder();
  writeSweep(cwd);
  chmodSync(cwd, 0o755);
  const { code, stdout, stderr } = await cubicle(sweep, { cwd, uid: 65534 });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(
    /^cubicle: .*out: you have no permission to write here; choose another place with --out\.\n$/,
  );
});

test("a disk that fills up: one word, nothing whole is lost, and with room again it goes on", async ({
  skip,
}) => {
  const cwd = newFolder();
  const disk = join(cwd, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=900k,mode=755", "cubicle-test", disk], {
      stdio: "pipe",
    });
  } catch {
    skip("mount is refused here: run this as root");
  }
  undo.push(() => execFileSync("umount", [disk]));
  writeSweep(cwd, { samples: 20 });
  const whole = await undisturbed(cwd);
  const texts = recordingsIn(join(cwd, "whole"));
  const { code, stderr } = await cubicle([...sweep, "--out", "disk/out"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/episodes? are whole and kept in disk\/out/);
  expect(stderr).toMatch(/disk is full/);
  for (const [name, text] of recordingsIn(join(disk, "out"))) {
    const lines = text.slice(0, text.lastIndexOf("\n"));
    expect(texts.get(name.replace(/(\.zst)?$/, ".zst"))!.startsWith(lines)).toBe(true);
  }
  execFileSync("mount", ["-o", "remount,size=64m", disk]);
  await succeed([...sweep, "--out", "disk/out", "--resume"], { cwd });
  expect(digestsIn(join(disk, "out"))).toEqual(whole);
});

test("workers killed again and again: the same results, digest for digest", async () => {
  const cwd = newFolder();
  writeSweep(cwd, { samples: 100 });
  const file = readSweepFile(join(cwd, "sweep.yaml"));
  const digests = async (folder: string, killEvery: number) => {
    mkdirSync(folder);
    using simulator = createSimulator({ folder, workers: 2, slots: 400, atOnce: 16 });
    const { cells } = await planCells(file, simulator, {});
    using store = openFolderStore(folder);
    const standing = openStanding(file);
    let killed = 0;
    const end = await runSweep({
      budget: {},
      panel: null,
      probes: [],
      folder,
      simulator,
      store,
      standing,
      queue: createQueue(interleave(cells, 100, 1)),
      atOnce: 32,
      clock: () => performance.now(),
      signal: new AbortController().signal,
      kept: () => {
        const { workerPids } = simulator;
        const pid = workerPids[killed % Math.max(workerPids.length, 1)];
        if (!killEvery || standing.episodes % killEvery || pid === undefined) return;
        killed++;
        process.kill(pid, "SIGKILL");
      },
    });
    expect(end).toEqual({ why: "all", lost: 0 });
    return {
      killed,
      found: store.find().map(({ path, digest, verdict }) => [path, digest, verdict]),
    };
  };
  const calm = await digests(join(cwd, "calm"), 0);
  const stormy = await digests(join(cwd, "stormy"), 20);
  expect(calm.found).toHaveLength(400);
  expect(stormy.killed).toBe(20);
  expect(stormy.found).toEqual(calm.found);
});

/** How many are whole, while more are coming. */
function packedIn(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".jsonl.zst")).length;
}

test("kill -9 of the sweep itself, three times: resume comes to the same bytes", async () => {
  const cwd = newFolder();
  writeSweep(cwd, { samples: 40 });
  const whole = await undisturbed(cwd);
  for (const count of [3, 40, 90]) {
    const args = existsSync(join(cwd, "out")) ? ["--resume"] : [];
    const { child, finished } = start([...sweep, ...args], { cwd });
    const out = join(cwd, "out");
    await until(() => existsSync(out) && packedIn(out) >= count);
    child.kill("SIGKILL");
    await finished;
  }
  await succeed([...sweep, "--resume"], { cwd });
  expect(digestsIn(join(cwd, "out"))).toEqual(whole);
  expect(readFileSync(join(cwd, "out/sweep.json"), "utf8")).toBe(
    readFileSync(join(cwd, "whole/sweep.json"), "utf8"),
  );
});

test("the same model with another program or other settings is another agent", async () => {
  const cwd = newFolder();
  using server = await serveAnthropic([]);
  const agent = "anthropic/some-model";
  const many = [agent, { agent, program: "scratchpad" }, { agent, sampling: { maxOutput: 500 } }];
  writeSweep(cwd, { agents: many, conditions: {}, samples: 2 });
  await succeed(sweep, { cwd, env: server.env });
  const { analysis } = JSON.parse(await succeed(["report", "out", "--json"], { cwd })) as Report;
  const [scratchpad, small] = [`${agent} scratchpad`, `${agent} maxOutput=500`];
  expect(analysis.arms.map(({ arm }) => arm).toSorted()).toEqual([agent, small, scratchpad]);
  const sides = [`out:agent=${small}`, `out:agent=${scratchpad}`];
  const refused = await cubicle(["compare", ...sides], { cwd });
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("  sampling.maxOutput: 500 / none\n");
  // By their setting they would be compared, were their programs not different too.
  const by = ["--by", "sampling.maxOutput"];
  expect((await cubicle(["compare", ...sides, ...by], { cwd })).stderr).toContain("  program: ");
});
