import type { Change } from "./changes.ts";
import type { Memory } from "./memory.ts";
import { stopwords } from "./text/stopwords.ts";
import { tokensOf } from "./text/tokens.ts";
import type { Thing } from "./things.ts";

/** What those who ask for it name: whoever is taken off, the words that are changed, or the thing. */
export function aimedAt(
  { thing, how, people, removed, added }: Change,
  { parties }: Memory,
): Thing {
  const said =
    people.length && people.length <= 8
      ? people.map((address) => parties.person(address)?.name ?? address.split("@")[0]!)
      : how === "written" && removed.length
        ? changedWords(removed, added)
        : [];
  if (!said.length) return thing;
  const names = new Map([...thing.names].map(([name, weight]) => [name, weight / 3]));
  for (const { word } of said.flatMap(tokensOf))
    if (word.length > 1 && !stopwords.has(word)) names.set(word, 1);
  return { ...thing, names, enough: 1 };
}

/** Words of the lines that were taken out; where none was, those that are other now. */
function changedWords(removed: readonly string[], added: readonly string[]): string[] {
  const wordsOf = (lines: readonly string[]) =>
    new Set(lines.slice(0, 100).flatMap((line) => tokensOf(line).map(({ word }) => word)));
  const [was, is] = [wordsOf(removed), wordsOf(added)];
  const gone = [...was].filter((word) => !is.has(word));
  const come = removed.length > added.length ? [] : [...is].filter((word) => !was.has(word));
  return [...gone, ...come].slice(0, 40);
}
