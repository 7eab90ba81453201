import { basename } from "node:path";
import { oneLine, style } from "../terminal.ts";
import type { Form } from "./form.ts";
import { nowAt } from "./hand.ts";
import { drawOffice, drawTabs } from "./office.ts";
import { bodyRows, drawMenu, drawPage } from "./overlay.ts";
import type { State } from "./state.ts";
import type { Tape } from "./tape.ts";
import { beside, cut, fit, sealed, widthOf, wrap } from "./text.ts";
import { drawTranscript } from "./transcript.ts";

/** From this width on, transcript and office stand side by side. */
const WIDE = 100;
/** Lines that a warning may take. */
const WARNING = 3;
/** Below this height there is only room for one of them. */
const LOW = 14;

/** The lines of the whole screen. */
export function drawScreen(state: State): string[] {
  const { size, over, form } = state;
  const { columns, rows } = size;
  const body =
    over?.kind === "page" ? drawPage(over, size) : over ? drawMenu(over, size) : drawBoth(state);
  const bottom = form ? drawForm(form, columns) : [drawNote(state), drawKeys(state)];
  const filled = [...body, ...Array<string>(rows).fill("")].slice(0, bodyRows(size));
  return [drawTitle(state), ...filled, ...bottom]
    .slice(-rows)
    .map((line) => cut(sealed(line), columns));
}

/** Where one is: whose recording, whether someone took a hand, which call, what time. */
function drawTitle(state: State): string {
  const { tape, at, size } = state;
  const { header, file } = tape;
  const stop = tape.stops[at]!;
  const { parent, intervened } = header.lineage;
  const calls = tape.stops.at(-1)!.call;
  const right = ` call ${stop.call} of ${calls}${tape.live ? "…" : ""} · ${nowAt(state).slice(5).replace("T", " ")} `;
  const words = [
    ...(intervened ? ["INTERVENED"] : []),
    ...(parent ? [`fork after call ${parent.call}`] : []),
    // The folder is known, or can be asked for with t.
    oneLine(basename(file)),
    oneLine(header.agent.name),
  ];
  const left = fit(` ${words.join(" · ")}`, size.columns - widthOf(right));
  return style(intervened ? ["inverse", "magenta"] : "inverse", left + right);
}

function drawBoth(state: State): string[] {
  const { size, focus, zoomed, warning } = state;
  const { columns } = size;
  const warned = warning
    ? wrap(warning, columns)
        .slice(0, WARNING)
        .map((line) => style(["bold", "red"], line))
    : [];
  const height = bodyRows(size) - warned.length;
  const transcript = (width: number, rows: number) => [
    drawRule(" transcript ", width, focus === "transcript"),
    ...drawTranscript(state, width, rows - 1),
  ];
  const office = (width: number, rows: number) => [
    drawRule(drawTabs(state), width, focus === "office"),
    ...drawOffice(state, width, rows - 1),
  ];
  if (zoomed || height < LOW) {
    return [...warned, ...(focus === "office" ? office : transcript)(columns, height)];
  }
  if (columns < WIDE) {
    const upper = Math.ceil(height / 2);
    const above = transcript(columns, upper);
    const gap = Array<string>(upper - above.length).fill("");
    return [...warned, ...above, ...gap, ...office(columns, height - upper)];
  }
  const half = Math.floor(columns / 2);
  const [left, right] = [transcript(half - 1, height), office(columns - half - 2, height)];
  const rows = Array.from({ length: height }, (_, index) =>
    beside(left[index] ?? "", right[index] ?? "", half),
  );
  return [...warned, ...rows];
}

/** A line above a half of the screen, heavier where the arrows are. */
function drawRule(words: string, width: number, isFocus: boolean): string {
  const line = isFocus ? "━" : "─";
  const rest = Math.max(0, width - widthOf(words) - 2);
  return cut(line.repeat(2) + words + line.repeat(rest), width);
}

function drawForm({ fields, done, text, error }: Form, columns: number): string[] {
  const { label } = fields[done.length]!;
  const typed = oneLine(text.replaceAll("\n", "⏎"), Infinity) + (text.endsWith(" ") ? " " : "");
  const line = tail(`> ${typed}█`, columns);
  return [
    error ? style("red", `${oneLine(error, columns)}`) : style("bold", oneLine(label, columns)),
    line,
  ];
}

/** The end of a text, as far as a width holds it. */
function tail(text: string, width: number): string {
  let start = 0;
  while (widthOf(text.slice(start)) > width - 1) start++;
  return start ? `…${text.slice(start)}` : text;
}

const waits = {
  running: "… running",
  held: "The agent has a question to its model: → lets it be asked.",
  asked: "… the model is being asked",
  yours: "Your turn as the agent: a answers.",
};

function drawNote({ note, tape, at, search, over, isWaiting }: State): string {
  if (note) return style("yellow", oneLine(note, 200));
  if (over) return "";
  if (search) {
    const place = search.found.indexOf(at);
    const which = place >= 0 ? `${place + 1} of ${search.found.length}` : `${search.found.length}`;
    return style("yellow", `/${oneLine(search.text, 30)}: ${which} places, n N moves, Esc ends`);
  }
  const isNewest = at === tape.stops.length - 1;
  if (tape.live && (isNewest || isWaiting)) return style("yellow", waits[tape.live]);
  return style("dim", findingWords(tape));
}

function findingWords({ findings }: Tape): string {
  const count = [...findings.values()].flat().length;
  if (!count) return "";
  return `${count} finding${count === 1 ? "" : "s"}: ! lists, n N moves`;
}

const mainKeys =
  "←→ step  [] call  g go to  / search  Tab office  Enter open  i hand  f fork  ? help  q quit";
const shortKeys = "←→ step [] call g go / find Tab office Enter open i hand f fork ? help q quit";
const pageKeys = "↑↓ Space PgUp Home End move  Esc back";
const menuKeys = "↑↓ move  Enter choose  Esc back";

function drawKeys({ over, size }: State): string {
  const main = size.columns >= WIDE ? mainKeys : shortKeys;
  const keys = over?.kind === "page" ? pageKeys : over ? menuKeys : main;
  return style("dim", keys);
}
