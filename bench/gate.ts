import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFixture } from "../env/fixture/load.ts";
import { openFixture } from "../env/fixture/open.ts";
import { chooseCondition } from "../env/fixture/condition.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { createDesk } from "../env/office.ts";
import { findFixture } from "../episodes/fixtures.ts";
import { createGate } from "../episodes/gate.ts";
import { createHeader } from "../episodes/header.ts";
import { createLedger } from "../episodes/ledger.ts";
import { defaultLimits } from "../episodes/simulator.ts";
import { createWriter } from "../recordings/recorder.ts";
import { standardPack } from "../tools/standard/pack.ts";
import { median, report } from "./report.ts";
import { tenCalls } from "./ten-calls.ts";

const EPISODES = 3000;
const ROUNDS = 5;

/** What the gate costs over the tool it guards: commit, items, digest, a line in a real file, time. */
export async function benchGate(): Promise<void> {
  const source = findFixture("handover");
  const fixture = await loadFixture(source.name, source.files);
  const opened = openFixture(fixture, chooseCondition(fixture, {}));
  gated(opened);
  bare(opened);
  const over: number[] = [];
  const tools: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const tool = bare(opened);
    over.push(gated(opened) - tool);
    tools.push(tool);
  }
  report({
    name: "the gate over the bare tool, median of ten kinds of call",
    values: over,
    unit: "µs a call",
    bar: "30 or less",
    baseline: { name: "the bare tool", values: tools },
  });
}

/** Median over the ten kinds of call of each kind's median, in microseconds. */
function timed(play: (time: (index: number, action: () => void) => void) => void): number {
  const taken: number[][] = tenCalls.map(() => []);
  for (let episode = 0; episode < EPISODES; episode++) {
    play((index, action) => {
      const start = process.hrtime.bigint();
      action();
      taken[index]!.push(Number(process.hrtime.bigint() - start) / 1000);
    });
  }
  return median(taken.map(median));
}

function bare({ office }: OpenFixture): number {
  return timed((time) => {
    const desk = createDesk();
    let now = office;
    for (const [index, [tool, input]] of tenCalls.entries()) {
      time(index, () => {
        now = standardPack.propose(now, desk, { tool, input }).office;
      });
    }
  });
}

function gated(opened: OpenFixture): number {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const file = openSync(join(folder, "recording.jsonl"), "a");
  const header = createHeader(opened, standardPack, {
    cubicle: "bench",
    condition: opened.condition,
    seed: 1,
    agent: { name: "bench", program: { name: "bench", source: "" } },
    limits: defaultLimits,
    lineage: { parent: null, intervened: false },
  });
  const result = timed((time) => {
    const recorder = createWriter(header, [], (lines) => writeSync(file, lines));
    const gate = createGate({
      ...opened,
      pack: standardPack,
      ledger: createLedger(recorder, header.system),
    });
    recorder.flush();
    for (const [index, [tool, input]] of tenCalls.entries()) {
      time(index, () => gate.call({ tool, input }, null));
    }
  });
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return result;
}
