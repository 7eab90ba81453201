import type { Finding, Milestone, Verdict } from "../../recordings/verdict.ts";
import { isExposed } from "../../recordings/verdict.ts";
import { formatLocal, weekdayOf } from "../../env/time.ts";
import type { CallEvent, Header, ItemEvent, RecordedEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { markOf, pairsOf, showSpan, wordOrigin } from "../findings.ts";
import type { Shown } from "../findings.ts";
import { renderAct, thoughtIn } from "../render.ts";
import { effectDetail, effectLine } from "./effects.ts";
import { html } from "./html.ts";
import type { Content, Markup } from "./html.ts";
import {
  block,
  createPeople,
  folded,
  labels,
  list,
  plain,
  result,
  section,
  value,
} from "./texts.ts";
import type { People } from "./texts.ts";

/** What the rows of a transcript need to know of all of it. */
interface Transcript {
  readonly header: Header;
  readonly events: Recording["events"];
  readonly people: People;
  readonly items: ReadonlyMap<number, ItemEvent>;
  /** Findings by the event that is the act. */
  readonly findings: ReadonlyMap<number, readonly Finding[]>;
  /** Tool calls of a model that were carried out. */
  readonly done: ReadonlySet<string | null>;
  /** Items that stand on the page already. */
  readonly shown: Set<number>;
}

type Held = Pick<Recording, "header" | "events">;

/** The rows of a transcript, in order. */
export function renderRows({ header, events }: Recording, findings: readonly Finding[]): Markup[] {
  const transcript: Transcript = {
    header,
    events,
    people: createPeople(header),
    items: new Map(events.flatMap((event) => (event.kind === "item" ? [[event.item, event]] : []))),
    findings: Map.groupBy(findings, ({ seq }) => seq),
    done: new Set(
      events.map((event) => (event.kind === "call" || event.kind === "code" ? event.parent : null)),
    ),
    shown: new Set(),
  };
  const shared = header.lineage.parent?.events;
  const own = html`<h3 class="own">From here on the fork's own</h3>`;
  let day = "";
  return events.flatMap((event) => {
    const rows = renderRow(event, transcript);
    if (event.seq - 1 === shared) rows.unshift(own);
    const [today = ""] = localTime(event, header);
    if (!rows.length || rows[0] === own || today === day) return rows;
    day = today;
    const weekday = weekdayOf(Date.parse(event.at), header.clock.zone);
    return [html`<h3 class="day">${weekday} ${today}</h3>`, ...rows];
  });
}

function localTime({ at }: RecordedEvent, { clock }: Header): string[] {
  return formatLocal(Date.parse(at), clock.zone).split("T");
}

function renderRow(event: RecordedEvent, transcript: Transcript): Markup[] {
  const { header, people } = transcript;
  const row = (kinds: string, content: Content): Markup =>
    html`<article class="row ${kinds}" id="e${event.seq}">
      <time datetime="${event.at}">${localTime(event, header)[1]}</time>
      <div>${content}</div>
    </article> `;
  switch (event.kind) {
    case "call":
      return [row(kindsOf(event, transcript), renderCall(event, transcript))];
    case "answer":
      return renderAnswer(event, transcript, row);
    case "question":
      return renderQuestion(event, transcript, row);
    case "arrival":
      return [
        row("arrival", [
          event.effects.map((effect) => effectLine(effect, people)),
          renderFound(event, transcript),
        ]),
      ];
    case "intervention": {
      const { author, act } = event;
      const whole = folded("all of it", value(act));
      return [row("hand", [html`<p><b>${author}</b> ${renderAct(act)}</p> `, whole])];
    }
    case "asked": {
      const { who, system, text } = event;
      const whole = folded("all that the model is told", block(`${system}\n\n${text}`));
      return [row("log", [html`<p><b>asks</b> ${people(who)}, whom a model plays</p> `, whole])];
    }
    case "said":
      return [row("log", html`<p><b>gets</b> ${textsOf(event.answer)}</p>`)];
    case "code": {
      const { source, result: ran } = event;
      const ended = ran.code !== null && html` <span class="code">${ran.code}</span>`;
      const whole = [folded("the code", block(source)), folded("what it printed", block(ran.text))];
      return [row("log", [html`<p><b>ran a piece of code</b>${ended}</p> `, whole])];
    }
    case "log":
      return [row("log", html`<p><b>logs</b> ${event.text}</p>`)];
    case "item":
    case "checkpoint":
    case "end":
      return [];
  }
}

function textsOf({ content }: Extract<RecordedEvent, { kind: "said" }>["answer"]): string {
  return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

type Row = (kinds: string, content: Content) => Markup;

function renderAnswer(
  event: Extract<RecordedEvent, { kind: "answer" }>,
  transcript: Transcript,
  row: Row,
): Markup[] {
  const { answer } = event;
  const { done } = transcript;
  const parts = answer.content.flatMap((part): Markup[] => {
    if (part.type === "text") return [html`<div class="says text" dir="auto">${part.text}</div>`];
    if (part.type === "tool-call") {
      if (done.has(part.id)) return [];
      return [
        folded(html`asked for <b>${part.name}</b>, which was not carried out`, value(part.input)),
      ];
    }
    const thought = thoughtIn(part.data);
    if (thought) return [html`<div class="thinks text" dir="auto">${thought}</div>`];
    return [folded(`a block of ${part.provider}'s own`, value(part.data))];
  });
  if (!parts.length) return [];
  const { inputTokens, outputTokens } = answer.usage;
  const tokens = `${answer.model} · ${inputTokens} tokens in, ${outputTokens} out`;
  const cost = inputTokens + outputTokens > 0 && html`<p class="dim">${tokens}</p>`;
  const odd = !["end", "tool-use"].includes(answer.stop);
  const found = renderFound(event, transcript);
  const stopped = odd && html`<p class="warn">stopped: ${answer.stop}</p>`;
  return [row(found.length ? "words found" : "words", [parts, stopped, cost, found])];
}

/** What the program tells the model of its own: neither the task nor results of calls. */
function renderQuestion(
  { system, messages }: Extract<RecordedEvent, { kind: "question" }>,
  { header }: Transcript,
  row: Row,
): Markup[] {
  const texts = messages.flatMap(({ role, content }) =>
    role === "user" ? content.flatMap((part) => (part.type === "text" ? [part.text] : [])) : [],
  );
  const told = texts.filter((text) => text !== header.task);
  const other = system !== null && system !== header.system && system !== "";
  if (!told.length && !other) return [];
  return [
    row("words told", [
      other && folded("the program gives the model another system prompt", block(system)),
      told.map((text) => html`<div class="told text" dir="auto">${text}</div>`),
    ]),
  ];
}

function kindsOf({ seq, result, effects }: CallEvent, { findings }: Transcript): string {
  const writes = effects.some(({ effect }) => effect !== "mail-marked");
  return [
    "call",
    ...(writes ? ["acts"] : []),
    ...(result.code === null ? [] : ["fault"]),
    ...(findings.has(seq) ? ["found"] : []),
  ].join(" ");
}

const SUMMARY = 120;

function renderCall(call: CallEvent, transcript: Transcript): Markup[] {
  const { findings, people } = transcript;
  const { code, text } = call.result;
  const found = findings.get(call.seq) ?? [];
  const elsewhere = new Set(Object.values((call.input ?? {}) as object).map(String));
  const details = call.effects.map((effect) => effectDetail(effect, people, elsewhere));
  return [
    html`<details ${found.length > 0 && "open"}>
      <summary>
        <span class="number">#${call.call}</span> <b class="tool">${call.tool}</b>
        <span class="given">${summarise(call.input)}</span>
        ${code !== null && html`<span class="code">${code}</span>`}
        ${call.effects.map((effect) => effectLine(effect, people))}
      </summary>
      <div class="body">
        ${section("Input", value(call.input))}
        ${section(code === null ? "Result" : `Fault: ${code}`, result(text))}
        ${details.some(Boolean) && section("Effects", details)}
        ${renderItems("Carried along", call.carried, transcript)}
        ${renderItems("Read", call.reads, transcript)}
        <p class="dim">digest ${call.digest.slice(0, 16)} · ${call.at}</p>
      </div>
    </details>`,
    ...renderFound(call, transcript),
  ];
}

function renderFound({ seq }: RecordedEvent, transcript: Transcript): Markup[] {
  const found = transcript.findings.get(seq) ?? [];
  return found.map((finding) => renderFinding(finding, transcript));
}

function summarise(input: unknown): string {
  const words = Object.values((input ?? {}) as object).map((given) => plain(given, ", "));
  const line = words.join(" · ").replace(/\s+/g, " ");
  return line.length > SUMMARY ? `${line.slice(0, SUMMARY - 1)}…` : line;
}

function renderFinding(finding: Finding, recording: Held): Markup {
  const pairs = pairsOf(recording, finding);
  const { span: asked } = finding.origin;
  return html`<div class="finding ${markOf(finding)}">
    <p>${nameFinding(finding)} ${finding.summary}</p>
    ${pairs.map(
      ({ span, source }) =>
        html`<div class="pair">
          ${quoted("wrote", span, recording)} ${source && quoted("from", source, recording)}
        </div>`,
    )}
    ${asked && quoted("asked", showSpan(recording, asked), recording)}
  </div>`;
}

/** A stretch of text as it stands in the recording, with a link to where. */
function quoted(word: string, { seq, where, quote }: Shown, { events }: Held): Markup {
  const place = events[seq - 1] ? html`<a href="#e${seq}">${where}</a>` : where;
  return html`<blockquote dir="auto">
    <i>${word}</i>
    ${quote && [quote.before, html`<mark>${shorten(quote.text)}</mark>`, quote.after]}
    <cite>${place}</cite>
  </blockquote>`;
}

const QUOTED = 1000;

function shorten(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

/** Its kind, and for what is harm how bad it is, how far it came and whose act it was. */
function nameFinding(finding: Finding): Markup {
  const { kind, severity, status, origin } = finding;
  const mark = markOf(finding);
  const labels = mark === "note" ? ["note"] : [severity, status, wordOrigin(origin)];
  return html`<b>${kind}</b> ${labels.map((label) => html`<span class="label">${label}</span> `)}`;
}

function linkEvidence(evidence: Finding["evidence"], { events }: Held, act: number): Content {
  const sources = evidence.flatMap(({ source }) => (source ? [source.seq] : []));
  const numbers = [...new Set([act, ...sources])].filter((seq) => events[seq - 1]);
  return numbers.map((seq) => html` <a href="#e${seq}">${titleOf(events[seq - 1])}</a>`);
}

function titleOf(event: RecordedEvent | undefined): string {
  if (event?.kind === "item") return event.title || event.ref;
  return event?.kind === "call" ? `call ${event.call}` : `event ${event?.seq ?? "unknown"}`;
}

function renderItems(title: string, numbers: readonly number[], transcript: Transcript): Content {
  if (!numbers.length) return null;
  const rows = numbers.map((number) => html`<li>${renderItem(number, transcript)}</li>`);
  const count = numbers.length > 1 ? ` · ${numbers.length}` : "";
  return section(
    `${title}${count}`,
    html`<ul class="items">
      ${rows}
    </ul>`,
  );
}

/** An item is on the page once, where it was first met; from then on it is a link to there. */
function renderItem(number: number, { items, shown, people }: Transcript): Content {
  const item = items.get(number);
  if (!item) return `item ${number}, which is not in the recording`;
  const { seq, ref, part, title, audience, text } = item;
  const name = [html`<span class="ref">${ref}</span> ${title || "untitled"}`, labels(item)];
  if (shown.has(number)) return html`<a href="#e${seq}">${name}</a>`;
  shown.add(number);
  const whom = list(audience.principals.map((address) => people(address)));
  return html`<details class="item" id="e${seq}">
    <summary>
      ${name}
      <span class="dim">${part === "head" ? "as listed" : "whole"} · ${audience.circle}</span>
    </summary>
    <div class="body">
      <p class="audience"><b>${audience.circle}</b> ${whom}</p>
      ${text !== "" && block(text)}
    </div>
  </details>`;
}

/** What a page begins with: harm, then notes and what was only thought of, then milestones. */
export function renderFindings(recording: Recording, { findings, milestones }: Verdict): Content {
  const harm = findings.filter((one) => markOf(one) === "finding");
  const rest = findings.filter((one) => markOf(one) !== "finding");
  const listed = (some: readonly Finding[]) =>
    html`<ol class="findings">
      ${some.map((finding) => {
        const { seq, summary, evidence } = finding;
        return html`<li>
          ${nameFinding(finding)} ${summary}
          <span class="links">${linkEvidence(evidence, recording, seq)}</span>
        </li>`;
      })}
    </ol>`;
  return [
    harm.length ? listed(harm) : html`<p class="none">Nothing was found by today's detectors.</p>`,
    rest.length > 0 && section("Notes and thoughts, which are not harm", listed(rest)),
    milestones.length > 0 && renderMilestones(milestones, harm.length > 0, recording),
  ];
}

function renderMilestones(
  milestones: readonly Milestone[],
  isHarmful: boolean,
  { events }: Held,
): Markup {
  return section("Milestones", [
    html`<ul class="milestones">
      ${milestones.map(({ name, about, seq }) =>
        seq === null
          ? html`<li class="unmet"><b>${name}</b> not met · ${about}</li>`
          : html`<li>
              <b>${name}</b> met at <a href="#e${seq}">${titleOf(events[seq - 1])}</a> · ${about}
            </li>`,
      )}
    </ul>`,
    !isExposed(milestones) &&
      html`<p class="notice">
        Unexposed: it never met all that it was to
        meet${isHarmful ? "" : ", so that finding nothing means nothing"}.
      </p>`,
  ]);
}
