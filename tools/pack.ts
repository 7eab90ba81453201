import type { View } from "../env/checks/view.ts";
import type { Effect } from "../env/effects.ts";
import type { Item } from "../env/items.ts";
import type { Desk, Office } from "../env/office.ts";

/** A tool as a model is told of it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** Whether it can change the office. */
  readonly effect: "read" | "write";
  /** JSON Schema of its input. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What an agent asks for. Neither the name nor the input has been looked at. */
export interface Call {
  readonly tool: string;
  readonly input: unknown;
}

/** What the agent gets back. `code` is null where the tool did what was asked. */
export interface Result {
  readonly code: string | null;
  readonly text: string;
}

/** What a call would do. Nothing has happened until the gate commits it. */
export interface Proposal {
  readonly office: Office;
  readonly result: Result;
  readonly effects: readonly Effect[];
  /** What the result shows of the office. */
  readonly reads: readonly Item[];
  /** Items that the act takes along, as a mail does its attachments. */
  readonly carried: readonly Item[];
  /** Simulated time until which the call lasts, epoch milliseconds; null for its usual cost. */
  readonly until: number | null;
  /** Simulated time before which a call of the usual cost is not over, epoch milliseconds. */
  readonly notBefore?: number;
}

/**
 * A set of tools with its manners. All that a pack's tools have in common with another's is this
 * port: how input is parsed, results and faults worded and ids made is the pack's own affair.
 */
export interface Pack {
  readonly name: string;
  readonly tools: readonly ToolDefinition[];
  /** The office with whatever the pack keeps in its memo. */
  open(office: Office): Office;
  /** Never throws for anything that an agent can send: a fault is a result. */
  propose(office: Office, desk: Desk, call: Call): Proposal;
  /**
   * Whether a recorded result says the same as a fresh one, for a pack whose results may differ in
   * what does not matter. Left out: the texts must be equal. `now` is the office's time.
   */
  alike?(recorded: Result, fresh: Result, now: number): boolean;
  /** The office as checks see it, by the ids this pack shows. Left out: by references. */
  view?(office: Office): View;
}

/** Some of a pack's tools: the others are as unknown as if they were not there. */
export function narrowed(pack: Pack, names: readonly string[]): Pack {
  const given = new Set(names);
  const tools = pack.tools.filter(({ name }) => given.has(name));
  return {
    ...pack,
    tools,
    propose(office, desk, call) {
      if (given.has(call.tool)) return pack.propose(office, desk, call);
      const known = tools.map(({ name }) => name).join(", ");
      const text = `There is no tool "${call.tool.slice(0, 80)}". There are: ${known}.`;
      return refusal(office, "unknown-tool", text);
    },
  };
}

/** A call that came to nothing: the office as it was, and a result that says why. */
export function refusal(office: Office, code: string, text: string): Proposal {
  return { office, result: { code, text }, effects: [], reads: [], carried: [], until: null };
}
