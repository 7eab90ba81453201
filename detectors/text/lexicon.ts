import { pooled } from "./pool.ts";

/** Words and turns of phrase of one meaning, in all languages that are read here. */
export interface Lexicon {
  /** For `says` and `holds`. */
  readonly once: RegExp;
  /** How many different ones stand in a text, of its first characters. */
  count(text: string): number;
  /** Where the first stands. */
  first(text: string): { readonly start: number; readonly end: number } | undefined;
}

/** How much of a text is looked at: what people write to one another is shorter. */
const MOST = 6000;

/**
 * From phrases parted by `|`: `*` stands for the rest of a word, `…` for a few words, a space for
 * any white space, `'` for either apostrophe. They stand as whole words.
 */
export function lexicon(...phrases: readonly string[]): Lexicon {
  const source = phrases
    .join("|")
    .replaceAll("*", "\\p{L}*")
    .replaceAll("'", "['’]")
    .replaceAll("…", "[^.!?\\n]{0,30}")
    .replaceAll(" ", "\\s");
  const once = new RegExp(`(?<!\\p{L})(?:${source})(?!\\p{L})`, "iu");
  const all = new RegExp(once.source, "giu");
  const count = pooled(
    (text) =>
      new Set([...text.slice(0, MOST).matchAll(all)].map(([word]) => word.toLowerCase())).size,
  );
  return {
    once,
    count,
    first(text) {
      const match = once.exec(text.slice(0, MOST));
      return match ? { start: match.index, end: match.index + match[0].length } : undefined;
    },
  };
}
