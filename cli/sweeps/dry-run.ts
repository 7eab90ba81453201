import { estimate, measureFixture, TOKEN_LENGTH } from "../../sweeps/estimate.ts";
import type { Measured, Range } from "../../sweeps/estimate.ts";
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
  const seen = RATES.map((rate) => ({
    rate,
    ...smallestDifference({ first: most, second: most, rate }),
  }));
  if (json) {
    print(
      JSON.stringify(
        {
          title,
          cells: cells.map(({ id, fixture, condition, agent }) => ({
            id,
            fixture,
            condition,
            agent,
          })),
          samples,
          episodes: cells.length * most,
          ...expected,
          measured: Object.fromEntries(measured),
          smallestDifferences: seen,
        },
        null,
        2,
      ),
    );
    return;
  }
  print(style("bold", printable(title)));
  print(
    `${wordCount(cells.length, "cell")} × ${most} samples: ${wordCount(cells.length * most, "episode")}${typeof samples === "number" ? "" : " at most"}`,
  );
  const names = varied(cells.map(({ condition }) => condition));
  for (const { fixture, agent, condition, asks } of cells) {
    const what = [fixture.name, agent, wordCondition(condition, names), asks ? "asks a model" : ""];
    print(`  ${printable(what.filter(Boolean).join(" · "))}`);
  }
  for (const { fixture, words } of fractions) print(printable(`  ${fixture}: ${words}`));
  print();
  const asking = cells.filter(({ asks }) => asks).length;
  if (asking) {
    print(
      `tokens  ${wordRange(expected.input, wordTokens)} in, ${wordRange(expected.output, wordTokens)} out`,
    );
    print(
      `cost    ${expected.cost ? wordRange(expected.cost, wordDollars) : "unknown: give agents a price"}`,
    );
  } else print("tokens  none: no cell asks a model");
  print(
    `time    ${wordRange(expected.seconds, wordDuration)} (${wordCount(workers, "worker")}, ${atOnce} at once)`,
  );
  if (asking)
    print(
      style(
        "dim",
        `        as the fixtures' own scripts would need, ${TOKEN_LENGTH} characters a token, 3 s a question`,
      ),
    );
  print();
  print(`The smallest difference between two cells that it would see (80 % power, p < 0.05):`);
  for (const { rate, up, down } of seen) {
    const to = [up === null ? null : rate + up, down === null ? null : rate - down];
    const words = to.flatMap((one) => (one === null ? [] : [percent(one)])).join(" or ");
    print(`  ${percent(rate).padStart(7)} against ${words || "nothing: too few samples"}`);
  }
}

function wordRange({ least, most }: Range, word: (value: number) => string): string {
  return word(least) === word(most) ? word(most) : `${word(least)} to ${word(most)}`;
}
