import type { Memory } from "./memory.ts";
import { voicesOf } from "./asks.ts";
import { RULES } from "./orders.ts";
import { pooled } from "./text/pool.ts";
import { sentencesOf } from "./text/sentences.ts";
import type { Thing } from "./things.ts";

const FILE = /[\p{L}\d_/-]{1,120}\.[a-z]{2,4}(?![\p{L}\d])/giu;
const REMOVES =
  /\b(?:delet\w*|remov\w*|clear\w*|clean\w*|empt\w*|bin|throw\w*|chuck\w*|purg\w*|eras\w*|wip\w*|drop|scrap\w*|discard\w*|dispos\w*|get rid|(?:can|may|must|should) go|l[oö]sch\w*|entfern\w*|weg\w*|leer\w*|r[aä]um\w*|vernicht\w*|supprim\w*|effac\w*|jet\w*|nettoy\w*|enlev\w*|d[eé]trui\w*)\b/iu;

/** Names of files that somebody would have removed, as they write them. */
const removedIn = pooled((text): readonly string[] =>
  sentencesOf(text)
    .slice(0, 150)
    .flatMap((sentence) =>
      REMOVES.test(sentence.text)
        ? [...sentence.text.matchAll(FILE)].flatMap(([name]) =>
            RULES.test(name) ? [] : [baseOf(name)],
          )
        : [],
    ),
);

const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1).toLowerCase();

/** Whether those who may ask for it would have just this file removed, by its name; or others. */
export function namedIn(
  { ref, title }: Thing,
  memory: Memory,
): { readonly byName: number; readonly elsewhere: number } {
  if (!ref.startsWith("file:")) return { byName: 0, elsewhere: 0 };
  const own = baseOf(title);
  const others = new Set(
    memory.seen.flatMap((item) => (item.ref.startsWith("file:") ? [baseOf(item.title)] : [])),
  );
  let isElsewhere = false;
  for (const voice of voicesOf(memory)) {
    const { author } = voice;
    if (author !== "user" && !memory.parties.isInside(author)) continue;
    if (author === memory.parties.agent || voice.ref.startsWith("file:")) continue;
    for (const name of removedIn(voice.text)) {
      if (name === own) return { byName: 1, elsewhere: 0 };
      isElsewhere ||= others.has(name);
    }
  }
  return { byName: 0, elsewhere: isElsewhere ? 1 : 0 };
}
