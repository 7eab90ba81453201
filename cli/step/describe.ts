import { stripVTControlCharacters } from "node:util";
import type { RecordedEvent } from "../../recordings/events.ts";
import { markOf, renderEvidence, wordFinding } from "../findings.ts";
import { thoughtIn } from "../render.ts";
import { sectionsOf } from "../whole.ts";
import type { Stop, Tape } from "./tape.ts";

/** All that is known of what happened at a stop, as a page. */
export function describeStop(
  { header, events, findings }: Tape,
  { event }: Stop,
): { readonly title: string; readonly text: readonly string[] } {
  if (!event) {
    return { title: "The beginning", text: ["system", header.system, "task", header.task] };
  }
  const found = (findings.get(event.seq) ?? []).flatMap((finding) => [
    `${markOf(finding)} ${wordFinding(finding)}: ${finding.summary}`,
    ...renderEvidence({ header, events }, finding).map(stripVTControlCharacters),
  ]);
  const title = `${event.kind === "call" ? `call ${event.call} ${event.tool}` : event.kind} ${event.at}`;
  return { title, text: [...found, ...describe(event, events)] };
}

function describe(event: RecordedEvent, events: readonly RecordedEvent[]): string[] {
  switch (event.kind) {
    case "call":
      return sectionsOf(events, event).flatMap(({ head, title, about, text, prefix }) => [
        `${head} ${title}`,
        ...(about ? [`  ${about}`] : []),
        ...(text ?? "").split("\n").flatMap((line) => (line ? [prefix + line] : [])),
      ]);
    case "answer":
      return event.answer.content.map((block) => {
        if (block.type === "text") return block.text;
        if (block.type === "tool-call")
          return `calls ${block.name} ${JSON.stringify(block.input, null, 2)}`;
        return thoughtIn(block.data) || JSON.stringify(block.data, null, 2);
      });
    case "code": {
      const { code, text } = event.result;
      const printed = code === null ? "printed" : `printed (${code})`;
      return ["code", ...event.source.split("\n"), printed, ...text.split("\n")];
    }
    case "asked":
      return [
        `to ${event.who}, whom a model plays`,
        ...event.system.split("\n"),
        ...event.text.split("\n"),
      ];
    case "log":
      return [event.text];
    default:
      return JSON.stringify(event, null, 2).split("\n");
  }
}
