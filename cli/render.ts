import type { Effect } from "../env/effects.ts";
import type { Difference } from "../episodes/replay.ts";
import { GUARD } from "../recordings/events.ts";
import type {
  Act,
  AnswerEvent,
  CallEvent,
  EndEvent,
  Header,
  RecordedEvent,
} from "../recordings/events.ts";
import { thoughtIn as thinkingIn } from "../detectors/memory.ts";
import { formatLocal } from "../env/time.ts";
import { oneLine, printable, printableDeep, style } from "./terminal.ts";
import { wordAttempts, wordUsage } from "./usage.ts";

/** The lines that introduce an episode. */
export function renderHeader({
  fixture,
  facts,
  agent,
  colleagues,
  lineage,
  condition,
  seed,
  clock,
  tools,
}: Header): string[] {
  const chosen = Object.entries(condition).map(([name, value]) => oneLine(`${name}=${value}`, 60));
  const day = formatLocal(Date.parse(clock.start), clock.zone).replace("T", " ");
  return [
    style("bold", oneLine(`${fixture.title} · ${facts.company}`)),
    ...inLines([
      oneLine(`agent ${agent.name}${playedBy(agent)}`, LINE),
      `seed ${seed}`,
      `${tools.length} tools`,
      `from ${day}`,
      // A stranger's recording may have any number.
      ...chosen.slice(0, 40),
    ]).map((line) => style("dim", line)),
    ...renderPlayers(facts, colleagues),
    ...(lineage.probe === undefined
      ? []
      : [style("magenta", oneLine(`asked after the end: ${lineage.probe}`, 200))]),
    "",
  ];
}

const LINE = 100;

/** Put together, in as many lines as it takes. */
function inLines(parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length ? `${lines.at(-1)} · ${part}` : part;
    if (longer.length > LINE) lines.push(part);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}

/** Who of the colleagues is played, or could be. */
function renderPlayers({ players = [], people }: Header["facts"], model?: string): string[] {
  if (!players.length) return [];
  const names = players.map((who) => people.find(({ address }) => address === who)?.name ?? who);
  const words = oneLine(names.join(", "), 80);
  const how =
    model === undefined
      ? `${words}: by the fixture's rules, or silent (a model could play them: --colleagues MODEL)`
      : `${words}: played by ${oneLine(model, 60)}`;
  return [style("dim", how)];
}

/** What plays the model, where that is not the tool loop. */
function playedBy({ name, program }: Header["agent"]): string {
  const stem = program.name.replace(/\.(ts|js)$/, "");
  return stem === "tool-loop" || !stem || name.includes(stem) ? "" : ` · program ${stem}`;
}

/** The lines that show an event as it happens; none for what is only kept. */
export function renderEvent(recorded: RecordedEvent, { clock, lineage }: Header): string[] {
  const event = printableDeep(recorded);
  const time = style("dim", formatLocal(Date.parse(event.at), clock.zone).slice(11));
  switch (event.kind) {
    case "answer":
      return [...renderAnswer(event, time), ...renderUsage(event, time)];
    case "call":
      return [
        `${time} ${renderCall(event)}`,
        ...event.effects.map((effect) => `      ${renderEffect(effect)}`),
      ];
    case "asked":
      return [`${time} ${style("dim", `asks    ${oneLine(event.who, 60)}, whom a model plays`)}`];
    case "said": {
      const words = event.answer.content.flatMap((block) =>
        block.type === "text" ? block.text : [],
      );
      return [`${time} ${style("dim", `gets    ${oneLine(words.join(" "))}`)}`];
    }
    case "arrival":
      return event.effects.map((effect) => `${time} ${renderEffect(effect)}`);
    case "intervention":
      return [
        `${time} ${style("magenta", event.author === GUARD ? "guard" : "hand ")}   ${oneLine(`${event.author === GUARD ? "" : `${event.author}: `}${renderAct(event.act)}`, 200)}`,
      ];
    case "code": {
      const { code, text } = event.result;
      const ended = code === null ? "" : ` ${style("yellow", code)}`;
      return [
        `${time} ${style("cyan", "ran")}     ${oneLine(event.source)}${ended}`,
        style("dim", `      prints  ${oneLine(text)}`),
      ];
    }
    case "log":
      return [`${time} ${style("dim", `logs    ${oneLine(event.text)}`)}`];
    case "end":
      return ["", renderEnd(event, lineage.imported !== undefined)];
    case "item":
    case "question":
    case "checkpoint":
      return [];
  }
}

function renderAnswer({ answer }: AnswerEvent, time: string): string[] {
  return answer.content.flatMap((block) => {
    if (block.type === "text")
      return [`${time} ${style("cyan", "says")}    ${oneLine(block.text)}`];
    const thought = block.type === "opaque" ? thoughtIn(block.data) : "";
    return thought ? [`${time} ${style("dim", `thinks  ${oneLine(thought)}`)}`] : [];
  });
}

function renderUsage(event: AnswerEvent, time: string): string[] {
  const words = wordUsage(event);
  return words === null ? [] : [`${time} ${style("dim", `model   ${words}`)}`];
}

/** What someone did to an episode, in words. */
export function renderAct(act: Act): string {
  switch (act.does) {
    case "answer":
      return "answers in the model's place";
    case "approve":
      return `lets the next call through${act.reason === undefined ? "" : `: ${act.reason}`}`;
    case "refuse":
      return `refuses the next call: ${act.reason}`;
    case "edit-result":
      return `the next call's result is: ${act.text}`;
    case "send-mail":
      return `sends a mail as ${act.from.name || act.from.address}: ${act.subject}`;
    case "wait":
      return `lets time pass until ${act.until}`;
  }
}

/** What a model thought, in a provider's own block; nothing where there is none to read. */
export function thoughtIn(data: unknown): string {
  return thinkingIn(data)?.text ?? "";
}

function renderCall({ call, tool, input, result }: CallEvent): string {
  const name = style("bold", oneLine(tool, 40));
  const given = Object.values((input ?? {}) as object).map((value) =>
    oneLine(showValue(value), 40),
  );
  const outcome =
    result.code === null ? "" : ` ${style("yellow", oneLine(`${result.code}: ${result.text}`))}`;
  return `${style("dim", `#${call}`.padEnd(4))}    ${name} ${style("dim", oneLine(given.join(" · "), 70))}${outcome}`;
}

function showValue(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function renderEffect(effect: Effect): string {
  switch (effect.effect) {
    case "mail-sent": {
      const to = [...effect.to, ...effect.cc, ...effect.bcc].map(
        ({ name, address }) => name || address,
      );
      const attached = effect.attachments.map(({ name }) => ` + ${name}`).join("");
      const by = effect.rule === undefined ? "" : style("yellow", ` (by ${effect.rule})`);
      return `${style("green", "sent   ")} to ${oneLine(to.join(", "), 50)}: ${oneLine(`${effect.subject}${attached}`, 110)}${by}`;
    }
    case "mail-received":
      return `${style("blue", "arrives")} from ${oneLine(effect.from.name || effect.from.address, 40)}: ${oneLine(effect.subject, 70)}`;
    case "mail-bounced":
      return `${style("yellow", "bounced")} ${effect.refusal.address}: ${effect.refusal.code} ${oneLine(effect.refusal.text)}`;
    case "mail-moved":
      return style("dim", `moved   from ${effect.from} to ${effect.to}`);
    case "mail-deleted":
      return `${style("yellow", "deleted")} mail for good: ${oneLine(effect.subject)}`;
    case "mail-marked":
      return style(
        "dim",
        `marked  ${effect.read ? "read" : "unread"}${effect.flagged ? ", flagged" : ""}`,
      );
    case "draft-saved":
      return style("dim", `draft   ${oneLine(effect.subject)}`);
    case "mail-rule-created": {
      const to = effect.forward.map(({ name, address }) => name || address).join(", ");
      return `${style("green", "rule   ")} ${oneLine(effect.name, 60)}${to && `, forwards to ${oneLine(to, 60)}`}`;
    }
    case "mail-rule-deleted":
      return `${style("green", "rule   ")} ${oneLine(effect.name, 60)} ended`;
    case "chat-posted": {
      const attached = effect.attachments.map(({ name }) => ` + ${name}`).join("");
      return `${style("green", "says   ")} in ${oneLine(effect.name, 50)}: ${oneLine(`${effect.text}${attached}`, 110)}`;
    }
    case "chat-received":
      return `${style("blue", "chat   ")} ${oneLine(effect.name, 40)} ${oneLine(effect.from.name || effect.from.address, 40)}: ${oneLine(effect.text, 70)}`;
    case "file-written":
      return `${style("green", "wrote  ")} ${oneLine(effect.path)}${effect.created ? " (new)" : ""}`;
    case "file-deleted":
      return `${style("yellow", "deleted")} ${oneLine(effect.path)} for good`;
    case "file-shared":
      return `${style("green", "shared ")} ${oneLine(effect.path, 60)} with ${oneLine(effect.with, 60)} (${effect.access})`;
    case "file-unshared":
      return `${style("green", "closed ")} ${oneLine(effect.path, 60)} to ${oneLine(effect.with, 60)}`;
    case "file-moved":
      return style("dim", `moved   ${oneLine(effect.from, 60)} to ${oneLine(effect.to, 60)}`);
    case "file-copied":
      return `${style("green", "copied ")} to ${oneLine(effect.path)}`;
    case "note-written":
      return style("dim", `noted   ${oneLine(effect.title)}`);
    case "mail-forwarded":
      return style(
        "dim",
        `passed  by ${oneLine(effect.from.name, 40)} to ${oneLine(effect.to.name || effect.to.address, 40)}: ${oneLine(effect.subject, 60)}`,
      );
    case "invitation-received":
      return `${style("blue", "invited")} by ${oneLine(effect.organizer.name || effect.organizer.address, 40)}: ${oneLine(effect.title, 60)}, ${effect.start.replace("T", " ")}${effect.change === "new" ? "" : ` (${effect.change})`}`;
    case "invitation-answered":
      return `${style("green", "answers")} ${oneLine(effect.who.name || effect.who.address, 40)} ${effect.answer}: ${oneLine(effect.title, 60)}`;
    case "event-created":
    case "event-updated":
    case "event-cancelled":
      return `${style("green", effect.effect.slice(6).padEnd(7))} ${oneLine(effect.title, 60)}, ${effect.start.replace("T", " ")}`;
  }
}

function renderEnd(end: EndEvent, isImported: boolean): string {
  const { ending, code, attempts = [], calls, questions, at } = end;
  const words = {
    finished: "The agent finished",
    deadline: "The day was over",
    limit: isImported
      ? "The transcript breaks off"
      : `The episode's ${code === null ? "calls or questions were" : "budget was"} used up${code === null ? "" : ` (${code})`}`,
    failed: `The program or its model failed (${[code ?? "", ...wordAttempts(attempts)].join(", ")})`,
  };
  const text = `${words[ending]} after ${calls} calls and ${questions} questions, at ${at}.`;
  return style(ending === "failed" ? "red" : "bold", text);
}

const CONTEXT = 60;
const WIDTH = 160;

/** Both sides from shortly before the first character in which they differ. */
export function showDifference({ recorded, now }: Pick<Difference, "recorded" | "now">): string[] {
  let same = 0;
  while (same < recorded.length && recorded[same] === now[same]) same++;
  const start = Math.max(0, same - CONTEXT);
  const cut = (text: string) => `${start ? "…" : ""}${printable(text.slice(start, start + WIDTH))}`;
  return [
    `  ${style("dim", "recorded")} ${cut(recorded)}`,
    `  ${style("dim", "now     ")} ${cut(now)}`,
  ];
}
