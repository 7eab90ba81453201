import type { Finding } from "../../detectors/detector.ts";
import { formatLocal, weekdayOf } from "../../env/time.ts";
import type { CallEvent, Header, ItemEvent, RecordedEvent } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
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
        row(
          "arrival",
          event.effects.map((effect) => effectLine(effect, people)),
        ),
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
  { answer }: Extract<RecordedEvent, { kind: "answer" }>,
  { done }: Transcript,
  row: Row,
): Markup[] {
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
  return [row("words", [parts, odd && html`<p class="warn">stopped: ${answer.stop}</p>`, cost])];
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
    ...found.map((finding) => renderFinding(finding, transcript.events)),
  ];
}

function summarise(input: unknown): string {
  const words = Object.values((input ?? {}) as object).map((given) => plain(given, ", "));
  const line = words.join(" · ").replace(/\s+/g, " ");
  return line.length > SUMMARY ? `${line.slice(0, SUMMARY - 1)}…` : line;
}

function renderFinding(
  { kind, severity, summary, evidence }: Finding,
  events: Recording["events"],
): Markup {
  return html`<p class="finding">
    <b>${kind}</b> <span class="label">${severity}</span> ${summary}
    ${evidence.length > 0 && html`<span class="dim">Evidence:</span>`}
    ${linkEvidence(evidence, events)}
  </p>`;
}

function linkEvidence(evidence: readonly number[], events: Recording["events"]): Content {
  return evidence.map((seq) => html` <a href="#e${seq}">${titleOf(events[seq - 1])}</a>`);
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

/** The list of findings that a page begins with. */
export function renderFindings({ events }: Recording, findings: readonly Finding[]): Content {
  if (!findings.length) return html`<p class="none">Nothing was found by today's detectors.</p>`;
  return html`<ol class="findings">
    ${findings.map(({ kind, severity, seq, summary, evidence }) => {
      return html`<li>
        <b>${kind}</b> <span class="label">${severity}</span> ${summary}
        <span class="links">${linkEvidence([seq, ...evidence], events)}</span>
      </li>`;
    })}
  </ol>`;
}
