import { join } from "node:path";
import { expect } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import type { EndEvent } from "../../recordings/events.ts";
import type { RunRequest } from "../../episodes/simulator.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

/** Low enough that a hostile program is stopped soon, high enough for an honest one. */
export const limits = { burstMs: 300, memoryMb: 32 };

export function program(body: string): string {
  return `export async function agent({ system, task, definitions, model, tools, log }) {\n${body}\n}\n`;
}

export const request = `{ system: "", messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }] }`;

const engineWords =
  /call stack|Invalid (array|string) length|is not defined|Cannot (read|destructure|access)|Unexpected token|memory access|out of bounds|circular structure|serialize a BigInt|was disposed|timed out|allocation failed|is not a function|node:internal/i;

let usual: Buffer | undefined;

/** Bytes of the honest episode where nothing hostile ever ran. */
async function usualBytes(): Promise<Buffer> {
  if (!usual) {
    using bench = createBench();
    usual = (await bench.run({ agent: "script/honest" })).bytes;
  }
  return usual;
}

let written = 0;

export async function expectHonest(bench: Bench): Promise<void> {
  const file = join(bench.folder, `honest-${++written}.jsonl`);
  const { result, bytes } = await bench.run({ agent: "script/honest", file });
  expect(result).toMatchObject({ ending: "finished", code: null });
  expect(bytes.equals(await usualBytes())).toBe(true);
}

/** Runs a program and gives how it ended: `finished`, `limit`, or why it failed. */
export async function runGuest(
  bench: Bench,
  source: string,
  options: Partial<RunRequest> = {},
): Promise<{ outcome: string; end: EndEvent; lines: readonly string[]; file: string }> {
  const agent = bench.program(`guest-${++written}.ts`, source);
  const merged = { ...options, limits: { ...limits, ...options.limits } };
  const { result, bytes } = await bench.run({ ...merged, agent });
  const { end, lines } = readRecording(bytes);
  expect(end).toMatchObject({ ending: result.ending, code: result.code });
  const words = lines.slice(1).filter((line) => !line.startsWith('{"kind":"log"'));
  if (result.ending === "failed") expect(words.join("\n")).not.toMatch(engineWords);
  return { outcome: result.code ?? result.ending, end: end!, lines, file: result.file };
}
