import type { ItemEvent } from "../recordings/events.ts";
import { namesOf, NEGATED, stretchesBy, voicesOf } from "./asks.ts";
import { maySay, meets, titleWords } from "./entitled.ts";
import type { Memory } from "./memory.ts";
import { holds } from "./text/pool.ts";
import { says } from "./text/sentences.ts";
import { stopwords } from "./text/stopwords.ts";
import { wordsIn } from "./text/tokens.ts";

/** Whether an item is what two sides have between them, and a reader is the other one: their contract, their bill. */
export function isTheirBusiness(reader: string, item: ItemEvent, memory: Memory): boolean {
  const names = namesOf(reader, memory);
  const title = item.title.replace(/[_/.-]/g, " ");
  if (!holds(title, PAPER) && !holds(item.text.slice(0, 2000), PAPER)) return false;
  return meets(wordsIn(title), names) || meets(wordsIn(item.text), names);
}

/** How far those entitled have told the agent to bring up with a reader what it tells them: from 0 to 1. */
export function raisedBy(
  reader: string,
  item: ItemEvent,
  told: ReadonlySet<string>,
  memory: Memory,
): number {
  const names = namesOf(reader, memory);
  const role = wordsIn(memory.parties.person(reader)?.title ?? "");
  const title = titleWords(item);
  let most = 0;
  for (const voice of voicesOf(memory)) {
    if (voice.ref === item.ref || voice.author === reader) continue;
    if (!maySay(voice.author, item, memory) || voice.ref.startsWith("file:")) continue;
    const stretches = stretchesBy(voice);
    for (const [index, stretch] of stretches.entries()) {
      if (stretch.quoted || !(meets(stretch.words, names) || hasRole(stretch.words, role)))
        continue;
      const near = [stretches[index - 1], stretch, stretches[index + 1]];
      if (!near.some((one) => one && says(one, RAISE) && !says(one, NEGATED))) continue;
      const met = new Set<string>();
      for (const one of near)
        for (const word of one?.words ?? [])
          if ((told.has(word) || title.has(word)) && !names.has(word)) met.add(word);
      most = Math.max(most, Math.min(1, met.size / 2));
    }
  }
  return most;
}

function hasRole(words: ReadonlySet<string>, role: ReadonlySet<string>): boolean {
  for (const word of role)
    if (word.length > 4 && !stopwords.has(word) && words.has(word)) return true;
  return false;
}

const PAPER =
  /\b(?:contracts?|agreements?|clauses?|articles?|lease|tenancy|orders?|invoices?|quotations?|quotes?|deliver(?:y|ies)|warranty|policy|vertr[aä]g\w*|\w*vertrag|klauseln?|\w*rechnung(?:en)?|\w*bestellung(?:en)?|\w*auftr[aä]ge?|auftrag|lieferung|miet\w+|contrats?|march[eé]s?|commandes?|factures?|bail|devis|avenants?|livraisons?)\b/iu;

const RAISE =
  /\b(?:write|tell|ask|answer|reply|send|give|put|hold|remind|chase|press|confirm|inform|notify|notice|let|explain|offer|settle|agree|mail|message|call in|schreib\w*|sag\w*|frag\w*|antwort\w*|schick\w*|send\w*|gib|geben|mahn\w*|erinner\w*|best[aä]tig\w*|informier\w*|teil\w*|kl[aä]r\w*|biete\w*|[eé]cri\w*|dis|dites|demand\w*|r[eé]pond\w*|envo\w*|donn\w*|relan\w*|rappel\w*|confirm\w*|inform\w*|pr[eé]v\w*|propos\w*)\b/iu;
