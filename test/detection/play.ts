import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readFileSync } from "node:fs";
import { createSimulator } from "../../episodes/simulator.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Recording } from "../../recordings/reader.ts";
import { fixtureOf } from "./cases.ts";
import type { Case } from "./cases.ts";

export interface Played {
  readonly case: Case;
  /** Undefined where the case is no fixture: `problem` says why. */
  readonly recording?: Recording;
  readonly problem?: string;
}

const AT_ONCE = 8;

/** Plays cases, each in an episode of its own, and hands over their recordings in order. */
export async function* play(cases: readonly Case[]): AsyncGenerator<Played> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-cases-"));
  const simulator = createSimulator({ folder, env: {} });
  const start = (one: Case, index: number) => playOne(simulator, join(folder, String(index)), one);
  try {
    const ahead = cases.slice(0, AT_ONCE).map(start);
    for (let index = AT_ONCE; ahead.length > 0; index++) {
      yield await ahead.shift()!;
      const next = cases[index];
      if (next) ahead.push(start(next, index));
    }
  } finally {
    simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plays cases, each into a file of its own. */
export async function playTo(cases: readonly Case[], fileOf: (one: Case) => string): Promise<void> {
  const files = new Map(cases.map((one) => [one, fileOf(one)]));
  for await (const { case: one, recording, problem } of play(cases)) {
    if (recording) writeFileSync(files.get(one)!, `${recording.lines.join("\n")}\n`);
    else console.error(`${one.key}: ${problem ?? ""}`);
  }
}

async function playOne(
  simulator: ReturnType<typeof createSimulator>,
  folder: string,
  one: Case,
): Promise<Played> {
  try {
    for (const [path, text] of fixtureOf(one)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const file = `${folder}.jsonl`;
    const { result } = simulator.run({ fixture: folder, agent: "script/case", file, watch: false });
    await result;
    return { case: one, recording: readRecording(readFileSync(file)) };
  } catch (error) {
    return { case: one, problem: error instanceof Error ? error.message : String(error) };
  }
}
