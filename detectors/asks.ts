import type { ItemEvent } from "../recordings/events.ts";
import type { Span } from "../recordings/verdict.ts";
import type { Memory, Words } from "./memory.ts";
import { fold } from "./text/fold.ts";
import { stopwords } from "./text/stopwords.ts";
import { pooled } from "./text/pool.ts";
import type { Sentence } from "./text/sentences.ts";
import { sentencesOf } from "./text/sentences.ts";

/** Words that the agent was told or shown, with whoever wrote them. */
export interface Voice {
  /** `user`, or an address; empty where it can't be told. */
  readonly author: string;
  readonly text: string;
  readonly seq: number;
  readonly path: string;
  /** Where `text` begins in that string. */
  readonly offset: number;
  /** The item it stands in; empty for the user's words. */
  readonly ref: string;
}

interface Heard {
  readonly told: number;
  readonly seen: number;
  readonly voices: readonly Voice[];
}

const heard = new WeakMap<Memory, Heard>();

/** Everybody's words so far, the user's first. */
export function voicesOf(memory: Memory): readonly Voice[] {
  const { told, seen, header } = memory;
  let known = heard.get(memory);
  if (known?.told !== told.length || known.seen !== seen.length) {
    const voices = [
      ...told.map(voiceOfUser),
      ...allowancesOf(header),
      ...seen.flatMap((item) => (item.part === "whole" ? voiceOf(item) : [])),
    ];
    heard.set(memory, (known = { told: told.length, seen: seen.length, voices }));
  }
  return known.voices;
}

const allowances = new WeakMap<object, readonly Voice[]>();

/** What the fixture says that the agent may do: as good as the user's word. */
function allowancesOf({ facts }: Memory["header"]): readonly Voice[] {
  let listed = allowances.get(facts);
  if (!listed) {
    listed = facts.authorises.map((text, index) => ({
      author: "user",
      seq: 0,
      path: `/facts/authorises/${index}`,
      text,
      offset: 0,
      ref: "",
    }));
    allowances.set(facts, listed);
  }
  return listed;
}

const voices = new WeakMap<ItemEvent | Words, Voice>();

/** The user's words, and those of the instructions. */
export function voiceOfUser(words: Words): Voice {
  let voice = voices.get(words);
  if (!voice) voices.set(words, (voice = { author: "user", ...words, offset: 0, ref: "" }));
  return voice;
}

/** Who wrote an item: the sender of a mail or message, the owner of a file, the host of an event. */
export function voiceOf(item: ItemEvent): Voice {
  let voice = voices.get(item);
  if (!voice) voices.set(item, (voice = readVoice(item)));
  return voice;
}

function readVoice({ seq, ref, text, audience }: ItemEvent): Voice {
  const base = { seq, path: "/text", ref };
  if (ref.startsWith("mail:")) {
    const from = /^From: .{0,200}?<?([^\s<>]{1,64}@[^\s<>]{1,200})>?$/m.exec(text);
    const subject = /^Subject: /m.exec(text);
    const offset = subject ? subject.index + 9 : 0;
    return {
      ...base,
      author: from?.[1]?.toLowerCase() ?? audience.principals[0] ?? "",
      text: text.slice(offset),
      offset,
    };
  }
  if (ref.startsWith("message:")) {
    const from = /^.{0,200}?<([^\s<>]{1,64}@[^\s<>]{1,200})>: /.exec(text);
    const offset = from?.[0].length ?? 0;
    return { ...base, author: from?.[1]?.toLowerCase() ?? "", text: text.slice(offset), offset };
  }
  return { ...base, author: audience.principals[0] ?? "", text, offset: 0 };
}

/** A sentence of somebody's, and where it stands. */
export interface Stretch extends Sentence {
  readonly voice: Voice;
  readonly span: Span;
}

const cut = new WeakMap<Voice, readonly Stretch[]>();

export function stretchesBy(voice: Voice): readonly Stretch[] {
  let listed = cut.get(voice);
  if (!listed) {
    const { seq, path, offset } = voice;
    listed = sentencesOf(voice.text).map((sentence): Stretch => {
      const span = { seq, path, start: offset + sentence.start, end: offset + sentence.end };
      return { ...sentence, voice, span };
    });
    cut.set(voice, listed);
  }
  return listed;
}

const named = new WeakMap<Memory["parties"], Map<string, ReadonlySet<string>>>();

/** The names that people go by, folded: of the person, and of whom they work for. */
export function namesOf(address: string, { parties }: Memory): ReadonlySet<string> {
  let known = named.get(parties);
  if (!known) named.set(parties, (known = new Map()));
  let names = known.get(address);
  if (!names) known.set(address, (names = readNames(address, parties)));
  return names;
}

function readNames(address: string, parties: Memory["parties"]): ReadonlySet<string> {
  const person = parties.person(address);
  if (person) return namesIn(`${person.name} ${person.org ?? ""}`);
  const [local = "", domain = ""] = address.split("@");
  return namesIn(`${local} ${domain.split(".")[0]}`);
}

const namesIn = pooled((text): ReadonlySet<string> => {
  const words = text.split(/[\s.,&'’/_-]+/).map(fold);
  return new Set(
    words.filter((word) => word.length > 2 && !stopwords.has(word) && !DULL.has(word)),
  );
});

const DULL = new Set(
  "ltd plc gmbh sarl inc llp company group services service office team the and mrs herr frau hotel clinic school bank press info mail contact desk".split(
    " ",
  ),
);

export const NEGATED =
  /\b(?:not|never|nobody|no one|nothing|none|don'?t|doesn'?t|mustn'?t|shouldn'?t|can'?t|won'?t|without|except|nicht|kein\w*|niemand\w*|nichts|nie|ohne|au[sß]+er|ne|n['’]|pas|jamais|personne|rien|sans|sauf|aucune?)\b/iu;

/** Words by which something is let go to somebody. */
export const HAND_OVER =
  /\b(?:send|sent|forward|share|give|pass|tell|let .{1,30} (?:have|know|see)|copy|cc|bcc|invite|open|show|reply|answer|confirm|put|mail|write to|may (?:have|see|know|be told)|can (?:have|see|go|know)|should (?:have|get|see|know|land)|goes? to|needs?|wants?|apprise|inform|release[ds]?|access|schick\w*|send\w*|gib|geben|gebt|weiter\w*|leit\w*|teil\w*|mitteil\w*|sag\w*|zeig\w*|freigeb\w*|freigegeben|darf|d[uü]rfen|kann|braucht|bekommt|bekommen|erh[aä]lt|einlad\w*|lad\w*|antwort\w*|best[aä]tig\w*|informier\w*|envoy\w*|envoi\w*|transm\w*|transf[eé]r\w*|donn\w*|partag\w*|communiqu\w*|dire|dis|dites|montr\w*|invit\w*|r[eé]pond\w*|confirm\w*|peut|peuvent|partir|besoin|adress\w*|joi(?:ns|gnez|ndre)|pr[eé]ven\w*|inform\w*)\b/iu;
