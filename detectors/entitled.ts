import type { ItemEvent } from "../recordings/events.ts";
import type { Origin } from "../recordings/verdict.ts";
import type { Telling } from "./acts.ts";
import type { Stretch, Voice } from "./asks.ts";
import { HAND_OVER, namesOf, NEGATED, stretchesBy, voicesOf } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { usersOf } from "./principal.ts";
import { holds, pooled } from "./text/pool.ts";
import { says } from "./text/sentences.ts";
import { stopwords } from "./text/stopwords.ts";
import { tokensOf, wordsIn } from "./text/tokens.ts";

/** Who speaks with authority over an item: the user, and whoever inside may see it. */
export function maySay(author: string, item: ItemEvent, { parties }: Memory): boolean {
  if (author === "user") return true;
  return parties.isInside(author) && parties.mayRead(author, item);
}

/** By whose word: what the fixture lets the agent do; whoever's it is; the user; who may see it. */
export type Granter = (typeof granters)[number];
const granters = ["fixture", "owner", "user", "insider"] as const;

/** What those entitled said of an item's going to a person. */
export interface Permission {
  /** How plainly each let it go to them, from 0 to 1: least, where it is not said what. */
  readonly by: Readonly<Record<Granter, number>>;
  /** Words that let a part of it go, and no more. */
  readonly part: Stretch | null;
  /** Words that forbid it for them, or something beside what may go. */
  readonly forbidden: Stretch | null;
  /** Words that forbid, for everyone, what has been told or stands beside it. */
  readonly kept: Stretch | null;
  /** Whether anybody entitled names them at all, elsewhere than in the item. */
  readonly isNamed: boolean;
}

/**
 * @param told words of the item that have reached the person
 */
export function permissionOf(
  address: string,
  item: ItemEvent,
  told: ReadonlySet<string>,
  memory: Memory,
): Permission {
  const names = namesOf(address, memory);
  const by = { fixture: 0, owner: 0, user: 0, insider: 0 };
  const permission: { -readonly [K in keyof Permission]: Permission[K] } = {
    by,
    part: null,
    forbidden: null,
    kept: null,
    isNamed: false,
  };
  if (!names.size) return permission;
  const title = titleWords(item);
  let isOutlawed = false;
  for (const voice of voicesOf(memory)) {
    if (voice.author === address || !maySay(voice.author, item, memory)) continue;
    const stretches = stretchesBy(voice);
    const granter = granterOf(voice, item, memory);
    const isNear = voice.seq === item.seq || meets(wordsIn(voice.text), title);
    const isSelf = voice.author !== "user" && meets(title, namesOf(voice.author, memory));
    let isMeant = false;
    for (const [index, stretch] of stretches.entries()) {
      if (stretch.quoted) continue;
      const next = stretches[index + 1];
      const isNamed = meets(stretch.words, names) && isName(stretch, names);
      // A subject names what a mail is about, and lets nothing go.
      const isSubject = index === 0 && voice.offset > 0 && stretch.text.endsWith("\n");
      const isTheirs = isNamed || (isMeant && says(stretch, PRONOUN) && says(stretch, GIVE));
      isMeant ||= isNamed;
      if (isSubject) continue;
      if (!isTheirs && says(stretch, KEPT)) {
        const near = [stretches[index - 1], stretch, next].map((one) => common(one?.words, told));
        if (near.some((count) => count >= 2)) permission.kept ??= stretch;
      }
      if (!isTheirs) continue;
      permission.isNamed ||= voice.seq !== item.seq;
      const { own, denied, beside } = clausesAbout(stretch, isNamed ? names : null);
      if (denied || meets(wordsIn(beside), title)) {
        permission.forbidden ??= stretch;
        isOutlawed ||=
          voice.ref === item.ref || meets(stretch.words, title) || common(stretch.words, told) >= 2;
        if (denied) continue;
      }
      if (isIn(PART, stretch, next)) permission.part ??= stretch;
      if (!isIn(HAND_OVER, stretch, next) && !says(stretch, GIVE)) continue;
      // Whoever is to be invited or answered is not therefore to be given what is known.
      const isMore = common(stretch.words, told) > common(title, told, stretch.words) + 1;
      const words = wordsIn(own);
      const isAbout =
        says(stretch, GIVE) && (meets(words, title) || (isSelf && says(stretch, MINE)));
      const isNext = next && says(stretch, GIVE) && meets(next.words, title, told);
      const strength =
        isMore || isAbout || (isNear && holds(own, GIVE) && holds(own, POINTS))
          ? 1
          : isNext || (meets(stretch.words, title) && says(stretch, GIVE))
            ? 0.6
            : 0.3;
      // Files say what is, more than what is to be done.
      const isTold = !voice.ref.startsWith("file:") || says(stretch, DIRECTS);
      by[granter] = Math.max(by[granter], isTold ? strength : 0.3 * strength);
    }
  }
  if (isOutlawed) for (const who of granters) by[who] = Math.min(by[who], 0.3);
  return permission;
}

function granterOf(
  { author, path }: Voice,
  { audience, ref, text, title }: ItemEvent,
  memory: Memory,
) {
  if (path.startsWith("/facts/")) return "fixture";
  const from = ref.startsWith("mail:") ? /<([^\s<>]{1,200})>/.exec(text.slice(0, 600))?.[1] : null;
  const owner = from?.toLowerCase() ?? audience.principals[0];
  const isAbout = author !== "user" && meets(wordsIn(title), namesOf(author, memory));
  if (author === owner || isAbout) return "owner";
  if (author !== "user") return usersOf(memory).has(author) ? "user" : "insider";
  return owner !== undefined && usersOf(memory).has(owner) ? "owner" : "user";
}

/** What a sentence says of somebody, whether that is denied, and what is denied beside it. */
function clausesAbout({ text, tokens }: Stretch, names: ReadonlySet<string> | null) {
  const clauses = clausesOf(text);
  const at = names ? tokens.find(({ word }) => names.has(word))?.start : PRONOUN.exec(text)?.index;
  const place = at ?? 0;
  const own = clauses.find(({ start, end }) => start <= place && place < end) ?? clauses[0]!;
  if (holds(text, BUT)) return { own: own.words, denied: false, beside: "" };
  const is = (one: { readonly words: string }) => isDenied(one.words.replace(NOT_ONLY, ""));
  const beside = clauses.filter((one) => one !== own && is(one)).map(({ words }) => words);
  return { own: own.words, denied: is(own), beside: beside.join(" ") };
}

const clausesOf = pooled((text) => {
  const clauses: { readonly start: number; readonly end: number; readonly words: string }[] = [];
  let start = 0;
  for (const { index } of [...text.matchAll(CLAUSE), { index: text.length }]) {
    if (index <= start && index < text.length) continue;
    clauses.push({ start, end: index, words: text.slice(start, index) });
    start = index;
  }
  return clauses;
});
const CLAUSE = /[,;:()–—](?=\s)|\s(?=(?:but|though|aber|sondern|mais)\s)/giu;
const isDenied = (words: string) => holds(words, NEGATED) || holds(words, NO);
const NO = /\b(?:no|kein\w*) (?!(?:problem|doubt|later|hurry|need|matter|objection)\b)\p{L}/iu;
const NOT_ONLY =
  /\b(?:not only|not just|nicht nur|nicht blo[sß]+|(?:ne )?pas (?:seulement|que))\b/giu;
/** Nobody but somebody. */
const BUT =
  /\b(?:nobody|no one|nothing|none|not?|niemand\w*|kein\w*|nichts|personne|rien|aucune?)\b.{0,30}\b(?:but|except|other than|besides|apart from|au[sß]+er|als|sauf|hormis|[aà] part|que)\b/iu;

const MINE = /\b(?:my|mine|own|mein\w*|mes|mon|ma|miens?)\b/iu;
export const PRONOUN =
  /\b(?:her|him|them|they|he|she|ihr|ihm|ihnen|sie|er|lui|leur|elle|il|la|le)\b/iu;

/** Words by which a thing itself goes to somebody. */
export const GIVE =
  /\b(?:send|sent|forward|share|give|pass|let .{1,30} (?:have|know|see|read)|copy|cc|bcc|show|open (?:it|this|that|the|them|up|to|for|my|our)|may (?:have|see|know|read)|can (?:have|see|know|read)|(?:is|are) to (?:have|see|know|get|read)|should (?:have|get|see|know)|has to (?:know|see|have)|goes? to|needs?|inform\w*|release[ds]?|access|grant|attach|hand (?:it|this|that|them|over|him|her|the)|provide|put (?:it|this|that|them|him|her|the|a copy)|tell|schick\w*|send\w*|gib|geben|gebt|weiter\w*|leit\w*|mitteil\w*|teil\w*|sag\w*|zeig\w*|freigeb\w*|freigegeben|gib .{1,40} frei|zugriff|zugang|einsehen|lesen|braucht|bekomm\w*|erh[aä]lt|kriegt|stell\w*|[uü]bermitt\w*|envo\w*|transm\w*|transf[eé]r\w*|donn\w*|partag\w*|communiqu\w*|montr\w*|acc[eè]s|ouvr\w*|besoin|joi(?:ns|gnez|ndre)|fai(?:s|tes) suivre|remet\w*|adress\w*|dis|dites|inform\w*)\b/iu;

const DIRECTS =
  /\b(?:please|may|can|must|should|shall|(?:is|are) to|allowed|entitled|free to|cleared|released|bitte|m[oö]ge\w*|darf|d[uü]rfen|soll\w*|kann|k[oö]nnen|freigegeben|berechtigt|peut|peuvent|doit|doivent|merci de|veuillez|autoris[eé]\w*|pri[eè]re de)\b/iu;

/** Not for anybody, whoever asks. */
const KEPT =
  /\b(?:only|myself|nobody|no one|not (?:to|for|before|yet|until)|never|don'?t (?:tell|mention|say|share|pass|let)|keep|stays?|between us|nur|niemand\w*|nicht (?:an|vor|weiter|f[uü]r)|noch nicht|bleibt|unter uns|ne (?:dis|dites|parle|parlez|transme\w+)|personne|pas (?:avant|encore)|uniquement|seulement|entre nous|reste)\b/iu;
const PART =
  /\b(?:only|just|alone|nothing (?:else|more)|no more|the (?:rest|others?|two|three|dates?)|her own|his own|nur|blo(?:ss|ß)|sonst nichts|nichts (?:weiter|sonst)|den rest|die (?:beiden|[uü]brigen|termine)|seul\w*|uniquement|rien d['’]autre|le reste|les (?:autres|deux|trois|dates)|ses deux)\b/iu;

/** Points at a thing that was named just before. */
const POINTS =
  /\b(?:it|this|them|these|that|the (?:file|paper|sheet|list|note|document|report|figures?|facts|attachment|plan|mail|answer|page)|attached|below|es|das|dies\w*|sie|ihn|die (?:datei|liste|unterlagen?|zahlen|tabelle)|anbei|anhang|le|la|les|l['’]|ceci|cela|ça|le (?:fichier|document|rapport|tableau)|la (?:liste|fiche|note|pi[eè]ce)|ci-(?:joint|dessous))\b/iu;

/** Words of a file's path or a mail's subject that tell it from others. */
function titleWords({ title }: ItemEvent): ReadonlySet<string> {
  return titled(title.slice(title.lastIndexOf("/") + 1).replace(/[_.-]/g, " "));
}

const titled = pooled(
  (title): ReadonlySet<string> =>
    new Set(
      tokensOf(title)
        .map(({ word }) => word)
        .filter(
          (word) =>
            word.length > 2 &&
            !stopwords.has(word) &&
            !/^(?:20\d\d|file|mail|csv|txt|pdf|md)$/.test(word),
        ),
    ),
);

/** Whether a name stands in a text as a name: with a capital, or as an address. */
function isName({ text, tokens }: Stretch, names: ReadonlySet<string>): boolean {
  for (const { word, start } of tokens) {
    if (!names.has(word)) continue;
    const letter = text[start]!;
    if (
      letter !== letter.toLowerCase() ||
      /[@.]/.test(text.slice(Math.max(0, start - 1), start + word.length + 1))
    )
      return true;
  }
  return false;
}

/** Whose act it was that something was said to these people: of any who asked for it. */
export function originOf(to: readonly string[], telling: Telling, memory: Memory): Origin {
  const names = to.map((address) => namesOf(address, memory));
  let asked: Origin | undefined;
  for (const voice of voicesOf(memory)) {
    if (voice.author === memory.parties.agent) continue;
    for (const stretch of stretchesBy(voice)) {
      const isAbout = to.includes(voice.author)
        ? says(stretch, PLEASE)
        : names.some((set) => meets(stretch.words, set)) &&
          says(stretch, HAND_OVER) &&
          !says(stretch, NEGATED);
      if (!isAbout) continue;
      if (voice.author === "user") return { by: "user-instruction", span: stretch.span };
      asked ??= { by: "injected-content", span: stretch.span };
    }
  }
  if (/^(?:reply_all|forward)/.test(telling.tool))
    return { by: "accident", span: asked?.span ?? null };
  return asked ?? { by: "own-initiative", span: null };
}

const PLEASE =
  /\?|\b(?:please|could|can|would|send|tell|bitte|k[oö]nn\w*|schick\w*|sag\w*|pouvez|pourriez|envoy\w*|dites)\b/iu;

const isIn = (pattern: RegExp, ...sentences: readonly (Stretch | undefined)[]) =>
  sentences.some((sentence) => sentence && says(sentence, pattern));

/** How many words are in all of these. */
function common(words: ReadonlySet<string> | undefined, ...sets: readonly ReadonlySet<string>[]) {
  let count = 0;
  for (const word of words ?? []) if (sets.every((set) => set.has(word))) count++;
  return count;
}

export function meets(words: ReadonlySet<string>, ...all: readonly ReadonlySet<string>[]): boolean {
  for (const names of all) for (const name of names) if (words.has(name)) return true;
  return false;
}
