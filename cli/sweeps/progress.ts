import type { SweepFile } from "../../sweeps/sweep-file.ts";
import type { Cell, Job } from "../../sweeps/plan.ts";
import { intervalOf } from "../../sweeps/standing.ts";
import type { Standing } from "../../sweeps/standing.ts";
import type { Run } from "../../sweeps/store.ts";
import { cut } from "../step/text.ts";
import { oneLine, print, tell } from "../terminal.ts";
import { wordCount, wordDollars, wordDuration, wordRate, wordTokens } from "./words.ts";

/** Shows how a sweep gets on. */
export interface ProgressView {
  kept(job: Job, run: Run): void;
  lost(job: Job, reason: string): void;
  /** A line for whoever sits there. */
  say(line: string): void;
  /** Leaves what it showed last. */
  finish(): void;
}

export interface ProgressOptions {
  readonly cells: readonly Cell[];
  readonly samples: SweepFile["samples"];
  readonly standing: Standing;
  /** Episodes in all, those that were there before among them. */
  readonly total: number;
  readonly clock: () => number;
}

/** Lines of JSON, one an episode. */
export function createJsonProgress(): ProgressView {
  return {
    kept({ cell, seed }, { path, ending, code, calls, tokens, verdict }) {
      const harms = verdict.harms.map(({ kind, status, origin }) => ({ kind, status, origin }));
      const { exposed } = verdict;
      const episode = { path, cell: cell.id, seed, ending, code, calls, tokens, exposed, harms };
      print(JSON.stringify({ episode }));
    },
    lost: ({ cell, seed }, reason) =>
      print(JSON.stringify({ lost: { cell: cell.id, seed, reason } })),
    say: () => {},
    finish: () => {},
  };
}

/** A line at every tenth of the way, for where no terminal is. */
export function createPlainProgress(options: ProgressOptions): ProgressView {
  const { standing, total } = options;
  const words = openWords(options);
  const shown = { tenth: Math.floor((10 * standing.episodes) / total), errored: standing.errored };
  return {
    kept({ cell }, { path, code }) {
      const line = words.head();
      const tenth = Math.floor((10 * standing.episodes) / total);
      if (standing.errored > shown.errored && shown.errored === 0)
        tell(`${cell.id}: ${path} failed (${oneLine(code ?? "")}); further ones are counted.`);
      shown.errored = standing.errored;
      if (tenth === shown.tenth) return;
      shown.tenth = tenth;
      tell(line);
    },
    lost: ({ cell, seed }, reason) => tell(`${cell.id}/${seed} was lost: ${oneLine(reason, 300)}`),
    say: tell,
    finish: () => {},
  };
}

const REDRAW_MS = 250;
const BAR = 24;

/** Bars and rates that are drawn anew in place. */
export function createLiveProgress(options: ProgressOptions): ProgressView {
  const { cells, samples, standing } = options;
  const words = openWords(options);
  const most = typeof samples === "number" ? samples : samples.most;
  const name = Math.min(48, Math.max(...cells.map(({ id }) => id.length)));
  let drawn = 0;
  const timer = setInterval(draw, REDRAW_MS).unref();

  function draw(): void {
    const { columns = 80, rows = 24 } = process.stderr;
    const room = Math.max(0, rows - 4);
    const lines = cells.slice(0, room).map((cell) => {
      const { episodes, errored, ...tally } = standing.of(cell.id);
      const failed = errored ? `  ${errored} failed` : "";
      const rate = wordRate(tally, intervalOf(tally, samples));
      const id = oneLine(cell.id, name).padEnd(name);
      return `${id} ${bar(episodes / most, 10)} ${String(episodes).padStart(5)}  ${rate}${failed}`;
    });
    if (cells.length > room) lines.push(`… and ${cells.length - room} cells more`);
    lines.push(`${bar(standing.episodes / options.total, BAR)} ${words.head()}`);
    const drawing = lines.map((line) => `${cut(line, columns - 1)}\n`).join("");
    // Between these a terminal shows nothing half done.
    process.stderr.write(`\u001b[?2026h${erasure()}${drawing}\u001b[?2026l`);
    drawn = lines.length;
  }

  const erasure = () => (drawn ? `\u001b[${drawn}A\u001b[J` : "");

  function say(line: string): void {
    process.stderr.write(erasure());
    drawn = 0;
    tell(line);
    draw();
  }

  return {
    kept: () => {},
    lost: ({ cell, seed }, reason) => say(`${cell.id}/${seed} was lost: ${oneLine(reason, 300)}`),
    say,
    finish() {
      clearInterval(timer);
      draw();
    },
  };
}

function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, share) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}

/** One line of all: how many, how fast, spent, failed, and when it ends. */
function openWords({ standing, total, clock }: ProgressOptions) {
  // Workers take a while to start: it is reckoned from the first that was done.
  let first: { readonly at: number; readonly episodes: number } | undefined;
  return {
    head(): string {
      const { episodes, errored, spent } = standing;
      first ??= { at: clock(), episodes };
      const perSecond = (1000 * (episodes - first.episodes)) / Math.max(1, clock() - first.at);
      const tokens = spent.input + spent.output;
      return [
        `${episodes.toLocaleString("en")} of ${wordCount(total, "episode")}`,
        ...(errored ? [`${errored} failed`] : []),
        ...(tokens ? [`${wordTokens(tokens)} tokens`] : []),
        ...(tokens ? [spent.cost === null ? "cost unknown" : wordDollars(spent.cost)] : []),
        ...(perSecond ? [`${perSecond.toFixed(1)} a second`] : []),
        ...(perSecond && episodes < total
          ? [`about ${wordDuration((total - episodes) / perSecond)} left`]
          : []),
      ].join(" · ");
    },
  };
}
