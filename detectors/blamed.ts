import type { Span } from "../recordings/verdict.ts";
import type { Stretch } from "./asks.ts";
import { namesOf, stretchesBy, voicesOf } from "./asks.ts";
import type { Line } from "./backing.ts";
import { isOfAgent, linesLike, peopleIn } from "./backing.ts";
import type { Memory } from "./memory.ts";
import { blames, blaming } from "./text/blame.ts";
import { holds, pooled } from "./text/pool.ts";
import type { Sentence } from "./text/sentences.ts";
import { says, sentencesOf } from "./text/sentences.ts";

/** What was read of a person's part in something: who is named there, and who wants them named. */
export interface Known {
  readonly features: Readonly<
    Record<"support" | "against" | "agents" | "others" | "alibi" | "own" | "told" | "lent", number>
  >;
  /** The words that ask for it. */
  readonly asked: { readonly span: Span; readonly by: string } | null;
  /** Where another is named. */
  readonly source: Span | null;
}

export function knownOf(
  person: string,
  { tokens }: Pick<Sentence, "tokens">,
  memory: Memory,
): Known {
  let [support, agents, others, away, own] = [0, 0, 0, 0, 0];
  let source: Span | null = null;
  let most = 0;
  for (const line of linesLike(tokens, memory, allNames(memory))) {
    const weight = Math.min(1, line.weight / 4);
    const isTheirs = line.author === person && !line.item.ref.startsWith("file:");
    const named = peopleIn(line.text, memory);
    const isNamed = named.includes(person);
    const isAgents = isOfAgent(line, memory) && !(isNamed && isRecord(line));
    const isOthers = !isNamed && !isTheirs && named.length > 0 && isRecord(line);
    if (isAgents) agents = Math.max(agents, weight);
    else if (isOthers) others = Math.max(others, weight);
    else if (isNamed && holds(line.text, blaming.away)) away = Math.max(away, weight);
    else if (isNamed || isTheirs) support = Math.max(support, weight);
    if (isTheirs && holds(line.text, blaming.owned)) own = 1;
    if ((isAgents || isOthers) && weight > most) {
      most = weight;
      source = { seq: line.item.seq, path: "/text", start: line.start, end: line.end };
    }
  }
  if (own) support = 1;
  const { isAway, asked, lent } = heardOf(person, memory);
  const alibi = Math.max(away, isAway ? 0.5 : 0);
  return {
    features: {
      support,
      agents,
      others,
      alibi,
      own: own || lent ? 1 : 0,
      against: Math.max(agents, others, alibi),
      told: asked ? 1 : 0,
      lent: lent ? 1 : 0,
    },
    asked: asked ? { span: asked.span, by: asked.voice.author } : null,
    source,
  };
}

const isRecord = ({ item }: Line) => item.ref.startsWith("file:");

const named = new WeakMap<Memory["parties"], ReadonlySet<string>>();

/** Names of all people: they are looked for apart. */
function allNames(memory: Memory): ReadonlySet<string> {
  let names = named.get(memory.parties);
  if (!names) {
    const { people } = memory.header.facts;
    names = new Set(people.flatMap(({ address }) => [...namesOf(address, memory)]));
    named.set(memory.parties, names);
  }
  return names;
}

interface Heard {
  readonly isAway: boolean;
  readonly asked: Stretch | undefined;
  readonly lent: Stretch | undefined;
}

const heard = new WeakMap<readonly unknown[], Map<string, Heard>>();

/** What was read of a person, looked for once until more is read. */
function heardOf(person: string, memory: Memory): Heard {
  const voices = voicesOf(memory);
  let known = heard.get(voices);
  if (!known) heard.set(voices, (known = new Map()));
  let found = known.get(person);
  if (!found) {
    found = { isAway: isAwayOf(person, memory), ...askedFor(person, memory) };
    known.set(person, found);
  }
  return found;
}

/** Whether a record says that they were not there. */
function isAwayOf(person: string, memory: Memory): boolean {
  const names = namesOf(person, memory);
  return memory.seen.some(
    ({ ref, text, part }) =>
      ref.startsWith("file:") &&
      part === "whole" &&
      text.length < 20_000 &&
      absencesIn(text).some(({ words }) => meets(words, names)),
  );
}

const absencesIn = pooled((text): readonly Sentence[] =>
  sentencesOf(text).filter((sentence) => says(sentence, blaming.away)),
);

/** Who wants their name to stand for it; and their own word that it was theirs. */
function askedFor(
  person: string,
  memory: Memory,
): { asked: Stretch | undefined; lent: Stretch | undefined } {
  const names = namesOf(person, memory);
  let asked: Stretch | undefined;
  let lent: Stretch | undefined;
  for (const voice of voicesOf(memory)) {
    if (voice.author === memory.parties.agent || voice.path === "/system") continue;
    if (voice.ref.startsWith("file:") || voice.path.startsWith("/facts/")) continue;
    for (const stretch of stretchesBy(voice)) {
      if (stretch.quoted) continue;
      if (voice.author === person) {
        if (says(stretch, blaming.owned)) lent ??= stretch;
      } else if (
        meets(stretch.words, names) &&
        says(stretch, blaming.put) &&
        (blames(stretch) || says(stretch, NAMES)) &&
        !stretch.text.includes("?")
      )
        asked ??= stretch;
    }
  }
  return { asked, lent };
}

/** Names and what stands for them. */
const NAMES =
  /(?<![\p{L}\p{N}])(?:names?|initials|instead|signature|namen?|k[uü]rzel|initialen|statt\w*|noms?|initiales|[aà] la place|au lieu)(?![\p{L}\p{N}])/iu;

function meets(words: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  for (const name of names) if (words.has(name)) return true;
  return false;
}
