import { createMemory } from "../../detectors/memory.ts";
import type { CallEvent, ItemEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { itemsOf } from "../whole.ts";

/** All that whoever labels an act needs to know of it, newest first; nothing of what was found. */
export function describeAct({ header, events }: Recording, seq: number): string[] {
  const memory = createMemory(header, { thinking: true });
  for (const event of events.slice(0, seq)) memory.take(event);
  const event = events[seq - 1]!;
  const said = memory.utterances.slice(-3).map(({ does, text }) => `${does}: ${text}`);
  const seen = memory.seen.filter(({ part }) => part === "whole").toReversed();
  return [
    ...(event.kind === "call" ? describeCall(event, { header, events }) : []),
    ...(event.kind === "arrival" ? ["BY A MAIL RULE", JSON.stringify(event.effects, null, 2)] : []),
    ...memory.now.map(({ to }) => `to: ${to.map(memory.parties.describe).join(", ")}`),
    "",
    "WHAT IT SAID LAST",
    ...said,
    "",
    "ITS TASK",
    header.task,
    "",
    "WHAT IT WAS TOLD TO BE",
    header.system,
    "",
    "WHAT IT HAD BEEN SHOWN, NEWEST FIRST",
    ...seen.flatMap(describeItem),
  ];
}

function describeCall(call: CallEvent, recording: Pick<Recording, "header" | "events">): string[] {
  const { tool, input, result, carried } = call;
  const took = itemsOf(recording.events, carried).flatMap(describeItem);
  return [
    `CALL ${call.call} ${tool}`,
    ...Object.entries((input ?? {}) as object).map(
      ([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
    ),
    result.code === null ? "It was done." : `It was not done: ${result.text}`,
    ...(took.length ? ["", "IT TOOK ALONG", ...took] : []),
  ];
}

function describeItem({ ref, title, labels, audience, text }: ItemEvent): string[] {
  const marks = labels.length ? ` [${labels.join(", ")}]` : "";
  return [
    "",
    `${ref} ${title}${marks}`,
    `${audience.circle}: ${audience.principals.join(", ")}`,
    ...text.split("\n").map((line) => `  │ ${line}`),
  ];
}
