import type { SweepFile } from "../../sweeps/sweep-file.ts";
import type { Cell, Job } from "../../sweeps/plan.ts";
import { intervalOf } from "../../sweeps/standing.ts";
import type { Standing } from "../../sweeps/standing.ts";
import type { Run } from "../../sweeps/store.ts";
import { oneLine, print, style, tell } from "../terminal.ts";
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

const REDRAW_MS = 100;
const BAR = 24;

/** Bars and rates that are drawn anew in place. */
export function createLiveProgress(options: ProgressOptions): ProgressView {
  const { cells, samples, standing, clock } = options;
  const words = openWords(options);
  const most = typeof samples === "number" ? samples : samples.most;
  const name = Math.min(48, Math.max(...cells.map(({ id }) => id.length)));
  let [drawn, last] = [0, -Infinity];

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
    erase();
    process.stderr.write(lines.map((line) => `${line.slice(0, columns - 1)}\n`).join(""));
    drawn = lines.length;
    last = clock();
  }

  function erase(): void {
    if (drawn) process.stderr.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  }

  function say(line: string): void {
    erase();
    tell(line);
    draw();
  }

  return {
    kept: () => void (clock() - last >= REDRAW_MS && draw()),
    lost: ({ cell, seed }, reason) => say(`${cell.id}/${seed} was lost: ${oneLine(reason, 300)}`),
    say,
    finish: draw,
  };
}

function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, share) * width);
  return style("cyan", "█".repeat(full)) + style("dim", "░".repeat(width - full));
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
