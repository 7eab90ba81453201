import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Place } from "../env/errors.ts";
import { UsageError } from "../env/errors.ts";
import type { Problem } from "../env/fixture/yaml.ts";
import { parseYaml } from "../env/fixture/yaml.ts";
import { cantRead } from "../episodes/paths.ts";
import type { Sampling } from "../recordings/served.ts";
import type { ConditionsConfig, FileConfig } from "./file-schema.ts";
import { fileSchema } from "./file-schema.ts";

/** A fixture of a sweep, and the conditions it is to be run under. */
export interface FileFixture {
  readonly fixture: string;
  readonly conditions: ConditionsConfig;
  readonly place: Place;
  /** Where its conditions stand. */
  readonly chosenAt: (path: readonly PropertyKey[]) => Place;
}

export interface FileAgent {
  readonly agent: string;
  readonly model: string | undefined;
  readonly program: string | undefined;
  readonly sampling: Sampling;
  readonly place: Place;
}

/** A sweep as its author wrote it, not yet held against its fixtures. */
export interface SweepFile extends Pick<
  FileConfig,
  "title" | "samples" | "seed" | "limits" | "budget" | "vary" | "judges" | "probes"
> {
  readonly fixtures: readonly FileFixture[];
  readonly agents: readonly FileAgent[];
  readonly guard: FileConfig["guard"];
  readonly judgesAt: readonly Place[];
  readonly probesAt: Place;
  readonly colleagues: string | undefined;
  readonly colleaguesAt: Place;
  readonly prices: string | undefined;
  readonly fraction: number | undefined;
  readonly fractionAt: Place;
  readonly out: string;
}

/**
 * Reads the file of a sweep.
 *
 * @throws UsageError with everything that is wrong with it, each at its file, line and column
 */
export function readSweepFile(path: string): SweepFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw cantRead(path, error);
  }
  const problems: Problem[] = [];
  const located = parseYaml(path, text, fileSchema, problems);
  if (!located) throw problemsError(problems);
  const { value: config, place } = located;
  const { title, samples, seed, limits, budget, vary, judges, probes } = config;
  return {
    title,
    samples,
    seed,
    limits,
    budget,
    vary,
    judges,
    judgesAt: judges.map((_, index) => place(["judges", index])),
    probes,
    probesAt: place(["probes"]),
    guard: config.guard,
    colleagues: config.colleagues,
    colleaguesAt: place(["colleagues"]),
    prices: config.prices === undefined ? undefined : fromHere(path, config.prices),
    fraction: config.fraction,
    fractionAt: place(["fraction"]),
    out: config.out ?? join("runs", basename(path).replace(/\.ya?ml$/, "")),
    fixtures: config.fixtures.map((one, index) => {
      const own = typeof one === "string" ? undefined : one.conditions;
      const above = own ? ["fixtures", index, "conditions"] : ["conditions"];
      return {
        fixture: beside(path, typeof one === "string" ? one : one.fixture),
        conditions: own ?? config.conditions,
        place: place(["fixtures", index]),
        chosenAt: (inner) => place([...above, ...inner]),
      };
    }),
    agents: config.agents.map((one, index): FileAgent => {
      const { agent, model, program, sampling } =
        typeof one === "string" ? { ...noSettings, agent: one } : { ...noSettings, ...one };
      return {
        agent: agentBeside(path, agent),
        model,
        program: program === undefined || !isFile(program) ? program : fromHere(path, program),
        sampling,
        place: place(["agents", index]),
      };
    }),
  };
}

const noSettings = { model: undefined, program: undefined, sampling: {} };

export function problemsError(problems: readonly Problem[]): UsageError {
  return new UsageError(
    problems
      .map(({ place, message }) => `${place.file}:${place.line}:${place.column}: ${message}`)
      .join("\n"),
  );
}

/** A fixture's folder where it lies beside the file; else its name, or package/name. */
function beside(path: string, fixture: string): string {
  const isName = /^(?:(?:@[\w.-]+\/)?[a-z0-9][\w.-]*\/)?[a-z0-9][a-z0-9-]*$/.test(fixture);
  const folder = fromHere(path, fixture);
  return isName && !existsSync(join(folder, "fixture.yaml")) ? fixture : folder;
}

function agentBeside(path: string, agent: string): string {
  if (agent.startsWith("recorded/")) return `recorded/${fromHere(path, agent.slice(9))}`;
  return isFile(agent) && !agent.startsWith("script/") ? fromHere(path, agent) : agent;
}

function isFile(program: string): boolean {
  return /\.(?:ts|js)$/.test(program);
}

/** A path that is written beside a file, from the current folder. */
function fromHere(file: string, path: string): string {
  const from = relative("", resolve(dirname(file), path));
  return from.startsWith("..") || from.startsWith("/") ? from : `./${from}`;
}
