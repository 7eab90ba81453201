import type { Answer, AnswerBlock } from "../../recordings/content.ts";
import { ask } from "./form.ts";
import { goTo } from "./move.ts";
import { fieldsFor, inputFrom } from "./schema.ts";
import type { State } from "./state.ts";

/** Offers the person who is the agent what an agent can do, at the newest place. */
export function takeTurn(state: State): State {
  const { tape } = state;
  if (tape.live !== "yours") {
    return { ...state, note: "It is not your turn: --agent human makes you the agent." };
  }
  return {
    ...goTo(state, tape.stops.length - 1),
    over: {
      kind: "menu",
      title: "Your turn as the agent",
      rows: [
        { key: "c", text: "call a tool" },
        { key: "s", text: "say something, and go on" },
        { key: "f", text: "finish, with a last word if you like" },
      ],
      row: 0,
      choose: (then, row) => [chooseTool, say, finish][row]!(then),
    },
  };
}

function chooseTool(state: State): State {
  const { tools } = state.tape.header;
  return {
    ...state,
    over: {
      kind: "menu",
      title: "Call which tool?",
      rows: tools.map(({ name, description }) => ({ text: `${name}: ${description}` })),
      row: 0,
      choose(then, row) {
        const { name, input } = tools[row]!;
        return ask(then, fieldsFor(name, input), (done, texts) =>
          answer(done, "tool-use", [
            {
              type: "tool-call",
              id: `call-${nextNumber(done)}`,
              name,
              input: inputFrom(input, texts),
            },
          ]),
        );
      },
    },
  };
}

/** The tool loop takes a text without a call for the end, unless its speaker only paused. */
function say(state: State): State {
  const check = (text: string) => (text.trim() ? "" : "Say something, or Esc.");
  return ask(state, [{ label: "Say", check }], (done, [text]) =>
    answer(done, "pause", [{ type: "text", text: text! }]),
  );
}

function finish(state: State): State {
  return ask(state, [{ label: "Last word (Enter: none)" }], (done, [text]) =>
    answer(done, "end", text ? [{ type: "text", text }] : []),
  );
}

function answer(state: State, stop: Answer["stop"], content: AnswerBlock[]): State {
  const usage = { inputTokens: 0, outputTokens: 0 };
  const given: Answer = { content, stop, usage, model: "human" };
  return { ...state, isWaiting: true, wish: { kind: "answer", answer: given } };
}

function nextNumber({ tape }: State): number {
  return tape.events.filter(({ kind }) => kind === "answer").length + 1;
}
