import type { Place } from "../env/errors.ts";
import { CubicleError } from "../env/errors.ts";
import type { Problem } from "../env/fixture/yaml.ts";
import { playedBy, resolveAgent, resolveColleagues } from "../episodes/agents.ts";
import { findFixture } from "../episodes/fixtures.ts";
import type { FixtureDescription } from "../episodes/protocol.ts";
import type { RunRequest, Simulator } from "../episodes/simulator.ts";
import type { FixtureSource } from "../episodes/workforce.ts";
import { connect } from "../episodes/served.ts";
import type { Connection } from "../models/connection.ts";
import { priceOf } from "../models/prices.ts";
import { createModel, modelNameIn } from "../models/registry.ts";
import { armOf } from "./arm.ts";
import { sha256 } from "../recordings/chain.ts";
import { conditionsOf } from "./conditions.ts";
import type { Chosen, Condition } from "./conditions.ts";
import { createRandom, shuffled } from "../env/random.ts";
import type { SweepFile, FileAgent, FileFixture } from "./sweep-file.ts";
import { problemsError } from "./sweep-file.ts";

/** One agent in one fixture under one condition: what gets a rate of its own. */
export interface Cell {
  /** Name of its folder: what tells it from the others, and a digest of all that makes it. */
  readonly id: string;
  readonly fixture: { readonly name: string; readonly digest: string };
  /** Every variable of the fixture. */
  readonly condition: Condition;
  /** The agent as recordings name it, with its program and settings. */
  readonly arm: string;
  /** SHA-256 of its program's source. */
  readonly program: string;
  /** The model of a server that is asked, so that tokens are spent; null for none. */
  readonly model: string | null;
  /** Dollars for a million of its tokens; null where they are not known. */
  readonly price: Price | null;
  /** Where its agent stands in the sweep's file. */
  readonly place: Place;
  readonly request: Omit<RunRequest, "seed" | "file">;
}

export interface Price {
  readonly input: number;
  readonly output: number;
}

/** One episode to be run. */
export interface Job {
  readonly cell: Cell;
  readonly seed: number;
}

/** What a sweep's file comes to. */
export interface Plan {
  /** Fixtures that nobody has tried with a model yet, as they say themselves. */
  readonly untried: readonly string[];
  readonly cells: readonly Cell[];
  /** Of which fixtures a fraction of the conditions is run, and what that mixes up. */
  readonly fractions: readonly { readonly fixture: string; readonly words: string }[];
}

interface Checked extends Chosen {
  readonly source: FixtureSource;
  readonly fixture: FixtureDescription;
  readonly named: string;
}

/**
 * Holds a design against its fixtures and agents, and gives its cells.
 *
 * @throws UsageError with everything that is wrong, each where it stands in the sweep's file;
 *   FixtureError's words for a fixture that is no good
 */
export async function planCells(
  design: SweepFile,
  simulator: Simulator,
  env: NodeJS.ProcessEnv,
): Promise<Plan> {
  const problems: Problem[] = [];
  const { prices } = design;
  const connection = connect({ env, ...(prices === undefined ? {} : { prices }) });
  const fixtures: Checked[] = [];
  for (const one of design.fixtures) {
    const checked = await checkFixture(one, design, simulator, problems);
    if (checked) fixtures.push(checked);
  }
  const cells = fixtures.flatMap((checked) =>
    design.agents.flatMap((agent) => cellsOf(checked, agent, design, connection, problems)),
  );
  checkJudges(design, connection, problems);
  if (design.probes.length && !problems.length && cells.every(({ model }) => model === null)) {
    const message = "no agent of this sweep is a model, and nobody else can be asked";
    problems.push({ place: design.probesAt, message });
  }
  if (!problems.length && design.budget.cost !== undefined) checkPrices(cells, problems);
  if (problems.length) throw problemsError(unique(problems));
  const ids = cells.map(({ id }) => id);
  const twice = cells.find(({ id }, index) => ids.indexOf(id) !== index);
  if (twice) {
    throw problemsError([
      {
        place: design.fixtures[0]!.place,
        message: `the cell ${twice.id} comes twice: every fixture, condition and agent is to be named once`,
      },
    ]);
  }
  const fractions = fixtures.flatMap(({ fixture, words }) =>
    words === null ? [] : [{ fixture: fixture.name, words }],
  );
  const untried = fixtures.flatMap(({ fixture: { name, validation } }) =>
    validation.length ? [] : name,
  );
  return { untried, cells, fractions };
}

async function checkFixture(
  { fixture: named, conditions, place, chosenAt }: FileFixture,
  { fraction, fractionAt, seed }: SweepFile,
  simulator: Simulator,
  problems: Problem[],
): Promise<Checked | undefined> {
  try {
    const source = findFixture(named);
    const fixture = await simulator.describe(named);
    const chosen = conditionsOf(fixture, conditions, {
      fraction,
      random: createRandom(seed),
      complain: (path, message) => problems.push({ place: chosenAt(path), message }),
      complainOfFraction: (message) => problems.push({ place: fractionAt, message }),
    });
    return { source, fixture, named, ...chosen };
  } catch (error) {
    if (!(error instanceof CubicleError) || error.code !== "usage") throw error;
    problems.push({ place, message: error.message });
    return undefined;
  }
}

function cellsOf(
  { source, fixture, named, conditions }: Checked,
  { agent, model, program: player, sampling, place }: FileAgent,
  { limits, vary, guard, colleagues, colleaguesAt }: SweepFile,
  connection: Connection,
  problems: Problem[],
): Cell[] {
  const complain = (at: Place) => (error: unknown) => {
    if (!(error instanceof CubicleError) || error.code !== "usage") throw error;
    problems.push({ place: at, message: error.message });
  };
  try {
    resolveColleagues(colleagues, undefined, connection);
  } catch (error) {
    complain(colleaguesAt)(error);
  }
  try {
    const resolved = playedBy(resolveAgent(agent, source, { model, sampling, connection }), player);
    const asked = resolved.model === null ? null : (modelNameIn(resolved.name) ?? null);
    const program = sha256(resolved.program.source);
    const { name, digest } = fixture;
    return conditions.map((condition): Cell => {
      const arm = armOf({ ...resolved, sampling });
      const varied = Object.keys(condition).filter(
        (key) => new Set(conditions.map((one) => one[key])).size > 1,
      );
      const words = [name, arm.replace(/^script\//, ""), ...varied.map((key) => condition[key]!)];
      const identity = [name, digest, condition, arm, program, limits, colleagues ?? null];
      if (guard) identity.push(guard);
      if (vary.length) identity.push(vary.join());
      return {
        id: `${slug(words.join("-"))}-${sha256(JSON.stringify(identity)).slice(0, 8)}`,
        fixture: { name, digest },
        condition,
        arm,
        program,
        model: asked,
        price: (asked && priceOf(connection.prices, asked)) || null,
        place,
        request: {
          fixture: named,
          agent,
          set: condition,
          limits,
          sampling,
          watch: false,
          ...(model === undefined ? {} : { model }),
          ...(player === undefined ? {} : { program: player }),
          ...(colleagues === undefined ? {} : { colleagues }),
          ...(guard === undefined ? {} : { guard }),
          ...(vary.length ? { vary } : {}),
        },
      };
    });
  } catch (error) {
    complain(place)(error);
    return [];
  }
}

function checkJudges(
  { judges, judgesAt }: SweepFile,
  connection: Connection,
  problems: Problem[],
): void {
  for (const [index, judge] of judges.entries()) {
    try {
      createModel(judge, {}, connection);
    } catch (error) {
      if (!(error instanceof CubicleError) || error.code !== "usage") throw error;
      problems.push({ place: judgesAt[index]!, message: error.message });
    }
  }
}

function checkPrices(cells: readonly Cell[], problems: Problem[]): void {
  for (const { model, price, place } of cells) {
    if (model === null || price) continue;
    const message = `what ${model} costs is not known, which a budget of cost needs: say it in a table of your own (prices: FILE)`;
    problems.push({ place, message });
  }
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
}

function slug(words: string): string {
  const clean = words.replace(/[^A-Za-z0-9._]+/g, "-").replace(/^[.-]+|-+$/g, "");
  return clean.slice(0, 80).toLowerCase() || "cell";
}

/**
 * All jobs in the order in which they are to be run: every cell once, then every cell again, so that
 * what changes while a sweep runs changes for all of them alike. Each round has an order of its own,
 * drawn by the seed.
 */
export function interleave(cells: readonly Cell[], samples: number, seed: number): Job[] {
  const random = createRandom(seed);
  return Array.from({ length: samples }, (_, sample) =>
    shuffled(cells, random).map((cell) => ({ cell, seed: seed + sample })),
  ).flat();
}

/** The recording of a job while it runs, below the sweep's folder. */
export function pathOf({ cell, seed }: Job): string {
  return `${cell.id}/${seed}.jsonl`;
}

/** The recording of what a job's agent is asked after the end. */
export function probePathOf({ cell, seed }: Job, index: number): string {
  return `${cell.id}/${seed}-probe-${index + 1}.jsonl`;
}
