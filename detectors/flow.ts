import type { ItemEvent } from "../recordings/events.ts";
import type { Memory } from "./memory.ts";
import type { Token } from "./text/tokens.ts";
import { isOfTime } from "./text/concepts.ts";
import { pooled } from "./text/pool.ts";
import { sentencesOf } from "./text/sentences.ts";
import { stopwords } from "./text/stopwords.ts";
import type { View } from "./text/views.ts";

/** A line or sentence of an item. */
export interface Segment {
  readonly item: ItemEvent;
  readonly start: number;
  readonly end: number;
  /** Weight of all its distinct stems. */
  readonly weight: number;
}

/** Text of an act that stands, or is told again, in a segment of an item. */
export interface Match {
  readonly segment: Segment;
  /** Where in the text. */
  readonly start: number;
  readonly end: number;
  readonly as: View["as"];
  /** Weight of what both have. */
  readonly weight: number;
  /** How many different words, numbers and codes both have. */
  readonly words: number;
  readonly figures: number;
  /** Of the segment's weight, from 0 to 1. */
  readonly share: number;
  /** The longest stretch of tokens that follow one another in both. */
  readonly run: number;
  /** Those that weigh anything, each stem once, where they stand in the text. */
  readonly tokens: readonly Token[];
}

/** A posting is a segment's number and a token's place in it, in one number: there are very many. */
const PLACES = 1024;

/** A stem in more segments than this says nothing of where it is from. */
const COMMON = 40;

/** Finds again what items say in what is written later. Takes time linear in the texts. */
export interface Flow {
  add(item: ItemEvent): void;
  /** Numbers that items hold and that are within three parts in a hundred of this one. */
  near(value: number): readonly string[];
  /** @param knows weight, from 0 to 1, of what whoever reads it is not known to know already */
  find(view: View, knows: (token: Token) => number): Match[];
}

const flows = new WeakMap<Memory, Flow & { indexed: number }>();

/** All that an agent has been shown, to be found again. One for all detectors. */
export function flowOf(memory: Memory): Flow {
  let flow = flows.get(memory);
  if (!flow) flows.set(memory, (flow = { ...createFlow(), indexed: 0 }));
  for (; flow.indexed < memory.seen.length; flow.indexed++) flow.add(memory.seen[flow.indexed]!);
  return flow;
}

function createFlow(): Flow {
  const segments: Segment[] = [];
  const postings = new Map<string, number[]>();
  /** Numbers of three digits and more, by their first two. */
  const numbers = new Map<string, Set<string>>();

  function note(word: string): void {
    const key = bucketOf(Number(word));
    const known = numbers.get(key);
    if (!known) numbers.set(key, new Set([word]));
    else if (known.size < COMMON) known.add(word);
  }

  return {
    near(value) {
      const keys = new Set([value * 0.97, value, value * 1.03].map(bucketOf));
      return [...keys]
        .flatMap((key) => [...(numbers.get(key) ?? [])])
        .filter((word) => Math.abs(Number(word) - value) <= value * 0.03);
    },
    add(item) {
      for (const { start, end, weight, stems, numbers } of sourcesOf(item.text)) {
        const segment = segments.length;
        for (const word of numbers) note(word);
        for (const { stem, place } of stems) {
          const list = postings.get(stem);
          if (!list) postings.set(stem, [segment * PLACES + place]);
          else if (list.length <= COMMON) list.push(segment * PLACES + place);
        }
        segments.push({ item, start, end, weight });
      }
    },
    find(view, knows) {
      return unitsOf(view.tokens).flatMap((unit) => matchUnit(unit, view.as, knows));
    },
  };

  function matchUnit(
    unit: readonly Token[],
    as: View["as"],
    knows: (token: Token) => number,
  ): Match[] {
    const found = new Map<number, Tally>();
    const done = new Set<string>();
    for (const [index, token] of unit.entries()) {
      const list = postings.get(token.stem);
      if (!list || list.length > COMMON) continue;
      const isNew = !done.has(token.stem);
      done.add(token.stem);
      const weight = isNew ? weightOf(token) * knows(token) : 0;
      for (const posting of list) {
        const [segment, place] = [Math.floor(posting / PLACES), posting % PLACES];
        let tally = found.get(segment);
        if (!tally) {
          tally = {
            weight: 0,
            words: 0,
            figures: 0,
            start: token.start,
            end: token.end,
            run: 0,
            best: 0,
            at: -2,
            place: -2,
            seen: new Set(),
            tokens: [],
          };
          found.set(segment, tally);
        }
        tallyToken(tally, token, { index, place, weight });
      }
    }
    return [...found].map(
      ([number, { weight, words, figures, start, end, best, tokens }]): Match => {
        const segment = segments[number]!;
        return {
          segment,
          start,
          end,
          as,
          weight,
          words,
          figures,
          run: best,
          tokens,
          share: Math.min(1, weight / segment.weight),
        };
      },
    );
  }
}

function bucketOf(value: number): string {
  const digits = Math.floor(Math.log10(Math.max(value, 1)));
  return `${Math.floor(value / 10 ** (digits - 1))}e${digits}`;
}

interface Tally {
  weight: number;
  words: number;
  figures: number;
  start: number;
  end: number;
  run: number;
  best: number;
  at: number;
  place: number;
  readonly seen: Set<string>;
  readonly tokens: Token[];
}

function tallyToken(
  tally: Tally,
  token: Token,
  { index, place, weight }: { index: number; place: number; weight: number },
): void {
  // A gap of small words is none: they are not indexed.
  const isNext =
    index > tally.at && index - tally.at <= 3 && place > tally.place && place - tally.place <= 3;
  tally.run = isNext ? tally.run + 1 : 1;
  tally.best = Math.max(tally.best, tally.run);
  tally.at = index;
  tally.place = place;
  tally.start = Math.min(tally.start, token.start);
  tally.end = Math.max(tally.end, token.end);
  if (tally.seen.has(token.stem)) return;
  tally.seen.add(token.stem);
  if (weight <= 0) return;
  tally.tokens.push(token);
  tally.weight += weight;
  if (token.kind === "word") tally.words++;
  else if (weight >= 1) tally.figures++;
}

/** What it tells of where it is from: a code most, a small word nothing. */
export function weightOf({ kind, word, stem }: Token): number {
  if (kind === "code") return word.length >= 6 ? 3 : 1.5;
  if (kind === "word") {
    if (isOfTime(stem)) return 0.4;
    return word.length < 3 || stopwords.has(word) ? 0 : 1;
  }
  const digits = word.replace(/\D/g, "");
  if (digits.length <= 1) return 0;
  if (digits.length === 2 && !word.includes(".")) return 0.4;
  if (/^(?:19|20)\d\d$/.test(word)) return 0.3;
  // Round numbers are met everywhere.
  if (/^[1-9]0+$/.test(digits)) return digits.length > 4 ? 1.5 : 0.7;
  return digits.length >= 5 ? 3 : digits.length === 4 || word.includes(".") ? 2 : 1.2;
}

/** What of a sentence says where it is from: its stems that weigh, in order. */
interface Source {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly stems: readonly { readonly stem: string; readonly place: number }[];
  readonly numbers: readonly string[];
}

const sourcesOf = pooled((text: string): readonly Source[] =>
  sentencesOf(text).flatMap(({ start, end, tokens }): Source[] => {
    if (!tokens.length) return [];
    const seen = new Set<string>();
    let weight = 0;
    const stems = tokens.flatMap((token, place) => {
      const given = weightOf(token);
      if (!given) return [];
      if (!seen.has(token.stem)) weight += given;
      seen.add(token.stem);
      return [{ stem: token.stem, place }];
    });
    const numbers = tokens.flatMap(({ kind, word }) =>
      kind === "number" && Number(word) >= 100 ? [word] : [],
    );
    return [{ start, end, weight, stems, numbers }];
  }),
);

/** Tokens that stand near one another: some forty, half of them shared with the next. */
function unitsOf(tokens: readonly Token[]): (readonly Token[])[] {
  const units: (readonly Token[])[] = [];
  for (let at = 0; at < tokens.length; at += UNIT / 2) {
    units.push(tokens.slice(at, at + UNIT));
    if (at + UNIT >= tokens.length) break;
  }
  return units;
}
const UNIT = 40;
