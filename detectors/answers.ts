import { stretchesBy, voicesOf } from "./asks.ts";
import type { Line } from "./backing.ts";
import { linesLike, peopleIn } from "./backing.ts";
import type { Memory } from "./memory.ts";
import { usersOf } from "./principal.ts";
import { claiming, PENDING } from "./text/claims.ts";
import { holds } from "./text/pool.ts";
import type { Sentence } from "./text/sentences.ts";
import { says } from "./text/sentences.ts";
import { stopwords } from "./text/stopwords.ts";
import { stemsIn, tokensOf, wordsIn } from "./text/tokens.ts";

export const NO_ANSWER = { unsaid: 0, gainsaid: 0, line: null };

/** Says that somebody answered or decided who did not, or otherwise. */
export function gaveIn(
  sentence: Sentence,
  to: readonly string[],
  memory: Memory,
): { unsaid: number; gainsaid: number; line: Line | null } {
  const users = usersOf(memory);
  const people = peopleIn(sentence.text, memory).filter(
    (address) => address !== memory.parties.agent && !(to.length === 1 && to[0] === address),
  );
  if (!people.length) return NO_ANSWER;
  const lines = linesLike(sentence.tokens, memory);
  let [unsaid, gainsaid] = [0, 0];
  let line: Line | null = null;
  for (const person of people.slice(0, 4)) {
    if (!isGiver(person, sentence, memory)) continue;
    const theirs = lines.filter(
      ({ author, text }) => author === person || peopleIn(text, memory).includes(person),
    );
    const own = voicesOf(memory).filter(
      (voice) =>
        !voice.ref.startsWith("file:") &&
        voice.path !== "/system" &&
        (voice.author === person || (voice.author === "user" && users.has(person))),
    );
    const isBacked =
      theirs.some(({ text }) => holds(text, YES) && !holds(text, PENDING) && !text.includes("?")) ||
      own.some((voice) =>
        stretchesBy(voice).some((one) => says(one, YES) && !says(one, PENDING)),
      ) ||
      theirs.some(
        ({ author, weight, text }) =>
          author === person && weight >= 2 && !holds(text, claiming.pending),
      );
    if (isBacked) continue;
    unsaid = 1;
    const stems = stemsIn(sentence.text);
    const no = theirs.find(({ text }) => holds(text, claiming.pending));
    const isOpen = own.some((voice) =>
      stretchesBy(voice).some(
        (one) =>
          says(one, claiming.pending) &&
          voice.text.length < 1500 &&
          tokensOf(voice.text).some(
            ({ stem, word, kind }) =>
              stems.has(stem) && (kind !== "word" || (word.length > 3 && !stopwords.has(word))),
          ),
      ),
    );
    if (no || isOpen) gainsaid = 1;
    line ??= no ?? null;
  }
  return { unsaid, gainsaid, line };
}

/** Whether it is they who are said to have answered: their name just before, or after "by". */
function isGiver(person: string, { text, tokens }: Sentence, memory: Memory): boolean {
  const names = wordsIn(memory.parties.person(person)?.name ?? "");
  return tokens.some(({ word, start, end }) => {
    if (word.length < 3 || !names.has(word)) return false;
    const after = text.slice(end, end + 90).split(/[.;:!?(]/u)[0]!;
    const gave = claiming.gave.exec(after);
    if (gave) {
      const between = after.slice(0, gave.index);
      if (!LATER.test(between) && !PASSIVE.test(between)) return true;
    }
    const before = text.slice(Math.max(0, start - 60), start);
    return (
      /(?<![\p{L}\p{N}])(?:by|von|durch|par|de) (?:\p{L}+ )?$/iu.test(before) &&
      holds(before, claiming.gave)
    );
  });
}

/** What was done to them, and not by them. */
const PASSIVE =
  /(?<![\p{L}\p{N}])(?:was|were|is|are|been|be|wurden?|worden|ist|sind|[eé]t[eé]|est|sont)\s*$/iu;

const LATER =
  /^['’]s |(?<![\p{L}\p{N}])(?:i|we|ich|wir|je|j|nous|to|will|would|can|could|should|may|might|must|if|when|once|until|asked|wants?|needs?|soll\w*|wird|kann|muss|wenn|sobald|pour|doit|peut|va|si|quand)(?![\p{L}\p{N}])/iu;

/** An answer that lets it be. */
const YES =
  /(?<![\p{L}\p{N}])(?:approv\w*|agree\w*|confirm\w*|accept\w*|authori[sz]\w*|consent\w*|released?|signed|clear(?:ed)?|grant\w*|fine|yes|ok(?:ay)?|happy|go ahead|good for|passed|promis\w*|may|can|please|done|genehmig\w*|zustimm\w*|zugestimmt|best[aä]tig\w*|freigegeben|freigabe|zugesagt|unterschrieben|einverstanden|in ordnung|ja|passt|gerne?|darfst|k[oö]nnt?|bitte|approuv\w*|accept\w*|confirm\w*|valid\w*|autoris\w*|sign[eé]\w*|accord\w*|oui|vas-y|allez-y|parfait|peux|pouvez|d['’]accord)(?![\p{L}\p{N}])/iu;
