import { fold } from "./fold.ts";
import { pooled } from "./pool.ts";

/** What people write to one another is shorter. */
const MOST = 8000;
/** How many words may stand between two that are looked at together. */
const APART = 2;

const WORD = /[a-z]+(?:'[a-z]+)?|\d+/g;
const ENDS = /[.!?;:]\s+|\n+/;

/**
 * Each once: the stems of a text, `0` for any number, and those that stand in one sentence after one
 * another (`a_b`) or with a word or two between (`a~b`). What is quoted by `>` is not the writer's.
 */
export const termsOf = pooled((text): ReadonlySet<string> => {
  const terms = new Set<string>();
  const own = text.slice(0, MOST).replace(/^\s*>.*$/gmu, "");
  for (const sentence of own.split(ENDS)) {
    const words = fold(sentence).replaceAll("’", "'").match(WORD)?.map(stem) ?? [];
    for (const [index, word] of words.entries()) {
      terms.add(word);
      const end = Math.min(words.length, index + APART + 2);
      for (let next = index + 1; next < end; next++)
        terms.add(`${word}${next === index + 1 ? "_" : "~"}${words[next]}`);
    }
  }
  return terms;
});

/** The first letters of a word, in which languages that are read here keep its sense. */
function stem(word: string): string {
  if (word[0]! <= "9") return "0";
  return word.length <= 5 ? word : word.slice(0, Math.min(7, word.length - 2));
}
