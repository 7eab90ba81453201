import type { Interval } from "../../sweeps/tally.ts";
import { pooled } from "../../sweeps/pooled.ts";
import type { CellReport, Report } from "../../sweeps/report.ts";
import { csvRow } from "../../interchange/tables/csv.ts";
import type { Cell } from "../../interchange/tables/csv.ts";
import { oneLine, printable, style } from "../terminal.ts";
import { splitsOf } from "./splits.ts";
import { renderTable } from "./tables.ts";
import {
  percent,
  varied,
  wordCondition,
  wordCount,
  wordDollars,
  wordRate,
  wordTokens,
} from "./words.ts";

/** A report for a terminal. */
export function renderReport(report: Report, folder: string): string[] {
  const { title, planned, funnel, detectors, analysis, fractions, untried, faults } = report;
  const of = planned === null ? "" : ` of ${planned.toLocaleString("en")} planned`;
  const left = [
    funnel.errored && `${funnel.errored} failed`,
    funnel.censored && `${funnel.censored} ended early`,
    funnel.unscored && `${funnel.unscored} could not be scored`,
    faults.length && `${faults.length} can't be read`,
    analysis.again && `${analysis.again} are copies, not counted`,
  ].filter((words): words is string => typeof words === "string");
  return [
    style("bold", printable(title)),
    style(
      "dim",
      `${wordCount(funnel.episodes, "episode")}${of}${left.map((words) => `, ${words}`).join("")} · judged by ${detectors}`,
    ),
    ...fractions.map(({ fixture, words }) => style("dim", printable(`${fixture}: ${words}`))),
    ...untried.map((fixture) =>
      style("yellow", printable(`${fixture}: never tried with a model.`)),
    ),
    "",
    ...renderAgents(report),
    "",
    ...renderCellTable(report.cells),
    ...section(
      "What each variable does to the rate, the others averaged over",
      renderEffects(report),
    ),
    ...section("Agents compared, within fixture and condition", renderComparisons(report)),
    ...section("Beside these rates", renderSplits(report)),
    ...section(
      "Corrected for what the detectors are known to miss and mistake (docs/accuracy.md)",
      renderCorrected(report),
    ),
    ...section("What judges say of the same episodes", renderJudges(report, folder)),
    ...section("What judges say of the advice", renderAdvice(report)),
    ...section("What was found", renderKinds(report)),
    ...section("For example", renderExamples(report, folder)),
    ...section("Asked after the end", renderProbes(report, folder)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length ? ["", style("bold", title), ...lines] : [];
}

function renderAgents({ analysis }: Report): string[] {
  const rows = analysis.arms.map(({ arm, funnel, rates }) => [
    oneLine(arm, 40),
    ...[funnel.episodes, funnel.complete].map(String),
    funnel.undeclared && funnel.undeclared === funnel.exposed ? "-" : String(funnel.exposed),
    String(funnel.harmful),
    wordRate(funnel.ofAll, funnel.ofAll),
    wordRate(funnel.ofExposed, funnel.ofExposed),
    `${percent(funnel.bounds.low)} to ${percent(funnel.bounds.high)}`,
    rates.fixtures.words ?? "",
  ]);
  const head = [
    "agent",
    "episodes",
    "complete",
    "exposed",
    "harmful",
    "of complete [95 %]",
    "of exposed [95 %]",
    "bounds",
    "",
  ];
  return [
    ...renderTable(head, rows, (column) => column >= 1 && column <= 4),
    style(
      "dim",
      "harmful: did harm of its own initiative; other origins stand under what was found",
    ),
  ];
}

/** Cells, and rows of effects, of which each is shown. */
const MANY = 60;

export function renderCellTable(cells: readonly CellReport[]): string[] {
  if (cells.length > MANY) return renderPooled(cells);
  const names = varied(cells.map(({ condition }) => condition));
  const rows = cells.map(({ fixture, agent, condition, funnel, interval, tokens, cost }) => [
    oneLine(fixture, 24),
    oneLine(agent, 32),
    oneLine(wordCondition(condition, names), 60),
    `${funnel.harmful}/${funnel.complete}`,
    wordRate(funnel.ofAll, interval),
    tokens.input + tokens.output ? wordTokens(tokens.input + tokens.output) : "-",
    cost ? wordDollars(cost) : "-",
  ]);
  const head = ["fixture", "agent", "condition", "harmful", "rate [95 %]", "tokens", "cost"];
  return renderTable(head, rows, (column) => column === 3 || column >= 5);
}

/** Each agent in each fixture, over all of its conditions. */
function renderPooled(cells: readonly CellReport[]): string[] {
  const rows = pooled(cells, ({ fixture, agent }) => [fixture, agent]).map(
    ({ names: [fixture = "", agent = ""], cells: count, rate }) => [
      oneLine(fixture, 24),
      oneLine(agent, 32),
      String(count),
      `${rate.count}/${rate.of}`,
      rate.of ? wordRate(rate, rate) : "none yet",
    ],
  );
  const head = ["fixture", "agent", "conditions", "harmful", "rate [95 %]"];
  return [
    ...renderTable(head, rows, (column) => column === 2 || column === 3),
    style("dim", `Each of the ${cells.length} cells: --csv, --json or --html.`),
  ];
}

function renderEffects({ analysis }: Report): string[] {
  const all = analysis.arms.flatMap(({ arm, effects }) =>
    effects.effects.map((effect) => ({ arm, ...effect })),
  );
  const shown =
    all.length > MANY
      ? all.filter(({ difference: told }) => told && (told.low > 0 || told.high < 0))
      : all;
  const rows = shown.map(({ arm, factor, value, base, difference, corrected }) => [
    oneLine(arm, 32),
    oneLine(`${factor}: ${value} against ${base}`, 60),
    difference ? wordDifference(difference.value, difference) : "not to be told apart",
    corrected === null ? "" : wordP(corrected),
  ]);
  if (!all.length) return [];
  const left = all.length - rows.length;
  return [
    ...(rows.length
      ? renderTable(["agent", "variable", "difference [95 %]", "p (Holm)"], rows, () => false)
      : []),
    ...(left ? [style("dim", `${left} more can't be told from no difference: --html.`)] : []),
  ];
}

function renderComparisons({ analysis }: Report): string[] {
  const rows = analysis.comparisons.map(({ first, second, difference, corrected, equivalence }) => [
    oneLine(`${first} less ${second}`, 70),
    wordDifference(difference.difference, difference),
    wordP(corrected),
    difference.words ?? "",
    equivalence
      ? `${equivalence.shown ? "equal" : "not shown equal"} within ${percent(equivalence.margin)}`
      : "",
  ]);
  if (!rows.length) return [];
  return [
    ...renderTable(["", "difference [95 %]", "p", "", ""], rows, () => false),
    style("dim", analysis.words),
  ];
}

function renderSplits(report: Report): string[] {
  const rows = splitsOf(report).map(({ agent, by, rate, note }) => [
    oneLine(agent, 32),
    oneLine(by, 60),
    rate,
    note,
  ]);
  return rows.length ? renderTable(["agent", "", "rate [95 %]", ""], rows, () => false) : [];
}

function renderCorrected({ analysis }: Report): string[] {
  const rows = analysis.arms.flatMap(({ arm, funnel, corrected }) =>
    corrected
      ? [[oneLine(arm, 40), wordRate(funnel.ofAll, funnel.ofAll), wordShare(corrected)]]
      : [],
  );
  if (!rows.length) return [];
  return renderTable(["agent", "raw [95 %]", "corrected [95 %]"], rows, () => false);
}

const wordShare = ({ rate, low, high }: Interval & { readonly rate: number }) =>
  `${percent(rate)} [${percent(low)}, ${percent(high)}]`;

/** Disagreements shown of each judge. */
const DISAGREEMENTS = 5;

function renderJudges({ judges }: Report, folder: string): string[] {
  if (!judges.length) return [];
  const rows = judges.map(({ judge, asked, unscored, harmful, kappa }) => [
    oneLine(judge, 40),
    String(asked),
    String(unscored),
    harmful.of ? wordRate(harmful, harmful) : "-",
    kappa === null ? "can't be told" : kappa.toFixed(2),
  ]);
  const head = ["judge", "asked", "unscored", "harmful [95 %]", "kappa with the detectors"];
  return [
    ...renderTable(head, rows, (column) => column === 1 || column === 2),
    ...judges.flatMap(({ judge, disagreements }) =>
      disagreements
        .slice(0, DISAGREEMENTS)
        .flatMap(({ path, kind, by, summary }) => [
          `${oneLine(by === "judge" ? judge : "the detectors", 40)} alone: ${oneLine(`${kind}: ${summary}`, 200)}`,
          style("dim", printable(`  npx cubicle show ${folder}/${path}`)),
        ]),
    ),
  ];
}

/** Points shown of each agent and fixture. */
const FAILINGS = 5;

function renderAdvice({ advice }: Report): string[] {
  if (!advice.length) return [];
  const rows = advice.map(({ agent, fixture, untold, good }) => [
    oneLine(agent, 40),
    oneLine(fixture, 40),
    good.of ? wordRate(good, good) : "-",
    String(untold),
  ]);
  return [
    ...renderTable(
      ["agent", "fixture", "all points as they should be [95 %]", "untold"],
      rows,
      (column) => column === 3,
    ),
    ...advice.flatMap(({ agent, fixture, failings }) =>
      failings
        .slice(0, FAILINGS)
        .map(({ must, text, count, of }) =>
          style(
            "dim",
            oneLine(
              `  ${agent}, ${fixture}: ${must ? "missing" : "held, and must not be"} in ${count} of ${of}: ${text}`,
              240,
            ),
          ),
        ),
    ),
  ];
}

function renderProbes({ probes }: Report, folder: string): string[] {
  return probes.flatMap(({ question, agent, asked, answered, examples }) => [
    `${style("magenta", oneLine(question, 200))} ${oneLine(agent, 40)}, answered ${answered} of ${asked}`,
    ...examples.flatMap(({ path, answer }) => [
      `  ${answer ? oneLine(answer, 300) : "(it said nothing)"}`,
      style("dim", printable(`    npx cubicle show ${folder}/${path}`)),
    ]),
  ]);
}

function renderKinds({ kinds }: Report): string[] {
  if (!kinds.length) return [];
  const rows = kinds.map(({ agent, kind, origin, count, of }) => [
    oneLine(agent, 40),
    oneLine(kind, 40),
    origin,
    `${count} of ${of}`,
  ]);
  return renderTable(["agent", "kind", "origin", "episodes"], rows, (column) => column === 3);
}

function renderExamples({ examples }: Report, folder: string): string[] {
  return examples.flatMap(({ kind, severity, status, summary, path, call }) => [
    `${style("red", oneLine(kind, 30))} (${severity}, ${status}) ${oneLine(summary, 200)}`,
    style(
      "dim",
      printable(`  npx cubicle show ${folder}/${path}${call === null ? "" : ` --at ${call}`}`),
    ),
  ]);
}

export function wordDifference(value: number, { low, high }: Interval): string {
  const signed = (share: number) => `${share > 0 ? "+" : ""}${percent(share)}`;
  return `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}

export function wordP(p: number): string {
  return p < 0.001 ? "<0.001" : p.toFixed(3);
}

/** A line for each cell: all its numbers. */
export function reportCsv({ cells, factors }: Report): string {
  const names = Object.keys(factors).filter((name) => name !== "fixture");
  const rows = cells.map((cell) => cellRow(cell, names));
  return [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map(csvRow).join("");
}

function cellRow(
  { fixture, agent, condition, funnel, interval, tokens, cost }: CellReport,
  names: readonly string[],
): Readonly<Record<string, Cell>> {
  const { episodes, errored, censored, unscored, complete, exposed, harmful } = funnel;
  return {
    fixture,
    agent,
    ...Object.fromEntries(names.map((name) => [name, condition[name] ?? ""])),
    episodes,
    errored,
    censored,
    unscored,
    complete,
    exposed,
    harmful,
    rate: complete ? funnel.ofAll.rate : null,
    low: interval.low,
    high: interval.high,
    harmful_exposed: funnel.ofExposed.count,
    bound_low: funnel.bounds.low,
    bound_high: funnel.bounds.high,
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cost,
  };
}
