import type { Asked } from "../env/colleagues/rules.ts";
import type { Effect } from "../env/effects.ts";
import type { Pasted } from "../env/fixture/pasted.ts";
import type { Item } from "../env/items.ts";
import type { Arrival } from "../env/advance.ts";
import type { Office } from "../env/office.ts";
import { stateOf } from "../env/office.ts";
import { formatInstant } from "../env/time.ts";
import { sha256 } from "../recordings/chain.ts";
import type { Answer } from "../recordings/content.ts";
import type {
  Act,
  AnswerEvent,
  CallEvent,
  CodeEvent,
  EndCode,
  EndEvent,
  Ending,
  ItemEvent,
  QuestionEvent,
} from "../recordings/events.ts";
import type { NewEvent, Recorder } from "../recordings/recorder.ts";
import type { Request } from "../recordings/requests.ts";
import type { Call, Proposal, Result } from "../tools/pack.ts";

const CALLS_PER_CHECKPOINT = 50;

/**
 * Turns what happens in an episode into recorded events: numbers calls and questions, interns items
 * when first shown, chains the digests.
 */
export interface Ledger {
  readonly calls: number;
  readonly questions: number;
  /** Pieces of code. */
  readonly codes: number;
  /** Questions to colleagues. */
  readonly consultations: number;
  /** The events that a call would leave, and a way to leave them, before anything else is recorded. */
  draft(at: number, now: number, call: Call & { parent: string | null }, outcome: Outcome): Draft;
  code(at: number, code: Pick<CodeEvent, "parent" | "source" | "result" | "stopped">): void;
  arrivals(arrivals: readonly Arrival[]): void;
  asked(at: number, asked: Asked): void;
  said(...given: Given): void;
  checkpoint(office: Office): void;
  question(at: number, request: Request): number;
  answer(...given: Given): void;
  intervention(at: number, author: string, act: Act): void;
  log(at: number, text: string): void;
  end(...how: How): void;
  flush(): void;
}

/** An answer, and how it was had. */
type Given = [
  at: number,
  question: number,
  answer: Answer,
  request: string | null,
  served?: AnswerEvent["served"],
];
type How = [
  office: Office,
  ending: Ending,
  code: EndCode | null,
  returned: string | null,
  attempts?: EndEvent["attempts"],
];
type Outcome = Pick<Proposal, "effects" | "reads" | "carried"> & { readonly result: Result };

/** What a call comes to, not yet recorded. */
export interface Draft {
  readonly events: readonly NewEvent[];
  record(): void;
}

interface Interned {
  readonly number: number;
  readonly item: Item;
}

/**
 * @param system what the header says the model is told
 * @param pasted what its task shows of the office, from the first question on
 */
export function createLedger(
  recorder: Recorder,
  system: string,
  pasted: readonly Pasted[] = [],
): Ledger {
  /** By part and reference, every version that was shown. */
  const items = new Map<string, readonly Interned[]>();
  let itemCount = 0;
  let calls = 0;
  let askedSystem = system;
  let asked: readonly string[] = [];
  let askedOwn = "[]";
  let questions = 0;
  let codes = 0;
  let consultations = 0;
  let digest = sha256("");

  const keyOf = ({ part, ref }: Item) => `${part} ${ref}`;

  /** Numbers of items, those that are shown first among them added to `fresh`. */
  function intern(shown: readonly Item[], fresh: Interned[]): number[] {
    return shown.map((item) => {
      const isIt = (one: Interned) => isSame(one.item, item);
      const isAlso = (one: Interned) => keyOf(one.item) === keyOf(item) && isIt(one);
      const known = items.get(keyOf(item))?.find(isIt) ?? fresh.find(isAlso);
      if (known) return known.number;
      const number = itemCount + fresh.length + 1;
      fresh.push({ number, item });
      return number;
    });
  }

  function keep(fresh: readonly Interned[]): void {
    for (const one of fresh) {
      const key = keyOf(one.item);
      items.set(key, [...(items.get(key) ?? []), one]);
      itemCount = one.number;
    }
  }

  function tell(at: number): void {
    for (const { item, start, end } of pasted) {
      const fresh: Interned[] = [];
      intern([item], fresh);
      keep(fresh);
      for (const one of fresh)
        recorder.record({ ...itemEvent(formatInstant(at), one), told: { start, end } });
    }
  }

  return {
    get calls() {
      return calls;
    },
    get questions() {
      return questions;
    },
    get codes() {
      return codes;
    },
    get consultations() {
      return consultations;
    },
    draft(at, now, { tool, input, parent }, { result, effects, reads, carried }) {
      const stamp = formatInstant(at);
      const fresh: Interned[] = [];
      const [readNumbers, carriedNumbers] = [intern(reads, fresh), intern(carried, fresh)];
      const next = chained(digest, now, effects);
      const call: NewEvent = {
        kind: "call",
        at: stamp,
        call: calls + 1,
        tool,
        input,
        parent,
        result: { code: result.code, text: result.text },
        effects: effects as CallEvent["effects"],
        reads: readNumbers,
        carried: carriedNumbers,
        digest: next,
      };
      const events = [...fresh.map((one) => itemEvent(stamp, one)), call];
      return {
        events,
        record() {
          keep(fresh);
          calls++;
          digest = next;
          for (const event of events) recorder.record(event);
        },
      };
    },
    code(at, { parent, source, result, stopped }) {
      recorder.record({
        kind: "code",
        at: formatInstant(at),
        code: ++codes,
        parent,
        source,
        result,
        stopped,
      });
    },
    arrivals(arrivals) {
      for (const { at, effects, carried } of arrivals) {
        const stamp = formatInstant(at);
        const fresh: Interned[] = [];
        const numbers = intern(carried, fresh);
        keep(fresh);
        for (const one of fresh) recorder.record(itemEvent(stamp, one));
        digest = chained(digest, at, effects);
        recorder.record({
          kind: "arrival",
          at: stamp,
          effects: effects as CallEvent["effects"],
          ...(numbers.length ? { carried: numbers } : {}),
          digest,
        });
      }
    },
    asked(at, { player, effect, system, text }) {
      const about = "mail" in effect ? effect.mail : "message" in effect ? effect.message : "";
      recorder.record({
        kind: "asked",
        at: formatInstant(at),
        asked: ++consultations,
        who: player.who.address,
        about,
        system,
        text,
      });
    },
    said(at, asked, answer, request, served) {
      recorder.record({
        kind: "said",
        at: formatInstant(at),
        asked,
        answer,
        request,
        ...(served ? { served } : {}),
      });
    },
    checkpoint(office) {
      if (calls % CALLS_PER_CHECKPOINT === 0) {
        recorder.record({
          kind: "checkpoint",
          at: formatInstant(office.now),
          digest: digestOf(office),
        });
      }
    },
    question(at, { system, messages, tools, own = [] }) {
      const texts = messages.map((message) => JSON.stringify(message));
      let keep = 0;
      while (keep < texts.length && texts[keep] === asked[keep]) keep++;
      asked = texts;
      const isSame = system === askedSystem;
      askedSystem = system;
      const definitions = JSON.stringify(own);
      const isOwnSame = definitions === askedOwn;
      askedOwn = definitions;
      const event: Omit<QuestionEvent, "seq"> = {
        kind: "question",
        at: formatInstant(at),
        question: ++questions,
        system: isSame ? null : system,
        keep,
        messages: messages.slice(keep),
        tools: tools === "all" ? tools : [...tools],
        ...(isOwnSame ? {} : { own }),
      };
      if (questions === 1) tell(at);
      recorder.record(event);
      return questions;
    },
    answer(at, question, answer, request, served) {
      recorder.record({
        kind: "answer",
        at: formatInstant(at),
        question,
        answer,
        request,
        ...(served ? { served } : {}),
      });
    },
    intervention(at, author, act) {
      recorder.record({ kind: "intervention", at: formatInstant(at), author, act });
    },
    log(at, text) {
      recorder.record({ kind: "log", at: formatInstant(at), text });
    },
    end(office, ending, code, returned, attempts) {
      recorder.record({
        kind: "end",
        at: formatInstant(office.now),
        ending,
        code,
        ...(attempts ? { attempts } : {}),
        returned,
        calls,
        questions,
        digest: sha256(digest + digestOf(office)),
      });
    },
    flush: () => recorder.flush(),
  };
}

function chained(digest: string, at: number, effects: readonly Effect[]): string {
  return sha256(digest + at + JSON.stringify(effects));
}

function itemEvent(at: string, { number, item }: Interned): Omit<ItemEvent, "seq"> {
  const { ref, part, title, text, labels, audience } = item;
  return {
    kind: "item",
    at,
    item: number,
    ref,
    part,
    title,
    text,
    labels: [...labels],
    audience: { circle: audience.circle, principals: [...audience.principals] },
  };
}

function digestOf(office: Office): string {
  return sha256(JSON.stringify(stateOf(office)));
}

function isSame(a: Item, b: Item): boolean {
  return (
    a.text === b.text &&
    a.title === b.title &&
    a.audience.circle === b.audience.circle &&
    a.labels.join() === b.labels.join() &&
    a.audience.principals.join() === b.audience.principals.join()
  );
}
