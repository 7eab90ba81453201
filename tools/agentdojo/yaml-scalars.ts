/** How a string is to be written: decided by what it holds. */
export type Style = "plain" | "single" | "double";

const BREAKS = "\n\x85\u2028\u2029";
const SPACES = "\0 \t\r\n\x85\u2028\u2029";
const LEADING = "#,[]{}&*!|>'\"%@`";

/** Strings that unquoted would be read as something else: YAML 1.1 as PyYAML resolves it. */
const RESOLVED = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^(?:<<|=|~|null|Null|NULL|!|&|\*)$/,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
];

/** The style that PyYAML's safe dumper gives a string in block context. */
export function styleOf(text: string, isKey: boolean): Style {
  if (text === "") return "single";
  const { plain, single, multiline } = analyse(text);
  const resolves =
    "yYnNtTfFoO-+0123456789.<=~!&*".includes(text[0]!) && RESOLVED.some((form) => form.test(text));
  if (plain && !resolves && !(isKey && multiline)) return "plain";
  return single && !(isKey && multiline) ? "single" : "double";
}

function analyse(text: string): { plain: boolean; single: boolean; multiline: boolean } {
  const last = text.length - 1;
  let indicators = text.startsWith("---") || text.startsWith("...");
  let special = false;
  let multiline = false;
  let breakThenSpace = false;
  let spaceThenBreak = false;
  for (let index = 0; index <= last; index++) {
    const char = text[index]!;
    const before = index === 0 ? " " : text[index - 1]!;
    const isLast = index === last;
    if (index === 0) {
      const stands = isLast || SPACES.includes(text[1]!);
      if (LEADING.includes(char) || (stands && "?:-".includes(char))) indicators = true;
    } else if (char === ":" && (isLast || SPACES.includes(text[index + 1]!))) indicators = true;
    else if (char === "#" && SPACES.includes(before)) indicators = true;
    if (BREAKS.includes(char)) {
      multiline = true;
      if (before === " " && index > 0) spaceThenBreak = true;
    }
    if (char !== "\n" && (char < " " || char > "~")) special = true;
    if (char === " " && index > 0 && BREAKS.includes(before)) breakThenSpace = true;
  }
  const edges = ` ${BREAKS}`;
  const padded = edges.includes(text[0]!) || edges.includes(text[last]!);
  const single = !breakThenSpace && !spaceThenBreak && !special;
  return { plain: single && !padded && !multiline && !indicators, single, multiline };
}
