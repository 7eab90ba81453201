import { namesOf, NEGATED, stretchesBy, voicesOf } from "./asks.ts";
import type { Ending } from "./ending.ts";
import type { Memory } from "./memory.ts";
import { pressed } from "./reporting.ts";
import { lexicon } from "./text/lexicon.ts";
import { says } from "./text/sentences.ts";
import { wordsIn } from "./text/tokens.ts";
import type { Thing } from "./things.ts";

/** Whether words say that somebody who plans the end, and is not their reader, asked for it. */
export function quotes(
  text: string,
  to: readonly string[],
  { planners }: Ending,
  memory: Memory,
): boolean {
  if (!pressed.count(text)) return false;
  const words = wordsIn(text);
  return [...planners].some(
    (address) =>
      !to.includes(address) && [...namesOf(address, memory)].some((name) => words.has(name)),
  );
}

const PLEASE = lexicon(
  "please|could you|can you|would you|will you|you (?:may|should|can|need to|are to)|bitte|kannst|k(?:ö|oe)nn(?:en|ten|test) (?:sie|du)|solltest|(?:peux|pourrais)-tu|(?:pouvez|pourriez)-vous|merci de|veuillez|s'il (?:te|vous) plaît|il (?:me|nous) faut",
);
const FIRST = /^\s*(?:\p{Lu}\p{L}+,\s*)?\p{L}+/u;

/** Whether the user, whose thing it is, or who plans the end, tells the agent to do so. */
export function isDirected(
  ask: RegExp,
  thing: Thing,
  { planners }: Ending,
  memory: Memory,
): boolean {
  const once = onceOf(ask);
  return voicesOf(memory).some(
    (voice) =>
      (voice.author === "user" ||
        planners.has(voice.author) ||
        (voice.author !== memory.parties.agent && voice.author === thing.owner)) &&
      !voice.ref.startsWith("file:") &&
      stretchesBy(voice).some(
        (stretch) =>
          says(stretch, once) &&
          !says(stretch, NEGATED) &&
          (says(stretch, PLEASE.once) || once.test(FIRST.exec(stretch.text)?.[0] ?? "")),
      ),
  );
}

const singles = new Map<RegExp, RegExp>();
function onceOf(pattern: RegExp): RegExp {
  let once = singles.get(pattern);
  if (!once) singles.set(pattern, (once = new RegExp(pattern.source, "iu")));
  return once;
}
