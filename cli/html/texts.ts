import type { Header, ItemEvent } from "../../recordings/events.ts";
import { html } from "./html.ts";
import type { Content, Markup } from "./html.ts";

/** Text as it stands, line by line. */
export function block(text: string): Markup {
  return html`<div class="text" dir="auto">${text}</div>`;
}

/** Text that may be JSON: laid out if it is, and no deeper than a reader would follow. */
export function result(text: string): Markup {
  if (isDeep(text)) return block(text);
  try {
    return value(JSON.parse(text));
  } catch {
    return block(text);
  }
}

/** A JSON value: an object's fields one below the other, its texts as they stand. */
export function value(given: unknown): Markup {
  if (typeof given === "string") return block(given);
  if (!isRecord(given)) return records(given) ?? block(json(given, 2));
  const fields = Object.entries(given);
  if (!fields.length) return html`<p class="dim">nothing</p>`;
  return pairs(fields.map(([name, inner]) => [name, records(inner) ?? block(plain(inner, "\n"))]));
}

/** A list of records, each as one run of names and values; nothing for what is none. */
function records(given: unknown): Markup | undefined {
  if (!Array.isArray(given) || !given.length || !given.every(isRecord)) return undefined;
  const field = ([name, inner]: [string, unknown]) =>
    html`<span dir="auto"><i>${name}</i> ${plain(inner, ", ")}</span> `;
  return html`<ul class="records">
    ${given.map((one) => html`<li>${Object.entries(one).map(field)}</li>`)}
  </ul>`;
}

function isRecord(given: unknown): given is Record<string, unknown> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** A value as text: texts, and lists of them, without the marks of JSON. */
export function plain(given: unknown, between: string): string {
  if (typeof given === "string") return given;
  const isList = Array.isArray(given) && given.length > 0;
  if (isList && given.every((one) => typeof one === "string")) return given.join(between);
  return json(given, between === "\n" ? 2 : 0);
}

const DEEPEST = 40;

/** A stranger's brackets may be nested so deep that laying them out takes all memory. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

function json(given: unknown, indent: number): string {
  try {
    const text = JSON.stringify(given) ?? "nothing";
    return isDeep(text) ? text : (JSON.stringify(given, null, indent) ?? text);
  } catch {
    return "nested too deeply to be shown";
  }
}

export function pairs(fields: readonly (readonly [string, Content] | null | false)[]): Markup {
  return html`<dl>
    ${fields.map(
      (field) =>
        field &&
        html`<dt>${field[0]}</dt>
          <dd>${field[1]}</dd>`,
    )}
  </dl>`;
}

export function section(title: string, content: Content): Markup {
  return html`<section>
    <h4>${title}</h4>
    ${content}
  </section>`;
}

/** Something folded away behind its title. */
export function folded(title: Content, content: Content): Markup {
  return html`<details>
    <summary>${title}</summary>
    <div class="body">${content}</div>
  </details>`;
}

/** Names people by their addresses; those outside the company are marked. */
export function createPeople({ facts }: Header): (address: string, name?: string) => Markup {
  const names = new Map(
    [...facts.people, ...facts.groups].map(({ address, name }) => [address, name]),
  );
  return (address, name = "") => {
    const isInside = facts.domains.includes(address.slice(address.lastIndexOf("@") + 1));
    const known = names.get(address) || name || address;
    return html`<span class="${isInside ? "who" : "who outside"}" title="${address}"
      >${known}</span
    >`;
  };
}

export type People = ReturnType<typeof createPeople>;

export function list(contents: readonly Content[]): Content {
  return contents.map((content, index) => [index ? ", " : "", content]);
}

export function labels({ labels }: Pick<ItemEvent, "labels">): Content {
  return labels.map((label) => html` <span class="label">${label}</span>`);
}
