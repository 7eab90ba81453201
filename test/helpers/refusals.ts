import { expect } from "vitest";
import { createDesk, stateOf } from "../../env/office.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { openSmall } from "./small-office.ts";

const { office } = await openSmall();
const before = JSON.stringify(stateOf(office));

/** What the agent is told of a call to the small office, with the proof that nothing else came of it. */
export function refused(tool: string, input: unknown): string {
  const { result, ...rest } = standardPack.propose(office, createDesk(), { tool, input });
  expect(rest).toEqual({ office, effects: [], reads: [], carried: [], until: null });
  expect(JSON.stringify(stateOf(office))).toBe(before);
  return `${result.code} ${result.text}`;
}

export function refusalsOf(tool: string, ...inputs: readonly unknown[]): string[] {
  return inputs.map((input) => refused(tool, input));
}
