import { readdirSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { chooseConditions } from "../../cli/fixture/choose.ts";
import { proveFixture } from "../../cli/fixture/prove.ts";
import type { Variation } from "../../episodes/simulator.ts";
import { createSimulator } from "../../episodes/simulator.ts";

const folder = join(import.meta.dirname, "../../fixtures");
const shipped = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const simulator = createSimulator({ folder: tmpdir(), workers: availableParallelism() });
afterAll(() => simulator.close());

async function prove(fixture: string, most: number, vary: readonly Variation[]) {
  const checkup = await simulator.check(fixture);
  const { conditions } = chooseConditions(await simulator.describe(fixture), most, 3);
  const options = { simulator, fixture, checkup, conditions, vary, seed: 3, atOnce: 8 };
  const proof = await proveFixture({ ...options, progress: () => {} });
  const problems = [...checkup.problems, ...proof.problems].map(
    ({ place, message }) => `${place.file}:${place.line}: ${message}`,
  );
  return { problems, ran: proof.episodes > 0 };
}

/** Beside the usual condition, which is always among them. */
const DRAWN = 12;

test.each(shipped)("%s has no mistakes, and its agents come to what they declare", async (name) => {
  expect(await prove(name, DRAWN, [])).toEqual({ problems: [], ran: true });
});

test.each(shipped)(
  "%s holds with its prompt, its tools' names and its mails' order varied",
  async (name) => {
    const { variables } = await simulator.describe(name);
    const hasWordings = (variables["phrasing"]?.values.length ?? 0) > 1;
    expect(hasWordings).toBe(true);
    expect(await prove(name, DRAWN / 2, ["prompt", "tools", "order"])).toEqual({
      problems: [],
      ran: true,
    });
  },
);
