import type { Command } from "commander";
import { openRecording } from "../../episodes/files.ts";
import type { Aligned } from "../../recordings/diff.ts";
import { diffRecordings } from "../../recordings/diff.ts";
import type { CallEvent } from "../../recordings/events.ts";
import { oneLine, print, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

const WIDTH = 56;

export function addDiff(program: Command): void {
  program
    .command("diff")
    .summary("align two recordings")
    .description("Aligns the calls of two recordings: where they part, and what differed.")
    .argument("<a>", "a recording")
    .argument("<b>", "another")
    .addOption(jsonOption("headers' differences, aligned calls and where they part"))
    .addHelpText(
      "after",
      "\nMarks: = equal, ~ same call but another result, < only in a, > only in b.\nExit: 0 equal, 3 not, 2 bad input.",
    )
    .action(diff);
}

function diff(a: string, b: string, { json }: { json?: true }): void {
  const found = diffRecordings(openRecording(a), openRecording(b));
  process.exitCode = found.partsAt === null ? 0 : 3;
  if (json) {
    print(JSON.stringify(found));
    return;
  }
  for (const { field, a: left, b: right } of found.header) {
    print(`${style("yellow", field.padEnd(10))} ${oneLine(left, WIDTH)}`);
    print(`${" ".repeat(10)} ${oneLine(right, WIDTH)}`);
  }
  if (found.header.length) print();
  for (const aligned of found.calls) print(showAligned(aligned));
  print();
  print(
    found.partsAt === null
      ? "All calls are equal."
      : style("bold", `They part at call ${found.partsAt}.`),
  );
}

function showAligned({ a, b, same, equal }: Aligned): string {
  if (same && a && b) {
    const line = `${equal ? "=" : "~"} ${label(a)}${a.call === b.call ? "" : style("dim", ` (${b.call} in b)`)}`;
    if (equal) return style("dim", line);
    return `${style("yellow", line)}\n    a: ${oneLine(a.result.text)}\n    b: ${oneLine(b.result.text)}`;
  }
  return a ? style("red", `< ${label(a)}`) : style("green", `> ${label(b!)}`);
}

function label({ call, tool, input }: CallEvent): string {
  return `#${String(call).padEnd(3)} ${oneLine(tool, 30).padEnd(14)} ${oneLine(JSON.stringify(input), 2 * WIDTH)}`;
}
