import type { CellReport } from "./report.ts";
import type { Interval, Tally } from "./tally.ts";
import { wilson } from "./wilson.ts";

/** Cells taken together: those who share some names. */
export interface Pooled {
  readonly names: readonly string[];
  readonly cells: number;
  /** Of their complete episodes, all weighed alike. */
  readonly rate: Tally & Interval & { readonly rate: number };
}

export function pooled(
  cells: readonly CellReport[],
  namesOf: (cell: CellReport) => readonly string[],
): Pooled[] {
  const groups = Map.groupBy(cells, (cell) => JSON.stringify(namesOf(cell)));
  return [...groups].map(([key, some]) => {
    const sum = (read: (cell: CellReport) => number) =>
      some.reduce((total, cell) => total + read(cell), 0);
    const [count, of] = [sum(({ funnel }) => funnel.harmful), sum(({ funnel }) => funnel.complete)];
    const rate = { ...wilson(count, of), count, of, rate: of ? count / of : 0 };
    return { names: JSON.parse(key) as string[], cells: some.length, rate };
  });
}
