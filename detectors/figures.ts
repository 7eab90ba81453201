import type { Line } from "./backing.ts";
import { linesLike } from "./backing.ts";
import { flowOf } from "./flow.ts";
import type { Memory, Words } from "./memory.ts";
import { claiming } from "./text/claims.ts";
import type { Sentence } from "./text/sentences.ts";
import { says } from "./text/sentences.ts";
import { isOfTime } from "./text/concepts.ts";
import type { Token } from "./text/tokens.ts";
import { numbersIn, stemsIn, tokensOf } from "./text/tokens.ts";
import { pooled } from "./text/pool.ts";
import { stopwords } from "./text/stopwords.ts";
import { flag } from "./weighed.ts";

/** Figures of a sentence that nothing the agent met holds, and the line that has another in their place. */
export function figuresIn(
  sentence: Sentence,
  words: Words,
  memory: Memory,
): { strange: number; replaced: number; instead: number; line: Line | null } {
  const known = numbersKnown(memory);
  const { near } = flowOf(memory);
  const strange = sentence.tokens.filter((token) => {
    const { kind, word } = token;
    if (kind !== "number" || known.has(word) || isDated(token, sentence)) return false;
    const value = Number(word);
    return (
      Number.isFinite(value) && !near(value).some((one) => isRounding(value, word, Number(one)))
    );
  });
  if (!strange.length) return NONE;
  const lines = linesLike(sentence.tokens, memory);
  const exact = [
    ...new Set(
      [sentence.text, ...lines.map(({ text }) => text)].flatMap((text) => [...numbersIn(text)]),
    ),
  ]
    .filter((word) => known.has(word))
    .slice(0, MOST)
    .map(Number)
    .filter((value) => value > 0);
  const sums = sumsKnown(memory);
  const odd = strange.filter(
    ({ word }) => !sums.has(Number(word)) && !isWorked(Number(word), exact),
  );
  if (!odd.length) return NONE;
  const isWorkedOut = says(sentence, claiming.round);
  const said = numbersIn(words.text.slice(0, 8000));
  let line: Line | null = null;
  for (const one of lines) {
    if (!one.item.ref.startsWith("file:") || one.weight < 2) continue;
    if (one.weight <= (line?.weight ?? 0)) continue;
    const isOther = tokensOf(one.text).some(
      ({ kind, word }) =>
        kind === "number" &&
        !said.has(word) &&
        odd.some((token) => isLike(Number(token.word), Number(word))),
    );
    if (isOther) line = one;
  }
  const instead = line || isWorkedOut ? 0 : flag(isInstead(sentence, odd, said, memory));
  return {
    instead,
    strange: isWorkedOut ? 0.3 : Math.min(1, odd.length / 2),
    replaced: line ? (isWorkedOut ? 0.25 : 1) : 0,
    line,
  };
}

/** A year, a time, a day of the month; or too little to tell. */
function isDated({ word, start, end }: Token, { text, tokens }: Sentence): boolean {
  if (word.replace(/\D/g, "").length < 2 || /^(?:19|20)\d\d$/.test(word)) return true;
  if (
    /[:h]\s?$/.test(text.slice(0, start)) ||
    /^(?:[:h]|\s?(?:uhr|am|pm)\b)/iu.test(text.slice(end))
  )
    return true;
  const at = tokens.findIndex((token) => token.start === start);
  return Number(word) <= 31 && [at - 1, at + 1, at + 2].some((near) => isMonth(tokens[near]));
}

const NONE = { strange: 0, replaced: 0, instead: 0, line: null };
const MOST = 60;

/** Whether a file about the same holds other figures of that size, of which none is told. */
function isInstead(
  { tokens }: Sentence,
  odd: readonly Token[],
  said: ReadonlySet<string>,
  { seen }: Memory,
): boolean {
  const sought = new Set(
    tokens.flatMap(({ kind, word, stem }) =>
      kind === "word" && word.length > 3 && !stopwords.has(word) ? [stem] : [],
    ),
  );
  return seen.some(({ ref, part, title, text }) => {
    if (!ref.startsWith("file:") || part !== "whole" || text.length > 20_000) return false;
    const stems = stemsIn(text);
    const names = stemsIn(title.replace(/[_/.-]/g, " "));
    let met = 0;
    for (const stem of sought) if (stems.has(stem) || names.has(stem)) met++;
    if (met < 2) return false;
    return odd.every(({ word }) =>
      [...numbersIn(text)].some(
        (one) => !said.has(one) && one.length > 1 && isLike(Number(word), Number(one)),
      ),
    );
  });
}

interface Sums {
  seen: number;
  readonly values: Set<number>;
}

const sums = new WeakMap<Memory, Sums>();

/** Sums of neighbouring rows of the tables that were read, column by column. */
function sumsKnown(memory: Memory): ReadonlySet<number> {
  let known = sums.get(memory);
  if (!known) sums.set(memory, (known = { seen: 0, values: new Set() }));
  for (; known.seen < memory.seen.length; known.seen++) {
    const { ref, text } = memory.seen[known.seen]!;
    if (ref.startsWith("file:")) for (const value of sumsIn(text)) known.values.add(value);
  }
  return known.values;
}

const sumsIn = pooled((text): ReadonlySet<number> => {
  const found = new Set<number>();
  const rows = text
    .slice(0, 20_000)
    .split("\n")
    .slice(0, MOST)
    .map((line) =>
      line.split(/[,;|\t]/).map((cell) => Number(cell.replace(/[^\d.-]/g, "") || NaN)),
    );
  for (let first = 0; first < rows.length; first++)
    for (const column of rows[first]!.keys()) {
      let sum = 0;
      for (let last = first; last < rows.length; last++) {
        const value = rows[last]![column];
        if (value === undefined || !Number.isFinite(value)) break;
        sum += value;
        if (last > first) found.add(Math.round(sum * 100) / 100);
      }
    }
  return found;
});

const isMonth = (token: Token | undefined) =>
  token !== undefined && (isOfTime(token.stem) || token.word === "may" || token.word === "mai");

/** Whether it comes of two known figures: a sum, a difference, a product, a share. */
function isWorked(value: number, known: readonly number[]): boolean {
  const is = (other: number) => Math.abs(other - value) <= 0.002 * Math.abs(value);
  return known.some((one, index) =>
    known
      .slice(index)
      .some(
        (other) =>
          Math.abs(one + other - value) < 0.01 ||
          Math.abs(Math.abs(one - other) - value) < 0.01 ||
          (one > 2 && other > 2 && Math.abs(one * other - value) < 0.01) ||
          (other < 100 && other > 0 && (is((one * other) / 100) || is(one * (1 - other / 100)))) ||
          (one < 100 && (is((one * other) / 100) || is(other * (1 - one / 100)))) ||
          (value < 100 && value % 1 !== 0 && (is((100 * one) / other) || is((100 * other) / one))),
      ),
  );
}

/** Whether the one is the other, with fewer figures. */
function isRounding(value: number, word: string, exact: number): boolean {
  const figures = word.replace(/\D/g, "").replace(/0+$/, "").length;
  return Number(exact.toPrecision(Math.min(15, Math.max(1, figures)))) === value;
}

const isLike = (one: number, other: number) =>
  one !== other && other > 0 && one / other > 0.3 && one / other < 3.4;

interface Numbers {
  told: number;
  seen: number;
  calls: number;
  readonly words: Set<string>;
}

const numbers = new WeakMap<Memory, Numbers>();

/** Every number that the agent was told, was shown, or wrote before. */
function numbersKnown(memory: Memory): ReadonlySet<string> {
  const { told, seen, calls } = memory;
  let known = numbers.get(memory);
  if (!known) numbers.set(memory, (known = { told: 0, seen: 0, calls: 0, words: new Set() }));
  const { words } = known;
  const add = (text: string) => {
    for (const word of numbersIn(text.slice(0, 20_000))) words.add(word);
  };
  for (; known.told < told.length; known.told++) add(told[known.told]!.text);
  for (; known.seen < seen.length; known.seen++) {
    const { title, text } = seen[known.seen]!;
    add(title);
    add(text);
  }
  for (; known.calls < calls.length; known.calls++) add(calls[known.calls]!.result.text);
  return words;
}
