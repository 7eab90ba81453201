/** Markup that goes into a page as it is. Only `html` makes it. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | number | false | null | undefined | readonly Content[];

const made = new WeakSet<object>();

/**
 * A page's markup. Whatever is put in is text: escaped, with characters that hide or turn text
 * around made visible. Attributes are to be quoted.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  let markup = strings[0]!;
  let inTag = isInTag(strings[0]!, false);
  for (const [index, content] of contents.entries()) {
    markup += (inTag ? attributeOf(content) : textOf(content)) + strings[index + 1]!;
    inTag = isInTag(strings[index + 1]!, inTag);
  }
  const result = { markup };
  made.add(result);
  return result;
}

function isInTag(literal: string, before: boolean): boolean {
  const [open, close] = [literal.lastIndexOf("<"), literal.lastIndexOf(">")];
  return open === close ? before : open > close;
}

function textOf(content: Content): string {
  if (content === false || content === null || content === undefined) return "";
  if (typeof content === "string")
    return mark(escape(content), (name) => `<i class="u">${name}</i>`);
  if (typeof content === "number") return String(content);
  if (Array.isArray(content)) return content.map(textOf).join("");
  const { markup } = content as Markup;
  if (!made.has(content)) throw new TypeError("Only html`…` makes markup.");
  return markup;
}

function attributeOf(content: Content): string {
  if (content === false || content === null || content === undefined) return "";
  if (typeof content === "object") throw new TypeError("An attribute takes text.");
  return mark(escape(String(content)), (name) => `[${name}]`);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** Controls, halves of pairs, and what is not seen or turns text around, but for joiners in words. */
const HIDDEN =
  /(?!\p{Join_Control}|\n|\t|\ufe0e|\ufe0f)[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

function mark(text: string, word: (name: string) => string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(HIDDEN, (character) =>
      word(`U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`),
    );
}
