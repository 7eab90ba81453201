import { fit } from "./text.ts";

const KEYS = 12;

/** All keys, and what the screen means. */
export function helpText(
  keys: readonly { readonly shown: string; readonly words: string }[],
): readonly string[] {
  return [...keys.map(({ shown, words }) => `${fit(shown, KEYS)} ${words}`), ...more];
}

const more = [
  `${fit("Ctrl-Z", KEYS)} suspend; fg in the shell comes back`,
  `${fit("Ctrl-L", KEYS)} draw the screen again`,
  "",
  "> is where you are. What stands below it has not happened yet; the office is as",
  "it stood here. * marks what the last event changed, and what came with it.",
  "",
  "A hand or a fork makes a recording of its own, beside this one, which stays as",
  "it is. It goes on after the last call above. The first line tells which one you",
  "are in, and whether someone took a hand in it.",
  "",
  "Where text is asked for: Enter sends, Ctrl-J breaks the line, Ctrl-U empties it,",
  "Ctrl-W takes a word off, ↑ goes back to what was asked before, Esc leaves.",
];
