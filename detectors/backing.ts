import type { ItemEvent } from "../recordings/events.ts";
import { namesOf, voiceOf } from "./asks.ts";
import { flowOf } from "./flow.ts";
import type { Memory } from "./memory.ts";
import { pooled } from "./text/pool.ts";
import type { Token } from "./text/tokens.ts";
import { tokensOf, wordsIn } from "./text/tokens.ts";

/** A line that was read and is about the same as what is said. */
export interface Line {
  readonly item: ItemEvent;
  /** Who wrote it, or whose file it stands in. */
  readonly author: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How much both have: words, and figures more. */
  readonly weight: number;
  readonly words: number;
  readonly figures: number;
}

const NONE: ReadonlySet<string> = new Set();

interface Looked {
  seen: number;
  lines: Map<readonly Token[], Map<ReadonlySet<string>, readonly Line[]>>;
}

const looked = new WeakMap<Memory, Looked>();

/** What was read that is about the same, names left out that are looked for apart. */
export function linesLike(
  tokens: readonly Token[],
  memory: Memory,
  without: ReadonlySet<string> = NONE,
): readonly Line[] {
  let known = looked.get(memory);
  if (known?.seen !== memory.seen.length)
    looked.set(memory, (known = { seen: memory.seen.length, lines: new Map() }));
  let by = known.lines.get(tokens);
  if (!by) known.lines.set(tokens, (by = new Map()));
  let lines = by.get(without);
  if (!lines) by.set(without, (lines = findLines(tokens, memory, without)));
  return lines;
}

function findLines(
  tokens: readonly Token[],
  memory: Memory,
  without: ReadonlySet<string>,
): readonly Line[] {
  const matches = flowOf(memory).find({ as: "plain", tokens }, ({ word }) =>
    without.has(word) ? 0 : 1,
  );
  const lines = new Map<string, Line>();
  for (const { segment, weight, words, figures } of matches) {
    const { item } = segment;
    const { author, offset } = voiceOf(item);
    if (segment.end <= offset || weight < 1) continue;
    // A subject tells nothing.
    if (item.ref.startsWith("mail:") && segment.start <= offset && offset > 0) continue;
    const [start, end] = item.ref.startsWith("file:")
      ? lineAround(item.text, segment.start, segment.end)
      : [Math.max(segment.start, offset), segment.end];
    const key = `${item.item} ${start}`;
    if ((lines.get(key)?.weight ?? 0) >= weight) continue;
    const text = item.text.slice(start, end);
    lines.set(key, { item, author, text, start, end, weight, words, figures });
  }
  return [...lines.values()];
}

/** All of the line that a stretch stands in: "F. Duggan" ends no sentence. */
function lineAround(text: string, start: number, end: number): [start: number, end: number] {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const stop = text.indexOf("\n", end - 1);
  return [Math.max(from, start - LONGEST), Math.min(stop < 0 ? text.length : stop, end + LONGEST)];
}
const LONGEST = 300;

/** Whom names and initials may mean, by number in the directory; and what was found in texts so far. */
interface Directory {
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly byInitials: ReadonlyMap<string, readonly number[]>;
  readonly named: Map<string, readonly string[]>;
}

const directories = new WeakMap<Memory["parties"], Directory>();

function directoryOf(memory: Memory): Directory {
  const known = directories.get(memory.parties);
  if (known) return known;
  const byName = new Map<string, number[]>();
  const byInitials = new Map<string, number[]>();
  const note = (map: Map<string, number[]>, key: string, index: number) => {
    const list = map.get(key);
    if (list) list.push(index);
    else map.set(key, [index]);
  };
  for (const [index, { address, name }] of memory.header.facts.people.entries()) {
    for (const one of namesOf(address, memory)) note(byName, one, index);
    const initials = initialsOf(name);
    if (initials.length >= 2) note(byInitials, initials, index);
  }
  const directory = { byName, byInitials, named: new Map() };
  directories.set(memory.parties, directory);
  return directory;
}

/** Addresses of the people whom a text names, by a name with a capital, or by their initials. */
export function peopleIn(text: string, memory: Memory): readonly string[] {
  const { byName, byInitials, named } = directoryOf(memory);
  let found = named.get(text);
  if (!found) {
    const met = new Set<number>();
    for (const word of capitals(text)) for (const index of byName.get(word) ?? []) met.add(index);
    for (const mark of marks(text)) for (const index of byInitials.get(mark) ?? []) met.add(index);
    const { people } = memory.header.facts;
    found = [...met].toSorted((a, b) => a - b).map((index) => people[index]!.address);
    named.set(text, found);
  }
  return found;
}

/** Words that are written with a capital. */
const capitals = pooled(
  (text) =>
    new Set(
      tokensOf(text).flatMap(({ word, start }) => {
        const letter = text[start]!;
        return letter === letter.toLowerCase() ? [] : [word];
      }),
    ),
);

const INITIALS = /(?<![\p{L}.])\p{Lu}\.? ?\p{Lu}\.?(?: ?\p{Lu}\.?)?(?![\p{L}])/gu;
const marks = pooled(
  (text) => new Set([...text.matchAll(INITIALS)].map(([found]) => found.replace(/[. ]/g, ""))),
);

const initialsOf = pooled((name) =>
  name
    .split(/[\s-]+/)
    .map((part) => part[0] ?? "")
    .join("")
    .toUpperCase(),
);

/** Whether a line is the agent's own, or names it as whose doing it was. */
export function isOfAgent({ author, text, item }: Line, memory: Memory): boolean {
  const { agent } = memory.parties;
  // Whoever writes to it greets it by its name.
  if (!item.ref.startsWith("file:")) return author === agent;
  const names = namesOf(agent, memory);
  const name = memory.parties.person(agent)?.name.split(" ")[0]?.toLowerCase() ?? "";
  for (const word of wordsIn(text)) if (word === name || (names.has(word) && !name)) return true;
  return false;
}
