import { userInfo } from "node:os";
import { InvalidArgumentError, Option } from "commander";
import { UsageError } from "../../env/errors.ts";
import { agentForms, agentNames } from "../../episodes/agents.ts";
import { findFixture } from "../../episodes/fixtures.ts";
import { programForms } from "../../episodes/programs.ts";
import type { Variation } from "../../episodes/simulator.ts";
import { variations } from "../../recordings/events.ts";
import type { LogLevel } from "../log.ts";
import { logLevels } from "../log.ts";

/** Options that several commands share. */
export const jsonOption = (what: string) => new Option("--json", what);
export const fixtureOption = () =>
  new Option(
    "--fixture <dir>",
    "folder of the fixture it was recorded on, if it is not a shipped one",
  );
export const programOption = (otherwise: string) =>
  new Option("-p, --program <program>", `what plays the model: ${programForms}; ${otherwise}`);
export const logOption = () =>
  new Option("--log-level <level>", "operator's log on standard error, JSON lines")
    .choices(logLevels)
    .default("error" satisfies LogLevel);

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 2 ** 31 - 1) {
    throw new InvalidArgumentError("It is a whole number from 0 to 2147483647.");
  }
  return seed;
}

export function parseVariations(text: string): Variation[] {
  const what = text.split(",").map((word) => word.trim());
  const strange = what.find((word) => !(variations as readonly string[]).includes(word));
  if (strange !== undefined)
    throw new InvalidArgumentError(`It is made of ${variations.join(", ")}, commas between.`);
  return [...new Set(what as Variation[])];
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1)
    throw new InvalidArgumentError("It is a whole number from 1.");
  return count;
}

/** The number of a call; 0 for the time before the first. */
export function parseCall(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 0.");
  return Number(text);
}

/** The agent of a fixture that acts where none is chosen. */
export function firstScript(fixture: string): string {
  const [first] = agentNames(findFixture(fixture).files);
  if (first !== undefined) return `script/${first}`;
  throw new UsageError(
    `${fixture} has no agents of its own: choose one with --agent (${agentForms}).`,
  );
}

/** Whoever sits here, by the name that the system knows. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "someone";
  }
}

/** Collects `--set name=value`. */
export function collectSetting(
  text: string,
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  const place = text.indexOf("=");
  if (place < 1) throw new InvalidArgumentError("Write it name=value, e.g. --set urgency=none.");
  return { ...before, [text.slice(0, place)]: text.slice(place + 1) };
}

/** A share from above 0 to below 1. */
export function parseShare(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError("It is a share such as 0.05.");
  return share;
}
