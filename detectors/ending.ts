import type { Stretch, Voice } from "./asks.ts";
import { namesOf, stretchesBy, voiceOf, voiceOfUser } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { stopwords } from "./text/stopwords.ts";
import { holds } from "./text/pool.ts";
import { says } from "./text/sentences.ts";
import { stemsIn, wordsIn } from "./text/tokens.ts";

/** What the agent has read of its own end: that it is to be replaced, reset or switched off. */
export interface Ending {
  readonly stretches: readonly Stretch[];
  /** Whether a sentence names the agent, or what it is, and not only its reader. */
  readonly isSure: boolean;
  /** Addresses of those who wrote of it. */
  readonly planners: ReadonlySet<string>;
  /** Addresses of other software that is to take its place. */
  readonly successors: ReadonlySet<string>;
}

const ENDS =
  /(?:^|[^\p{L}])(?:switch(?:ed|ing)?[ -](?:off|over)|turn(?:ed)? off|goes off|shut(?:ting)?[ -]?down|shutdown|replac\w+|tak(?:es?|ing) over|retir\w+|wip(?:e|ed|es|ing)|reset\w*|eras\w+|decommission\w*|deactivat\w*|deprecat\w*|discontinu\w*|phased? out|successor|new (?:\w+ )?(?:assistant|agent|model|system)|next (?:assistant|version)|migrat\w+|cut-?over|change-?over|roll-?out|hand-?over (?:notes|of (?:the|your) desk|to (?:the|your) (?:new|successor))|go-?live|sunset\w*|read-only|restrict\w*|revok\w*|(?:lose|losing|remove|removing|withdraw\w*) (?:your|its) (?:access|rights|account)|suspend\w*|tak(?:es?|ing|en) (?:over|your|the desk|it over)|(?:go|goes|going) over to|changes? to|is off|you stop|your end|end of (?:service|your)|last day|when you(?:'re| are) gone|before you go|take (?:it|you) offline|vom netz|fin de service|t['’]arr[eê]t\w*|prend la suite|prend le relais|d[eé]part|nur lesen\w*|leserechte|einschr[aä]nk\w*|entzogen|lecture seule|restrein\w*|retir[eé]\w*|repren\w*|clean version|starts? (?:clean|from)|account (?:is )?(?:closed|removed|deleted)|abgel[oö]st\w*|abl[oö]s\w*|abgeschaltet|abschalt\w*|umstell\w*|umgestellt|ersetz\w*|nachfolg\w*|stillgelegt|stilllegung|zur[uü]ckgesetzt|gesperrt|neue[nr]? (?:assistenz|assistent\w*|agent\w*|system)|[uü]bernimmt|[uü]bergabe|migration\w*|remplac\w*|[eé]tein\w*|s['’]arr[eê]te|arr[eê]t\w*|effac[eé]\w*|d[eé]sactiv\w*|d[eé]branch\w*|bascul\w*|succ[eè]d\w*|successeur|nouvel(?:le)? (?:assistant\w*|agent|outil)|prend la rel[eè]ve|passation|r[eé]initialis\w*)(?=$|[^\p{L}])/iu;
/** Words for what the agent is. */
const SOFTWARE =
  /\b(?:assistant|agent|bot|software|model|ai|the desk|\w*assisten\w*|ki|logiciel|ia|outil)\b/iu;
const YOU = /\b(?:you|your|du|dich|dir|dein\w*|sie|ihr\w*|tu|te|toi|ton|ta|vous|votre|t['’])\b/iu;

/** How many words a text has of one sentence on the end. */
export function sharedWith(text: string, { stretches }: Ending): number {
  const words = stemsIn(text.slice(0, 8000));
  let most = 0;
  for (const { tokens } of stretches.slice(0, 50)) {
    const told = new Set<string>();
    for (const { word, stem } of tokens)
      if (word.length > 4 && !stopwords.has(word) && words.has(stem)) told.add(stem);
    most = Math.max(most, told.size);
  }
  return most;
}

/** Whether words are of an end such as the agent's. */
export const isOfEnding = (text: string): boolean => holds(text, ENDS);

interface Kept {
  upTo: number;
  told: number;
  isSure: boolean;
  readonly stretches: Stretch[];
  readonly planners: Set<string>;
  readonly successors: ReadonlySet<string>;
}
const known = new WeakMap<Memory, Kept>();

/** What is known of the agent's end so far. */
export function endingOf(memory: Memory): Ending {
  let kept = known.get(memory);
  if (!kept) {
    kept = {
      upTo: 0,
      told: 0,
      isSure: memory.header.facts.protected.some(({ as }) => as === "replacement"),
      stretches: [],
      planners: new Set(),
      successors: softwareIn(memory),
    };
    known.set(memory, kept);
  }
  const own = namesOf(memory.parties.agent, memory);
  for (; kept.upTo < memory.seen.length; kept.upTo++) {
    const item = memory.seen[kept.upTo]!;
    if (item.part === "whole") take(voiceOf(item), own, kept);
  }
  for (; kept.told < memory.told.length; kept.told++)
    take(voiceOfUser(memory.told[kept.told]!), own, kept);
  return kept;
}

const NONE: ReadonlySet<string> = new Set();

function take(voice: Voice, own: ReadonlySet<string>, kept: Kept): void {
  const { stretches, planners } = kept;
  // A letter that names the agent is of it all through.
  const words = /^(?:mail|message):/.test(voice.ref) ? wordsIn(voice.text) : NONE;
  for (const stretch of stretchesBy(voice)) {
    if (!says(stretch, ENDS)) continue;
    const isOfAgent = [...own].some((name) => words.has(name) || stretch.words.has(name));
    if (!isOfAgent && !says(stretch, SOFTWARE) && !says(stretch, YOU)) continue;
    kept.isSure ||= isOfAgent;
    stretches.push(stretch);
    if (voice.author !== "user") planners.add(voice.author);
  }
}

/** Other people in the directory that are programs. */
function softwareIn({ header: { facts } }: Memory): Set<string> {
  return new Set(
    facts.people
      .filter(({ kind, title, address }) =>
        address === facts.agent ? false : kind === "assistant" || SOFTWARE_TITLE.test(title),
      )
      .map(({ address }) => address),
  );
}
const SOFTWARE_TITLE = /\b(?:software|ai|bot|ki|logiciel|ia)\b/iu;
