import type { ImportRow } from "../interchange/import-runs.ts";
import { showDifference } from "./render.ts";
import { oneLine, print, printable, style } from "./terminal.ts";

/** What an import came to. */
export interface Tally {
  add(row: ImportRow): void;
  readonly imported: number;
  readonly refused: number;
  counts(): {
    readonly transcripts: number;
    readonly imported: number;
    readonly refused: number;
    readonly calls: { readonly equal: number; readonly unequal: number; readonly opaque: number };
    readonly verdicts: { readonly equal: number; readonly unequal: number };
  };
}

export function createTally(): Tally {
  let [imported, refused] = [0, 0];
  const calls = { equal: 0, unequal: 0, opaque: 0 };
  const verdicts = { equal: 0, unequal: 0 };
  return {
    add(row) {
      if ("problem" in row) {
        refused++;
        return;
      }
      imported++;
      calls.equal += row.calls.equal;
      calls.unequal += row.calls.unequal;
      calls.opaque += row.calls.opaque;
      verdicts.equal += row.verdicts.equal;
      verdicts.unequal += row.verdicts.unequal;
    },
    get imported() {
      return imported;
    },
    get refused() {
      return refused;
    },
    counts: () => ({
      transcripts: imported + refused,
      imported,
      refused,
      calls: { ...calls },
      verdicts: { ...verdicts },
    }),
  };
}

export function exitCodeOf(tally: Tally): number {
  const { imported, refused, calls, verdicts } = tally.counts();
  if (!imported) return 2;
  if (refused) return 1;
  return calls.unequal || verdicts.unequal ? 3 : 0;
}

/** The lines that tell of a transcript that was refused, differs or lost something; none for others. */
export function renderRow(file: string, row: ImportRow): string[] {
  if ("problem" in row) {
    const places = [
      ...(row.line === null ? [] : [`line ${row.line}`]),
      ...(row.item === null ? [] : [`item ${row.item}`]),
    ];
    const where = [printable(file), places.join(", ")].filter(Boolean).join(" ");
    return [`${style("red", "can't")}    ${where}: ${oneLine(row.problem, 500)}`];
  }
  const { recording, calls, verdicts, first, notes } = row;
  const lines = notes.map(
    (note) => `${style("dim", "note")}     ${recording}: ${oneLine(note, 200)}`,
  );
  if (!calls.unequal && !verdicts.unequal) return lines;
  const counts = [
    `${calls.equal} results equal, ${calls.unequal} not`,
    ...(verdicts.unequal ? [`${verdicts.unequal} verdicts not`] : []),
  ].join("; ");
  const where = first ? `. First at call ${first.call}, ${oneLine(first.tool, 60)}:` : ".";
  return [
    `${style("yellow", "differs")}  ${recording}: ${counts}${where}`,
    ...(first ? showDifference(first) : []),
    ...lines,
  ];
}

export function showTally(tally: Tally, out: string, isExecuted: boolean): void {
  const { transcripts, imported, calls, verdicts } = tally.counts();
  if (!transcripts) print("There is no transcript in it.");
  else print(`${imported} of ${transcripts} transcripts imported into ${printable(out)}.`);
  if (!imported) return;
  if (!isExecuted) {
    print(`${calls.opaque} results kept as they are; there was no fixture to execute calls on.`);
    return;
  }
  const opaque = calls.opaque ? `, ${calls.opaque} of tools that the fixture does not have` : "";
  print(`Results: ${calls.equal} equal, ${calls.unequal} not${opaque}.`);
  if (verdicts.equal || verdicts.unequal) {
    print(`Verdicts: ${verdicts.equal} equal, ${verdicts.unequal} not.`);
  }
}
