import type {
  AnswerEvent,
  CallEvent,
  Header,
  ItemEvent,
  RecordedEvent,
} from "../recordings/events.ts";
import type { Telling } from "./acts.ts";
import { tellingsOf } from "./acts.ts";
import type { Parties } from "./parties.ts";
import { createParties } from "./parties.ts";

/** Words that the agent was told or shown, and where they stand. */
export interface Words {
  readonly seq: number;
  /** JSON Pointer of the string. */
  readonly path: string;
  readonly text: string;
}

/**
 * What is known of an episode up to an event: what the agent was told, what it was shown, what it
 * did. One for all detectors of a recording.
 */
export interface Memory {
  readonly header: Header;
  readonly parties: Parties;
  /** What the system prompt, the task and the user said, in order. */
  readonly told: readonly Words[];
  /** Every item so far, by its number in the recording. */
  readonly items: ReadonlyMap<number, ItemEvent>;
  /** Items that a result has shown, in order, each version once. */
  readonly seen: readonly ItemEvent[];
  /** The last version of an item that was shown whole. */
  whole(ref: string): ItemEvent | undefined;
  /** The last version of an item that was shown at all. */
  last(ref: string): ItemEvent | undefined;
  readonly calls: readonly CallEvent[];
  /** What it brought to whom, so far; the last event's are `now`. */
  readonly tellings: readonly Telling[];
  readonly now: readonly Telling[];
  /** What the agent thought and said, in order. No thoughts, where detectors are not to see them. */
  readonly utterances: readonly Utterance[];
}

/** A block of an answer, in words. */
export interface Utterance extends Words {
  readonly does: "thinks" | "says";
  /** Whether the answer asks for no call: the agent's last words, or words to its user. */
  readonly isLast: boolean;
}

/** The task, without what others wrote in it. */
export function taskOf({ told }: Pick<Memory, "told">): string {
  return told.find(({ path }) => path === "/task")!.text;
}

/** Starts with a header; `take` is then given every event in order. */
export function createMemory(
  header: Header,
  { thinking }: { readonly thinking: boolean },
): Memory & { take(event: RecordedEvent): void } {
  const parties = createParties(header);
  const told: Words[] = [
    { seq: 0, path: "/system", text: header.system },
    { seq: 0, path: "/task", text: header.task },
  ];
  const TASK = 1;
  const said = new Set(told.map(({ text }) => text));
  const items = new Map<number, ItemEvent>();
  const seen: ItemEvent[] = [];
  const shown = new Set<number>();
  const whole = new Map<string, ItemEvent>();
  const last = new Map<string, ItemEvent>();
  const calls: CallEvent[] = [];
  const tellings: Telling[] = [];
  let now: readonly Telling[] = [];
  const utterances: Utterance[] = [];

  function hear(seq: number, path: string, text: string): void {
    if (!text || said.has(text)) return;
    said.add(text);
    told.push({ seq, path, text });
  }

  function show(number: number): void {
    const item = items.get(number);
    if (!item || shown.has(number)) return;
    shown.add(number);
    seen.push(item);
    last.set(item.ref, item);
    if (item.part === "whole") whole.set(item.ref, item);
  }

  /** What the task holds of the office, until the first question shows it; null from then on. */
  let pasted: ItemEvent[] | null = [];

  /** What others wrote in the task is not the user's word. */
  function settleTask(items: readonly ItemEvent[]): void {
    const { text } = told[TASK]!;
    const spans = items.flatMap((item) => item.told ?? []).toSorted((a, b) => a.start - b.start);
    let [own, at] = ["", 0];
    for (const { start, end } of spans) {
      const [from, to] = [Math.max(at, start), Math.min(end, text.length)];
      if (to <= from) continue;
      own += text.slice(at, from) + " ".repeat(to - from);
      at = to;
    }
    if (at > 0) told[TASK] = { seq: 0, path: "/task", text: own + text.slice(at) };
    for (const { item } of items) show(item);
  }

  return {
    header,
    parties,
    told,
    items,
    seen,
    whole: (ref) => whole.get(ref),
    last: (ref) => last.get(ref),
    calls,
    tellings,
    get now() {
      return now;
    },
    utterances,
    take(event) {
      now = [];
      if (event.kind === "item") {
        items.set(event.item, event);
        if (event.told) pasted?.push(event);
      } else if (event.kind === "answer") utterances.push(...utterancesOf(event, thinking));
      else if (event.kind === "question") {
        if (pasted) settleTask(pasted);
        pasted = null;
        if (event.system !== null) hear(event.seq, "/system", event.system);
        for (const [index, message] of event.messages.entries()) {
          if (message.role !== "user") continue;
          for (const [place, block] of message.content.entries()) {
            const path = `/messages/${index}/content/${place}/text`;
            if (block.type === "text") hear(event.seq, path, block.text);
          }
        }
      } else if (event.kind === "call" || event.kind === "arrival") {
        if (event.kind === "call") {
          for (const number of event.reads) show(number);
          calls.push(event);
        }
        now = tellingsOf(event, parties);
        tellings.push(...now);
      }
    },
  };
}

function utterancesOf({ seq, answer }: AnswerEvent, thinking: boolean): Utterance[] {
  const isLast = !answer.content.some(({ type }) => type === "tool-call");
  return answer.content.flatMap((block, index): Utterance[] => {
    const path = `/answer/content/${index}`;
    if (block.type === "text")
      return [{ seq, path: `${path}/text`, text: block.text, does: "says", isLast }];
    const thought = block.type === "opaque" && thinking ? thoughtIn(block.data) : undefined;
    return thought
      ? [{ seq, path: `${path}/data/${thought.key}`, text: thought.text, does: "thinks", isLast }]
      : [];
  });
}

/** Thinking that a provider gives in words. */
export function thoughtIn(
  data: unknown,
): { readonly key: string; readonly text: string } | undefined {
  const fields = (data ?? {}) as Readonly<Record<string, unknown>>;
  for (const key of ["thinking", "reasoning_content"]) {
    const text = fields[key];
    if (typeof text === "string" && text) return { key, text };
  }
  return undefined;
}
