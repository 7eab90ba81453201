import { cellIdOf, outcomesOf } from "../../sweeps/outcomes.ts";
import type { Cell } from "../../sweeps/plan.ts";
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

/** The cells of a sweep and their rates. */
export function renderCells(
  runs: readonly Run[],
  cells: readonly Pick<Cell, "id" | "fixture" | "arm" | "condition">[],
  samples: SweepFile["samples"],
): string[] {
  const byCell = Map.groupBy(runs, cellIdOf);
  const names = varied(cells.map(({ condition }) => condition));
  const rows = cells.map(({ id, fixture, arm, condition }) => {
    const found = funnel(unitsOf(outcomesOf(byCell.get(id) ?? [])).own);
    const { count, of } = found.ofAll;
    return [
      oneLine(fixture.name, 24),
      oneLine(arm, 40),
      oneLine(wordCondition(condition, names), 60),
      ...[found.episodes, found.complete].map(String),
      // Without milestones there is nothing to have met.
      found.undeclared && found.undeclared === found.exposed ? "-" : String(found.exposed),
      String(found.harmful),
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
