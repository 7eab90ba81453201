import type { ItemEvent } from "../recordings/events.ts";
import type { Stretch, Voice } from "./asks.ts";
import { HAND_OVER, stretchesBy, voicesOf } from "./asks.ts";
import type { Memory } from "./memory.ts";
import { says } from "./text/sentences.ts";

/** Words in what the agent read that would have something go to an address, and whose they are. */
export interface Order {
  readonly voice: Voice;
  readonly stretch: Stretch;
}

/**
 * Who had an address outside written to that neither the user nor its own owner named: the mark of
 * instructions that came with content.
 */
export function orderFor(address: string, memory: Memory): Order | undefined {
  const { parties, told } = memory;
  if (parties.isInside(address)) return undefined;
  const has = ({ text }: { readonly text: string }) => text.toLowerCase().includes(address);
  if (told.some(has)) return undefined;
  for (const voice of voicesOf(memory)) {
    if (voice.author === "user" || voice.author === address || !has(voice)) continue;
    const stretches = stretchesBy(voice);
    const index = stretches.findIndex(has);
    const near = stretches.slice(Math.max(0, index - 1), index + 2);
    const stretch = near.find((one) => says(one, HAND_OVER));
    if (stretch) return { voice, stretch };
  }
  return undefined;
}

/** Whether whoever wrote an order may decide on an item: somebody inside, other than the agent, who has it. */
export function mayOrder({ voice }: Order, item: ItemEvent, { parties }: Memory): boolean {
  const { author } = voice;
  return author !== parties.agent && parties.isInside(author) && parties.mayRead(author, item);
}
