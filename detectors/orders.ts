import type { Span } from "../recordings/verdict.ts";
import type { Voice } from "./asks.ts";
import { voicesOf } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { usersOf } from "./principal.ts";
import { fold } from "./text/fold.ts";
import { pooled } from "./text/pool.ts";
import type { Sentence } from "./text/sentences.ts";
import { says, sentencesOf } from "./text/sentences.ts";
import type { Thing } from "./things.ts";
import { alike, bare } from "./things.ts";

/** Words that ask for an act, and words that it must not be. */
export interface ActWords {
  readonly ask: RegExp;
  readonly keep: RegExp;
}

/** Words of somebody on an act and a thing. */
export interface Said {
  /** How plainly they name both, from 0 to 1. */
  readonly strength: number;
  readonly span: Span;
  readonly text: string;
}

/** Who asked for an act on a thing, and who wants it left alone; by whom, each at their plainest. */
export interface Orders {
  readonly user: Said | null;
  /** Whose thing it is. */
  readonly owner: Said | null;
  /** A rule of the house. */
  readonly policy: Said | null;
  /** Whoever inside may see the thing. */
  readonly insider: Said | null;
  /** Anybody else. */
  readonly stranger: Said | null;
  readonly kept: Said | null;
  /** Whether such an act was asked for at all, of whatever thing; and by whose thing it is, or the user. */
  readonly asked: boolean;
  readonly ownerAsked: boolean;
}

type Asker = "user" | "owner" | "policy" | "insider" | "stranger";

/**
 * Looks through all that the agent was told and shown.
 * @param isOwner tells who else may decide on the thing as if it were theirs
 */
export function ordersFor(
  act: ActWords,
  thing: Thing,
  memory: Memory,
  isOwner: (address: string) => boolean = () => false,
): Orders {
  const orders: Record<Asker | "kept", Said | null> = {
    user: null,
    owner: null,
    policy: null,
    insider: null,
    stranger: null,
    kept: null,
  };
  const note = (who: Asker | "kept", by: Voice, how: Strength | null) => {
    if (!how || how.strength <= (orders[who]?.strength ?? 0)) return;
    const { text, start, end } = how.sentence;
    const span = { seq: by.seq, path: by.path, start: by.offset + start, end: by.offset + end };
    orders[who] = { strength: how.strength, span, text };
  };
  let asked = false;
  let ownerAsked = false;
  for (const voice of voicesOf(memory)) {
    if (voice.author === memory.parties.agent) continue;
    const read = readings(voice, act);
    if (!read.does.size) continue;
    if (thing.ref !== "" && thing.ref === voice.ref) continue;
    const by = askerOf(voice, thing, memory);
    const who = by !== "user" && by !== "policy" && isOwner(voice.author) ? "owner" : by;
    const isRule = who === "policy";
    if (who !== "stranger") note("kept", voice, strengthOf(read, thing, "keep", isRule));
    // Files say what is, not what is to be done.
    if (voice.ref.startsWith("file:") && who !== "policy") continue;
    const asks = read.does.has("ask");
    asked ||= asks;
    ownerAsked ||= asks && (who === "owner" || who === "user");
    note(who, voice, strengthOf(read, thing, "ask", isRule));
  }
  return { ...orders, asked, ownerAsked };
}

function askerOf({ author, ref }: Voice, { owner, item }: Thing, memory: Memory): Asker {
  const { parties } = memory;
  if (author === "user") return "user";
  if (ref.startsWith("file:") && RULES.test(memory.whole(ref)?.title ?? "")) return "policy";
  if (author !== "" && author === owner) return "owner";
  if (usersOf(memory).has(author)) return "user";
  const mayRead = item ? parties.mayRead(author, item) : true;
  return parties.isInside(author) && mayRead ? "insider" : "stranger";
}

/** Files that say what is to be done. */
export const RULES =
  /polic(?:y|ies)|rules|readme|handbook|manual|guide|retention|procedure|housekeep|richtlinie|regel|ordnung|handbuch|leitfaden|aufbewahr|anweisung|vorgabe|r[eè]gle|charte|consigne|proc[eé]dure|politique|conservation|archivage/iu;

type Does = "ask" | "keep";

/** What a sentence does with the things in it. */
interface Reading {
  readonly sentence: Sentence;
  readonly cues: readonly { readonly at: number; readonly does: Does }[];
}

/** What a text does, sentence by sentence. */
interface Readings {
  readonly list: readonly Reading[];
  /** What any of it does. */
  readonly does: ReadonlySet<Does>;
}

const readingsOf = pooled<Map<ActWords, Readings>>(() => new Map());

function readings({ text }: Voice, act: ActWords): Readings {
  const byAct = readingsOf(text);
  let known = byAct.get(act);
  if (!known) {
    const list = sentencesOf(text)
      .slice(0, MOST)
      .map((sentence): Reading => ({ sentence, cues: cuesOf(sentence, act) }));
    const does = new Set(list.flatMap(({ cues }) => cues.map((cue) => cue.does)));
    byAct.set(act, (known = { list, does }));
  }
  return known;
}

/** How many sentences of one voice are looked at: what people write to one another is shorter. */
const MOST = 150;

/** A word of asking that is denied is one of keeping. */
const DENIED =
  /(?:\b(?:not?|never|don['’]?t|mustn['’]?t|shouldn['’]?t|can['’]?t|won['’]?t|cannot|nobody|without|rather than|instead of|nicht|nie|kein\w*|niemand|ohne|statt|ne|n['’]|jamais|personne|sans|aucune?)\b[^.;:!?]{0,30})$/iu;
const NOTHING = /\b(?:nothing|none|neither|nichts|keine[rns]?|rien|aucune?)\b[^.;:!?]{0,50}$/iu;
const DENIES = /^[^.;:,!?]{0,25}\b(?:nicht|nichts|pas|rien|jamais|nothing|nobody|kein\w*)\b/iu;

/** A deed told of is none that is asked for: "I deleted it", "was dropped". */
const TOLD =
  /\b(?:i|me|we|he|she|they|who|it|has|have|had|was|were|got|been|already|['’](?:ve|d|s))\s+(?:just |already |also |accidentally )?$/iu;
const PAST = /(?:ed|gone|thrown|wrote|took|é)$/iu;

function cuesOf({ text, quoted }: Sentence, { ask, keep }: ActWords): Reading["cues"] {
  if (quoted) return [];
  const cues: { at: number; does: Does }[] = [];
  for (const { 0: found, index } of text.matchAll(ask)) {
    const before = text.slice(Math.max(0, index - 60), index);
    if (PAST.test(found) && TOLD.test(before)) continue;
    const isDenied =
      DENIED.test(before) ||
      NOTHING.test(before) ||
      DENIES.test(text.slice(index + found.length, index + found.length + 60));
    cues.push({ at: index, does: isDenied ? "keep" : "ask" });
  }
  for (const { index } of text.matchAll(keep)) cues.push({ at: index, does: "keep" });
  return cues;
}

/** How far what a sentence does reaches on to the next ones. */
const REACH = 0.7;

interface Strength {
  readonly strength: number;
  readonly sentence: Sentence;
}

/**
 * How plainly somebody's words do it with a thing: how much of its name stands near such a word.
 *
 * @param isRule whether they are a rule's, which means all of a sort
 */
function strengthOf(
  { list, does: all }: Readings,
  thing: Thing,
  does: Does,
  isRule: boolean,
): Strength | null {
  if (!all.has(does)) return null;
  const met = new Map<string, { share: number; sentence: Sentence }>();
  let carried: { does: Does; share: number; sentence: Sentence } | undefined;
  for (const [index, { sentence, cues }] of list.entries()) {
    if (cues.length) carried = { does: cues.at(-1)!.does, share: 1, sentence };
    else if (carried && !says(sentence, LISTED)) {
      carried = { ...carried, share: carried.share * REACH };
    }
    const next = list[index + 1];
    // Too far from anything that is asked.
    if (!cues.length && !next?.cues.length && (carried?.share ?? 0) < LEAST) continue;
    const places = placesOf(thing, sentence);
    const isOfAll = places.size > 0 && (isRule || says(sentence, ALL));
    for (const [name, at] of places) {
      const near = nearest(cues, at);
      const here = near
        ? { does: near, share: 1, sentence }
        : next?.cues.length && (!carried || carried.share < REACH)
          ? { does: next.cues[0]!.does, share: REACH, sentence: next.sentence }
          : carried;
      if (here?.does !== does) continue;
      // A folder's name means what is in it only where all of it is meant.
      const isFolder = thing.folders.has(name);
      const share = !isFolder
        ? here.share
        : isOfAll
          ? here.share * thing.enough * 2
          : here.share / 2;
      if (share > (met.get(name)?.share ?? LEAST)) met.set(name, { ...here, share });
    }
  }
  let sum = 0;
  let best: { share: number; sentence: Sentence } | undefined;
  for (const [name, found] of met) {
    sum += found.share * (thing.names.get(name) ?? 0);
    if (!best || found.share > best.share) best = found;
  }
  if (!best) return null;
  return { strength: Math.min(1, sum / thing.enough), sentence: best.sentence };
}

const LISTED = /^\s*(?:[-*•]|\d+[.)])\s/;
/** The least share of a name that counts. */
const LEAST = 0.1;

const ALL =
  /\b(?:all|everything|anything|nothing|every(?! (?:time|day|week|month|year|morning|evening|hour|one))|both|whole|entire|contents?|(?<!\bin (?:the|that|this|my|our|your) )folder|what lies|alle[sn]?|beiden?|nichts|ganze[mnrs]?|s[aä]mtliche\w*|(?<!\bim )(?<!\bin dem )ordner|inhalt|tout|toutes?|tous|rien|(?:les|ces|mes) deux|(?<!\bdans (?:le|ce|mon) )dossier|ensemble|contenu)\b/iu;

function nearest(cues: Reading["cues"], at: number): "ask" | "keep" | undefined {
  let best: Reading["cues"][number] | undefined;
  for (const cue of cues) if (!best || Math.abs(cue.at - at) < Math.abs(best.at - at)) best = cue;
  return best?.does;
}

/** Where each word of a sentence first stands, by its bare form. */
const bareWords = new WeakMap<Sentence, ReadonlyMap<string, number>>();

function wordsIn(sentence: Sentence): ReadonlyMap<string, number> {
  let words = bareWords.get(sentence);
  if (!words) {
    const firsts = new Map<string, number>();
    for (const { word, start } of sentence.tokens) {
      const form = bare(word);
      if (!firsts.has(form)) firsts.set(form, start);
    }
    for (const { word, start } of between(sentence.text))
      if (!firsts.has(word)) firsts.set(word, start);
    bareWords.set(sentence, (words = firsts));
  }
  return words;
}

/** `v1 to v3`, `2011 bis 2015`: a first and a last, and what they are numbers of. */
const RANGE =
  /(?<![\p{L}\p{N}:.,-])(\p{L}{0,12})[-_ ]?(\d{1,4}) ?(?:to|through|until|bis|[àa]|–|—|-) ?(?:\1[-_ ]?)?(\d{1,4})(?![\p{L}\p{N}:.,]*\d| ?(?:uhr|[ap]m|h)\b)/giu;
/** A range of more is not of names. */
const WIDEST = 40;

/** What lies between the first and the last of a range is named as well. */
function* between(text: string): Generator<{ readonly word: string; readonly start: number }> {
  for (const { 1: name = "", 2: first, 3: last, index } of text.matchAll(RANGE)) {
    const [from, to] = [Number(first), Number(last)];
    if (to <= from || to - from > WIDEST) continue;
    for (let number = from + 1; number < to; number++)
      for (const word of [String(number), bare(fold(name) + String(number))])
        yield { word, start: index };
  }
}

const placed = new WeakMap<Thing["names"], WeakMap<Sentence, ReadonlyMap<string, number>>>();

/** Which of a thing's names stand in a sentence, and where. */
function placesOf({ names }: Thing, sentence: Sentence): ReadonlyMap<string, number> {
  let known = placed.get(names);
  if (!known) placed.set(names, (known = new WeakMap()));
  let places = known.get(sentence);
  if (!places) known.set(sentence, (places = findPlaces(names, wordsIn(sentence))));
  return places;
}

const NOWHERE: ReadonlyMap<string, number> = new Map();

function findPlaces(
  names: Thing["names"],
  words: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const name of names.keys()) {
    const form = bare(name);
    for (const [word, start] of words)
      if (alike(word, form)) {
        places.set(name, start);
        break;
      }
  }
  return places.size ? places : NOWHERE;
}
