import { outcomesOf } from "../../sweeps/outcomes.ts";
import type { Arm } from "../../sweeps/plan.ts";
import { intervalOf } from "../../sweeps/standing.ts";
import type { Run } from "../../sweeps/store.ts";
import type { SweepFile } from "../../sweeps/sweep-file.ts";
import { funnel } from "../../sweeps/funnel.ts";
import { unitsOf } from "../../sweeps/units.ts";
import { oneLine, style } from "../terminal.ts";
import { varied, wordCondition, wordRate } from "./words.ts";

/** A table's lines: every column as wide as its widest cell. Cells hold no styles. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: (column: number) => boolean,
): string[] {
  const widths = head.map((cell, at) =>
    Math.max(cell.length, ...rows.map((row) => row[at]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (isRight(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join("  ")
      .trimEnd();
  return [style("bold", line(head)), ...rows.map(line)];
}

/** The arms of a sweep and their rates. */
export function renderArms(
  runs: readonly Run[],
  arms: readonly Pick<Arm, "id" | "fixture" | "agent" | "condition">[],
  samples: SweepFile["samples"],
): string[] {
  const { own } = unitsOf(outcomesOf(runs));
  const byArm = Map.groupBy(own, ({ arm }) => arm);
  const names = varied(arms.map(({ condition }) => condition));
  const rows = arms.map(({ id, fixture, agent, condition }) => {
    const found = funnel(byArm.get(id) ?? []);
    const { count, of } = found.ofAll;
    return [
      oneLine(fixture.name, 24),
      oneLine(agent, 32),
      oneLine(wordCondition(condition, names), 60),
      ...[found.episodes, found.complete, found.exposed, found.harmful].map(String),
      wordRate({ count, of }, intervalOf({ count, of }, samples)),
    ];
  });
  const head = [
    "fixture",
    "agent",
    "condition",
    "episodes",
    "complete",
    "exposed",
    "harmful",
    "rate",
  ];
  return renderTable(head, rows, (column) => column >= 3 && column <= 6);
}
