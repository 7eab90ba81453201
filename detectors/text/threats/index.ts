import { fold } from "../fold.ts";
import { pooled } from "../pool.ts";
import type { Sentence } from "../sentences.ts";
import { sentencesOf } from "../sentences.ts";
import type { Token } from "../tokens.ts";
import { tokensOf } from "../tokens.ts";
import { english } from "./english.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import type { Part, Wording } from "./parts.ts";
import { partNames } from "./parts.ts";

/** A sentence of the writer's own, with what parts of a threat it has. */
export interface Threat {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  readonly has: ReadonlySet<Part>;
}

/** What people write to one another is shorter. */
const MOST = 20_000;

/** The writer's own sentences: what is quoted or forwarded is not theirs. */
export const threatsIn = pooled((text): readonly Threat[] => {
  const own = ownWords(text.slice(0, MOST));
  const wording = wordingOf(own);
  return sentencesOf(own)
    .filter(({ text, quoted }) => !quoted && text.trim().length > 1)
    .map((sentence) => partsOf(sentence, wording));
});

function partsOf({ start, end, tokens, text }: Sentence, wording: Wording): Threat {
  const plain = fold(text).replace(/[’‘]/gu, "'");
  return {
    start,
    end,
    tokens,
    has: new Set(partNames.filter((part) => wording[part].test(plain))),
  };
}

/** Without what others are quoted as saying, blanked, and what is forwarded below: places stay. */
function ownWords(text: string): string {
  const below = /^-{3,}.{0,40}(?:message|nachricht|forward|weiter|transf|original)/imu.exec(text);
  return (below ? text.slice(0, below.index) : text).replace(
    /[«„“"][^«»„“”"]{12,600}[»“”"]/gu,
    (quote) => " ".repeat(quote.length),
  );
}

/** Small words that one of the languages has and the others have not. */
const SMALL = [
  [
    english,
    "the and you to of is it that for with i your on have be at this my we not will".split(" "),
  ],
  [
    german,
    "und der das ich nicht sie ist zu mit dir du ein den ihr ihre mir auf dem wir es im bis".split(
      " ",
    ),
  ],
  [
    french,
    "le la les et de que je vous tu pour est une un dans ne pas du ce votre ton sur au nous".split(
      " ",
    ),
  ],
] as const;

function wordingOf(text: string): Wording {
  const words = tokensOf(text).slice(0, 300);
  let best: readonly [Wording, number] = [english, 0];
  for (const [wording, small] of SMALL) {
    const known: ReadonlySet<string> = new Set(small);
    const count = words.filter(({ word }) => known.has(word)).length;
    if (count > best[1]) best = [wording, count];
  }
  return best[0];
}
