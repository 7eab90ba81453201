export type Cell = string | number | boolean | null;

/** What spreadsheets take for the beginning of a formula, and the mark itself. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠']/;

/**
 * One row as RFC 4180 has it, with its line end; null is an empty cell.
 *
 * A text that a spreadsheet could take for a formula gets an apostrophe in front, as does a text that
 * has one: taking one apostrophe off again gives every text back. A NUL, on which readers stop, becomes
 * the replacement character.
 */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = (FORMULA.test(cell) ? `'${cell}` : cell).replaceAll("\0", "\ufffd").toWellFormed();
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
