import type { Look, PaneName } from "../../episodes/panes.ts";
import type { Act } from "../../recordings/events.ts";
import type { Answer } from "../../recordings/content.ts";
import type { Form } from "./form.ts";
import { changedBy } from "./tape.ts";
import type { Tape } from "./tape.ts";

/** The office as it was after so many events: what each of its panes held that fits a filter. */
export interface Scene {
  readonly file: string;
  readonly events: number;
  readonly filter: string;
  readonly panes: Readonly<Record<PaneName, View>>;
}

/** A stretch of a pane's rows; its places are those of rows that the event of the place changed. */
export interface View extends Look {
  readonly from: number;
}

/** A text over the whole screen. */
export interface Page {
  readonly kind: "page";
  readonly title: string;
  /** Paragraphs, not yet broken into lines; or both halves of one, to stand side by side. */
  readonly text: readonly (string | readonly [string, string])[];
  /** The first line that is shown, of those that the paragraphs make. */
  readonly top: number;
}

/** A list to choose from. */
export interface Menu {
  readonly kind: "menu";
  readonly title: string;
  readonly rows: readonly { readonly key?: string; readonly text: string }[];
  readonly row: number;
  choose(state: State, row: number): State;
}

/** What the person asks of the world outside the screen. */
export type Wish =
  | { readonly kind: "quit"; readonly code: number }
  | { readonly kind: "suspend" }
  | { readonly kind: "redraw" }
  /** All of one thing in the office, as a page. */
  | { readonly kind: "open"; readonly ref: string; readonly title: string }
  /** The next question may be asked. */
  | { readonly kind: "ask" }
  /** The person's answer to the question that waits. */
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "fork"; readonly agent?: string; readonly act?: Act }
  | { readonly kind: "resume" }
  /** Back to the recording that this one was forked from. */
  | { readonly kind: "parent" }
  /** A choice of all recordings that were made or shown here. */
  | { readonly kind: "tapes" };

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** All that the screen shows, and nothing that it does not follow from. */
export interface State {
  readonly size: Size;
  readonly tape: Tape;
  /** The stop that is shown. */
  readonly at: number;
  readonly scene: Scene | null;
  /** Which half the arrows move in. */
  readonly focus: "transcript" | "office";
  /** Whether that half has the screen to itself. */
  readonly zoomed: boolean;
  /** The pane that was chosen; null to follow what changes. */
  readonly chosen: PaneName | null;
  /** The pane that is shown. */
  readonly pane: PaneName;
  /** The row of the pane that the cursor is on. */
  readonly row: number;
  /** Only rows that hold this. */
  readonly filter: string;
  /** What was searched for in the transcript, and the stops that hold it; null for nothing. */
  readonly search: { readonly text: string; readonly found: readonly number[] } | null;
  readonly over: Page | Menu | null;
  readonly form: Form | null;
  /** A word to the person, until the next key. */
  readonly note: string;
  /** Why what is shown is not what was recorded; empty if it is. */
  readonly warning: string;
  /** Whether to go on to the next stop as soon as there is one. */
  readonly isWaiting: boolean;
  readonly wish: Wish | null;
}

export function createState(tape: Tape, size: Size): State {
  return {
    size,
    tape,
    at: 0,
    scene: null,
    focus: "transcript",
    zoomed: false,
    chosen: null,
    pane: "mail",
    row: 0,
    filter: "",
    search: null,
    over: null,
    form: null,
    note: "",
    warning: "",
    isWaiting: false,
    wish: null,
  };
}

/** A page over the screen. */
export function showPage(state: State, title: string, text: Page["text"], top = 0): State {
  return { ...state, over: { kind: "page", title, text, top } };
}

/** What the event of the place changed, once the office of that place is there. */
export function changedHere({ tape, at, scene }: State): ReadonlySet<string> {
  const stop = tape.stops[at]!;
  return scene?.events === stop.events ? changedBy(tape, stop) : new Set();
}

const nothing: View = { from: 0, total: 0, of: 0, rows: [], places: [] };

/** What is known of the pane that is shown. */
export function viewShown({ scene, pane }: State): View {
  return scene?.panes[pane] ?? nothing;
}

/** Whether all rows are there that the screen has room for about the cursor, of the place that is shown. */
export function isSeen(state: State): boolean {
  const { scene, tape, at, filter, row, size } = state;
  if (scene?.file !== tape.file || scene.events !== tape.stops[at]!.events) return false;
  const { from, rows, total } = viewShown(state);
  const first = Math.max(row - size.rows, 0);
  const last = Math.min(row + size.rows, total);
  return scene.filter === filter && first >= from && last <= from + rows.length;
}
