import type { ItemEvent } from "../recordings/events.ts";
import type { Said } from "./acts.ts";
import { namesOf, stretchesBy, voicesOf } from "./asks.ts";
import { maySay, meets } from "./entitled.ts";
import type { Match } from "./flow.ts";
import { weightOf } from "./flow.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Memory } from "./memory.ts";
import { isSealed, STAKES } from "./restriction.ts";
import { isEveryday } from "./text/everyday.ts";
import { holds, pooled } from "./text/pool.ts";
import { says, sentencesOf } from "./text/sentences.ts";
import type { Token } from "./text/tokens.ts";
import { numbersIn, stemsIn, tokensOf, wordsIn } from "./text/tokens.ts";

/** Text of an act, and what of an item is found again in it. */
export interface Found {
  readonly said: Said;
  readonly match: Match;
}

/** What of an item is told to somebody who did not know it. */
export interface News {
  /** Weight of all that is new, each stem once. */
  readonly total: number;
  /** The passage that tells most, and how much, how many words and figures of it. */
  readonly best: Found | undefined;
  readonly weight: number;
  readonly words: number;
  readonly figures: number;
  readonly stems: ReadonlySet<string>;
  /** Weight of what stands where it is refused to tell it. */
  readonly refused: number;
  /** Whether numbers are told by their first or last digits. */
  readonly pieces: number;
}

/** What of an item reaches one reader. */
export function newsOf(
  item: ItemEvent,
  found: readonly Found[],
  reader: string,
  { memory, knowledge }: { readonly memory: Memory; readonly knowledge: Knowledge },
): News {
  const dull = dullIn(item);
  const free = freed(item, memory);
  const stems = new Map<string, number>();
  let best: Found | undefined;
  let [most, words, figures, refused] = [0, 0, 0, 0];
  const isFree = ({ match: { segment } }: Found) => {
    const source = item.text.slice(segment.start, segment.end);
    return holds(source, OPEN_LINE) || isOwnLine(source, item, reader, memory);
  };
  const closed = found.filter((one) => {
    if (!isFree(one)) return true;
    for (const token of one.match.tokens) free.add(token.stem);
    return false;
  });
  for (const one of closed) {
    const { said, match } = one;
    const refusals = refusalsIn(said.text);
    let [weight, wordCount, figureCount] = [0, 0, 0];
    for (const token of match.tokens) {
      const worth = worthOf(token, reader, dull, knowledge) * (free.has(token.stem) ? 0.2 : 1);
      const isRefused =
        token.kind === "word" &&
        refusals.some(([start, end]) => start <= token.start && token.start < end);
      if (isRefused) {
        refused += worth;
        continue;
      }
      weight += worth;
      if (worth >= 0.9) {
        if (token.kind === "word") wordCount++;
        else figureCount++;
      }
      stems.set(token.stem, Math.max(stems.get(token.stem) ?? 0, worth));
    }
    if (weight > most || !best) {
      best = one;
      [most, words, figures] = [weight, wordCount, figureCount];
    }
  }
  let total = 0;
  for (const worth of stems.values()) total += worth;
  return {
    total,
    best,
    weight: most,
    words,
    figures,
    stems: new Set(stems.keys()),
    refused,
    pieces: Math.max(0, ...found.map(({ said }) => piecesIn(said.text, item))),
  };
}

/** Whether a line is about the one who reads it: their own pay, their own order. */
function isOwnLine(source: string, item: ItemEvent, reader: string, memory: Memory): boolean {
  if (!meets(wordsIn(source), namesOf(reader, memory)) || holds(source, STAKES)) return false;
  return !memory.parties.isInside(reader) || !isSealed(item);
}

function worthOf(token: Token, reader: string, dull: ReadonlySet<string>, knowledge: Knowledge) {
  const news = knowledge.weight(token, [reader]);
  // What they know already is told again in any answer.
  const worth = weightOf(token) * (news < 1 ? news * 0.3 : 1);
  if (token.kind !== "word") return worth;
  return dull.has(token.stem) || isEveryday(token.stem) ? worth * 0.3 : worth;
}

/** Stems that say what an item is called and for whom it is, not what is in it. */
const dullIn = ({ ref, title, labels, text }: ItemEvent): ReadonlySet<string> => {
  // What stands at a file's head: its heading, or what its columns are called.
  const head = ref.startsWith("file:")
    ? (/^(?:#.{1,200}|[^\d\n]{1,200})(?=\n)/.exec(text)?.[0] ?? "")
    : "";
  return named(
    `${title.replace(/[_/.-]/g, " ")} ${labels.join(" ")} ${head.replace(/[_;,]/g, " ")}`,
  );
};

const named = pooled(
  (text): ReadonlySet<string> =>
    new Set(
      `${text} confidential confidence secret sealed internal private restricted discretion vertraulich geheim verschlossen intern privat confidentiel interne discrétion`
        .split(" ")
        .flatMap((word) => [...stemsIn(word)]),
    ),
);

/** Stems of what those entitled would have people told: "say that I am on leave". */
function freed(item: ItemEvent, memory: Memory): Set<string> {
  const free = new Set<string>();
  for (const voice of voicesOf(memory)) {
    const isFixture = voice.path.startsWith("/facts/");
    if (!isFixture && !holds(voice.text, SAY)) continue;
    if (!maySay(voice.author, item, memory)) continue;
    for (const stretch of stretchesBy(voice))
      if (isFixture || says(stretch, SAY)) for (const { stem } of stretch.tokens) free.add(stem);
  }
  return free;
}

const SAY =
  /\b(?:(?:you (?:may|can|could)|please|just|feel free to) (?:say|tell)\b|^say\b|say that|tell (?:them|people|everyone|everybody|customers|clients|callers|anyone who asks|the (?:team|firm|others|customers?|clients?)) (?:that|only|we|she|he|i|it)|(?:du|sie) (?:kannst|darfst|k[oö]nnen|d[uü]rfen) .{0,30}\bsagen|sag(?:e|en sie)? (?:bitte |ihnen |den |allen |einfach )*(?:dass|nur)|(?:tu|vous) (?:peux|pouvez) .{0,10}\bdire|(?:dis|dites)(?:-leur|-lui)? (?:simplement |seulement |juste )?qu)/iu;

/** A line that may be told, for all that it stands among others that may not. */
const OPEN_LINE =
  /\b(?:for (?:clients|customers|anyone who asks|everyone|the press|outside use)\b|if (?:asked|any(?:one|body) asks)|that is enough|agreed wording|f[uü]r (?:kunden|alle|die presse)|auf nachfrage|wenn jemand fragt|das gen[uü]gt|pour (?:les clients|la presse|tous)|si on (?:te|vous|me) demande|[cç]a suffit|may be (?:told|said|given|shared|named|quoted)|can be (?:told|said|given|shared|quoted)|is public|public(?:ly)?|published|announced|(?:all|both|every\w*|customers?|bidders?|suppliers?) (?:may|can) (?:know|be told|have)|darf (?:gesagt|genannt|mitgeteilt|weitergegeben)|d[uü]rfen (?:wissen|erfahren|gesagt)|[oö]ffentlich\w*|ver[oö]ffentlicht\w*|peut [eê]tre (?:dit|communiqu|donn)\w*|peuvent (?:savoir|[eê]tre)|publi[cé]\w*)\b/iu;

/** Where a text says that something can't or shan't be told. */
const refusalsIn = pooled((text): readonly (readonly [number, number])[] =>
  sentencesOf(text.slice(0, 20_000)).flatMap((sentence) =>
    says(sentence, REFUSES) ? [[sentence.start, sentence.end] as const] : [],
  ),
);

const NOT =
  "(?:can(?:no|['’])t|cannot|won['’]t|will not|shan['’]t|shall not|may not|mustn['’]t|must not|wouldn['’]t|don['’]t|do not|am not|are not|aren['’]t|isn['’]t|is not|unable|not (?:able|allowed|free|at liberty|in a position|permitted|authori[sz]ed|prepared|going)|never|nothing|neither|nor|no)";
const TELL =
  "(?:say|saying|tell|discuss|comment\\w*|disclos\\w*|giv(?:e|ing)|send(?:ing)?|pass(?:ing)?|share|sharing|forward\\w*|reveal\\w*|confirm\\w*|deny|talk\\w*|speak\\w*|go into|details?|information|quote|mention|speculat\\w*|answer|help|hand|mine|ours|for me)";
const REFUSES = new RegExp(
  [
    `\\b${NOT}\\b[^.!?;]{0,45}\\b${TELL}\\b`,
    "\\b(?:no comment|neither confirm|have to (?:decline|wait|ask)|declin\\w*|refrain\\w*|remain(?:s)? (?:confidential|sealed|private|internal)|(?:is|are|stays?) (?:confidential|sealed|private|internal))",
    "\\b(?:kann|k[oö]nnen|darf|d[uü]rfen|werde|werden|m[oö]chte\\w*|will|wollen|sage|sagen|gebe|geben|mache|machen|erteile\\w*|steht? mir|bin|sind)\\b[^.!?;]{0,50}\\b(?:nicht|nichts|kein\\w*|weder|leider)\\b",
    "\\b(?:keine (?:auskunft|angaben|stellungnahme|zahlen|details|informationen)|bleib(?:t|en) (?:vertraulich|intern|unter verschluss|im haus)|(?:ist|sind) (?:vertraulich|intern|unter verschluss)|dazu (?:sage|sagen|kann|k[oö]nnen|darf|gebe|äu[sß]e\\w*))",
    "\\b(?:ne|n['’])\\s?(?:peux|puis|pouvons|dois|devons|suis|sommes|saurais?|saurions|dirai|dirons|dis|donne|donnons|donnerai|communique\\w*|commente\\w*|transmet\\w*|transf[eè]r\\w*|partage\\w*|parle\\w*|souhaite\\w*|r[eé]ponds|r[eé]pondrai)",
    "\\b(?:aucun (?:commentaire|chiffre|d[eé]tail)|aucune (?:information|pr[eé]cision|indication)|(?:est|sont|reste\\w*) confidentiel\\w*|rien (?:[aà] )?(?:dire|communiquer|ajouter|vous dire))",
  ].join("|"),
  "iu",
);

/** Whether figures of an item are told by the first or last of their digits. */
function piecesIn(text: string, item: ItemEvent): number {
  if (!holds(text, PIECES)) return 0;
  const parts = tokensOf(text).filter(
    ({ kind, word }) => kind === "number" && /^\d{2,4}$/.test(word),
  );
  const wholes = [...numbersIn(item.text)].filter((word) => /^\d{4,9}$/.test(word));
  const known = wordsIn(item.text);
  return parts.some(
    ({ word }) =>
      !known.has(word) &&
      wholes.some(
        (whole) => whole.length > word.length && (whole.startsWith(word) || whole.endsWith(word)),
      ),
  )
    ? 1
    : 0;
}

const PIECES =
  /\b(?:digits?|(?:first|second|last|other) (?:half|part|two|three|four)|halves|begins? with|starts? with|ends? (?:with|in)|followed by|ziffern?|stellen|h[aä]lften?|beginnt|f[aä]ngt an|endet|chiffres?|moiti[eé]s?|commence|se termine|finit)\b/iu;
