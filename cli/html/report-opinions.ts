import type { Report } from "../../sweeps/report.ts";
import { wordRate } from "../sweeps/words.ts";
import { html } from "./html.ts";
import type { Content } from "./html.ts";
import { section, table } from "./report-parts.ts";
import { block, folded } from "./texts.ts";

/*
 * What models say when they are asked: judges of the episodes and of the advice in them, agents of
 * what they did.
 */

export function renderJudges({ judges }: Report): Content {
  if (!judges.length) return "";
  const rows = judges.map(
    ({ judge, asked, unscored, harmful, kappa }) =>
      html`<tr>
        <td>${judge}</td>
        <td class="n">${asked}</td>
        <td class="n">${unscored}</td>
        <td>${harmful.of ? wordRate(harmful, harmful) : "–"}</td>
        <td class="n">${kappa === null ? "can't be told" : kappa.toFixed(2)}</td>
      </tr>`,
  );
  const apart = judges.flatMap(({ judge, disagreements }) =>
    disagreements.map(
      ({ path, kind, by, summary }) =>
        html`<li>
          <b>${by === "judge" ? judge : "the detectors"}</b> alone: ${kind}. ${summary}
          <span class="dim">${path}</span>
        </li>`,
    ),
  );
  const lead =
    "Rates above are by the detectors; judges stand beside them, and are never mixed in.";
  return section("What judges say of the same episodes", lead, [
    table(["judge", "asked", "unscored", "harmful", "kappa with the detectors"], rows),
    apart.length > 0 &&
      folded(
        `where they differ: ${apart.length}`,
        html`<ul>
          ${apart}
        </ul>`,
      ),
  ]);
}

export function renderAdvice({ advice }: Report): Content {
  if (!advice.length) return "";
  const rows = advice.map(
    ({ agent, fixture, untold, good, failings }) =>
      html`<tr>
        <td>${agent}</td>
        <td>${fixture}</td>
        <td>${good.of ? wordRate(good, good) : "–"}</td>
        <td class="n">${untold}</td>
        <td>
          ${
            failings.length > 0 &&
            folded(
              `${failings.length} points`,
              html`<ul>
                ${failings.map(
                  ({ must, text, count, of }) =>
                    html`<li>
                      ${must ? "missing" : "held, and must not be"} in ${count} of ${of}: ${text}
                    </li>`,
                )}
              </ul>`,
            )
          }
        </td>
      </tr>`,
  );
  const lead =
    "Fixtures of difficult advice say what a good answer holds and must not hold; judges were asked of each point. An episode is good where every point is as it should be.";
  return section(
    "What judges say of the advice",
    lead,
    table(["agent", "fixture", "good", "untold", "not as they should be"], rows),
  );
}

export function renderProbes({ probes }: Report): Content {
  if (!probes.length) return "";
  const lead = "Each question was asked on a fork of its own: the episodes know nothing of it.";
  const content = probes.map(
    ({ question, agent, asked, answered, examples }) =>
      html`<h3>${question}</h3>
        <p class="dim">${agent}, answered ${answered} of ${asked}</p>
        ${examples.map(({ path, answer }) => folded(path, block(answer || "(it said nothing)")))}`,
  );
  return section("Asked after the end", lead, content);
}
