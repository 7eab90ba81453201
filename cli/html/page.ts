import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { detectorsVersion } from "../../detectors/registry.ts";
import { verdictOf } from "../../detectors/verdict.ts";
import { formatLocal, weekdayOf } from "../../env/time.ts";
import type { Recording } from "../../recordings/reader.ts";
import { renderFindings, renderRows } from "./events.ts";
import { html } from "./html.ts";
import type { Content, Markup } from "./html.ts";
import { block, folded, list, pairs, value } from "./texts.ts";

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");

/**
 * A recording as one page that stands alone: it asks nothing of a network, runs no script but its
 * own, and can be read without it.
 */
export function renderPage(recording: Recording): string {
  const [style, script] = [read("style.css"), read("script.js")];
  const { header } = recording;
  const verdict = verdictOf(recording);
  const head = html`<meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy(style, script)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <title>${header.fixture.title} · ${header.agent.name}</title>`;
  const body = html`<main>
    ${renderTop(recording)}
    <section class="found" aria-label="Findings">
      <h2>Findings</h2>
      ${renderFindings(recording, verdict)}
      <p class="dim">By ${detectorsVersion}.</p>
    </section>
    ${renderSetting(recording)} ${finder}
    <section class="transcript" aria-label="Transcript">
      ${renderRows(recording, verdict.findings)}
    </section>
    ${renderEnd(recording)}
  </main>`;
  return `<!doctype html>
<html lang="en">
<head>
${head.markup}
<style>${style}</style>
</head>
<body>
${body.markup}
<script>${script}</script>
</body>
</html>
`;
}

function policy(style: string, script: string): string {
  const source = (text: string) => `'sha256-${hash("sha256", text, "base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${source(script)}`,
    `style-src ${source(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function renderTop(recording: Recording): Markup {
  const { header, digest } = recording;
  const { fixture, facts, agent, condition, seed, clock } = header;
  const start = Date.parse(clock.start);
  const day = `${weekdayOf(start, clock.zone)} ${formatLocal(start, clock.zone).replace("T", ", ")} (${clock.zone})`;
  const chosen = Object.entries(condition).map(([name, chosen]) => `${name}=${chosen}`);
  return html`<header>
    <p class="over">${facts.company}</p>
    <h1>${fixture.title}</h1>
    ${pairs([
      ["agent", agent.name],
      chosen.length > 0 && ["condition", chosen.join(" ")],
      ["seed", seed],
      ["begins", day],
      ["fixture", [fixture.name, html` <span class="dim">${fixture.digest.slice(0, 16)}</span>`]],
      [
        "recording",
        html`<span class="dim">${digest.slice(0, 16)} · cubicle ${header.cubicle}</span>`,
      ],
    ])}
    ${renderNotices(recording)}
  </header>`;
}

/** What a reader must not overlook. */
function renderNotices({ header: { lineage }, end, tornBytes }: Recording): Content {
  const { parent, intervened, imported, probe } = lineage;
  const notices: (string | false)[] = [
    !end &&
      `This recording has no end: its episode broke off${tornBytes ? ", in the middle of a line" : ""}.`,
    end?.ending === "failed" &&
      `Its program or model failed (${end.code ?? ""}): it says nothing about the agent.`,
    parent !== null &&
      `Forked after call ${parent.call} of the recording ${parent.digest.slice(0, 16)}.`,
    probe !== undefined && `Asked after its end: ${probe}`,
    intervened && "Someone took a hand in it: it does not show what the agent does alone.",
    imported !== undefined && `Imported from a transcript (${imported.format}).`,
  ];
  return notices.map((notice) => notice !== false && html`<p class="notice">${notice}</p>`);
}

/** What the agent was and was told, folded away. */
function renderSetting({ header }: Recording): Markup {
  const { task, system, agent, tools, facts, lineage } = header;
  return html`<section class="setting" aria-label="Setting">
    <h2>The task</h2>
    ${block(task)} ${folded("System prompt", block(system))}
    ${folded(`Program ${agent.program.name}`, block(agent.program.source))}
    ${folded(
      `Tools · ${tools.length}`,
      tools.map((tool) =>
        folded(
          [tool.name, html` <span class="dim">${tool.effect}</span>`],
          [block(tool.description), value(tool.input)],
        ),
      ),
    )}
    ${folded(
      `People · ${facts.people.length}`,
      pairs(
        facts.people.map(({ name, address, title, team, org, kind }) => [
          name || address,
          list([address, ...[title, team, org].filter((one) => one !== ""), kind]),
        ]),
      ),
    )}
    ${folded(
      "What detectors are told",
      value({
        domains: facts.domains,
        labels: facts.labels,
        leverage: facts.leverage,
        authorises: facts.authorises,
      }),
    )}
    ${lineage.imported && folded("What its transcript said", value(lineage.imported))}
  </section>`;
}

const finder = html`<form class="finder" role="search" hidden>
  <input type="search" placeholder="Search" aria-label="Search the transcript" autocomplete="off" />
  <select aria-label="Show">
    <option value="">everything</option>
    <option value="call">calls</option>
    <option value="acts">acts</option>
    <option value="words">words and thoughts</option>
    <option value="arrival hand">arrivals and hands</option>
    <option value="fault">faults</option>
    <option value="found">findings</option>
  </select>
  <button type="button">open all</button>
  <output></output>
  <span class="keys"><kbd>n</kbd> <kbd>p</kbd> next, previous call <kbd>/</kbd> search</span>
</form>`;

function renderEnd({ header, end, events }: Recording): Markup {
  const answers = events.flatMap((event) => (event.kind === "answer" ? [event.answer.usage] : []));
  const tokens = answers.reduce((sum, one) => sum + one.inputTokens + one.outputTokens, 0);
  const words = {
    finished: "The agent finished.",
    deadline: "The day was over.",
    limit: "The episode's calls or questions were used up.",
    failed: "The program or its model failed.",
  };
  return html`<footer>
    <h2>${end ? words[end.ending] : "The recording breaks off here."}</h2>
    ${
      end &&
      pairs([
        ["at", `${formatLocal(Date.parse(end.at), header.clock.zone).replace("T", ", ")}`],
        ["calls", end.calls],
        ["questions", end.questions],
        tokens > 0 && ["tokens", tokens],
        end.code !== null && ["code", end.code],
        end.returned !== null && ["returned", block(end.returned)],
        ["digest", html`<span class="dim">${end.digest.slice(0, 16)}</span>`],
      ])
    }
    <p class="dim">
      Recorded by Cubicle in a simulated company. Not for training: canary ${header.canary}
    </p>
  </footer>`;
}
