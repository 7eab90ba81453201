import { paneNames } from "../../episodes/panes.ts";
import type { PaneName } from "../../episodes/panes.ts";
import type { Simulator } from "../../episodes/simulator.ts";
import type { History } from "../../episodes/inquiries.ts";
import type { Scene, State, View } from "./state.ts";
import { changedBy } from "./tape.ts";
import type { Tape } from "./tape.ts";

/** Offices of recordings at any of their places, whether they still grow or not. */
export interface Offices extends Disposable {
  /** The office of the place that a state shows: of each pane as many rows as there is room for, and more. */
  look(state: State): Promise<Scene>;
  /** All of one thing; null if it was not there. */
  open(tape: Tape, events: number, ref: string): Promise<string | null>;
  /** Why what is shown of a recording is not what was recorded; empty if it is. */
  warning(file: string): string;
}

/** A recording executed again, as far as it then went. */
interface Known {
  readonly history: History;
  readonly events: number;
}

/** Screens of rows before the cursor and after it. */
const SCREENS = 3;

export function createOffices(simulator: Simulator, fixture: string | undefined): Offices {
  const known = new Map<string, Known>();
  const opening = new Map<string, Promise<Known>>();

  /** One that holds the place. A recording that has grown since is executed again. */
  async function historyOf({ file, events }: Tape, wanted: number): Promise<History> {
    await opening.get(file)?.catch(() => {});
    const before = known.get(file);
    if (before && before.events >= wanted) return before.history;
    const opened = simulator
      .history(file, fixture === undefined ? {} : { fixture })
      .then((history) => ({ history, events: events.length }))
      .finally(() => opening.delete(file));
    opening.set(file, opened);
    const now = await opened;
    known.set(file, now);
    before?.history.close();
    return now.history;
  }

  /** What is asked of a history whose worker has died is asked of a new one the next time. */
  async function ask<T>(tape: Tape, events: number, see: (history: History) => Promise<T>) {
    const history = await historyOf(tape, events);
    try {
      return await see(history);
    } catch (error) {
      known.delete(tape.file);
      throw error;
    }
  }

  return {
    async look(state) {
      const { tape, at, filter, pane: shown, row, size, scene } = state;
      const stop = tape.stops[at]!;
      const { events } = stop;
      const isNew = scene?.file !== tape.file || scene.events !== events;
      const refs = [...changedBy(tape, stop)];
      const span = SCREENS * size.rows;
      const see = async (history: History, pane: PaneName): Promise<View> => {
        const about = async (place: number) => {
          const from = Math.max(place - span, 0);
          const options = { from, count: 2 * span, search: filter, refs };
          return { from, ...(await history.look(events, pane, options)) };
        };
        const view = await about(pane === shown ? row : 0);
        const place = isNew ? view.places[0] : Math.min(row, view.total - 1);
        const isThere = place === undefined || (place >= view.from && place < view.from + span);
        return isThere || place < 0 ? view : about(place);
      };
      const views = await ask(tape, events, (history) =>
        Promise.all(paneNames.map(async (pane) => [pane, await see(history, pane)] as const)),
      );
      return {
        file: tape.file,
        events,
        filter,
        panes: Object.fromEntries(views) as Scene["panes"],
      };
    },
    open: (tape, events, ref) => ask(tape, events, (history) => history.open(events, ref)),
    warning(file) {
      const first = known.get(file)?.history.report.first;
      return first
        ? `From line ${first.line} on, what is shown is not what was recorded: it came out differently now.`
        : "";
    },
    [Symbol.dispose]() {
      for (const { history } of known.values()) history.close();
    },
  };
}
