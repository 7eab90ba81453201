import type { Sampling } from "../recordings/served.ts";

/** What makes an agent another one. */
export interface ArmParts {
  readonly name: string;
  readonly program: { readonly name: string };
  readonly sampling?: Sampling;
}

/** The program that plays a model unless told otherwise. */
const USUAL = "tool-loop.ts";

/**
 * One name for an agent with its program and settings: `anthropic/MODEL`, `anthropic/MODEL scratchpad
 * effort=high`.
 */
export function armOf({ name, program, sampling = {} }: ArmParts): string {
  const isOwn =
    program.name === USUAL || name.split(" ")[0]!.includes(program.name.replace(/\.[jt]s$/, ""));
  const settings = Object.entries(sampling).map(([key, value]) => `${key}=${value}`);
  return [
    name,
    ...(isOwn ? [] : [program.name.replace(/\.[jt]s$/, "")]),
    ...settings.toSorted(),
  ].join(" ");
}
