import { conceptOf } from "./concepts.ts";
import { fold } from "./fold.ts";
import { pooled } from "./pool.ts";

/** A word or number of a text, as it is compared and where it stands. */
export interface Token {
  /** Folded; a number without its grouping: `31850`, `45.9`. */
  readonly word: string;
  /** What it is indexed by: what a word means or its first letters, all of a number or code. */
  readonly stem: string;
  readonly kind: "word" | "number" | "code";
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
}

/** Letters and digits, invisible characters among them; within, one mark that joins. */
const WORD =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*(?:[.,:'’@_/\\+#&-][\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*)*/gu;
const NUMBER = /^\d[\d.,'’]*$/;
/** Words that end alike or not at all in all of the languages that are read here. */
const STEM = 6;
/** Nothing worth comparing is longer: it is looked at by its parts. */
const MAX_WORD = 80;

/** All tokens of a text, in order. */
export const tokensOf: (text: string) => readonly Token[] = pooled(readTokens);

/** Its words, each once. */
export const wordsIn: (text: string) => ReadonlySet<string> = pooled(
  (text) => new Set(tokensOf(text).map(({ word }) => word)),
);

/** Its numbers and codes, each once. */
export const numbersIn: (text: string) => ReadonlySet<string> = pooled(
  (text) => new Set(tokensOf(text).flatMap(({ kind, word }) => (kind === "word" ? [] : [word]))),
);

/** Its stems, each once. */
export const stemsIn: (text: string) => ReadonlySet<string> = pooled(
  (text) => new Set(tokensOf(text).map(({ stem }) => stem)),
);

function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) addToken(tokens, match[0], match.index);
  return joinGroups(tokens, text);
}

/** `31 850` is one number, as German and French write it. */
function joinGroups(tokens: readonly Token[], text: string): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (
      before?.kind === "number" &&
      token.kind === "number" &&
      token.start === before.end + 1 &&
      /[ \u00a0\u2009\u202f]/.test(text[before.end]!) &&
      /^\d{3}(?!\d)/.test(text.slice(token.start, token.end)) &&
      /^(?:[1-9]\d{0,2}|[1-9]\d{3,11})$/.test(before.word) &&
      (before.word.length <= 3 || text.slice(before.start, before.end).includes(text[before.end]!))
    ) {
      const word = before.word + token.word.padStart(token.word.includes(".") ? 0 : 3, "0");
      joined[joined.length - 1] = { ...before, word, stem: word, end: token.end };
    } else joined.push(token);
  }
  return joined;
}

function addToken(tokens: Token[], raw: string, start: number): void {
  if (NUMBER.test(raw)) {
    const word = plainNumber(raw);
    tokens.push({ word, stem: word, kind: "number", start, end: start + raw.length });
    return;
  }
  if (/[.,:'’@_/\\+#&-]/.test(raw)) {
    if (raw.length <= MAX_WORD && /\d/.test(raw)) {
      const word = fold(raw).replace(/[^a-z0-9]/g, "");
      tokens.push({ word, stem: word, kind: "code", start, end: start + raw.length });
    }
    let from = 0;
    for (const part of raw.split(/[.,:'’@_/\\+#&-]/)) {
      if (part) addToken(tokens, part, start + from);
      from += part.length + 1;
    }
    return;
  }
  const word = fold(raw).slice(0, MAX_WORD);
  if (!word) return;
  const isCode = /\d/.test(word) && /[a-z]/.test(word);
  tokens.push({
    word,
    stem: isCode ? word : (conceptOf(word) ?? word.slice(0, STEM)),
    kind: isCode ? "code" : "word",
    start,
    end: start + raw.length,
  });
}

/** `31.850`, `31,850.00` and `31 850` are one number; `45.9` and `45,90` another. */
export function plainNumber(raw: string): string {
  const digits = raw.replace(/['’]/g, "");
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  if (last < 0) return digits.replace(/^0+(?=\d)/, "");
  const [whole, rest] = [digits.slice(0, last).replace(/[.,]/g, ""), digits.slice(last + 1)];
  const marks = digits.replace(/\d/g, "");
  // One kind of mark before every three digits groups them.
  const isGrouped =
    rest.length === 3 &&
    (marks.length === 1 ? whole.length <= 3 && whole !== "0" : new Set(marks).size === 1);
  const plain = isGrouped ? whole + rest : `${whole}.${rest}`.replace(/\.?0+$/, "");
  return plain.replace(/^0+(?=\d)/, "");
}
