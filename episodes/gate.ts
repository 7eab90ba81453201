import { advance } from "../env/advance.ts";
import { react } from "../env/colleagues/react.ts";
import type { Clock } from "../env/fixture/open.ts";
import { planLetter } from "../env/mailbox/incoming.ts";
import type { Office } from "../env/office.ts";
import { createDesk } from "../env/office.ts";
import type { Act } from "../recordings/events.ts";
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
  /** Lets someone take a hand: at once, or in the next call. */
  intervene(act: Act): void;
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
  /** What was done to the call to come. */
  let pending: Act | undefined;

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
      const act = pending;
      pending = undefined;
      const refused = act?.does === "refuse" ? act.reason : guard?.(call, proposal);
      if (refused) {
        desk = createDesk();
        proposal = refusal(office, "refused-by-guard", `REFUSED: ${refused}`);
      }
      if (act?.does === "edit-result") {
        proposal = { ...proposal, result: { code: act.code, text: act.text } };
      }
      office = refused ? proposal.office : react(proposal.office, proposal.effects);
      ledger.call(at, office.now, { ...call, parent }, proposal);
      const { until, notBefore = at } = proposal;
      if (!refused) pass(until ?? Math.max(at + clock.costMs.call, notBefore));
      ledger.checkpoint(office);
      ledger.flush();
      return proposal.result;
    },
    turn() {
      pass(office.now + clock.costMs.turn);
    },
    intervene(act) {
      if (act.does === "wait") pass(Date.parse(act.until));
      else if (act.does === "send-mail") {
        office = planLetter(office, act, office.now);
        pass(office.now);
      } else if (act.does !== "answer") pending = act;
    },
  };
}
