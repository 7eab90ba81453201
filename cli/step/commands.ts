import { paneNames } from "../../episodes/panes.ts";
import { compareWithParent } from "./compare.ts";
import { markOf, wordFinding } from "../findings.ts";
import { ask } from "./form.ts";
import { chooseHand } from "./hand.ts";
import { helpText } from "./help.ts";
import {
  goTo,
  goToCall,
  goToMatch,
  goToNext,
  isCall,
  isOver,
  searchFor,
  stepForward,
} from "./move.ts";
import { takeTurn } from "./person.ts";
import { showPage, viewShown } from "./state.ts";
import type { State } from "./state.ts";
import { findingsOf } from "./tape.ts";
import { describeStop } from "./describe.ts";

/** What keys do on the main screen. */
export interface Command {
  readonly keys: readonly string[];
  /** The keys as the person knows them. */
  readonly shown: string;
  readonly words: string;
  run(state: State, key: string): State;
}

const FAR = 10;

export const commands: readonly Command[] = [
  {
    keys: ["right", "space", "l"],
    shown: "→ Space l",
    words: "one thing forward; past all, the model is asked its next question",
    run: stepForward,
  },
  {
    keys: ["left", "backspace", "h"],
    shown: "← h",
    words: "one thing back",
    run: (state) => goTo(state, state.at - 1),
  },
  {
    keys: ["down", "j"],
    shown: "↓ j",
    words: "forward; in the office, one row down",
    run: (state) => (state.focus === "office" ? moveRow(state, 1) : stepForward(state)),
  },
  {
    keys: ["up", "k"],
    shown: "↑ k",
    words: "back; in the office, one row up",
    run: (state) => (state.focus === "office" ? moveRow(state, -1) : goTo(state, state.at - 1)),
  },
  {
    keys: ["]", "["],
    shown: "] [",
    words: "to the next call, to the call before",
    run: (state, key) => goToNext(state, key === "]" ? 1 : -1, isCall, "call"),
  },
  {
    keys: ["pagedown", "pageup"],
    shown: "PgDn PgUp",
    words: "ten things, or rows, on or back",
    run: (state, key) => goFar(state, key === "pagedown" ? FAR : -FAR),
  },
  {
    keys: ["home", "end", "G"],
    shown: "Home End G",
    words: "to the beginning, to all that there is",
    run: (state, key) => goFar(state, key === "home" ? -Infinity : Infinity),
  },
  {
    keys: ["g"],
    shown: "g",
    words: "to a call by its number",
    run: (state) => ask(state, [callField], (then, [text]) => goToCall(then, Number(text))),
  },
  {
    keys: ["/"],
    shown: "/",
    words: "search all that was said and read; in the office, rows of the pane",
    run: search,
  },
  {
    keys: ["n", "N"],
    shown: "n N",
    words: "the next finding, the one before; in a search, its matches",
    run: (state, key) => goToMatch(state, key === "n" ? 1 : -1),
  },
  {
    keys: ["escape"],
    shown: "Esc",
    words: "end the search; show both halves again",
    run: (state) => ({ ...state, search: null, filter: "", zoomed: false }),
  },
  { keys: ["!"], shown: "!", words: "list the findings", run: listFindings },
  { keys: ["m"], shown: "m", words: "list the milestones, and go to one", run: listMilestones },
  {
    keys: ["return", "enter"],
    shown: "Enter",
    words: "all of what happened here; in the office, all of the row",
    run: open,
  },
  {
    keys: ["tab"],
    shown: "Tab",
    words: "between transcript and office",
    run: (state) => ({ ...state, focus: state.focus === "office" ? "transcript" : "office" }),
  },
  {
    keys: ["z"],
    shown: "z",
    words: "one of them over the whole screen, or both",
    run: (state) => ({ ...state, zoomed: !state.zoomed }),
  },
  {
    keys: paneNames.map((_, index) => String(index + 1)),
    shown: `1-${paneNames.length}`,
    words: `stay with a pane: ${paneNames.join(", ")}`,
    run: (state, key) => choosePane(state, Number(key) - 1),
  },
  {
    keys: ["0"],
    shown: "0",
    words: "go to the pane in which something changes",
    run: (state) => ({ ...state, chosen: null }),
  },
  { keys: ["i"], shown: "i", words: "take a hand: in a fork, from here on", run: chooseHand },
  {
    keys: ["a"],
    shown: "a",
    words: "answer as the agent, where that is your part",
    run: takeTurn,
  },
  {
    keys: ["f"],
    shown: "f",
    words: "fork here: once more, or with another agent",
    run: (state) =>
      ask(state, [{ label: "Fork here. Agent (Enter: the same)" }], (then, [agent]) => ({
        ...then,
        wish: { kind: "fork", ...(agent ? { agent } : {}) },
      })),
  },
  {
    keys: ["r"],
    shown: "r",
    words: "go on with a recording that has no end",
    run: (state) =>
      isOver(state.tape) || state.tape.live
        ? { ...state, note: "There is nothing to go on with." }
        : { ...state, wish: { kind: "resume" } },
  },
  { keys: ["c"], shown: "c", words: "compare with the parent", run: compareWithParent },
  {
    keys: ["u"],
    shown: "u",
    words: "up to the parent",
    run: (state) =>
      state.tape.parent
        ? { ...state, wish: { kind: "parent" } }
        : { ...state, note: "It was not forked here." },
  },
  {
    keys: ["t"],
    shown: "t",
    words: "all recordings of this session",
    run: (state) => ({ ...state, wish: { kind: "tapes" } }),
  },
  {
    keys: ["?"],
    shown: "?",
    words: "this help",
    run: (state) => showPage(state, "Help", helpText(commands)),
  },
  {
    keys: ["q"],
    shown: "q",
    words: "quit",
    run: (state) => ({ ...state, wish: { kind: "quit", code: 0 } }),
  },
];

const callField = {
  label: "Call",
  check: (text: string) => (/^\d{1,9}$/.test(text) ? "" : "A number, please."),
};

function moveRow(state: State, by: number): State {
  const last = Math.max(viewShown(state).total - 1, 0);
  return { ...state, row: Math.min(Math.max(state.row + by, 0), last) };
}

function goFar(state: State, by: number): State {
  return state.focus === "office" ? moveRow(state, by) : goTo(state, state.at + by);
}

function choosePane(state: State, index: number): State {
  const pane = paneNames[index]!;
  return { ...state, pane, chosen: pane, row: pane === state.pane ? state.row : 0 };
}

function search(state: State): State {
  if (state.focus === "transcript") {
    return ask(state, [{ label: "Search" }], (then, [text]) => searchFor(then, text!));
  }
  return ask(state, [{ label: `Rows of ${state.pane} that hold` }], (then, [text]) => ({
    ...then,
    filter: text!,
    row: 0,
  }));
}

function listFindings(state: State): State {
  const { tape } = state;
  const found = findingsOf(tape);
  if (!found.length) return { ...state, note: "Nothing is found so far." };
  return {
    ...state,
    over: {
      kind: "menu",
      title: "Findings",
      rows: found.map((finding) => ({
        text: `#${finding.call} ${markOf(finding)} ${wordFinding(finding)} ${finding.summary}`,
      })),
      row: 0,
      choose: (then, row) =>
        goTo(
          then,
          then.tape.stops.findIndex(({ events }) => events === found[row]!.seq),
        ),
    },
  };
}

function listMilestones(state: State): State {
  const { milestones } = state.tape;
  if (!milestones.length) return { ...state, note: "Its fixture declares no milestones." };
  return {
    ...state,
    over: {
      kind: "menu",
      title: "Milestones",
      rows: milestones.map(({ name, about, seq }) => ({
        text: `${seq === null ? "not met" : "met"} ${name}: ${about}`,
      })),
      row: 0,
      choose(then, row) {
        const { name, seq } = milestones[row]!;
        if (seq === null) return { ...then, note: `${name} is not met so far.` };
        return goTo(
          then,
          then.tape.stops.findIndex(({ events }) => events >= seq),
        );
      },
    },
  };
}

function open(state: State): State {
  if (state.focus === "transcript") {
    const stop = state.tape.stops[state.at]!;
    const { title, text } = describeStop(state.tape, stop);
    return showPage(state, title, text);
  }
  const { from, rows } = viewShown(state);
  const row = rows[state.row - from];
  if (!row) return { ...state, note: "There is nothing here." };
  return { ...state, wish: { kind: "open", ref: row.ref, title: row.title } };
}
