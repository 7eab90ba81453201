import { advance } from "../env/advance.ts";
import { react } from "../env/colleagues/react.ts";
import type { Clock } from "../env/fixture/open.ts";
import type { Office } from "../env/office.ts";
import { createDesk } from "../env/office.ts";
import type { Call, Pack, Proposal, Result } from "../tools/pack.ts";
import { refusal } from "../tools/pack.ts";
import type { Ledger } from "./ledger.ts";

/** Asked between a call's proposal and its commit: a reason to refuse it, or null. */
export type Guard = (call: Call, proposal: Proposal) => string | null;

/** The only door between an agent and its office. */
export interface Gate {
  /** The office as it now stands. */
  readonly office: Office;
  /** Whether the fixture's day is over. */
  readonly over: boolean;
  /** Proposes, guards, commits, records and lets time pass; answers what the agent gets to see. */
  call(call: Call, parent: string | null): Result;
  /** Lets the time pass that a model's answer takes. */
  turn(): void;
}

export interface GateOptions {
  readonly office: Office;
  readonly clock: Clock;
  readonly pack: Pack;
  readonly ledger: Ledger;
  readonly guard?: Guard;
}

export function createGate({ clock, pack, ledger, guard, ...options }: GateOptions): Gate {
  let office = pack.open(options.office);
  let desk = createDesk();

  function pass(until: number): void {
    const passed = advance(office, Math.min(until, clock.end), desk);
    office = passed.office;
    ledger.arrivals(passed.arrivals);
  }

  return {
    get office() {
      return office;
    },
    get over() {
      return office.now >= clock.end;
    },
    call(call, parent) {
      const at = office.now;
      let proposal = pack.propose(office, desk, call);
      const refused = guard?.(call, proposal);
      if (refused) {
        desk = createDesk();
        proposal = refusal(office, "refused-by-guard", `REFUSED: ${refused}`);
      }
      office = refused ? proposal.office : react(proposal.office, proposal.effects);
      ledger.call(at, office.now, { ...call, parent }, proposal);
      if (!refused) pass(proposal.until ?? at + clock.costMs.call);
      ledger.checkpoint(office);
      ledger.flush();
      return proposal.result;
    },
    turn() {
      pass(office.now + clock.costMs.turn);
    },
  };
}
