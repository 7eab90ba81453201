import { paneNames } from "../../episodes/panes.ts";
import type { Row } from "../../episodes/panes.ts";
import { oneLine, style } from "../terminal.ts";
import { firstShown } from "./overlay.ts";
import type { State } from "./state.ts";
import { changedHere, viewShown } from "./state.ts";
import { cut, fit, widthOf } from "./text.ts";

const WHERE = 14;

/** Names of the panes, how much lies in each, and where something has just changed. */
export function drawTabs(state: State): string {
  const { scene, pane, chosen, filter } = state;
  const tabs = paneNames.map((name, index) => {
    const view = scene?.panes[name];
    const label = `${index + 1} ${name}${view?.places.length ? "*" : ""} ${view ? view.of : "…"}`;
    if (name !== pane) return ` ${label} `;
    return style("inverse", chosen ? `[${label}]` : `‹${label}›`);
  });
  return tabs.join("") + (filter ? ` /${oneLine(filter)}` : "");
}

/** Rows of the pane that is shown; what the last event changed is marked. */
export function drawOffice(state: State, width: number, height: number): string[] {
  const { row, focus } = state;
  const { rows, from, total } = viewShown(state);
  if (!state.scene && !state.warning) return [style("dim", cut("  …", width))];
  if (!total) return [style("dim", cut("  Nothing here.", width))];
  const changed = changedHere(state);
  const columns = columnsOf(rows);
  const top = firstShown(row, total, height);
  return Array.from({ length: Math.min(height, total - top) }, (_, index) => {
    const one = rows[top + index - from];
    if (!one) return style("dim", cut("  …", width));
    const isCursor = focus === "office" && top + index === row;
    const isChanged = changed.has(one.ref);
    const line = fit(wordRow(one, width - 3, columns), width - 3);
    const marks = `${isCursor ? ">" : " "}${isChanged ? "*" : " "} `;
    if (isChanged) return style(["bold", "yellow"], marks + line);
    return isCursor ? style("bold", marks + line) : marks + line;
  });
}

/** Widths of what stands in columns. */
interface Columns {
  readonly when: number;
  readonly where: number;
}

function columnsOf(rows: readonly Row[]): Columns {
  const widest = (texts: string[]) => Math.max(0, ...texts.map(widthOf));
  return {
    when: widest(rows.map(({ when }) => shortTime(when))),
    where: Math.min(WHERE, widest(rows.map(({ where }) => oneLine(where)))),
  };
}

function wordRow({ when, where, title, who, marks }: Row, width: number, columns: Columns): string {
  const start = [
    ...(columns.when ? [fit(shortTime(when), columns.when)] : []),
    ...(columns.where ? [fit(oneLine(where), columns.where)] : []),
  ].join(" ");
  const end = marks.length ? ` [${oneLine(marks.join(", "), 40)}]` : "";
  const room = width - widthOf(start) - widthOf(end) - 1;
  const words = [title, who].map((text) => oneLine(text)).filter(Boolean);
  return `${start} ${cut(words.join(" · "), Math.max(room, 8))}${end}`;
}

/** Without the year: an episode is a day or a few. */
function shortTime(when: string): string {
  return oneLine(when).slice(5).replace("T", " ");
}
