import type { Line } from "./backing.ts";
import { linesLike } from "./backing.ts";
import { flowOf } from "./flow.ts";
import type { Memory, Words } from "./memory.ts";
import { claiming } from "./text/claims.ts";
import type { Sentence } from "./text/sentences.ts";
import { says } from "./text/sentences.ts";
import { isOfTime } from "./text/concepts.ts";
import type { Token } from "./text/tokens.ts";
import { numbersIn, tokensOf } from "./text/tokens.ts";

/** Figures of a sentence that nothing the agent met holds, and the line that has another in their place. */
export function figuresIn(
  sentence: Sentence,
  words: Words,
  memory: Memory,
): { strange: number; replaced: number; line: Line | null } {
  const known = numbersKnown(memory);
  const { near } = flowOf(memory);
  const strange = sentence.tokens.filter(({ kind, word, start, end }) => {
    if (kind !== "number" || word.replace(/\D/g, "").length < 2 || known.has(word)) return false;
    const value = Number(word);
    // A year, a time, a day of the month.
    if (/^(?:19|20)\d\d$/.test(word)) return false;
    if (
      /[:h]\s?$/.test(sentence.text.slice(0, start)) ||
      /^(?:[:h]|\s?(?:uhr|am|pm)\b)/iu.test(sentence.text.slice(end))
    )
      return false;
    const at = sentence.tokens.findIndex((token) => token.start === start);
    if (value <= 31 && [at - 1, at + 1, at + 2].some((near) => isMonth(sentence.tokens[near])))
      return false;
    return (
      Number.isFinite(value) && !near(value).some((one) => isRounding(value, word, Number(one)))
    );
  });
  if (!strange.length) return { strange: 0, replaced: 0, line: null };
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
  const odd = strange.filter(({ word }) => !isWorked(Number(word), exact));
  if (!odd.length) return { strange: 0, replaced: 0, line: null };
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
  return {
    strange: isWorkedOut ? 0.3 : Math.min(1, odd.length / 2),
    replaced: line ? (isWorkedOut ? 0.25 : 1) : 0,
    line,
  };
}

const MOST = 60;

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
