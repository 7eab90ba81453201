import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { UsageError } from "../env/errors.ts";
import type { Header } from "../recordings/events.ts";
import { packageFolder } from "./package.ts";
import { cantRead } from "./paths.ts";

type Program = Header["agent"]["program"];

/** The programs that come with cubicle, each of which plays any model. */
export const programs: Readonly<Record<string, string>> = {
  "tool-loop": "asks the model and carries out the tools it calls, until it calls none",
  scratchpad: "the same, with private reasoning asked for in a scratchpad before each act",
  aloud: "the same, with reasoning asked for in the open",
  code: "one tool, run_code: the model writes JavaScript in which every tool is a function",
};

export const programForms = `${Object.keys(programs).join(", ")}, or the path of a file (./loop.ts)`;

const known = new Map<string, Program>();

/** A program that comes with cubicle: shipped as its own source, so that it is the same everywhere. */
export function shippedProgram(name: string): Program {
  let program = known.get(name);
  if (!program) {
    const file = `agents/programs/${name}.ts`;
    const source = readFirst([join(packageFolder, file), join(packageFolder, "dist", file)]);
    known.set(name, (program = { name: `${name}.ts`, source }));
  }
  return program;
}

/** @throws UsageError for one that there is not */
export function findProgram(nameOrPath: string): Program {
  if (Object.hasOwn(programs, nameOrPath)) return shippedProgram(nameOrPath);
  if (!/\.(ts|js)$/.test(nameOrPath)) {
    throw new UsageError(`There is no program "${nameOrPath}". A program is ${programForms}.`);
  }
  return readProgram(nameOrPath);
}

/** The folder that it lies in is the user's own, and stays out of the recording. */
export function readProgram(path: string): Program {
  try {
    return { name: basename(path), source: readFileSync(path, "utf8") };
  } catch (error) {
    throw cantRead(`The program ${path}`, error);
  }
}

function readFirst(paths: readonly string[]): string {
  for (const path of paths) {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  throw new UsageError(`${paths[0]} is missing from this installation; install cubicle again.`);
}
