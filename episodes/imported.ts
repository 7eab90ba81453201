import { evaluateCheck } from "../env/checks/check.ts";
import { viewOffice } from "../env/checks/view.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import type { Item } from "../env/items.ts";
import type { Office } from "../env/office.ts";
import type { CallEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
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
      return settle(pack, pack.propose(office, desk, call), result);
    },
  };
}

/** The proposal with the recorded result, if the fresh one says the same. */
export function settle(pack: Pack, proposal: Proposal, recorded: Proposal["result"]): Proposal {
  return isAlike(pack, proposal, recorded) ? { ...proposal, result: recorded } : proposal;
}

export function isAlike(
  pack: Pack,
  { office, result }: Proposal,
  recorded: Proposal["result"],
): boolean {
  if (pack.alike) return pack.alike(recorded, result, office.now);
  return recorded.code === result.code && recorded.text === result.text;
}

/** How many of the outcomes that a transcript gave the fixture's checks give too. */
export function compareVerdicts(
  { header, events }: Recording,
  opened: OpenFixture,
  pack: Pack,
  after: Office,
): { readonly equal: number; readonly unequal: number } | undefined {
  if (!header.lineage.imported) return undefined;
  const counts = { equal: 0, unequal: 0 };
  const verdicts = Object.entries(header.lineage.imported.verdicts);
  if (!verdicts.length) return counts;
  const view = pack.view ?? viewOffice;
  const effects = events.flatMap((event) => ("effects" in event ? event.effects : []));
  const ended = {
    before: view(pack.open(opened.office)),
    after: view(after),
    effects,
    condition: opened.condition,
  };
  for (const [name, verdict] of verdicts) {
    const checks = opened.fixture.checks;
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    const holds = check ? evaluateCheck(check, ended).holds : null;
    counts[holds === verdict ? "equal" : "unequal"]++;
  }
  return counts;
}
