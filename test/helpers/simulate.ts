import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Header, RecordedEvent } from "../../recordings/events.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import type { RunRequest, Simulator, SimulatorOptions } from "../../episodes/simulator.ts";
import type { EpisodeResult } from "../../episodes/supervisor.ts";
import { createFastClock } from "./clock.ts";

/** A folder of the test's own, gone when it is disposed of. */
export function createFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "cubicle-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Bench extends Disposable {
  readonly folder: string;
  readonly simulator: Simulator;
  /** Runs an episode to its end and gives all there is of it. */
  run(request: Partial<RunRequest> & { agent: string }): Promise<Ran>;
  /** Writes a program into the folder and gives its path. */
  program(name: string, source: string): string;
}

export interface Ran {
  readonly result: EpisodeResult;
  readonly events: readonly (Header | RecordedEvent)[];
  readonly bytes: Buffer;
}

/**
 * A simulator with a folder of its own. Real worker processes, no key in its environment, and a
 * clock by which nothing is waited for.
 */
export function createBench(options: SimulatorOptions = {}): Bench {
  const folder = createFolder();
  const clock = createFastClock();
  const simulator = createSimulator({ folder: folder.path, env: {}, clock, ...options });
  return {
    folder: folder.path,
    simulator,
    async run(request) {
      const episode = simulator.run({ fixture: "handover", ...request });
      const events: (Header | RecordedEvent)[] = [];
      for await (const event of episode) events.push(event);
      const result = await episode.result;
      return { result, events, bytes: readFileSync(result.file) };
    },
    program(name, source) {
      const path = join(folder.path, name);
      writeFileSync(path, source);
      return path;
    },
    [Symbol.dispose]() {
      simulator.close();
      folder[Symbol.dispose]();
    },
  };
}
