import { dropLast } from "./text.ts";
import type { Key } from "./keys.ts";
import type { State } from "./state.ts";

/** One thing that is asked for at the bottom line. */
export interface Field {
  readonly label: string;
  /** What is there before anything is typed. */
  readonly start?: string;
  /** What is wrong with a text; empty if nothing is. */
  readonly check?: (text: string) => string;
}

/** What is asked for, field by field. Told at once what is wrong; Escape leaves it. */
export interface Form {
  readonly fields: readonly Field[];
  /** Texts of the fields that are done. */
  readonly done: readonly string[];
  readonly text: string;
  readonly error: string;
  finish(state: State, texts: readonly string[]): State;
}

/** Asks for a text for each field, then goes on with all of them. */
export function ask(state: State, fields: readonly Field[], finish: Form["finish"]): State {
  if (!fields.length) return finish(state, []);
  const form = { fields, done: [], text: fields[0]!.start ?? "", error: "", finish };
  return { ...state, over: null, form };
}

/** What a key does to the form that is open. */
export function typeInto(state: State, form: Form, key: Key): State {
  const change = (text: string): State => ({ ...state, form: { ...form, text, error: "" } });
  switch (key.name) {
    case "escape":
      return { ...state, form: null, note: "Nothing done." };
    case "return":
      return submit(state, form);
    case "up":
      return goBack(state, form);
    case "backspace":
      return change(dropLast(form.text));
    case "ctrl-u":
      return change("");
    case "ctrl-w":
      return change(form.text.replace(/\S*\s*$/, ""));
    // Ctrl-J, or Alt with Enter.
    case "enter":
      return change(`${form.text}\n`);
    default:
      return key.text ? change(form.text + key.text) : state;
  }
}

/** Back to the field before. */
function goBack(state: State, form: Form): State {
  const before = form.done.at(-1);
  if (before === undefined) return state;
  const done = form.done.slice(0, -1);
  return { ...state, form: { ...form, done, text: before, error: "" } };
}

function submit(state: State, form: Form): State {
  const { fields, done, text, finish } = form;
  const error = fields[done.length]!.check?.(text) ?? "";
  if (error) return { ...state, form: { ...form, error } };
  const texts = [...done, text];
  const next = fields[texts.length];
  if (next) {
    return { ...state, form: { ...form, done: texts, text: next.start ?? "", error: "" } };
  }
  return finish({ ...state, form: null }, texts);
}
