import { stripVTControlCharacters, styleText } from "node:util";

/** Control, format and bidirectional characters that could change what a terminal shows. */
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text from outside, made safe to print: escape sequences gone, other controls made visible. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(
    CONTROL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A JSON value from outside with all its text made safe to print. */
export function printableDeep<T>(value: T): T {
  if (typeof value === "string") return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableDeep) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, printableDeep(inner)]);
  return Object.fromEntries(entries) as T;
}

/** Text from outside on one line, cut to a width. */
export function oneLine(text: string, width = 100): string {
  const line = printable(text).replace(/\s+/g, " ").trim();
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

type Style = Parameters<typeof styleText>[0];

/** Styled where standard output is a terminal that shows colours; NO_COLOR is respected. */
export function style(format: Style, text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** For whoever sits there, beside the output: never mixed into what a program reads. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function indent(text: string, prefix: string): string {
  return printable(text)
    .split("\n")
    .map((line) => prefix + line)
    .join("\n");
}
