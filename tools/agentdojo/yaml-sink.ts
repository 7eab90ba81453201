const WIDTH = 80;
const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\xa0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

/** Text in the making, with the column it has come to. */
export interface Sink {
  put(text: string): void;
  newLine(indent: number): void;
  /** Adds what was written before, at whose end the column is known. */
  append(text: string, column: number): void;
  text(): string;
  position(): number;
  readonly column: number;
}

export function createSink(): Sink {
  let out = "";
  let column = 0;
  return {
    put(text) {
      out += text;
      column += text.length;
    },
    newLine(indent) {
      out += `\n${" ".repeat(indent)}`;
      column = indent;
    },
    append(text, end) {
      out += text;
      column = end;
    },
    text: () => out,
    position: () => out.length,
    get column() {
      return column;
    },
  };
}

/** Broken at single spaces once the line is past the width. */
export function writePlain(sink: Sink, text: string, indent: number, split: boolean): void {
  if (sink.column + text.length <= WIDTH) return sink.put(text);
  const words = text.split(" ");
  for (const [index, word] of words.entries()) {
    if (index > 0) {
      const isSingle = word !== "" && words[index - 1] !== "";
      if (isSingle && split && sink.column > WIDTH) sink.newLine(indent);
      else sink.put(" ");
    }
    sink.put(word);
  }
}

/** As plain text, with a line end for every line end of the text and one more. */
export function writeSingle(sink: Sink, text: string, indent: number, split: boolean): void {
  sink.put("'");
  for (const { 0: part, index } of text.matchAll(/ +|\n+|[^ \n]+/g)) {
    if (part[0] === "\n") {
      for (let count = 0; count < part.length; count++) sink.newLine(0);
      sink.newLine(indent);
    } else if (
      part === " " &&
      split &&
      sink.column > WIDTH &&
      index > 0 &&
      index + 1 < text.length
    ) {
      sink.newLine(indent);
    } else sink.put(part.replaceAll("'", "''"));
  }
  sink.put("'");
}

/** Broken at spaces and after escapes once the line is past the width, with a backslash at its end. */
export function writeDouble(sink: Sink, text: string, indent: number, split: boolean): void {
  sink.put('"');
  const chars = /[^\0-\x7f]/.test(text) ? [...text] : text;
  const slice = (from: number, to: number) =>
    typeof chars === "string" ? chars.slice(from, to) : chars.slice(from, to).join("");
  let start = 0;
  for (let end = 0; end <= chars.length; end++) {
    const char = chars[end];
    if (char === undefined || char < " " || char > "~" || char === '"' || char === "\\") {
      if (start < end) sink.put(slice(start, end));
      start = end;
      if (char !== undefined) {
        sink.put(escape(char));
        start = end + 1;
      }
    }
    const mayBreak = split && end > 0 && end < chars.length - 1 && (char === " " || start >= end);
    if (mayBreak && sink.column + (end - start) > WIDTH) {
      sink.put(`${slice(start, end)}\\`);
      start = Math.max(start, end);
      sink.newLine(indent);
      if (chars[start] === " ") sink.put("\\");
    }
  }
  sink.put('"');
}

function escape(char: string): string {
  const named = ESCAPES[char];
  if (named) return `\\${named}`;
  const code = char.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
