import { oneLine, style } from "../terminal.ts";
import type { Menu, Page, Size } from "./state.ts";
import { beside, cut, widthOf, wrap } from "./text.ts";

/** Rows between the first line and the two at the bottom. */
export function bodyRows({ rows }: Size): number {
  return Math.max(rows - 3, 1);
}

/** The lines that a page's paragraphs make at a width. */
export function pageLines({ text }: Page, { columns }: Size): string[] {
  const half = Math.floor((columns - 3) / 2);
  return text.flatMap((paragraph) =>
    typeof paragraph === "string"
      ? wrap(paragraph, columns - 1)
      : [beside(cut(paragraph[0], half), cut(paragraph[1], columns - half - 3), half)],
  );
}

/** A page, from its first line that is shown. */
export function drawPage(page: Page, size: Size): string[] {
  const lines = pageLines(page, size);
  const rows = bodyRows(size) - 1;
  const top = Math.min(page.top, Math.max(0, lines.length - rows));
  const shown = lines.slice(top, top + rows);
  const where = `${Math.min(top + shown.length, lines.length)} of ${lines.length} lines`;
  return [drawTitle(`${page.title} · ${where}`, size), ...shown];
}

/** A list to choose from, the chosen row in view. */
export function drawMenu({ title, rows, row }: Menu, size: Size): string[] {
  const height = bodyRows(size) - 1;
  const top = firstShown(row, rows.length, height);
  const shown = rows.slice(top, top + height).map(({ key, text }, index) => {
    const line = cut(`${key ? `${key}  ` : ""}${oneLine(text, 300)}`, size.columns - 3);
    return index + top === row
      ? `${style(["bold", "cyan"], ">")} ${style("bold", line)}`
      : `  ${line}`;
  });
  return [drawTitle(title, size), ...shown];
}

function drawTitle(title: string, { columns }: Size): string {
  const words = cut(`━━ ${oneLine(title, columns)} `, columns);
  return style("bold", words + "━".repeat(Math.max(0, columns - widthOf(words))));
}

/** The first row to show, so that a row is in view and in the middle if it can be. */
export function firstShown(row: number, count: number, height: number): number {
  return Math.max(0, Math.min(row - Math.floor(height / 2), count - height));
}
