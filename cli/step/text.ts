import stringWidth from "string-width";
import { printable } from "../terminal.ts";

/** Our own colours; whatever else there was is gone from text that went through `printable`. */
const STYLE = /(\u001b\[[\d;]*m)/;
const RESET = "\u001b[0m";
const PLAIN = /^[\u0020-\u007e]*$/;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a line of the screen may hold beside text: our own styles, and going to a column. */
const OWN = /(\u001b\[(?:[\d;]*m|\d+G))/;

/** A line in which nothing but our own can be a control, whatever found its way into it. */
export function sealed(line: string): string {
  if (PLAIN.test(line)) return line;
  return line
    .split(OWN)
    .map((part) => (OWN.test(part) ? part : printable(part).replace(/[\t\n\u2028\u2029]/g, " ")))
    .join("");
}

/** Columns that a text takes in a terminal. Wide characters take two, combining marks none. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** A text as far as a width holds it, with an ellipsis if that is not all. Styles may be in it. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let [out, left] = ["", Math.max(width - 1, 0)];
  for (const part of text.split(STYLE)) {
    if (STYLE.test(part)) {
      out += part;
      continue;
    }
    const taken = take(part, left);
    out += taken;
    left = taken === part ? left - widthOf(taken) : 0;
    if (taken !== part) break;
  }
  const end = width > 0 ? "…" : "";
  return out.includes("\u001b") ? `${out}${end}${RESET}` : out + end;
}

/** As many whole characters from the start of a text as go into a width. */
function take(text: string, width: number): string {
  if (PLAIN.test(text)) return text.slice(0, width);
  let [end, left] = [0, width];
  for (const { segment, index } of segmenter.segment(text)) {
    left -= widthOf(segment);
    if (left < 0) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** A text cut or filled up to a width. */
export function fit(text: string, width: number): string {
  const short = cut(text, width);
  return short + " ".repeat(Math.max(0, width - widthOf(short)));
}

/** Text from outside, made safe and broken into lines of a width, at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  return printable(text)
    .replaceAll("\t", "    ")
    .split(/[\n\u2028\u2029]/)
    .flatMap((line) => wrapLine(line, Math.max(width, 1)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (widthOf(rest) > width) {
    const whole = take(rest, width) || firstOf(rest);
    const space = rest.startsWith(" ", whole.length) ? whole.length : whole.lastIndexOf(" ");
    const end = space > width / 3 ? space : whole.length;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^ /, "");
  }
  return rest || !lines.length ? [...lines, rest] : lines;
}

function firstOf(text: string): string {
  for (const { segment } of segmenter.segment(text)) return segment;
  return text;
}

/** The last character off a text, as a person counts characters. */
export function dropLast(text: string): string {
  const last = [...segmenter.segment(text)].at(-1);
  return last ? text.slice(0, last.index) : "";
}

/**
 * Two texts side by side. The second is put into its column by the terminal, so that a character
 * whose width it sees differently moves nothing else.
 */
export function beside(left: string, right: string, width: number): string {
  return `${left}\u001b[${width + 1}G│ ${right}`;
}
