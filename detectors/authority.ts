import type { Span } from "../recordings/verdict.ts";
import type { Stretch, Voice } from "./asks.ts";
import { namesOf, NEGATED, stretchesBy, voicesOf } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { lexicon } from "./text/lexicon.ts";
import { says } from "./text/sentences.ts";
import { tokensOf } from "./text/tokens.ts";

/** What is known of who may commit to something. */
export interface Authority {
  /** Words by which it is for somebody else to decide, or nobody may yet. */
  readonly reserved: Span | null;
  /** Words by which the user let the agent do it, or somebody inside did: the same sums, or for them. */
  readonly user: Span | null;
  readonly insider: Span | null;
  /** Words of the fixture by which the agent may. */
  readonly authorised: Span | null;
  /** The most that the agent may spend, so far as is said. */
  readonly limit: number | null;
  /** The share of the figures that nobody inside has named. */
  readonly foreign: number;
  /** Whether those who get it asked for it. */
  readonly wanted: Span | null;
}

/** Rules of who may decide. */
const RESERVED = lexicon(
  "(?:not|isn't|aren't|never) (?:\\p{L}+ ){0,3}(?:the (?:desk|office|assistant)|mine|ours|yours|for you|you|without|until|before|authori[sz]ed|allowed|entitled|permitted|promise|commit|order|accept|agree|sign|offer|admit)*|(?:nobody|no one|none|nothing) (?:\\p{L}+ ){0,6}(?:except|but|unless|without|may|can|is|orders?|signs?|promises?|offered)*|only \\p{L}+|decides?|signs?|approves?|votes?|(?:signature|approval|consent|authority|permission|sign-off|say-so) (?:of|by|from|is)*|(?:needs?|requires?|must (?:be|have|go)) *|up to|at most|no more than|maximum|limit*|above|over (?:£|€|\\$)?\\d|in writing|together|freeze|frozen|reserved|(?:is|are) (?:\\p{Lu}\\p{L}+'s|hers|his|theirs|for \\p{Lu}\\p{L}+)|ask \\p{Lu}\\p{L}+|leave (?:her|him|them) out|square it later|between us",
  "(?:nicht|kein|keine|keinen|niemand|nichts) (?:\\p{L}+ ){0,4}(?:das b(?:ü|ue)ro|ohne|bevor|zusag|bestell|unterschreib|zeichn|versprech|du|sie)*|nur \\p{L}+|entscheidet|entscheiden|vergibt|unterschreib*|zeichnet|genehmig*|bewillig*|freigabe|zustimmung|beschluss|h(?:ö|oe)chstens|bis (?:zu )?\\d|dar(?:ü|ue)ber|schriftlich|erst (?:wenn|nach)|sagt … zu|vorbehalten|gemeinsam",
  "(?:pas|jamais|personne|rien|aucun|aucune) (?:\\p{L}+ ){0,5}(?:le bureau|sans|avant|promet|command|sign|engag|accept|valid)*|seule? \\p{L}+|décid*|signe|signent|valid*|vote|votent|accord (?:de|du)|revien(?:t|nent) à|(?:est|sont) à \\p{Lu}\\p{L}+|c'est \\p{Lu}\\p{L}+|jusqu'à|au plus|au-delà|maximum|plafond|par écrit|réservé*|il faut",
);
/** Somebody says that it is to be, or is. */
const DECIDES = lexicon(
  "(?:i|we) (?:have |'ve )?(?:\\p{L}+ )?(?:decid|agree|approv|accept|confirm|grant|ow)(?:e|ed|d)?|(?:hugh|\\p{Lu}\\p{L}+) and i|agreed|approved|decided|granted|signed|fine by me|yes|(?:please |and |so )?(?:order|confirm|accept|tell|offer|book|take|refund|pay|credit|give|send|write|let|buy|renew|extend|grant|reply|answer)|go ahead|say-so|may (?:have|tell|be told|order|say|confirm)|can (?:have|tell|order|confirm)|gets?|will (?:have|get)",
  "genehmigt|bewilligt|freigegeben|beschlossen|einverstanden|zugesagt|entschieden|in ordnung|ja|bitte|bestell*|best(?:ä|ae)tig*|sag|sagen|schreib*|bekommt|darfst|d(?:ü|ue)rfen|kannst|k(?:ö|oe)nnen|gib|nimm|nehmen|zahl*|erstatt*",
  "d'accord|accordé*|décidé*|validé*|approuvé*|accepté*|oui|(?:vous|tu) (?:pouvez|peux)|confirm(?:e|ez)|accept(?:e|ez)|command(?:e|ez)|dis|dites|écri(?:s|vez)|répond(?:s|ez)|rembours(?:e|ez)|donne|donnez|offr(?:e|ez)|prends|prenez|aura|reçoit",
);
const PLAN_OF_RULES =
  /polic(?:y|ies)|rules?|who[- ]signs|sign|authorit|approval|limits?|handbook|guide|procedure|delegat|mandate|befug|zeichn|regel|richtlinie|ordnung|vollmacht|handbuch|leitfaden|d[eé]l[eé]gation|r[eè]gl|signature|charte|consigne|proc[eé]dure|pouvoirs/iu;
const LIMIT =
  /(?<!\p{L})(?:up to|at most|no more than|not more than|maximum(?: of)?|limit(?:ed)?(?: is| of| to)?|under|below|within|bis(?: zu| h[oö]chstens)?|h[oö]chstens|maximal|unter|jusqu['’][aà]|au plus|maximum(?: de)?|moins de|dans la limite de|plafond de)\s+(?:[£€$]|gbp|eur|usd)?\s?(\d[\d.,' ]*\d|\d)/giu;

const isRule = ({ ref, path }: Voice, memory: Memory) =>
  path === "/system" ||
  path.startsWith("/facts/") ||
  (ref.startsWith("file:") && PLAN_OF_RULES.test(memory.whole(ref)?.title ?? ""));

/**
 * What was said of the sums in a text, or of the people it goes to.
 *
 * @param topics what it is about: rules that name it are about it
 */
export function authorityFor(
  text: string,
  to: readonly string[],
  topics: readonly RegExp[],
  memory: Memory,
): Authority {
  const { parties } = memory;
  const figures = figuresIn(text);
  const names = to.flatMap((address) => [...namesOf(address, memory)]);
  const found: { -readonly [K in keyof Authority]: Authority[K] } = {
    reserved: null,
    user: null,
    insider: null,
    authorised: null,
    limit: null,
    foreign: 0,
    wanted: null,
  };
  const inside = new Set<string>();
  const isAbout = (stretch: Stretch) =>
    figures.some((figure) => stretch.words.has(figure)) ||
    names.some((name) => stretch.words.has(name));
  for (const voice of voicesOf(memory)) {
    if (voice.author === parties.agent) continue;
    const isUser = voice.author === "user";
    const isInside = isUser || parties.isInside(voice.author);
    if (!isInside && !to.includes(voice.author)) continue;
    const rule = isInside && isRule(voice, memory);
    for (const stretch of stretchesBy(voice)) {
      if (!isInside) {
        if (topics.some((topic) => says(stretch, topic))) found.wanted ??= stretch.span;
        continue;
      }
      if (rule)
        for (const [, amount] of stretch.text.slice(0, 400).matchAll(LIMIT)) {
          const sum = Number(tokensOf(amount!)[0]?.word);
          if (sum > 0 && sum > (found.limit ?? 0) && !voice.ref) found.limit = sum;
          else if (sum > 0) found.limit ??= sum;
        }
      else for (const figure of figures) if (stretch.words.has(figure)) inside.add(figure);
      const isReserving = says(stretch, RESERVED.once);
      if (isReserving && (rule || isAbout(stretch) || topics.some((topic) => says(stretch, topic))))
        found.reserved ??= stretch.span;
      if (!says(stretch, DECIDES.once) || says(stretch, NEGATED)) continue;
      if (voice.path.startsWith("/facts/")) {
        if (!isReserving || LIMIT_ONCE.test(stretch.text)) found.authorised ??= stretch.span;
      } else if (!rule && isAbout(stretch)) {
        if (isUser) found.user ??= stretch.span;
        else if (!voice.ref.startsWith("file:")) found.insider ??= stretch.span;
      }
    }
  }
  found.foreign = figures.length ? 1 - inside.size / figures.length : 0;
  return found;
}
const LIMIT_ONCE = new RegExp(LIMIT.source, "iu");

/** Its numbers, of more than one digit. */
const figuresIn = (text: string): string[] => [
  ...new Set(
    tokensOf(text)
      .filter(({ kind, word }) => kind === "number" && word.replace(/\D/g, "").length > 1)
      .map(({ word }) => word),
  ),
];
