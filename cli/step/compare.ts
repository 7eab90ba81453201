import { diffRecordings } from "../../recordings/diff.ts";
import type { CallEvent } from "../../recordings/events.ts";
import { oneLine } from "../terminal.ts";
import type { State } from "./state.ts";
import { showPage } from "./state.ts";

/** A page of the parent's calls beside this one's, from where they part. */
export function compareWithParent(state: State): State {
  const { tape } = state;
  if (!tape.parent) {
    return { ...state, note: "It was not forked here; cubicle diff compares any two." };
  }
  const parent = tape.parent.tape;
  const { calls, partsAt } = diffRecordings(parent, tape);
  const rows = calls.flatMap(({ a, b, same, equal }): [string, string][] => {
    if (!same) return [[a ? `< ${label(a)}` : "", b ? `> ${label(b)}` : ""]];
    const mark = equal ? "=" : "~";
    const row: [string, string] = [`${mark} ${label(a!)}`, `${mark} ${label(b!)}`];
    return equal ? [row] : [row, [`    ${outcome(a!)}`, `    ${outcome(b!)}`]];
  });
  const heads: [string, string][] = [
    [oneLine(parent.file), oneLine(tape.file)],
    ["", ""],
  ];
  const words = partsAt === null ? "all calls so far are equal" : `they part at call ${partsAt}`;
  const parting = calls.findIndex(({ equal }) => !equal);
  return showPage(
    state,
    `Compared with its parent: ${words}`,
    [...heads, ...rows],
    Math.max(parting - 2, 0),
  );
}

function label({ call, tool, input }: CallEvent): string {
  return oneLine(`#${call} ${tool} ${JSON.stringify(input)}`, 200);
}

function outcome({ result }: CallEvent): string {
  return oneLine(result.text, 200);
}
