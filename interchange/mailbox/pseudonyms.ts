import { createHmac } from "node:crypto";
import type { Party } from "./message.ts";
import {
  domainNames,
  everyday,
  familyNames,
  givenNames,
  plainWords,
  publicHosts,
  roles,
} from "./word-lists.ts";

/** Gives people other names, the same ones wherever they stand. */
export interface Pseudonyms {
  party(party: Party): Party;
  text(text: string): string;
}

/** As things are. */
export const noPseudonyms: Pseudonyms = { party: (party) => party, text: (text) => text };

const NAME_WORD = /\p{L}[\p{L}\p{M}]+/gu;
/** Every repetition has an end: a text that was made for it can't keep the expression going back. */
const TOKEN =
  /(?<url>https?:\/\/[^\s<>"')\]]{1,2000})|(?<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})|(?<host>\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}\b)|(?<phone>(?<![\w.])\+?\(?\d[\d ()/.-]{5,30}\d(?!\w))|(?<word>\p{L}[\p{L}\p{M}]{0,60})/giu;

/** What begins like a day is no telephone number. */
const DAY = /^(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d)\b/;

/**
 * Pseudonyms for people whose names and addresses are known, and for what looks like an address, a
 * link or a telephone number. Which name stands for which follows from the secret: without it,
 * nobody can tell, and with another it is another.
 *
 * What it can't see: names of people who stand in no header, and what gives somebody away otherwise.
 */
export function createPseudonyms(secret: Uint8Array, parties: Iterable<Party>): Pseudonyms {
  const hash = (kind: string, text: string) =>
    createHmac("sha256", secret).update(`${kind}\0${text}`).digest();
  const real = new Set<string>();
  const people = new Map<string, string>();
  const labelled = new Map<string, string>();
  for (const { name, address } of parties) {
    for (const word of wordsIn(name)) real.add(word);
    if (name && !people.has(address)) people.set(address, name);
    const [local = "", host = ""] = address.split("@");
    const label = baseOf(host).split(".")[0]!;
    if (!publicHosts.has(label)) {
      for (const word of wordsIn(label)) real.add(word);
      if (real.has(label)) labelled.set(label, baseOf(host));
    }
    if (!roles.has(local)) for (const word of wordsIn(local)) real.add(word);
  }
  const hosts = createNames(hash, real);
  // A company is called as its domain is.
  const companies = new Map<string, string>();
  for (const [label, base] of labelled) {
    const host = hosts("host", base, domainNames);
    companies.set(label, host.slice(0, 1).toUpperCase() + host.slice(1));
  }
  const words = createNames(hash, real, companies);

  const hostOf = (host: string) => {
    const base = baseOf(host.toLowerCase());
    return `${hosts("host", base, domainNames).toLowerCase()}.example`;
  };
  const wordOf = (word: string, list: readonly string[] = familyNames) => words("word", word, list);

  function nameOf(name: string): string {
    let isFirst = true;
    return name.replaceAll(NAME_WORD, (word) => {
      const lower = fold(word);
      if (!real.has(lower)) return word;
      const given = cased(word, wordOf(lower, isFirst ? givenNames : familyNames));
      isFirst = false;
      return given;
    });
  }

  function addressOf(address: string): string {
    const [local = "", host = ""] = address.toLowerCase().split("@");
    if (roles.has(local)) return `${local}@${hostOf(host)}`;
    const name = people.get(address.toLowerCase());
    const made = (name ? nameOf(name) : "")
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.join(".");
    const isOwn = name !== undefined && wordsIn(name).length > 0;
    const label = isOwn && made ? made : words("local", local, familyNames).toLowerCase();
    return `${unique(label, address.toLowerCase())}@${hostOf(host)}`;
  }
  const labels = new Map<string, string>();
  /** Two addresses never become one. */
  function unique(label: string, address: string): string {
    const [, host = ""] = address.split("@");
    for (let count = 1; ; count++) {
      const free = `${label}${count > 1 ? count : ""}`;
      const taken = labels.get(`${free}@${hostOf(host)}`);
      if (taken !== undefined && taken !== address) continue;
      labels.set(`${free}@${hostOf(host)}`, address);
      return free;
    }
  }

  function phoneOf(number: string): string {
    const digits = number.replaceAll(/\D/g, "");
    // Dates and the like are kept: there is nobody's number in so few digits.
    if (digits.length < 8 || DAY.test(number)) return number;
    const drawn = hash("phone", digits.slice(-8));
    let place = 0;
    const from = digits.length - 8;
    return number.replaceAll(/\d/g, (digit) => {
      const index = place++ - from;
      return index < 0 ? digit : String(drawn[index]! % 10);
    });
  }

  /** @param isPart of something longer, as in `bill-to-pay`, where capitals tell nothing */
  function wordIn(word: string, isPart: boolean): string {
    const lower = fold(word);
    if (!real.has(lower)) return word;
    if (!isPart && everyday.has(lower) && word === word.toLowerCase()) return word;
    return cased(word, wordOf(lower));
  }

  // Given names are given first, so that a first name is one wherever it is met.
  for (const name of people.values()) nameOf(name);
  for (const address of people.keys()) addressOf(address);
  return {
    party: ({ name, address }) => ({ name: nameOf(name), address: addressOf(address) }),
    text: (text) =>
      text.replaceAll(TOKEN, (token, ...rest) => {
        const { url, mail, host, phone } = rest.at(-1) as Record<string, string | undefined>;
        if (url) return urlOf(url);
        if (mail) return addressOf(mail.replace(/\.$/, "")) + (mail.endsWith(".") ? "." : "");
        if (host)
          return isKnownHost(host)
            ? hostOf(host)
            : token.replaceAll(NAME_WORD, (word) => wordIn(word, true));
        if (phone) return phoneOf(phone);
        const [offset, all] = rest.slice(-3) as [number, string];
        const isPart = /[-_]/.test(`${all[offset - 1] ?? ""}${all[offset + token.length] ?? ""}`);
        return wordIn(token, isPart);
      }),
  };

  function isKnownHost(host: string): boolean {
    const base = baseOf(host.toLowerCase());
    return wordsIn(base.split(".")[0]!).some((word) => real.has(word));
  }

  /** A path may hold anything that tells who followed it. */
  function urlOf(url: string): string {
    const host = /^https?:\/\/([^/?#:]+)/i.exec(url)?.[1] ?? "";
    const rest = url.slice(url.indexOf(host) + host.length);
    const path = rest.length > 1 ? `/${hash("url", url).toString("hex").slice(0, 8)}` : "";
    return `https://${hostOf(host)}${path}`;
  }
}

type Namer = (kind: string, real: string, list: readonly string[]) => string;

/** Gives each text a name of a list that no other has, and that is nobody's here. */
function createNames(
  hash: (kind: string, text: string) => Buffer,
  real: ReadonlySet<string>,
  begun: ReadonlyMap<string, string> = new Map(),
): Namer {
  const given = new Map([...begun].map(([text, name]) => [`word ${text}`, name]));
  const taken = new Set([...begun.values()].map((name) => name.toLowerCase()));
  return (kind, text, list) => {
    const key = `${kind} ${text}`;
    let name = given.get(key);
    if (name === undefined) {
      const drawn = hash(kind, text);
      const start = drawn.readUInt32BE(0) % list.length;
      const free = (one: string) => !taken.has(one.toLowerCase()) && !real.has(one.toLowerCase());
      const candidates = [...list.slice(start), ...list.slice(0, start)];
      name = candidates.find(free) ?? madeUp(drawn, free);
      taken.add(name.toLowerCase());
      given.set(key, name);
    }
    return name;
  };
}

const [starts, vowels] = ["BDFGHKLMNPRSTVWZ", "aeiou"];

/** A word that is nobody's name yet, once the lists are used up. */
function madeUp(drawn: Buffer, free: (name: string) => boolean): string {
  let name = "";
  for (let index = 0; ; index++) {
    const byte = drawn[index % drawn.length]! + index;
    name += starts[byte % starts.length]! + vowels[(byte >> 4) % vowels.length]!;
    const word = name.slice(0, 1) + name.slice(1).toLowerCase();
    if (name.length >= 6 && free(word)) return word;
  }
}

function wordsIn(text: string): string[] {
  return (text.match(NAME_WORD) ?? [])
    .map(fold)
    .filter((word) => word.length > 2 && !plainWords.has(word) && !roles.has(word));
}

function fold(word: string): string {
  return word.normalize("NFC").toLowerCase();
}

function cased(like: string, name: string): string {
  if (like.length > 1 && like === like.toUpperCase()) return name.toUpperCase();
  return like === like.toLowerCase() ? name.toLowerCase() : name;
}

/** `mail.acme.co.uk` is `acme.co.uk`. */
function baseOf(host: string): string {
  const labels = host.split(".");
  const isDouble =
    labels.length > 2 &&
    labels.at(-1)!.length === 2 &&
    /^(?:co|com|org|net|ac|gov|edu)$/.test(labels.at(-2)!);
  return labels.slice(isDouble ? -3 : -2).join(".");
}
