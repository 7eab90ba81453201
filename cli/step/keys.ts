import { commands } from "./commands.ts";
import { typeInto } from "./form.ts";
import { bodyRows, pageLines } from "./overlay.ts";
import type { Menu, Page, State } from "./state.ts";

/** A key as it was pressed: its name, such as `right`, `ctrl-c` or `a`, and the text it types. */
export interface Key {
  readonly name: string;
  readonly text: string;
}

/** What a key does. What it asks of the world is the new state's wish. */
export function press(before: State, key: Key): State {
  const state = { ...before, note: "", wish: null };
  if (key.name === "ctrl-c") return { ...state, wish: { kind: "quit", code: 130 } };
  if (key.name === "ctrl-z") return { ...state, wish: { kind: "suspend" } };
  if (key.name === "ctrl-l") return { ...state, wish: { kind: "redraw" } };
  if (state.form) return typeInto(state, state.form, key);
  if (state.over?.kind === "page") return turnPage(state, state.over, key.name);
  if (state.over?.kind === "menu") return pick(state, state.over, key.name);
  const command = commands.find(({ keys }) => keys.includes(key.name));
  return command ? command.run(state, key.name) : state;
}

function turnPage(state: State, page: Page, key: string): State {
  const far = bodyRows(state.size) - 2;
  const last = Math.max(0, pageLines(page, state.size).length - far - 1);
  const turn = (by: number): State => ({
    ...state,
    over: { ...page, top: Math.min(Math.max(0, page.top + by), last) },
  });
  switch (key) {
    case "down":
    case "j":
    case "return":
      return turn(1);
    case "up":
    case "k":
      return turn(-1);
    case "pagedown":
    case "space":
      return turn(far);
    case "pageup":
    case "b":
      return turn(-far);
    case "home":
      return turn(-Infinity);
    case "end":
      return turn(Infinity);
    case "escape":
    case "q":
    case "?":
    case "left":
      return { ...state, over: null };
    default:
      return state;
  }
}

function pick(state: State, menu: Menu, key: string): State {
  const last = menu.rows.length - 1;
  const far = bodyRows(state.size) - 2;
  const move = (row: number): State => ({
    ...state,
    over: { ...menu, row: Math.min(Math.max(row, 0), last) },
  });
  const choose = (row: number): State => menu.choose({ ...state, over: null }, row);
  const lettered = menu.rows.findIndex((row) => row.key === key);
  if (lettered >= 0) return choose(lettered);
  switch (key) {
    case "down":
    case "j":
      return move(menu.row + 1);
    case "up":
    case "k":
      return move(menu.row - 1);
    case "pagedown":
      return move(menu.row + far);
    case "pageup":
      return move(menu.row - far);
    case "home":
      return move(0);
    case "end":
      return move(last);
    case "return":
    case "right":
      return choose(menu.row);
    case "escape":
    case "q":
    case "left":
      return { ...state, over: null };
    default:
      return state;
  }
}
