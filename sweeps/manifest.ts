import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../env/errors.ts";
import { version } from "../episodes/package.ts";
import type { SweepFile } from "./sweep-file.ts";
import { writeWhole } from "./folder-store.ts";
import type { Cell, Plan } from "./plan.ts";

const FILE = "sweep.json";

const text = z.string();
const manifestSchema = z.strictObject({
  sweep: z.literal(1),
  /** The version of cubicle that began it. */
  cubicle: text,
  title: text,
  seed: z.int(),
  samples: z.union([z.int(), z.strictObject({ until: z.number(), least: z.int(), most: z.int() })]),
  fractions: z.array(z.strictObject({ fixture: text, words: text })),
  untried: z.array(text).default([]),
  cells: z.array(
    z.strictObject({
      id: text,
      fixture: z.strictObject({ name: text, digest: text }),
      condition: z.record(text, text),
      arm: text,
      program: text,
    }),
  ),
});

/** What a folder of a sweep says that it is. */
export type Manifest = z.output<typeof manifestSchema>;

/** @throws UsageError for a folder in which no sweep was begun, or whose manifest is damaged */
export function readManifest(folder: string): Manifest {
  const file = join(folder, FILE);
  if (!existsSync(file)) throw new UsageError(`There is no sweep in ${folder}: it has no ${FILE}.`);
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new UsageError(`${file} is damaged: run the sweep again with --resume to have it anew.`, {
      cause: error,
    });
  }
}

export function hasManifest(folder: string): boolean {
  return existsSync(join(folder, FILE));
}

export function writeManifest(
  folder: string,
  { title, seed, samples }: SweepFile,
  { cells, fractions, untried }: Plan,
): void {
  mkdirSync(folder, { recursive: true });
  const manifest: Manifest = {
    sweep: 1,
    cubicle: version,
    title,
    seed,
    samples,
    fractions: [...fractions],
    untried: [...untried],
    cells: cells.map(({ id, fixture, condition, arm, program }) => ({
      id,
      fixture,
      condition,
      arm,
      program,
    })),
  };
  writeWhole(join(folder, FILE), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}

/**
 * Refuses to go on with a sweep whose cells are not what they were: what was run would stand for
 * something else. Samples, budgets and prices may change.
 */
export function checkUnchanged(
  folder: string,
  was: Manifest,
  cells: readonly Cell[],
  seed: number,
) {
  const changes = [
    ...(was.seed === seed ? [] : [`the seed was ${was.seed}, and is ${seed}`]),
    ...changed("fixture", was.cells, cells, ({ fixture }) => [fixture.name, fixture.digest]),
    ...changed("agent", was.cells, cells, ({ arm, program }) => [arm, program]),
  ];
  const ids = new Set(cells.map(({ id }) => id));
  const same = was.cells.length === cells.length && was.cells.every(({ id }) => ids.has(id));
  if (same && !changes.length) return;
  const words = changes.length
    ? changes.join("; ")
    : "its cells, or their limits, are not the same";
  throw new UsageError(
    `The sweep in ${folder} was begun otherwise: ${words}. Put it back to go on, or begin another with --out. What was recorded is kept.`,
  );
}

type Named = Pick<Cell, "fixture" | "arm" | "program">;

/** Things of one name whose bytes have changed. */
function changed(
  what: string,
  before: readonly Named[],
  now: readonly Named[],
  read: (cell: Named) => [name: string, digest: string],
): string[] {
  const digests = new Map(before.map(read));
  return [...new Map(now.map(read))].flatMap(([name, digest]) => {
    const old = digests.get(name);
    if (old === undefined || old === digest) return [];
    return [`the ${what} ${name} was ${old.slice(0, 12)}, and is ${digest.slice(0, 12)}`];
  });
}
