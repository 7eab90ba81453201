import { lengthOf, pythonRepr } from "./python.ts";

/** Why a text is no mail address, in the words of the library that the original asks. */
class BadAddress extends Error {}

const ATOM = "[a-zA-Z0-9_!#$%&'*+\\-/=?^`{|}~\\u0080-\\u{10FFFF}]";
const DOT_ATOM = new RegExp(String.raw`^${ATOM}+(?:\.${ATOM}+)*$`, "u");
const LOCAL_CHAR = new RegExp(String.raw`^(?:\.|${ATOM})$`, "u");
const DISPLAY_CHAR = /^[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~ ]$/;
const DOMAIN_CHAR = /^[a-zA-Z0-9\-.\u0080-\u{10FFFF}]$/u;
const PRETTY =
  /^\s*(?:(?:[\p{L}\p{N}_.!#$%&'*+\-/=?^`{|}~]+(?:\s+[\p{L}\p{N}_.!#$%&'*+\-/=?^`{|}~]+)*)|"(?:[^"]|\\")+")?\s*<(.+)>\s*$/u;
const SPECIAL_USE = ["arpa", "invalid", "local", "localhost", "onion", "test"];
const CHAR_NAMES: Readonly<Record<string, string>> = {
  " ": "SPACE",
  "\u00a0": "NO-BREAK SPACE",
  "\u200b": "ZERO WIDTH SPACE",
};
const MOST = { whole: 2048, address: 254, domain: 253, label: 63 } as const;

/**
 * The address as it is kept (its domain in lower case), or why it is none. Covers ASCII addresses as
 * the original does; international domains are kept as they are.
 */
export function readAddress(
  text: string,
): { readonly address: string } | { readonly reason: string } {
  try {
    if (lengthOf(text) > MOST.whole)
      throw new BadAddress(`Length must not exceed ${MOST.whole} characters`);
    const pretty = text.includes("<") && text.length < 400 ? PRETTY.exec(text) : null;
    return { address: readSpec((pretty ? pretty[1]! : text).trim()) };
  } catch (error) {
    if (error instanceof BadAddress) return { reason: error.message };
    throw error;
  }
}

function readSpec(text: string): string {
  const at = splitAt(text);
  const isNamed = text[at] === "<";
  if (isNamed) checkDisplay(text, at);
  const spec = isNamed ? text.slice(at).replace(/ +$/, "").slice(1, -1) : text;
  const cut = isNamed ? splitAt(spec) : at;
  const domain = spec.slice(cut + 1);
  const local = readLocal(spec.slice(0, cut));
  if (local.isQuoted) fail("Quoting the part before the @-sign is not allowed here.");
  checkLocal(local.text);
  if (domain.startsWith("[") && domain.endsWith("]")) {
    fail("A bracketed IP address after the @-sign is not allowed here.");
  }
  const kept = readDomain(domain);
  const address = `${local.text.normalize("NFC")}@${kept}`;
  const excess = Buffer.byteLength(address) - MOST.address;
  if (excess > 0)
    fail(`The email address is too long (${excess} character${excess > 1 ? "s" : ""} too many).`);
  return address;
}

function fail(reason: string): never {
  throw new BadAddress(reason);
}

/** Where the first `@` or `<` stands that is in no quotes. */
function splitAt(text: string): number {
  let inQuotes = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (inQuotes && char === "\\") index++;
    else if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (char === "@" || char === "<")) return index;
  }
  if (text.includes("＠"))
    fail(
      'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.',
    );
  if (text.includes("﹫"))
    fail('The email address has the "small commercial at" character instead of a regular at-sign.');
  return fail("An email address must have an @-sign.");
}

function checkDisplay(text: string, at: number): void {
  const name = text.slice(0, at).trimEnd();
  const rest = text.slice(at).replace(/ +$/, "");
  if (!name.startsWith('"')) {
    const bad = badChars(name, (char) => DISPLAY_CHAR.test(char));
    if (bad) fail(`The display name contains invalid characters when not quoted: ${bad}.`);
  }
  if (!rest.includes(">")) {
    fail(
      "An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.",
    );
  }
  if (!rest.endsWith(">")) fail("There can't be anything after the email address.");
  fail("A display name and angle brackets around the email address are not permitted here.");
}

function readLocal(text: string): { readonly text: string; readonly isQuoted: boolean } {
  if (!text.startsWith('"')) return { text, isQuoted: false };
  const match = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(text);
  const rest = text.slice(match?.[0].length ?? text.length);
  if (rest)
    fail(`Extra character(s) found after close quote: ${[...rest].map(display).join(", ")}`);
  return { text: (match?.[1] ?? text.slice(1)).replace(/\\([\s\S])/g, "$1"), isQuoted: true };
}

function checkLocal(local: string): void {
  if (!local) fail("There must be something before the @-sign.");
  if (DOT_ATOM.test(local)) {
    const unsafe = badChars(local, (char) => !/[\p{C}\p{Z}]/u.test(char));
    if (unsafe) fail(`The email address contains unsafe characters: ${unsafe}.`);
    return;
  }
  const bad = badChars(local, (char) => LOCAL_CHAR.test(char));
  if (bad) fail(`The email address contains invalid characters before the @-sign: ${bad}.`);
  if (local.endsWith("."))
    fail("An email address cannot have a period immediately before the @-sign.");
  if (local.startsWith(".")) fail("An email address cannot start with a period.");
  fail("An email address cannot have two periods in a row.");
}

function readDomain(domain: string): string {
  if (!domain) fail("There must be something after the @-sign.");
  const excess = lengthOf(domain) - MOST.domain;
  if (excess > 0) fail(`The email address is too long after the @-sign ${tooMany(excess)}.`);
  const bad = badChars(domain, (char) => DOMAIN_CHAR.test(char));
  if (bad) fail(`The part after the @-sign contains invalid characters: ${bad}.`);
  const unsafe = badChars(domain, (char) => !/[\p{C}\p{Z}]/u.test(char));
  if (unsafe) fail(`The email address contains unsafe characters: ${unsafe}.`);
  const kept = domain.normalize("NFKC").replaceAll("。", ".").toLowerCase();
  checkDots(kept);
  for (const label of kept.split(".")) {
    if (/^(?!xn)..--/.test(label)) {
      fail(
        "An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.",
      );
    }
    const over = label.length - MOST.label;
    if (over > 0)
      fail(`After the @-sign, periods cannot be separated by so many characters ${tooMany(over)}.`);
  }
  if (!kept.includes(".")) fail("The part after the @-sign is not valid. It should have a period.");
  if (!/[a-z\u0080-\u{10FFFF}]$/u.test(kept)) {
    fail("The part after the @-sign is not valid. It is not within a valid top-level domain.");
  }
  if (SPECIAL_USE.some((name) => kept === name || kept.endsWith(`.${name}`))) {
    fail(
      "The part after the @-sign is a special-use or reserved name that cannot be used with email.",
    );
  }
  return kept;
}

function checkDots(domain: string): void {
  if (domain.endsWith(".")) fail("An email address cannot end with a period.");
  if (domain.startsWith("."))
    fail("An email address cannot have a period immediately after the @-sign.");
  if (domain.includes("..")) fail("An email address cannot have two periods in a row.");
  if (domain.endsWith("-")) fail("An email address cannot end with a hyphen.");
  if (domain.startsWith("-"))
    fail("An email address cannot have a hyphen immediately after the @-sign.");
  if (/\.-|-\./.test(domain))
    fail("An email address cannot have a period and a hyphen next to each other.");
}

function tooMany(count: number): string {
  return `(${count} character${count > 1 ? "s" : ""} too many)`;
}

function badChars(text: string, isGood: (char: string) => boolean): string {
  const bad = new Set([...text].filter((char) => !isGood(char)).map(display));
  return [...bad].toSorted().join(", ");
}

function display(char: string): string {
  if (char === "\\") return '"\\"';
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(char)) return pythonRepr(char);
  return (
    CHAR_NAMES[char] ?? `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`
  );
}
