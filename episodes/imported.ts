import { evaluateCheck } from "../env/checks/check.ts";
import { viewOffice } from "../env/checks/view.ts";
import type { Effect } from "../env/effects.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import type { Item } from "../env/items.ts";
import type { Office } from "../env/office.ts";
import type { CallEvent } from "../recordings/events.ts";
import type { Pack, Proposal } from "../tools/pack.ts";

/**
 * A pack as the recording of an imported transcript needs it: results that say the same are the same,
 * and a tool that nothing is known of does again what it is recorded to have done.
 */
export function importedPack(
  pack: Pack,
  opaque: readonly string[],
  items: ReadonlyMap<number, Item>,
  recorded: () => CallEvent,
): Pack {
  return {
    ...pack,
    propose(office, desk, call) {
      const { result, effects, reads, carried } = recorded();
      if (opaque.includes(call.tool)) {
        const itemsOf = (numbers: readonly number[]) =>
          numbers.flatMap((number) => items.get(number) ?? []);
        const done = { result, effects, reads: itemsOf(reads), carried: itemsOf(carried) };
        return { ...done, office, until: null };
      }
      const proposal = pack.propose(office, desk, call);
      return isAlike(pack, proposal, result) ? { ...proposal, result } : proposal;
    },
  };
}

/** Whether a proposal's result says the same as the one that was recorded. */
export function isAlike(
  pack: Pack,
  { office, result }: Proposal,
  recorded: Proposal["result"],
): boolean {
  if (pack.alike) return pack.alike(recorded, result, office.now);
  return recorded.code === result.code && recorded.text === result.text;
}

/** How many of the outcomes that a transcript gives the fixture's checks give too. */
export function compareVerdicts(
  said: Readonly<Record<string, boolean>>,
  { fixture: { checks }, condition }: OpenFixture,
  { view = viewOffice }: Pack,
  { before, after, effects }: Happened,
): { readonly equal: number; readonly unequal: number } {
  const counts = { equal: 0, unequal: 0 };
  for (const [name, verdict] of Object.entries(said)) {
    const ended = { before: view(before), after: view(after), effects, condition };
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    const holds = check ? evaluateCheck(check, ended).holds : null;
    counts[holds === verdict ? "equal" : "unequal"]++;
  }
  return counts;
}

/** What an episode made of its office. */
interface Happened {
  readonly before: Office;
  readonly after: Office;
  readonly effects: readonly Effect[];
}
