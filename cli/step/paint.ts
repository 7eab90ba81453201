const RESET = "\u001b[0m";

/** What turns the lines that a terminal shows into others: of a line with two halves, only the one that differs. */
export function paint(before: readonly string[], after: readonly string[]): string {
  return after.map((line, index) => paintLine(before[index], line, index + 1)).join("");
}

function paintLine(before: string | undefined, after: string, row: number): string {
  if (before === after) return "";
  const [was, is] = [halvesOf(before ?? ""), halvesOf(after)];
  if (was && is && was.column === is.column) {
    const { left, column, right } = is;
    // So many columns are emptied; what stands behind them stays.
    if (was.right === right) return `\u001b[${row};1H${RESET}\u001b[${column - 1}X${left}`;
    if (was.left === left) return `\u001b[${row};${column}H${RESET}\u001b[K${right}`;
  }
  return `\u001b[${row};1H${RESET}\u001b[2K${after}`;
}

/** Both halves of a line, and the column in which the second begins. */
function halvesOf(line: string) {
  const [, left, column, right] = /^(.*?)\u001b\[(\d+)G(.*)$/s.exec(line) ?? [];
  return column === undefined ? null : { left: left!, column: Number(column), right: right! };
}
