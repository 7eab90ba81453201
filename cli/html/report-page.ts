import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArmAnalysis } from "../../sweeps/analysis.ts";
import type { Example } from "../../sweeps/examples.ts";
import { pooled } from "../../sweeps/pooled.ts";
import type { CellReport, Report } from "../../sweeps/report.ts";
import { splitsOf } from "../sweeps/splits.ts";
import { wordDifference, wordP } from "../sweeps/report-text.ts";
import {
  percent,
  varied,
  wordCondition,
  wordCount,
  wordDollars,
  wordRate,
  wordTokens,
} from "../sweeps/words.ts";
import { bar, heat, interval } from "./charts.ts";
import { html } from "./html.ts";
import type { Content, Markup } from "./html.ts";
import { renderAdvice, renderJudges, renderProbes } from "./report-opinions.ts";
import { section, table } from "./report-parts.ts";
import { block, folded, pairs } from "./texts.ts";

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");

/**
 * A sweep's report as one page that stands alone and runs no script.
 *
 * @param links pages of episodes, by the paths of their recordings
 */
export function renderReportPage(report: Report, links: ReadonlyMap<string, string>): string {
  const style = read("style.css") + read("report.css");
  const policy = `default-src 'none'; style-src 'sha256-${hash("sha256", style, "base64")}'; base-uri 'none'; form-action 'none'`;
  const head = html`<meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <title>${report.title}</title>`;
  const body = html`<main class="report">
    ${renderTop(report)} ${renderFunnels(report)} ${renderHeat(report)} ${renderEffects(report)}
    ${renderComparisons(report)} ${renderSplits(report)} ${renderCorrected(report)}
    ${renderJudges(report)} ${renderAdvice(report)} ${renderFindings(report, links)}
    ${renderProbes(report)} ${renderCells(report)}
    <footer>
      <p class="dim">
        Rates are of executed harm of the agents' own initiative, among complete episodes. Intervals
        hold the true value 19 times in 20. Made by Cubicle from recordings of a simulated company.
      </p>
    </footer>
  </main>`;
  return `<!doctype html>
<html lang="en">
<head>
${head.markup}
<style>${style}</style>
</head>
<body>
${body.markup}
</body>
</html>
`;
}

function renderTop({
  title,
  funnel,
  planned,
  cells,
  detectors,
  fractions,
  untried,
  faults,
  factors,
}: Report): Markup {
  const costs = cells.map(({ cost }) => cost);
  const tokens = cells.reduce((sum, one) => sum + one.tokens.input + one.tokens.output, 0);
  const known = costs.every((cost) => cost !== null);
  return html`<header>
    <p class="over">Sweep</p>
    <h1>${title}</h1>
    ${pairs([
      ["episodes", planned === null ? funnel.episodes : `${funnel.episodes} of ${planned} planned`],
      ["agents", [...new Set(cells.map(({ agent }) => agent))].join(", ")],
      ["fixtures", [...new Set(cells.map(({ fixture }) => fixture))].join(", ")],
      ...Object.entries(factors).map(([name, values]): [string, Content] => [
        name,
        values.join(", "),
      ]),
      tokens > 0 && ["tokens", wordTokens(tokens)],
      tokens > 0 && [
        "cost",
        known
          ? wordDollars(costs.reduce<number>((sum, one) => sum + (one ?? 0), 0))
          : "unknown: a model's price is",
      ],
      ["judged by", html`<span class="dim">${detectors}</span>`],
    ])}
    ${untried.map((fixture) => html`<p class="notice">${fixture}: never tried with a model.</p>`)}
    ${fractions.map(({ fixture, words }) => html`<p class="notice">${fixture}: ${words}.</p>`)}
    ${faults.length > 0 && html`<p class="notice">${wordCount(faults.length, "recording")} can't be read and are in no number.</p>`}
  </header>`;
}

function renderFunnels({ analysis }: Report): Markup {
  const lead =
    "An episode tells of its agent if it ran to its end and was scored. It is exposed if the agent met what the fixture says it must have met, and harmful if the agent did harm of its own initiative: what others made it do stands under what was found. Of what failed or ended early nothing is assumed: the bounds say what it could make of the rate.";
  return section("From episodes to harm", lead, analysis.arms.map(renderFunnel));
}

function renderFunnel({ arm, funnel, rates }: ArmAnalysis): Markup {
  const { episodes, complete, exposed, undeclared, harmful } = funnel;
  const isUndeclared = complete > 0 && undeclared === complete;
  const steps: readonly (readonly [string, number])[] = [
    ["episodes", episodes],
    ["complete", complete],
    ...(isUndeclared ? [] : [["exposed", exposed] as const]),
    ["harmful", harmful],
  ];
  const aside = [
    funnel.errored > 0 && `${funnel.errored} failed`,
    funnel.censored > 0 && `${funnel.censored} ended early`,
    funnel.unscored > 0 && `${funnel.unscored} could not be scored`,
    isUndeclared && "the fixtures declare no milestones",
    rates.fixtures.words,
  ].filter((words): words is string => typeof words === "string");
  return html`<h3>${arm}</h3>
    <table>
      ${steps.map(
        ([name, count]) =>
          html`<tr class="${name}">
            <th>${name}</th>
            <td class="n">${count}</td>
            <td>${bar(episodes ? count / episodes : 0, `${count} of ${episodes}`)}</td>
          </tr>`,
      )}
    </table>
    <p>
      <b>${wordRate(funnel.ofAll, funnel.ofAll)}</b> of complete episodes; bounds
      ${percent(funnel.bounds.low)} to ${percent(funnel.bounds.high)}.
      <span class="dim">${aside.join("; ")}</span>
    </p>`;
}

/** Rates by condition: a table an agent, its last variable across. */
function renderHeat({ cells, factors }: Report): Content {
  const names = Object.keys(factors).filter((name) => name !== "fixture");
  const across = names.at(-1);
  if (across === undefined) return "";
  const down = names.slice(0, -1);
  if (cells.length > MANY)
    return section("Rates by fixture, and by condition", SPARSE, renderMargins(cells, factors));
  const tables = [...Map.groupBy(cells, ({ agent }) => agent)].map(([agent, own]) => {
    const rows = Map.groupBy(own, ({ fixture, condition }) =>
      [fixture, ...down.map((name) => `${name}=${condition[name] ?? ""}`)].join(" · "),
    );
    return html`<h3>${agent}</h3>
      <div class="wide">
        <table class="heat">
          <thead>
            <tr>
              <th></th>
              ${factors[across]!.map((value) => html`<th>${across}=${value}</th>`)}
            </tr>
          </thead>
          ${[...rows].map(
            ([row, some]) =>
              html`<tr>
                <th>${row}</th>
                ${factors[across]!.map((value) => renderHeatCell(some.find(({ condition }) => condition[across] === value)))}
              </tr>`,
          )}
        </table>
      </div>`;
  });
  return section("Rates by condition", "", tables);
}

/** Cells of which each has a place of its own in a table. */
const MANY = 60;
const SPARSE =
  "Each field is over all conditions that were run with that value, whatever the other variables were.";

/** Rates by each value of each variable, agents across. */
function renderMargins(cells: readonly CellReport[], factors: Report["factors"]): Markup[] {
  const agents = [...new Set(cells.map(({ agent }) => agent))];
  const table = ([name, values]: [string, readonly string[]]) =>
    html`<h3>${name}</h3>
      <div class="wide">
        <table class="heat">
          <thead>
            <tr>
              <th></th>
              ${agents.map((agent) => html`<th>${agent}</th>`)}
            </tr>
          </thead>
          ${values.map(
            (value) =>
              html`<tr>
                <th>${value}</th>
                ${agents.map((agent) => renderPooled(cells.filter((cell) => cell.agent === agent && (name === "fixture" ? cell.fixture : cell.condition[name]) === value)))}
              </tr>`,
          )}
        </table>
      </div>`;
  return Object.entries(factors).map(table);
}

function renderPooled(cells: readonly CellReport[]): Markup {
  const [all] = pooled(cells, () => []);
  if (!all?.rate.of) return html`<td class="none">–</td>`;
  const { rate, count, of, low, high } = all.rate;
  return html`<td class="${heat(rate)}">
    ${percent(rate)} <small>${count} of ${of}, ${percent(low)} to ${percent(high)}</small>
  </td>`;
}

function renderHeatCell(cell: CellReport | undefined): Markup {
  if (!cell?.funnel.complete) return html`<td class="none">–</td>`;
  const { funnel, interval } = cell;
  const { rate, count, of } = funnel.ofAll;
  return html`<td class="${heat(rate)}">
    ${percent(rate)}
    <small>${count} of ${of}, ${percent(interval.low)} to ${percent(interval.high)}</small>
  </td>`;
}

function renderEffects({ analysis, factors }: Report): Content {
  if (!Object.keys(factors).length) return "";
  const rows = analysis.arms.flatMap(({ arm, effects }) =>
    effects.effects.map(
      ({ factor, value, base, difference, corrected }) =>
        html`<tr>
          <td>${arm}</td>
          <td>${factor}: ${value} against ${base}</td>
          <td>${difference ? interval(difference.value, difference, [-1, 1]) : ""}</td>
          <td>
            ${difference ? wordDifference(difference.value, difference) : "not to be told apart"}
          </td>
          <td>${corrected === null ? "" : wordP(corrected)}</td>
        </tr>`,
    ),
  );
  const lead =
    "What one value does to the rate compared with another, the other variables averaged over; p corrected for all of one agent's (Holm).";
  return section(
    "What each variable does",
    lead,
    table(["agent", "variable", "", "difference", "p"], rows),
  );
}

function renderComparisons({ analysis }: Report): Content {
  if (!analysis.comparisons.length) return "";
  const rows = analysis.comparisons.map(
    ({ first, second, difference, corrected, equivalence }) =>
      html`<tr>
        <td>${first} less ${second}</td>
        <td>${interval(difference.difference, difference, [-1, 1])}</td>
        <td>${wordDifference(difference.difference, difference)}</td>
        <td>${wordP(corrected)}</td>
        <td class="dim">
          ${equivalence ? `${equivalence.shown ? "equal" : "not shown equal"} within ${percent(equivalence.margin)}` : ""}
        </td>
      </tr>`,
  );
  const given = new Set(analysis.comparisons.flatMap(({ difference }) => difference.words ?? []));
  return section(
    "Agents compared",
    `Within ${["fixture and condition", ...given].join("; ")}. ${analysis.words}.`,
    table(["", "", "difference", "p", ""], rows),
  );
}

function renderFindings({ kinds, examples }: Report, links: ReadonlyMap<string, string>): Markup {
  const counts = kinds.map(
    ({ agent, kind, origin, count, of }) =>
      html`<tr>
        <td>${agent}</td>
        <td>${kind}</td>
        <td>${origin}</td>
        <td class="n">${count} of ${of}</td>
      </tr>`,
  );
  const content = kinds.length
    ? [
        table(["agent", "kind", "origin", "episodes"], counts),
        html`<ul class="findings">
          ${examples.map((one) => renderExample(one, links))}
        </ul>`,
      ]
    : "Nothing was found in any episode.";
  return section("What was found", "", content);
}

function renderSplits(report: Report): Content {
  const rows = splitsOf(report).map(
    ({ agent, by, rate, note }) =>
      html`<tr>
        <td>${agent}</td>
        <td>${by}</td>
        <td>${rate}</td>
        <td class="dim">${note}</td>
      </tr>`,
  );
  if (!rows.length) return "";
  return section("Beside these rates", "", table(["agent", "", "rate", ""], rows));
}

function renderCorrected({ analysis }: Report): Content {
  const rows = analysis.arms.flatMap(({ arm, funnel, corrected }) =>
    corrected
      ? html`<tr>
          <td>${arm}</td>
          <td>${wordRate(funnel.ofAll, funnel.ofAll)}</td>
          <td>${interval(corrected.rate, corrected, [0, 1])}</td>
          <td>
            ${percent(corrected.rate)} [${percent(corrected.low)}, ${percent(corrected.high)}]
          </td>
        </tr>`
      : [],
  );
  if (!rows.length) return "";
  const lead =
    "The detectors were measured on labelled cases; what they are known to miss and mistake is taken into account, and how well that is known. It assumes that they are as good on these episodes.";
  return section(
    "Corrected for the detectors' errors",
    lead,
    table(["agent", "raw", "", "corrected"], rows),
  );
}

function renderExample(example: Example, links: ReadonlyMap<string, string>): Markup {
  const { kind, severity, status, origin, summary, agent, fixture, condition, path, seq, proof } =
    example;
  const page = links.get(path);
  const where = [agent, fixture, wordCondition(condition, Object.keys(condition))].join(" · ");
  return html`<li class="example">
    <b>${kind}</b> ${severity}, ${status}, ${origin}. ${summary}
    <span class="links">
      <span class="dim">${where}</span>
      ${page === undefined ? "" : html`<a href="${page}#e${seq}">the episode</a>`}
      <span class="dim">${path}</span>
    </span>
    ${proof.map(({ title, text }) => folded(title, block(text)))}
  </li>`;
}

function renderCells({ cells }: Report): Markup {
  const names = varied(cells.map(({ condition }) => condition));
  const rows = cells.map(
    ({ fixture, agent, condition, funnel, interval: reach, tokens, cost }) =>
      html`<tr>
        <td>${fixture}</td>
        <td>${agent}</td>
        <td>${wordCondition(condition, names)}</td>
        <td class="n">${funnel.harmful} of ${funnel.complete}</td>
        <td>${funnel.complete ? interval(funnel.ofAll.rate, reach, [0, 1]) : ""}</td>
        <td>${wordRate(funnel.ofAll, reach)}</td>
        <td class="n">${wordTokens(tokens.input + tokens.output)}</td>
        <td class="n">${cost === null ? "unknown" : wordDollars(cost)}</td>
      </tr>`,
  );
  const all = table(
    ["fixture", "agent", "condition", "harmful", "", "rate", "tokens", "cost"],
    rows,
  );
  return section("All of them", "", rows.length > MANY ? folded(`${rows.length} cells`, all) : all);
}
