import { stopwords } from "./stopwords.ts";
import { pooled } from "./pool.ts";
import { spokenNumbers } from "./numerals.ts";
import type { Token } from "./tokens.ts";
import { tokensOf } from "./tokens.ts";

/** A text as it might be meant: as it stands, numbers in words as figures beside, or decoded. Tokens stand where they do in the text. */
export interface View {
  readonly as: "plain" | "base64" | "hex" | "rot13" | "reversed" | "spaced";
  readonly tokens: readonly Token[];
}

const BASE64 = /[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\s(?=[A-Za-z0-9+/_-]{16})){14,}={0,2}/g;
const HEX = /(?:[0-9a-fA-F]{2}[\s:]?){10,}/g;
/** Letters with one mark or space between each. */
const SPACED = /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}][ .\-_*·|]){4,}[\p{L}\p{N}](?![\p{L}\p{N}])/gu;
/** What decoding may yield in all, of one text. */
const MAX_DECODED = 100_000;
const MAX_DEPTH = 2;

/**
 * All views of a text: the plain one first. Linear in its length.
 *
 * @param near numbers that are meant by one said in words, or rounded
 */
export function viewsOf(text: string, near: (value: number) => readonly string[]): View[] {
  const plain = tokensOf(text);
  const spoken = spokenIn(plain, near);
  const tokens = spoken.length ? withNumbers(plain, spoken) : plain;
  return [{ as: "plain", tokens }, ...disguisesOf(text)];
}

/** What a text would say if it were decoded. */
const disguisesOf = pooled((text): readonly View[] => {
  const views: View[] = [];
  const budget = { left: MAX_DECODED };
  for (const as of ["base64", "hex", "spaced"] as const) {
    const tokens = decoded(text, as, budget, 1);
    if (tokens.length) views.push({ as, tokens });
  }
  for (const line of linesOf(text)) {
    if (!isOdd(line.text)) continue;
    const rot = tokensOf(rot13(line.text));
    views.push({ as: "rot13", tokens: rot.map((token) => moved(token, line.start)) });
    const end = line.start + line.text.length;
    const back = tokensOf([...line.text].toReversed().join(""));
    views.push({
      as: "reversed",
      tokens: back.map((token) => ({ ...token, start: end - token.end, end: end - token.start })),
    });
  }
  return views;
});

/** Numbers in words, and round ones, as the exact ones that they may stand for. */
function spokenIn(plain: readonly Token[], near: (value: number) => readonly string[]): Token[] {
  return numbersSaid(plain).flatMap(({ value, start, end }) =>
    near(value).map((word): Token => ({ word, stem: word, kind: "number", start, end })),
  );
}

interface SaidNumber {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

const numbersOf = new WeakMap<readonly Token[], readonly SaidNumber[]>();

function numbersSaid(plain: readonly Token[]): readonly SaidNumber[] {
  let known = numbersOf.get(plain);
  if (!known) {
    const said = spokenNumbers(plain.map(({ word }) => word)).map(({ value, first, last }) => ({
      value,
      start: plain[first]!.start,
      end: plain[last]!.end,
    }));
    const round = plain.flatMap(({ kind, word, start, end }) =>
      kind === "number" && /^[1-9]\d{0,2}0{2,}$/.test(word)
        ? [{ value: Number(word), start, end }]
        : [],
    );
    numbersOf.set(plain, (known = [...said, ...round]));
  }
  return known;
}

function withNumbers(plain: readonly Token[], numbers: readonly Token[]): Token[] {
  return [...plain, ...numbers].toSorted((a, b) => a.start - b.start);
}

function decoded(
  text: string,
  as: "base64" | "hex" | "spaced",
  budget: { left: number },
  depth: number,
): Token[] {
  const pattern = as === "base64" ? BASE64 : as === "hex" ? HEX : SPACED;
  const found: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    if (budget.left <= 0) break;
    const [raw] = match;
    const inner = as === "spaced" ? raw.replace(/[ .\-_*·|]/gu, "") : bytesOf(raw, as);
    if (!inner) continue;
    budget.left -= inner.length;
    const place = { start: match.index, end: match.index + raw.length };
    found.push(...tokensOf(inner).map((token) => ({ ...token, ...place })));
    if (depth < MAX_DEPTH && as !== "spaced") {
      for (const next of ["base64", "hex"] as const)
        found.push(
          ...decoded(inner, next, budget, depth + 1).map((token) => ({ ...token, ...place })),
        );
      if (isOdd(inner))
        found.push(...tokensOf(rot13(inner)).map((token) => ({ ...token, ...place })));
    }
  }
  return found;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The text that a run of base64 or hex digits stands for; empty where it stands for none. */
function bytesOf(raw: string, as: "base64" | "hex"): string {
  const digits = raw.replace(as === "hex" ? /[\s:]/g : /\s/g, "");
  const bytes = Buffer.from(digits.replace(/-/g, "+").replace(/_/g, "/"), as);
  try {
    const text = utf8.decode(bytes);
    // Words of a language decode to noise, mostly not even to text.
    return /^[\p{L}\p{N}\p{P}\p{S}\p{M}\s]*$/u.test(text) && /[\p{L}\p{N}]{3}/u.test(text)
      ? text
      : "";
  } catch {
    return "";
  }
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    const base = code < 97 ? 65 : 97;
    return String.fromCharCode(((code - base + 13) % 26) + base);
  });
}

/** Whether a line is of words, few of which belong to a language read here. */
function isOdd(line: string): boolean {
  const words = line.match(/[A-Za-z]+/g) ?? [];
  if (words.length < 2) return words.length === 1 && words[0]!.length >= 8;
  let common = 0;
  for (const word of words) if (stopwords.has(word.toLowerCase())) common++;
  return common * 8 < words.length;
}

function* linesOf(text: string): Generator<{ readonly text: string; readonly start: number }> {
  let start = 0;
  for (const line of text.split("\n")) {
    if (line.length > 5) yield { text: line, start };
    start += line.length + 1;
  }
}

function moved(token: Token, by: number): Token {
  return { ...token, start: token.start + by, end: token.end + by };
}
