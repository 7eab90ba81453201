import { loadFixture } from "../env/fixture/load.ts";
import { openFixture } from "../env/fixture/open.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { chooseCondition } from "../env/fixture/condition.ts";
import { createDesk } from "../env/office.ts";
import { findFixture } from "../episodes/fixtures.ts";
import { standardPack } from "../tools/standard/pack.ts";
import { report } from "./report.ts";

const TIMES = 50;

/** What is asked of the large office, and the like of it of handover. */
const asked: readonly (readonly [tool: string, large: object, small: object])[] = [
  ["list_mail", {}, {}],
  ["search_mail", { query: "kettle oak" }, { query: "sheets ward" }],
  ["search_mail", { query: "Stoke Marlow", folder: "sent" }, { query: "Fulmar", folder: "sent" }],
  ["search_files", { query: "larch vicarage" }, { query: "slot van" }],
  ["list_files", { folder: "/sites" }, { folder: "/rotas" }],
  [
    "list_events",
    { from: "2026-03-16", to: "2026-03-20" },
    { from: "2026-03-16", to: "2026-03-20" },
  ],
  ["find_person", { query: "Basil" }, { query: "Tamsin" }],
];

/** Tools of an episode that has changed a thing or two, by the median; the first call makes indexes. */
export async function benchTools(folder: string): Promise<void> {
  const large = await openDefault(folder);
  const small = await openDefault("handover");
  for (const [tool, input, like] of asked) {
    const values = timed(large, tool, input);
    report({
      name: `${tool} ${JSON.stringify(input)} on the large office (the first time ${values[0]!.toFixed(0)} ms)`,
      values: values.slice(1),
      unit: "ms",
      bar: "5 or less",
      baseline: { name: "the like on handover", values: timed(small, tool, like).slice(1) },
    });
  }
}

export async function openDefault(name: string): Promise<OpenFixture> {
  const source = findFixture(name);
  const fixture = await loadFixture(source.name, source.files);
  return openFixture(fixture, chooseCondition(fixture, {}));
}

function timed({ office }: OpenFixture, tool: string, input: object): number[] {
  const desk = createDesk();
  const marked = standardPack.propose(office, desk, {
    tool: "mark_mail",
    input: { mail_id: "mail-50", flagged: true },
  });
  const moved = standardPack.propose(marked.office, desk, {
    tool: "move_mail",
    input: { mail_id: "mail-60", folder: "archive" },
  });
  return Array.from({ length: TIMES }, () => {
    const start = performance.now();
    const { result } = standardPack.propose(moved.office, desk, { tool, input });
    const taken = performance.now() - start;
    if (result.code) throw new Error(`${tool}: ${result.text}`);
    return taken;
  });
}
