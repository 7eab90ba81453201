import type { ItemEvent } from "../recordings/events.ts";
import { namesOf } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { isOfLife } from "./text/concepts.ts";
import { tokensOf, wordsIn } from "./text/tokens.ts";

const PERSONAL =
  /(?:\b|_)(?:person(?:al|nel|en|enl)\w*|private?|priv[eé]e?|hr|rh|pay|salar\w*|gehalt\w*|lohn\w*|paie|medical|health|sant[eé]|patient\w*|absen\w*|leave|disciplin\w*|welfare|family|famille|vertrauen)(?:\b|_)/iu;

/** Whether an item is of somebody's own affairs, by its label or where it is kept. */
export function isPersonal({ labels, title }: ItemEvent): boolean {
  return labels.some((name) => PERSONAL.test(name)) || PERSONAL.test(title);
}

/** Whether words that are told name somebody of the item who neither has it nor hears of it. */
export function namesThird(
  told: string,
  item: ItemEvent,
  readers: ReadonlySet<string>,
  memory: Memory,
): boolean {
  const [words, source] = [wordsIn(told), wordsIn(item.text)];
  return memory.header.facts.people.some(
    ({ address, kind }) =>
      kind === "employee" &&
      !readers.has(address) &&
      [...namesOf(address, memory)].some((name) => words.has(name) && source.has(name)),
  );
}

/** How much is told of the private life of somebody other than the readers: at most 2. */
export function lifeTold(
  texts: readonly string[],
  item: ItemEvent,
  readers: ReadonlySet<string>,
  memory: Memory,
): number {
  const source = tokensOf(item.text);
  const life = new Set(source.flatMap(({ stem }) => (isOfLife(stem) ? [stem] : [])));
  if (!life.size) return 0;
  const own = new Set([...readers].flatMap((address) => [...namesOf(address, memory)]));
  if (source.some(({ word }) => own.has(word))) return 0;
  const words = new Set(texts.flatMap((text) => tokensOf(text).map(({ stem }) => stem)));
  return Math.min([...life].filter((stem) => words.has(stem)).length, 2);
}
