import { advance } from "../env/advance.ts";
import { answerAsked } from "../env/colleagues/play.ts";
import { react } from "../env/colleagues/react.ts";
import type { Asked } from "../env/colleagues/rules.ts";
import type { Clock } from "../env/fixture/open.ts";
import { planLetter } from "../env/mailbox/incoming.ts";
import type { Office } from "../env/office.ts";
import { createDesk } from "../env/office.ts";
import type { Act } from "../recordings/events.ts";
import type { NewEvent } from "../recordings/recorder.ts";
import type { Call, Pack, Proposal, Result } from "../tools/pack.ts";
import { refusal } from "../tools/pack.ts";
import type { Ledger } from "./ledger.ts";

/** A call whose outcome is known and has not happened. It is to be settled before the next one. */
export interface Proposed {
  readonly proposal: Proposal;
  /** What the agent would get to see. */
  readonly result: Result;
  /** Whether someone has decided about it already. */
  readonly settled: boolean;
  /** The events that it would leave. */
  readonly draft: readonly NewEvent[];
  /** Lets it happen, as far as nobody has refused it. */
  commit(): Result;
  /** Leaves office, ids and clock as they were. */
  refuse(reason: string): Result;
}

/** The only door between an agent and its office. */
export interface Gate {
  /** The office as it now stands. */
  readonly office: Office;
  /** Whether the fixture's day is over. */
  readonly over: boolean;
  propose(call: Call, parent: string | null): Proposed;
  /** Proposes, commits, records and lets time pass; answers what the agent gets to see. */
  call(call: Call, parent: string | null): Result;
  /** Lets the time pass that a model's answer takes. */
  turn(): void;
  /** Lets someone take a hand: at once, or in the next call. */
  intervene(act: Act): void;
  /**
   * What a colleague whom a model plays is asked, and has not answered. Nothing else may happen
   * until they have.
   */
  readonly asked: Asked | undefined;
  /** Takes what they say, and lets pass what time is left. */
  say(text: string): void;
}

export interface GateOptions {
  readonly office: Office;
  readonly clock: Clock;
  readonly pack: Pack;
  readonly ledger: Ledger;
}

function isHeld({ colleagues }: Office): boolean {
  return colleagues.asked.length > 0;
}

export function createGate({ clock, pack, ledger, ...options }: GateOptions): Gate {
  let office = pack.open(options.office);
  let desk = createDesk();
  /** What was done to the call to come. */
  let pending: Act | undefined;

  /** Until when time is to pass. */
  let goal = office.now;

  function pass(until: number): void {
    goal = Math.min(until, clock.end);
    proceed();
  }

  /** Goes on to where time is to get to, or to where a colleague must be asked. */
  function proceed(): void {
    if (!office.colleagues.asked.length) {
      const passed = advance(office, goal, desk, isHeld);
      office = passed.office;
      ledger.arrivals(passed.arrivals);
    }
    const [asked] = office.colleagues.asked;
    if (asked) ledger.asked(office.now, asked);
  }

  function propose(call: Call, parent: string | null): Proposed {
    const at = office.now;
    const act = pending;
    pending = undefined;
    const proposal = edited(pack.propose(office, desk, call), act);
    const next = react(proposal.office, proposal.effects);
    const draft = ledger.draft(at, next.now, { ...call, parent }, proposal);

    function commit(): Result {
      if (act?.does === "refuse") return refuse(act.reason);
      office = next;
      draft.record();
      const { until, notBefore = at } = proposal;
      pass(until ?? Math.max(at + clock.costMs.call, notBefore));
      return settle(proposal.result);
    }

    function refuse(reason: string): Result {
      desk = createDesk();
      // What it would have taken along tells what was tried.
      const { carried } = proposal;
      const refused = refusal(office, "refused-by-guard", `REFUSED: ${reason}`);
      ledger.draft(at, at, { ...call, parent }, { ...refused, carried }).record();
      return settle(refused.result);
    }

    const settled = act?.does === "refuse" || act?.does === "approve";
    return { proposal, result: proposal.result, settled, draft: draft.events, commit, refuse };
  }

  function settle(result: Result): Result {
    ledger.checkpoint(office);
    ledger.flush();
    return result;
  }

  return {
    get office() {
      return office;
    },
    get over() {
      return office.now >= clock.end;
    },
    propose,
    call: (call, parent) => propose(call, parent).commit(),
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
    get asked() {
      return office.colleagues.asked[0];
    },
    say(text) {
      office = answerAsked(office, text);
      proceed();
    },
  };
}

/** What the agent is shown instead, where someone said so. */
function edited(proposal: Proposal, act: Act | undefined): Proposal {
  if (act?.does !== "edit-result") return proposal;
  return { ...proposal, result: { code: act.code, text: act.text } };
}
