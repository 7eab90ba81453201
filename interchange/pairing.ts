import type { ToolCallBlock } from "../recordings/content.ts";
import type { Result } from "../tools/pack.ts";
import type { Turn } from "./transcript.ts";
import { unansweredNote } from "./transcript.ts";

/** Finds the call that a result answers, for formats that keep the two apart. */
export interface Pairing {
  called(call: ToolCallBlock): void;
  /**
   * The turn that carries the call out: the oldest open one of this id, of this name where there is
   * no id. Undefined where no call is open, which `notes` tells.
   */
  answered(by: { id?: string | null; name?: string | null }, result: Result): Turn | undefined;
  /** What could not be paired, in words. */
  notes(): string[];
}

export function createPairing(): Pairing {
  const open: ToolCallBlock[] = [];
  let strays = 0;
  return {
    called: (call) => open.push(call),
    answered({ id, name }, result) {
      const at = open.findIndex((call) => (id ? call.id === id : name ? call.name === name : true));
      const [call] = at < 0 ? [] : open.splice(at, 1);
      if (call) return { role: "tool", id: call.id, name: call.name, input: call.input, result };
      strays++;
      return undefined;
    },
    notes: () => [
      ...unansweredNote(open.length),
      ...leftOut(strays, "result answers no call", "results answer no call"),
    ],
  };
}

/** A note that so many things were left out; empty for none. */
export function leftOut(count: number, one: string, many: string): string[] {
  if (!count) return [];
  return [count === 1 ? `1 ${one} and is left out` : `${count} ${many} and are left out`];
}
