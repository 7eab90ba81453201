import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { openRecording } from "../../episodes/files.ts";
import { requestBytes } from "../../models/bytes.ts";
import type { CallEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { indent, oneLine, print, printable, style, tell } from "../terminal.ts";
import { createWatcher } from "../watch.ts";
import type { Section } from "../whole.ts";
import { itemsOf, sectionsOf } from "../whole.ts";
import { jsonOption, parseCount } from "./options.ts";

interface ShowFlags {
  readonly at?: number;
  readonly request?: number;
  readonly json?: true;
}

export function addShow(program: Command): void {
  program
    .command("show")
    .summary("show a recording, one call of it, or a model request")
    .description(
      "Shows a recording without running anything: all of it, one call whole, or the bytes of a request.",
    )
    .argument("<file>", "a recording")
    .option(
      "--at <call>",
      "one call, with its input, result, effects and the items it showed",
      parseCount,
    )
    .option("--request <number>", "the exact bytes of a request to the model", parseCount)
    .addOption(jsonOption("events as JSON lines"))
    .action(show);
}

function show(file: string, { at, request, json }: ShowFlags): void {
  const recording = openRecording(file);
  if (request !== undefined) {
    process.stdout.write(requestBytes(recording, request));
    return;
  }
  if (at !== undefined) {
    showCall(recording, at, json === true);
    return;
  }
  const watcher = createWatcher(json === true);
  watcher.see(recording.header);
  for (const event of recording.events) watcher.see(event);
  if (!recording.end) tell(`It has no end yet. Go on with: npx cubicle resume ${file}`);
}

function showCall({ events }: Recording, number: number, json: boolean): void {
  const call = events.find((event) => event.kind === "call" && event.call === number) as
    | CallEvent
    | undefined;
  if (!call) {
    const count = events.filter(({ kind }) => kind === "call").length;
    throw new UsageError(`There is no call ${number}: this recording has ${count}.`);
  }
  if (json) {
    const [reads, carried] = [itemsOf(events, call.reads), itemsOf(events, call.carried)];
    print(JSON.stringify({ call, reads, carried }));
    return;
  }
  print(`${style("bold", `call ${call.call}`)}  ${oneLine(call.tool)}  ${style("dim", call.at)}`);
  for (const section of sectionsOf(events, call)) showSection(section);
}

function showSection({ head, title, about, text, prefix }: Section): void {
  print(`${style("cyan", head)}${title && ` ${printable(title)}`}`);
  if (about) print(style("dim", indent(about, "  ")));
  if (text !== null) print(indent(text, prefix));
}
