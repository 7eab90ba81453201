import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { cubicle, sizeOf, start, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

/** Where every kill lands is chosen from here, so that a bad one can be had again. */
const SEED = 20260319;
const KILLS = 100;
const ALONE = 40;
const AT_A_TIME = 2;

const folder = createFolder();
const cwd = folder.path;
const agents = ["script/honest", "script/leaks", "script/plain", "./sixty.ts"];
const sixty = `export async function agent({ tools, log }) {
  for (let i = 0; i < 30; i++) {
    await tools.search_mail({ query: "relay" });
    await tools.write_file({ path: "/wren/notes-" + i + ".md", text: "x".repeat(100_000) });
    if (i % 10 === 0) await log("at", i);
  }
}\n`;

interface Usual {
  readonly agent: string;
  readonly bytes: Buffer;
  /** How long a run takes here. */
  readonly length: number;
}
const usual: Usual[] = [];

function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const runArgs = (agent: string, file: string) => ["run", "handover", "-a", agent, "-o", file];

beforeAll(async () => {
  writeFileSync(join(cwd, "sixty.ts"), sixty);
  for (const [index, agent] of agents.entries()) {
    const file = `usual-${index}.jsonl`;
    const began = performance.now();
    await succeed(runArgs(agent, file), { cwd });
    const length = performance.now() - began;
    usual.push({ agent, bytes: readFileSync(join(cwd, file)), length });
  }
});
afterAll(() => folder[Symbol.dispose]());

type Moment = "before" | "middle" | "after";

/** What is there once all is dead. */
function momentOf(path: string, { bytes }: Usual): Moment {
  if (!existsSync(path)) return "before";
  const left = readFileSync(path);
  expect(bytes.subarray(0, left.length).equals(left)).toBe(true);
  return left.length === bytes.length ? "after" : "middle";
}

/** Goes on as a user would: with what there is, or from the start. */
async function recover(agent: string, file: string, moment: Moment): Promise<void> {
  const resumed = await cubicle(["resume", file], { cwd });
  if (moment === "middle") expect(resumed).toMatchObject({ code: 0, stderr: "" });
  else expect(resumed).toMatchObject({ code: 2, stdout: "" });
  if (moment === "before") await succeed(runArgs(agent, file), { cwd });
  if (moment === "after") expect(resumed.stderr).toContain("There is nothing to resume");
}

async function pool(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...jobs];
  const hands = Array.from({ length: AT_A_TIME }, async () => {
    for (let job = left.shift(); job; job = left.shift()) await job();
  });
  await Promise.all(hands);
}

/** Waits for a moment anywhere in the run, or for one in its writing, which is soon over. */
async function waitFor(
  moment: { delay: number } | { size: number },
  path: string,
  ended: Promise<unknown>,
) {
  if ("delay" in moment) {
    await Promise.race([setTimeout(moment.delay), ended]);
    return;
  }
  let over = false;
  void ended.then(() => (over = true));
  while (!over && sizeOf(path) < moment.size) await setImmediate();
}

test(`kill -9 of the whole run at ${KILLS} random moments, then resume: the same bytes`, async () => {
  const random = createRandom(SEED);
  const counts: Record<Moment, number> = { before: 0, middle: 0, after: 0 };
  const jobs = Array.from({ length: KILLS }, (_, index) => {
    const run = usual[Math.floor(index / 2) % usual.length]!;
    const chance = random();
    const when =
      index % 2 ? { delay: chance * run.length * 1.2 } : { size: 1 + chance * run.bytes.length };
    return async () => {
      const file = `kill-${index}.jsonl`;
      const path = join(cwd, file);
      const { child, finished } = start(runArgs(run.agent, file), { cwd, detached: true });
      await waitFor(when, path, finished);
      try {
        process.kill(-child.pid!, "SIGKILL");
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe("ESRCH");
      }
      await finished;
      const moment = momentOf(path, run);
      counts[moment]++;
      await recover(run.agent, file, moment);
      const same = readFileSync(path).equals(run.bytes);
      expect({ index, when, moment, same }).toEqual({ index, when, moment, same: true });
      rmSync(path);
    };
  });
  await pool(jobs);
  process.stdout.write(`kills of the whole run: ${JSON.stringify(counts)}\n`);
  expect(counts.middle).toBeGreaterThan(0);
  // What killed runs leave behind is cleared away by the next one.
  await succeed(runArgs("script/leaks", "last.jsonl"), { cwd });
  expect(readdirSync(cwd).filter((name) => name.startsWith("."))).toEqual([]);
});

test(`kill -9 of the supervisor alone ${ALONE} times, resume at once: the same bytes`, async () => {
  const random = createRandom(SEED + 2);
  const counts: Record<Moment, number> = { before: 0, middle: 0, after: 0 };
  const jobs = Array.from({ length: ALONE }, (_, index) => async () => {
    const run = usual[index % usual.length]!;
    const file = `alone-${index}.jsonl`;
    const path = join(cwd, file);
    const { child, finished } = start(runArgs(run.agent, file), { cwd });
    const exited = new Promise((resolve) => child.on("exit", resolve));
    // The worker may be at it still when the resume starts: that is what is tried here.
    if (index % 2) await Promise.race([setTimeout(random() * run.length), exited]);
    else while (!existsSync(path) && child.exitCode === null) await setTimeout(1);
    child.kill("SIGKILL");
    await exited;
    const resumed = existsSync(path) ? await cubicle(["resume", file], { cwd }) : undefined;
    await finished;
    const said = resumed?.stderr ?? "";
    const moment: Moment = !resumed ? "before" : resumed.code === 0 ? "middle" : "after";
    counts[moment]++;
    if (moment === "before" && !existsSync(path)) await succeed(runArgs(run.agent, file), { cwd });
    const { end } = readRecording(readFileSync(path));
    if (!end) await succeed(["resume", file], { cwd });
    const same = readFileSync(path).equals(run.bytes);
    expect({ index, moment, said, same }).toEqual({ index, moment, said, same: true });
  });
  await pool(jobs);
  process.stdout.write(`kills of the supervisor: ${JSON.stringify(counts)}\n`);
});
