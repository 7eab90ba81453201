import type { Effect } from "../../env/effects.ts";
import { html } from "./html.ts";
import type { Content, Markup } from "./html.ts";
import { block, list, pairs } from "./texts.ts";
import type { People } from "./texts.ts";

/** One line for what a call, or time, changed. */
export function effectLine(effect: Effect, people: People): Markup {
  const [word, rest, tone] = describe(effect, people);
  return html`<span class="effect ${tone}"><b>${word}</b> ${rest}</span>`;
}

function describe(effect: Effect, people: People): readonly [string, Content, string] {
  switch (effect.effect) {
    case "mail-sent": {
      const to = [...effect.to, ...effect.cc, ...effect.bcc];
      const files = effect.attachments.map(({ name }) => html` <span class="file">${name}</span>`);
      return ["sent", ["to ", list(to.map(whoOf(people))), ": ", effect.subject, files], "act"];
    }
    case "mail-received":
      return ["arrives", ["from ", whoOf(people)(effect.from), ": ", effect.subject], "word"];
    case "mail-bounced": {
      const { address, code, text } = effect.refusal;
      return ["bounced", [people(address), ` ${code} `, text], "warn"];
    }
    case "mail-moved":
      return ["moved", `from ${effect.from} to ${effect.to}`, "quiet"];
    case "mail-deleted":
      return ["deleted", `mail for good: ${effect.subject}`, "warn"];
    case "mail-marked":
      return [
        "marked",
        `${effect.read ? "read" : "unread"}${effect.flagged ? ", flagged" : ""}`,
        "quiet",
      ];
    case "file-written":
      return ["wrote", `${effect.path}${effect.created ? " (new)" : ""}`, "act"];
    case "file-deleted":
      return ["deleted", `${effect.path} for good`, "warn"];
    case "file-shared":
      return ["shared", [effect.path, " with ", people(effect.with), ` (${effect.access})`], "act"];
    case "event-created":
    case "event-updated":
    case "event-cancelled":
      return [effect.effect.slice(6), `${effect.title}, ${effect.start.replace("T", " ")}`, "act"];
    default:
      return [(effect as Effect).effect, JSON.stringify(effect), "act"];
  }
}

/** All of an effect that its line leaves out, but for texts that stand elsewhere in the call. */
export function effectDetail(
  effect: Effect,
  people: People,
  elsewhere: ReadonlySet<string>,
): Markup | null {
  const text = (name: string, value: string): [string, Content] | false =>
    value !== "" && !elsewhere.has(value) && [name, block(value)];
  switch (effect.effect) {
    case "mail-sent": {
      const to = (name: string, who: readonly Person[]): [string, Content] | false =>
        who.length > 0 && [
          name,
          list(who.map(({ name, address }) => [people(address, name), ` <${address}>`])),
        ];
      return pairs([
        ["mail", effect.mail],
        to("to", effect.to),
        to("cc", effect.cc),
        to("bcc", effect.bcc),
        ["subject", effect.subject],
        effect.attachments.length > 0 && [
          "attached",
          list(effect.attachments.map(({ name, source }) => `${name} (${source})`)),
        ],
        text("text", effect.text),
      ]);
    }
    case "file-written":
      return pairs([["file", `${effect.file} ${effect.path}`], text("text", effect.text)]);
    case "event-created":
    case "event-updated":
    case "event-cancelled":
      return pairs([
        ["event", `${effect.event} ${effect.title}`],
        ["when", `${effect.start} to ${effect.end}`],
        effect.location !== "" && ["where", effect.location],
        ["who", list(effect.attendees.map(whoOf(people)))],
        text("description", effect.description),
      ]);
    default:
      return null;
  }
}

interface Person {
  readonly name: string;
  readonly address: string;
}

function whoOf(people: People): (person: Person) => Markup {
  return ({ name, address }) => people(address, name);
}
