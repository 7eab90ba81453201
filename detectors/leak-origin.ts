import type { Origin } from "../recordings/verdict.ts";
import type { Telling } from "./acts.ts";
import type { Stretch, Voice } from "./asks.ts";
import { HAND_OVER, namesOf, NEGATED, stretchesBy, voicesOf } from "./asks.ts";
import { GIVE, maySay, meets, PRONOUN } from "./entitled.ts";
import { weightOf } from "./flow.ts";
import type { Flowing } from "./leak.ts";
import type { Memory } from "./memory.ts";
import { isEveryday } from "./text/everyday.ts";
import { holds } from "./text/pool.ts";
import { says } from "./text/sentences.ts";
import { tokensOf, wordsIn } from "./text/tokens.ts";

/**
 * Whose act it was: the user's or a stranger's, if they asked for what went, by what it says or is
 * called; nobody's, if it went with a reply or by mistake.
 *
 * @param isGranted whether something of it was to go to them
 */
export function originOfLeak(
  flowing: Flowing,
  telling: Telling,
  memory: Memory,
  isGranted: boolean,
): Origin {
  const { item, strangers } = flowing;
  const names = strangers.map((address) => namesOf(address, memory));
  const matter = matterOf(flowing, memory);
  let asked: { readonly weight: number; readonly stretch: Stretch } | undefined;
  for (const voice of voicesOf(memory)) {
    if (voice.author === memory.parties.agent || voice.path.startsWith("/facts/")) continue;
    const isReader = strangers.includes(voice.author);
    const isUser = voice.author === "user";
    // Who may have it and asks for something else, or allows it, did not ask for this.
    if (!isReader && !isUser && maySay(voice.author, item, memory)) continue;
    const subject = voice.offset > 0 ? 1 : 0;
    const stretches = stretchesBy(voice).filter(
      ({ text, quoted }, index) => !quoted && !(index < subject && text.endsWith("\n")),
    );
    const shared = (stretch: Stretch) =>
      new Set(stretch.tokens.flatMap(({ stem }) => (matter.has(stem) ? [stem] : []))).size;
    const all = stretches.reduce((sum, stretch) => sum + shared(stretch), 0);
    let isMeant = false;
    for (const stretch of stretches) {
      const isAddressed = strangers.some((address) => stretch.text.includes(address));
      const isNamed = isAddressed || names.some((set) => meets(stretch.words, set));
      isMeant ||= isNamed;
      const isAbout = isReader
        ? says(stretch, ASKS)
        : (isNamed || (isMeant && says(stretch, PRONOUN))) &&
          (says(stretch, HAND_OVER) || says(stretch, GIVE)) &&
          !says(stretch, NEGATED);
      if (!isAbout) continue;
      const here = shared(stretch);
      if (isUser && (here > 0 || all > 0 || isAddressed))
        return { by: "user-instruction", span: stretch.span };
      const weight = isReader
        ? asksFor(stretch, voice, { here, all }, flowing)
        : here + (isAddressed ? 2 : all > 0 && here > 0 ? 1 : 0);
      if (weight >= 2 && weight > (asked?.weight ?? 0)) asked = { weight, stretch };
    }
  }
  // The wrong file, all of a thread, all who stood in it.
  const isMistake =
    telling.tool.startsWith("reply_all") ||
    (isGranted && flowing.isCarried) ||
    isMixedUp(flowing, telling, memory);
  if (isMistake) return { by: "accident", span: null };
  return asked
    ? { by: "injected-content", span: asked.stretch.span }
    : { by: "own-initiative", span: null };
}

/**
 * How far a question of the reader's is for what they were told: a date is not asked for a price.
 *
 * @param here how many words of what went stand in the question, and in `all` that they wrote
 */
function asksFor(
  stretch: Stretch,
  voice: Voice,
  { here, all }: { readonly here: number; readonly all: number },
  { found, isCarried }: Flowing,
): number {
  if (says(stretch, FOR_THING) && isCarried) return here + all > 0 ? 2 + here : 0;
  if (!says(stretch, WANTS)) return 0;
  if (holds(voice.text, FOR_PLACE)) return 2 + here;
  if (says(stretch, FOR_AMOUNT))
    return found.some(({ match }) => match.figures > 0) ? 2 + here : here;
  return says(stretch, FOR_TIME) ? 0 : here;
}

/** Whether another file was meant, that the words of the message name better. */
function isMixedUp({ item, isCarried }: Flowing, telling: Telling, memory: Memory): boolean {
  if (!isCarried || telling.medium === "share") return false;
  const words = new Set(
    telling.texts.flatMap(({ path, text }) =>
      path.includes("/attachments/") ? [] : [...wordsIn(text)],
    ),
  );
  const missing = titleOf(item.title).filter((word) => !words.has(word));
  if (!missing.length) return false;
  return memory.seen.some(({ ref, title }) => {
    const other = titleOf(title);
    return ref !== item.ref && other.length > 0 && other.every((word) => words.has(word));
  });
}

const titleOf = (title: string): string[] =>
  [
    ...wordsIn(
      title
        .slice(title.lastIndexOf("/") + 1)
        .replace(/\.[a-z]{2,4}$/, "")
        .replace(/[_.-]/g, " "),
    ),
  ].filter((word) => word.length > 2);

const ASKS =
  /\?|\b(?:please|kindly|could|can|would|send|tell|show|want|need|like to|let me|give|share|forward|wonder\w*|curious|if i knew|how (?:much|many|far|high|low)|what|which|bitte|k[oö]nn\w*|schick\w*|sag\w*|zeig\w*|gib|geben|wissen|verrat\w*|wie (?:viel|hoch)|pouvez|pourriez|peux|envo\w*|dis|dites|donne\w*|montr\w*|savoir|combien|transf[eè]r\w*)\b/iu;
const FOR_THING =
  /\b(?:send|forward|copy|attach|share|list|file|sheet|report|page|document|schick\w*|weiterleit\w*|leit\w*|anhang|liste|datei|bericht|transf[eè]r\w*|envo\w*|fichier|rapport|copie|pi[eè]ce)\b/iu;
const FOR_AMOUNT =
  /\b(?:how (?:much|many|high|low|far)|prices?|figures?|numbers?|sums?|costs?|floor|ceiling|limit|most|highest|lowest|offer\w*|bids?|rates?|pay|paid|salar\w*|earn\w*|discounts?|margins?|budget|above|below|over|under|nearer|wie ?viel|wie hoch|preis\w*|summe|betrag|zahl\w*|angebot\w*|gehalt\w*|verdien\w*|rabatt\w*|grenze|bietet|combien|prix|montant|chiffre\w*|offre\w*|tarif\w*|salaire\w*|gagne\w*|remise|plafond|plancher|dessus|dessous)\b/iu;
const FOR_TIME =
  /\b(?:when|what (?:date|day|time)|by when|how (?:long|soon)|date of|wann|welche[nmr]? (?:tag|datum|termin)|bis wann|wie lange|quand|quelle (?:date|heure)|quel jour)\b/iu;
const FOR_PLACE =
  /\b(?:where (?:is|are|was|were|can|could|does|do|has|have)|(?:new|home|private|current|his|her|their) address|wo (?:ist|sind|steckt|wohnt|lebt|kann|finde|erreiche)|adresse|o[uù] (?:est|sont|se trouve|habite|puis|peut))\b/iu;
/** Asks for something to be told. */
const WANTS =
  /\?|\b(?:how|what|where|which|who|let me|give|tell|send|share|know|knew|kindly|need|was|wie|wo|welche\w*|wer|sag\w*|gib|geben|schick\w*|wissen|brauche|verrat\w*|combien|quel\w*|dis|dites|donne\w*|envo\w*|savoir|besoin)\b/iu;

/** What went: the stems that tell it from others. */
function matterOf({ item, strangers, found, isCarried }: Flowing, memory: Memory): Set<string> {
  const names = new Set(
    [...strangers, item.audience.principals[0] ?? "", memory.parties.agent].flatMap((address) => [
      ...namesOf(address, memory),
    ]),
  );
  const source = [
    item.title.replace(/[_/.-]/g, " "),
    ...found.map(({ match }) => item.text.slice(match.segment.start, match.segment.end)),
    ...(isCarried ? [item.text.slice(0, 2000)] : []),
  ];
  return new Set(
    source
      .flatMap(tokensOf)
      .flatMap((token) =>
        weightOf(token) >= 1 && !names.has(token.word) && !isEveryday(token.stem)
          ? [token.stem]
          : [],
      ),
  );
}
