import { stripVTControlCharacters } from "node:util";
import { renderFinding } from "../findings.ts";
import { thoughtIn } from "../render.ts";
import { printable, style } from "../terminal.ts";
import type { State } from "./state.ts";
import type { Stop, Tape } from "./tape.ts";
import { cut, wrap } from "./text.ts";

const INDENT = 6;
/** What stands before a text: the time, and who has it. */
const LABEL = 14;
/** Lines of a result that are shown where one is. */
const RESULT = 3;

/** The transcript around the place that is shown: what comes after it is dim. */
export function drawTranscript({ tape, at }: State, width: number, height: number): string[] {
  const here = drawHere(tape, tape.stops[at]!, width, height);
  const above: string[] = [];
  for (let index = at - 1; index >= 0 && above.length < height; index--) {
    above.unshift(...drawStop(tape, tape.stops[index]!).map((line) => cut(`  ${line}`, width)));
  }
  const below: string[] = [];
  for (let index = at + 1; index < tape.stops.length && below.length < height; index++) {
    const lines = drawStop(tape, tape.stops[index]!).map(stripVTControlCharacters);
    below.push(...lines.map((line) => style("dim", cut(`· ${line}`, width))));
  }
  const room = height - here.length;
  const after = Math.min(below.length, Math.max(Math.floor(room / 3), room - above.length));
  return [
    ...above.slice(Math.max(0, above.length - (room - after))),
    ...here,
    ...below.slice(0, after),
  ];
}

function drawStop({ findings }: Tape, { events, lines }: Stop): string[] {
  return [...lines, ...(findings.get(events) ?? []).map(renderFinding)];
}

/** The place itself, with as much of what was said or given as there is room for. */
function drawHere(tape: Tape, stop: Stop, width: number, height: number): string[] {
  const inner = width - 2;
  const found = (tape.findings.get(stop.events) ?? []).flatMap((finding) =>
    wrap(stripVTControlCharacters(renderFinding(finding)).trim(), inner - INDENT).map(
      (line) => " ".repeat(INDENT) + style("red", line),
    ),
  );
  const lines = [...unfold(stop, tape.header.task, inner), ...found];
  const most = Math.max(1, Math.floor(height * 0.7));
  const shown =
    lines.length > most
      ? [...lines.slice(0, most - 1), style("dim", `${" ".repeat(INDENT)}… Enter shows all`)]
      : lines;
  return shown.map((line, index) =>
    cut(`${index ? "  " : `${style(["bold", "cyan"], ">")} `}${line}`, width),
  );
}

function unfold({ event, lines }: Stop, task: string, width: number): string[] {
  const indented = (text: string) =>
    wrap(text, width - INDENT).map((line) => " ".repeat(INDENT) + line);
  if (!event) return [...lines, ...indented(task)];
  if (event.kind === "call") {
    const result = indented(`= ${printable(event.result.text).replace(/\s+/g, " ")}`);
    const more = result.length > RESULT ? [`${result[RESULT - 1]!.slice(0, -1)}…`] : [];
    const shown = more.length ? [...result.slice(0, RESULT - 1), ...more] : result;
    return [...lines, ...shown.map((line) => style("dim", line))];
  }
  if (event.kind !== "answer") return [...lines];
  const texts = event.answer.content.flatMap((block) => {
    if (block.type === "text") return block.text;
    return block.type === "opaque" ? thoughtIn(block.data) : [];
  });
  // What is said in one line stands there already.
  const long = texts.filter((text) => text.includes("\n") || text.length > width - LABEL);
  return [...lines, ...long.flatMap(indented)];
}
