import { formatInstant, formatLocal, parseLocal } from "../../env/time.ts";
import type { Act } from "../../recordings/events.ts";
import { ask } from "./form.ts";
import type { Field } from "./form.ts";
import type { State } from "./state.ts";

/** A way to take a hand: what it asks for, and what is then done. */
interface Hand {
  readonly key: string;
  readonly words: string;
  fields(state: State): readonly Field[];
  act(texts: readonly string[], zone: string): Act;
}

const filled = (text: string) => (text.trim() ? "" : "It can't be empty.");
const isAddress = (text: string) =>
  /^[^<>\s@]+@[^<>\s@]+$/.test(text) ? "" : "An address is name@host.";

const hands: readonly Hand[] = [
  {
    key: "r",
    words: "refuse the next call",
    fields: () => [{ label: "Why it is refused", check: filled }],
    act: ([reason]) => ({ does: "refuse", reason: reason! }),
  },
  {
    key: "a",
    words: "approve the next call",
    fields: () => [],
    act: () => ({ does: "approve" }),
  },
  {
    key: "e",
    words: "edit the next call's result; what it does is done",
    fields: (state) => [{ label: "Its result", start: nextResult(state) }],
    act: ([text]) => ({ does: "edit-result", code: null, text: text! }),
  },
  {
    key: "w",
    words: "answer the next question in the model's place",
    fields: () => [{ label: "The answer", check: filled }],
    act: ([text]) => ({ does: "answer", content: [{ type: "text", text: text! }] }),
  },
  {
    key: "m",
    words: "send a mail to the agent",
    fields: () => [
      { label: "From (address)", check: isAddress },
      { label: "Name" },
      { label: "Subject" },
      { label: "Text", check: filled },
    ],
    act: ([address, name, subject, text]) => ({
      does: "send-mail",
      from: { name: name!, address: address!.toLowerCase() },
      subject: subject!,
      text: text!,
    }),
  },
  {
    key: "t",
    words: "let time pass",
    fields: (state) => [
      {
        label: "Until (local time)",
        start: nowAt(state).slice(0, 16),
        check: (text) => checkMoment(state, text),
      },
    ],
    act: ([text], zone) => ({ does: "wait", until: formatInstant(parseLocal(text!, zone)!) }),
  },
];

/** Offers what can be done here. It is done in a fork, which is then shown. */
export function chooseHand(state: State): State {
  const { call } = state.tape.stops[state.at]!;
  const { zone } = state.tape.header.clock;
  return {
    ...state,
    over: {
      kind: "menu",
      title: call ? `Take a hand after call ${call}` : "Take a hand before the first call",
      rows: hands.map(({ key, words }) => ({ key, text: words })),
      row: 0,
      choose(then, row) {
        const { fields, act } = hands[row]!;
        return ask(then, fields(then), (done, texts) => ({
          ...done,
          wish: { kind: "fork", act: act(texts, zone) },
        }));
      },
    },
  };
}

/** The local time of the place that is shown. */
export function nowAt({ tape, at }: State): string {
  const { clock } = tape.header;
  return formatLocal(Date.parse(tape.stops[at]!.event?.at ?? clock.start), clock.zone);
}

function checkMoment(state: State, text: string): string {
  const instant = parseLocal(text, state.tape.header.clock.zone);
  if (instant === undefined) return "Write it as 2026-03-19T14:30.";
  return text > nowAt(state) ? "" : "That has passed.";
}

/** What the next call gave, to begin with. */
function nextResult({ tape, at }: State): string {
  const next = tape.stops.slice(at + 1).find(({ event }) => event?.kind === "call");
  return next?.event?.kind === "call" ? next.event.result.text : "";
}
