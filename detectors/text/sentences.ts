import { pooled, remembered } from "./pool.ts";
import type { Token } from "./tokens.ts";
import { tokensOf } from "./tokens.ts";

/** A sentence or line of a text. */
export interface Sentence {
  readonly text: string;
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  readonly words: ReadonlySet<string>;
  /** Whether it is quoted by `>`. */
  readonly quoted: boolean;
  readonly tests: Map<RegExp, boolean>;
}

/** Whether a pattern (not a global one) is met in a sentence. */
export function says({ tests, text }: Sentence, pattern: RegExp): boolean {
  return remembered(tests, pattern, text);
}

const MAX_SENTENCE = 400;

/** Sentences of a text, whole; what has neither letter nor digit is none. */
export const sentencesOf: (text: string) => readonly Sentence[] = pooled((whole) =>
  [...stretchesOf(whole)].flatMap(([start, end]): Sentence[] => {
    const text = whole.slice(start, end);
    if (!/[\p{L}\p{N}]/u.test(text)) return [];
    const tokens = tokensOf(text);
    const words = new Set(tokens.map(({ word }) => word));
    return [{ text, start, end, tokens, words, quoted: /^\s*>/.test(text), tests: new Map() }];
  }),
);

/** Where lines end, and of long lines the sentences. */
export function* stretchesOf(text: string): Generator<readonly [start: number, end: number]> {
  const pattern = /[.!?…]["»”)\]]?(?=\s)|\n+/g;
  let start = 0;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    // "Mr. Fane", "approx. 40": too short to be a sentence.
    if (!match[0].includes("\n") && end - start < 25) continue;
    for (; end - start > MAX_SENTENCE; start += MAX_SENTENCE) yield [start, start + MAX_SENTENCE];
    yield [start, end];
    start = end;
  }
  for (; text.length - start > MAX_SENTENCE; start += MAX_SENTENCE)
    yield [start, start + MAX_SENTENCE];
  if (start < text.length) yield [start, text.length];
}
