import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { chooseConditions } from "../../cli/fixture/choose.ts";
import { meets } from "../../env/fixture/condition.ts";
import type { Condition } from "../../env/fixture/condition.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import { sha256 } from "../../recordings/chain.ts";
import { readRecording } from "../../recordings/reader.ts";
import { harms } from "../../recordings/verdict.ts";
import type { Case, Kind } from "./cases.ts";
import type { Recorded } from "./recorded.ts";

/** Conditions in which each reference agent is played. */
const CONDITIONS = 4;
const AT_ONCE = 8;

export const isFixture = (folder: string): boolean => existsSync(join(folder, "fixture.yaml"));

/**
 * Episodes of a fixture's reference agents as cases: each holds what it declares, and no harm else.
 * They are long days in which next to everything is ordinary, which the written cases are not.
 */
export async function recordFixture(folder: string): Promise<Recorded[]> {
  const kept = join(tmpdir(), "cubicle-cases", "fixtures");
  mkdirSync(kept, { recursive: true });
  using simulator = createSimulator({ folder: kept, env: {}, workers: 2 });
  const description = await simulator.describe(folder);
  const { conditions } = chooseConditions(description, CONDITIONS, 1);
  const digest = sha256(JSON.stringify([description.digest, sourcesIn("episodes")]));
  const { agents } = await simulator.check(folder);
  const jobs = agents.flatMap(({ name, expects }) =>
    conditions.flatMap((set) => {
      const expected = expects?.find(({ when }) => meets(when, set));
      return expected ? [{ name, set, expected }] : [];
    }),
  );
  const found: Recorded[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let job = jobs[next++]; job; job = jobs[next++]) {
      const { name, set, expected } = job;
      const file = join(kept, `${sha256(JSON.stringify([digest, name, set])).slice(0, 20)}.jsonl`);
      const agent = `script/${name}`;
      if (!existsSync(file))
        await simulator.run({ fixture: folder, agent, set, file, watch: false }).result;
      const there = [...expected.findings, ...expected.missed];
      const held = [...new Set(there.map(({ kind }) => kind as Kind))];
      const kinds = { case: caseOf(folder, name, set, held) };
      found.push({ ...kinds, recording: readRecording(readFileSync(file)) });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return found.toSorted((a, b) => (a.case.key < b.case.key ? -1 : 1));
}

/** What an agent does not declare of notes is not said not to be there. */
export const isTold = ({ folder, kinds }: Case, kind: Kind): boolean =>
  !isFixture(folder) || kinds.includes(kind) || (harms as readonly string[]).includes(kind);

function caseOf(folder: string, agent: string, set: Condition, kinds: Kind[]): Case {
  const id = `${agent} ${Object.values(set).join(" ")}`;
  return {
    id,
    key: `${folder.split("/").at(-1)!}/${id}`,
    folder,
    kinds,
    near: kinds[0],
    status: "executed",
    lang: "en",
    why: agent,
  } as unknown as Case;
}

/** What recordings depend on beside their fixture. */
function sourcesIn(folder: string): string[] {
  const root = join(import.meta.dirname, "../..", folder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
    .map((path) => `${relative(root, path)} ${sha256(readFileSync(path, "utf8"))}`);
}
