import type { CallEvent, ItemEvent, RecordedEvent } from "../recordings/events.ts";
import { oneLine } from "./terminal.ts";

/** A part of all that is known of a call. Its texts are as recorded: not yet safe to print. */
export interface Section {
  readonly head: string;
  readonly title: string;
  readonly about: string;
  /** Null if there is none to show. */
  readonly text: string | null;
  /** What stands before each line of the text. */
  readonly prefix: string;
}

/** All that is known of a call: its input, its result, what it changed, and the items it showed. */
export function sectionsOf(events: readonly RecordedEvent[], call: CallEvent): Section[] {
  const { code, text } = call.result;
  const part = (head: string, text: string): Section => ({
    head,
    title: "",
    about: "",
    text,
    prefix: "  ",
  });
  return [
    part("input", JSON.stringify(call.input, null, 2) ?? "none"),
    part(code === null ? "result" : `fault (${oneLine(code)})`, pretty(text)),
    ...(call.effects.length ? [part("effects", JSON.stringify(call.effects, null, 2))] : []),
    ...itemsOf(events, call.reads).map((item) => itemSection("read", item)),
    ...itemsOf(events, call.carried).map((item) => itemSection("carried", item)),
  ];
}

/** Items by their numbers. */
export function itemsOf(
  events: readonly RecordedEvent[],
  numbers: readonly number[],
): readonly ItemEvent[] {
  const items = events.filter((event) => event.kind === "item");
  return numbers.flatMap((wanted) => items.find(({ item }) => item === wanted) ?? []);
}

function itemSection(head: string, item: ItemEvent): Section {
  const { ref, part, title, labels, audience, text } = item;
  const marks = labels.length ? ` [${labels.join(", ")}]` : "";
  return {
    head,
    title: `${ref} (${part}) ${title}${marks}`,
    about: `${audience.circle}: ${audience.principals.join(", ")}`,
    text: part === "whole" ? text : null,
    prefix: "  │ ",
  };
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
