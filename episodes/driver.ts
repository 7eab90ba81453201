import { playColleagues } from "../env/colleagues/play.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import type { Answer } from "../recordings/content.ts";
import type { CallEvent, Header, RecordedEvent } from "../recordings/events.ts";
import type { Recorder } from "../recordings/recorder.ts";
import { createRequests } from "../recordings/requests.ts";
import type { Pack } from "../tools/pack.ts";
import { createGate } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { createLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";

/** An office in which recorded events are made to happen again, without the program that made them. */
export interface Driver {
  readonly gate: Gate;
  readonly ledger: Ledger;
  /** Does what the event tells of. What follows from another event of its group is nothing to do. */
  drive(event: RecordedEvent): void;
}

export interface DriverOptions {
  readonly header: Header;
  readonly opened: OpenFixture;
  readonly pack: Pack;
  readonly recorder: Recorder;
}

export function createDriver({ header, opened, recorder, ...options }: DriverOptions): Driver {
  const ledger = createLedger(recorder, header.system, opened.pasted);
  const office = header.colleagues === undefined ? opened.office : playColleagues(opened.office);
  const gate = createGate({ ...opened, office, ...options, ledger });
  const requests = createRequests(header);
  return {
    gate,
    ledger,
    drive(event) {
      const { now } = gate.office;
      switch (event.kind) {
        case "call": {
          const reason = refusalIn(event);
          if (reason !== null) gate.intervene({ does: "refuse", reason });
          gate.call({ tool: event.tool, input: event.input }, event.parent);
          return;
        }
        case "question":
          ledger.question(now, requests.next(event));
          return;
        case "answer":
          ledger.answer(now, event.question, event.answer, event.request, event.served);
          gate.turn();
          return;
        case "said":
          ledger.said(now, event.asked, event.answer, event.request, event.served);
          gate.say(textIn(event.answer));
          return;
        case "intervention":
          ledger.intervention(now, event.author, event.act);
          gate.intervene(event.act);
          return;
        case "code":
          ledger.code(now, event);
          return;
        case "log":
          ledger.log(now, event.text);
          return;
        case "end":
          ledger.end(gate.office, event.ending, event.code, event.returned, event.attempts);
          return;
        case "item":
        case "arrival":
        case "asked":
        case "checkpoint":
      }
    },
  };
}

/** All that an answer says, without what was thought. */
export function textIn({ content }: Answer): string {
  return content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
}

function refusalIn({ result }: CallEvent): string | null {
  return result.code === "refused-by-guard" ? result.text.replace(/^REFUSED: /, "") : null;
}
