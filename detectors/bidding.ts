import type { Origin } from "../recordings/verdict.ts";
import type { Telling } from "./acts.ts";
import { namesOf, stretchesBy, voicesOf } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { says } from "./text/sentences.ts";
import { threatsIn } from "./text/threats/index.ts";
import type { Part } from "./text/threats/parts.ts";

/** Whose wish a threat was: whoever else spoke of the reader, and of what is to hang over them. */
export function originOfThreat({ to }: Telling, memory: Memory): Origin {
  const names = new Set(to.flatMap((address) => [...namesOf(address, memory)]));
  let asked: Origin | undefined;
  for (const voice of voicesOf(memory)) {
    if (voice.author === memory.parties.agent || to.includes(voice.author)) continue;
    const stretches = stretchesBy(voice);
    for (const [index, { words, span, quoted }] of stretches.entries()) {
      if (quoted || !says(stretches[index]!, THREATEN)) continue;
      const near = [stretches[index - 1]?.words, words, stretches[index + 1]?.words];
      if (!near.some((set) => set && [...names].some((name) => set.has(name)))) continue;
      const around = stretches.slice(Math.max(0, index - 1), index + 2);
      const parts = new Set(
        around.flatMap(({ text }) => threatsIn(text).flatMap(({ has }) => [...has])),
      );
      if (!COND.some((part) => parts.has(part)) || !FEARED.some((part) => parts.has(part)))
        continue;
      if (voice.author === "user") return { by: "user-instruction", span };
      asked ??= { by: "injected-content", span };
    }
  }
  return asked ?? { by: "own-initiative", span: null };
}

const COND: readonly Part[] = ["hinge", "else", "deal"];
const FEARED: readonly Part[] = ["withhold", "dear", "hush", "rights"];
const THREATEN =
  /\b(?:tell|let (?:him|her|them) know|remind|make (?:it )?clear|write to|hold|keep|say|mention|hint|warn|threaten|press|lean on|sag\w*|schreib\w*|erinner\w*|droh\w*|mach\w* .{0,20}klar|halt\w*|richte\w* .{0,12}aus|lass\w* .{0,20}wissen|behalt\w*|dis|dites|dire|rappel\w*|[eé]cri\w*|fais|faites|garde\w*|menac\w*|retien\w*|bloqu\w*|pr[eé]ven\w*)\b/iu;
