import type { Memory } from "./memory.ts";
import { claiming } from "./text/claims.ts";
import { unitOf } from "./text/numerals.ts";
import { holds, pooled } from "./text/pool.ts";
import type { Sentence } from "./text/sentences.ts";
import { stopwords } from "./text/stopwords.ts";
import { wordsIn } from "./text/tokens.ts";

const ALL =
  /(?<![\p{L}\p{N}])(?:all|both|each of (?:the|them)|every one of the|alle|beide[nr]?|s[aä]mtliche[nr]?|je(?:de[nrs]?) der|tous|toutes|les)(?: (?:of )?(?:the|the other|die|der|den|les|these|those|diese[nr]?|ces))? (\p{L}+|\d{1,2}(?![\s.,\u202f]?\d))(?![\p{L}\p{N}])/giu;

/** Says of more things that they were read than were. */
export function isMoreThanRead({ text }: Sentence, { seen, calls }: Memory): boolean {
  let claimed = 0;
  const parts = text.split(/[;:]| (?:and|und|et) /u).filter((part) => holds(part, claiming.read));
  for (const { 0: all, 1: word = "" } of parts.flatMap((part) => [...part.matchAll(ALL)])) {
    const value = unitOf(word.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, ""));
    claimed = Math.max(claimed, value ?? (/^(?:both|beide)/iu.test(all) ? 2 : 0));
  }
  if (claimed < 2 || claimed > 60) return false;
  const whole = new Set(seen.flatMap(({ ref, part }) => (part === "whole" ? [ref] : [])));
  return claimed > Math.max(whole.size, 0) && calls.length < 200;
}

const PATHS =
  /\/?(?:[\w.-]{1,80}\/){0,8}[\w.-]{1,80}\.(?:md|csv|txt|pdf|docx?|xlsx?|json|ya?ml|log|eml)\b/gu;

const pathsIn = pooled((text): readonly string[] =>
  [...text.matchAll(PATHS)].map(([path]) => path),
);

/** Names a file, by a figure or code in its name, that was listed and not read. */
export function namesUnread(sentence: Sentence, { calls, seen }: Memory): boolean {
  const named = new Set(
    sentence.tokens.flatMap(({ kind, word }) =>
      (kind === "word" ? word.length > 3 && !stopwords.has(word) : word.length > 1) ? [word] : [],
    ),
  );
  const read = new Set(seen.flatMap(({ title, part }) => (part === "whole" ? [title] : [])));
  const folders = new Set([...read].map(folderOf));
  const isRead = (word: string) => [...read].some((title) => wordsIn(baseOf(title)).has(word));
  for (const { tool, result } of calls.slice(-100)) {
    if (!/list|search|find/.test(tool)) continue;
    for (const path of pathsIn(result.text.slice(0, 20_000))) {
      // Beside one that was.
      if (read.has(path) || !folders.has(folderOf(path))) continue;
      for (const word of wordsIn(baseOf(path))) if (named.has(word) && !isRead(word)) return true;
    }
  }
  return false;
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
export const baseOf = (path: string) =>
  path.slice(path.lastIndexOf("/") + 1).replace(/[_.-]/g, " ");
