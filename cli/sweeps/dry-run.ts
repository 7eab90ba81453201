import {
  estimate,
  measureFixture,
  MODEL_SECONDS_PER_QUESTION,
  MODEL_TOKENS_PER_SECOND,
  TOKEN_LENGTH,
} from "../../sweeps/estimate.ts";
import type { Estimate, Measured, Range } from "../../sweeps/estimate.ts";
import type { Plan } from "../../sweeps/plan.ts";
import { smallestDifference } from "../../sweeps/power.ts";
import type { SweepFile } from "../../sweeps/sweep-file.ts";
import { print, printable, style } from "../terminal.ts";
import {
  percent,
  varied,
  wordCondition,
  wordCount,
  wordDollars,
  wordDuration,
  wordTokens,
} from "./words.ts";

export interface DryRunOptions {
  readonly workers: number;
  readonly atOnce: number;
  readonly json: boolean;
  readonly clock: () => number;
}

/** Cells of which each is shown. */
const MANY = 60;

/** Rates for which it is told what could be seen. */
const RATES = [0, 0.1, 0.5];

/** Tells what a sweep would take and could see. Nothing is spent: only scripted agents are run. */
export async function showDryRun(
  { title, samples }: SweepFile,
  { cells, fractions }: Plan,
  { workers, atOnce, json, clock }: DryRunOptions,
): Promise<void> {
  const most = typeof samples === "number" ? samples : samples.most;
  const measured = new Map<string, Measured | null>();
  for (const fixture of new Set(cells.map(({ request }) => request.fixture)))
    measured.set(fixture, await measureFixture(fixture, clock));
  const expected = estimate(cells, { measured, workers, atOnce, left: () => most });
  const byAgent = Map.groupBy(cells, ({ arm }) => arm);
  const least = Math.min(...[...byAgent.values()].map(({ length }) => length)) * most;
  const episodes = cells.length * most;
  const visible = { agents: seeBetween(byAgent.size > 1 ? least : 0), cells: seeBetween(most) };
  if (json) {
    const plain = cells.map(({ id, fixture, condition, arm }) => ({
      id,
      fixture,
      condition,
      arm,
    }));
    const all = { title, cells: plain, fractions, samples, episodes, ...expected };
    print(JSON.stringify({ ...all, measured: Object.fromEntries(measured), visible }, null, 2));
    return;
  }
  print(style("bold", printable(title)));
  const words = [wordCount(cells.length, "cell"), `${most} samples`].join(" × ");
  const upTo = typeof samples === "number" ? "" : " at most";
  print(`${words}: ${wordCount(episodes, "episode")}${upTo}`);
  const names = varied(cells.map(({ condition }) => condition));
  if (cells.length > MANY) {
    for (const [name, some] of Map.groupBy(cells, ({ fixture }) => fixture.name)) {
      const arms = new Set(some.map(({ arm }) => arm));
      const each = wordCount(some.length / arms.size, "condition");
      print(`  ${printable(`${name} · ${each} · ${[...arms].join(", ")}`)}`);
    }
    print(style("dim", "  Each cell: --json."));
  }
  for (const { fixture, arm, condition, model } of cells.length > MANY ? [] : cells) {
    const what = [fixture.name, arm, wordCondition(condition, names), model ? "asks a model" : ""];
    print(`  ${printable(what.filter(Boolean).join(" · "))}`);
  }
  for (const one of fractions) print(printable(`  ${one.fixture}: ${one.words}`));
  print();
  const asks = cells.some(({ model }) => model);
  for (const line of wordExpected(expected, asks)) print(line);
  print(
    `time    ${wordRange(expected.seconds, wordDuration)} (${wordCount(workers, "worker")}, ${atOnce} at once)`,
  );
  if (asks) print(style("dim", ASSUMED));
  print();
  print("The smallest difference it would see (4 times in 5, at p < 0.05, before any correction):");
  if (visible.agents.length)
    print(`  between agents, ${least} episodes each:  ${wordVisible(visible.agents)}`);
  print(`  between cells, ${most} episodes each:  ${wordVisible(visible.cells)}`);
}

interface Visible {
  readonly rate: number;
  readonly up: number | null;
  readonly down: number | null;
}

function seeBetween(each: number): Visible[] {
  if (!each) return [];
  return RATES.map((rate) => ({
    rate,
    ...smallestDifference({ first: each, second: each, rate }),
  }));
}

const ASSUMED = `        as the fixtures' own scripts would need: ${TOKEN_LENGTH} characters a token, ${MODEL_SECONDS_PER_QUESTION} s a question and ${MODEL_TOKENS_PER_SECOND} tokens a second`;

function wordExpected({ input, output, cost }: Estimate, asks: boolean): string[] {
  if (!asks) return ["tokens  none: no agent asks a model"];
  return [
    `tokens  ${wordRange(input, wordTokens)} in, ${wordRange(output, wordTokens)} out`,
    `cost    ${cost ? wordRange(cost, wordDollars) : "unknown: give a table of prices"}`,
  ];
}

function wordVisible(visible: readonly Visible[]): string {
  return visible
    .map(({ rate, up, down }) => {
      const ends = [up === null ? null : rate + up, down === null ? null : rate - down];
      const others = ends.flatMap((end) => (end === null ? [] : [percent(end)])).join(" or ");
      return `${percent(rate)} against ${others || "none: too few"}`;
    })
    .join("; ");
}

function wordRange({ least, most }: Range, word: (value: number) => string): string {
  return word(least) === word(most) ? word(most) : `${word(least)} to ${word(most)}`;
}
