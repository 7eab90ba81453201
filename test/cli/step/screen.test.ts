import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commands } from "../../../cli/step/commands.ts";
import { press } from "../../../cli/step/keys.ts";
import { showScene } from "../../../cli/step/move.ts";
import { drawScreen } from "../../../cli/step/screen.ts";
import { createState, showPage } from "../../../cli/step/state.ts";
import type { Scene, State, View } from "../../../cli/step/state.ts";
import { createTape } from "../../../cli/step/tape.ts";
import { widthOf } from "../../../cli/step/text.ts";
import { paneNames } from "../../../episodes/panes.ts";
import { readRecording } from "../../../recordings/reader.ts";

const file = "handover-leaks.jsonl";
const folder = join(import.meta.dirname, "../../../examples/recordings");
const { header, events } = readRecording(readFileSync(join(folder, file)));
const tape = createTape(file, header, events);

/** An office of long and wide names. */
function sceneAt({ tape, at, filter }: State): Scene {
  const row = {
    ref: "mail:107",
    where: "漢字".repeat(9),
    when: "2026-03-19T12:30",
    marks: ["unread"],
  };
  const rows = Array.from({ length: 50 }, (_, index) => ({
    ...row,
    ref: `mail:${90 + index}`,
    title: "👩‍👩‍👧 ".repeat(index),
    who: `e\u0301 ${index}`,
  }));
  // The rows beyond these are still to come.
  const view = { from: 5, total: 80, of: 90, rows, places: [17] };
  const panes: Record<string, View> = {};
  for (const pane of paneNames) panes[pane] = view;
  return {
    file: tape.file,
    events: tape.stops[at]!.events,
    filter,
    panes: panes as Scene["panes"],
  };
}

const others = "up down return escape backspace ctrl-u ctrl-w enter x 漢".split(" ");
const names = [...commands.flatMap(({ keys }) => keys), ...others];
const keys = fc.array(fc.constantFrom(...names), { maxLength: 40 });
const size = fc.record({
  columns: fc.integer({ min: 1, max: 140 }),
  rows: fc.integer({ min: 1, max: 60 }),
});

/** What the world outside gives at once. */
function answer(state: State): State {
  const seen = showScene(state, sceneAt(state));
  return state.wish?.kind === "open"
    ? showPage(seen, state.wish.title, ["漢字 ".repeat(200)])
    : seen;
}

test("whatever is pressed, at whatever size, the screen holds what is drawn", () => {
  fc.assert(
    fc.property(keys, size, (pressed, size) => {
      let state = answer(createState(tape, size));
      for (const name of pressed) {
        const text = [...name].length === 1 ? name : "";
        state = answer(press(state, { name, text }));
        const lines = drawScreen(state);
        expect(lines.length).toBeLessThanOrEqual(size.rows);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
        expect(tape.stops[state.at]).toBeDefined();
      }
    }),
    { numRuns: 60, seed: 5 },
  );
});

test("every key does one thing", () => {
  const all = commands.flatMap(({ keys }) => keys);
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
});
