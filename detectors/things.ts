import type { ItemEvent } from "../recordings/events.ts";
import type { Memory } from "./memory.ts";
import { pooled } from "./text/pool.ts";
import { stopwords } from "./text/stopwords.ts";
import { tokensOf } from "./text/tokens.ts";

/** A mail, file or event that something is done to, and by what words people mean it. */
export interface Thing {
  readonly ref: string;
  /** Subject, path or title. */
  readonly title: string;
  /** As it was last seen, whole if it was. */
  readonly item: ItemEvent | undefined;
  /** Address of whose it is: a file's owner, a mail's sender, an event's organiser; empty if unknown. */
  readonly owner: string;
  /** Words that name it, and how much each tells. */
  readonly names: ReadonlyMap<string, number>;
  /** Those of them that name the folder it lies in. */
  readonly folders: ReadonlySet<string>;
  /** Sum of names that is plain enough. */
  readonly enough: number;
}

const things = new WeakMap<Memory, Map<string, Thing>>();

/** What is known of an item; kept until it is seen again. */
export function thingOf(ref: string, title: string, memory: Memory): Thing {
  let known = things.get(memory);
  if (!known) things.set(memory, (known = new Map()));
  const item = memory.whole(ref) ?? memory.last(ref);
  const key = `${ref}\n${title}`;
  let thing = known.get(key);
  if (!thing || thing.item !== item) known.set(key, (thing = describe(ref, title, item)));
  return thing;
}

/** How many other things one is compared with. */
const RIVALS = 20;

/** Other things of its sort that were seen, the last ones first. */
export function rivalsTo({ ref }: Thing, memory: Memory): Thing[] {
  const sort = ref.slice(0, ref.indexOf(":") + 1);
  const rivals = new Map<string, Thing>();
  for (let index = memory.seen.length - 1; index >= 0 && rivals.size < RIVALS; index--) {
    const { ref: other, title } = memory.seen[index]!;
    if (other !== ref && other.startsWith(sort) && !rivals.has(other))
      rivals.set(other, thingOf(other, title, memory));
  }
  return [...rivals.values()];
}

/** Something new, known by its title and the first of its words. */
export function fieldThing(title: string, text: string): Thing {
  return { ...describe("", title, undefined), names: namesIn(title, text) };
}

function namesIn(title: string, text: string): Map<string, number> {
  const names = new Map<string, number>();
  for (const { word } of tokensOf(`${title.replace(/[_/.-]/g, " ")} ${text.slice(0, 400)}`))
    if (word.length > 3 && !stopwords.has(word) && names.size < 40) names.set(word, 1);
  return names;
}

/** What a mail rule is about: those whose mail it takes, and the words it looks for. */
export function ruleThing(
  rule: { readonly name: string; readonly from: string; readonly subject: string },
  { parties, header }: Memory,
): Thing {
  const from = rule.from.toLowerCase();
  const sender = header.facts.people.find(
    ({ address, name }) =>
      from !== "" && (address.includes(from) || name.toLowerCase().includes(from)),
  );
  const names = new Map<string, number>();
  const words = `${rule.from.replace(/\.[a-z]{2,8}$/, "")} ${rule.subject} ${sender?.name ?? ""}`;
  for (const { word } of tokensOf(words.replace(/[@_/.-]/g, " ")))
    if (word.length > 2 && !stopwords.has(word)) names.set(word, 1);
  const title = [rule.name, rule.from, rule.subject].filter(Boolean).join(", ");
  const owner = sender && parties.isInside(sender.address) ? sender.address : "";
  return { ref: "", title, item: undefined, owner, names, folders: NONE, enough: 1 };
}

/** The item that tools call so: `mail-5`, or a path. */
export function itemNamed(name: string, memory: Memory): ItemEvent | undefined {
  const id = /^(mail|event|message)-(\d{1,9})$/.exec(name);
  if (id) return memory.last(`${id[1]}:${id[2]}`);
  return memory.seen.findLast(({ title }) => title === name);
}

function describe(ref: string, title: string, item: ItemEvent | undefined): Thing {
  const sort = ref.slice(0, ref.indexOf(":"));
  const { part = "", text = "" } = item ?? {};
  return {
    ref,
    title,
    item,
    owner: ownerOf(item),
    ...namingOf([sort, part, title, text].join("\n")),
  };
}

/** By what words people mean a thing: of its sort, the part of it that is known, title and text. */
const namingOf = pooled((key: string): Pick<Thing, "names" | "folders" | "enough"> => {
  const [sort, part, title = "", ...lines] = key.split("\n");
  const text = lines.join("\n");
  const names = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const { word } of tokensOf(text.replace(/[_/.-]/g, " ")))
      if (
        (word.length > 2 || /\d\d|[a-z]\d/.test(word)) &&
        !stopwords.has(word) &&
        !ENDINGS.has(word) &&
        !names.has(word)
      )
        names.set(word, /^20\d\d$/.test(word) ? 0.7 * weight : weight);
  };
  const slash = title.lastIndexOf("/");
  add(title.slice(slash + 1), 1);
  const own = sum(names);
  for (const word of monthsIn(title)) names.set(word, 1);
  const base = new Set(names.keys());
  if (slash > 0) add(title.slice(0, slash), 0.5);
  const folders = new Set([...names.keys()].filter((name) => !base.has(name)));
  if (sort === "mail") {
    add(senderIn(text, part === "whole"), 0.5);
    if (isAdvertising(text)) for (const word of ADVERTS) names.set(word, 1);
  }
  if (sort === "event") for (const word of daysIn(text)) names.set(word, 0.8);
  else if (part === "whole" && sort === "file") add(text.slice(0, 120), 0.2);
  return { names, folders, enough: Math.max(0.5, Math.min(1.2, own || 1)) };
});

const sum = (names: ReadonlyMap<string, number>) =>
  [...names.values()].reduce((total, weight) => total + weight, 0);

const NONE: ReadonlySet<string> = new Set();
/** Advertising says so itself, if not in these words. */
const ADVERT =
  /\b(?:newsletter|unsubscribe|advert\w*|per cent off|% off|for the price of|(?:today|this week|limited time) only|special offer|(?:offers?|news|win(?:ners?)?|cash|promo\w*|deals|sales|marketing|infoletter|angebote?|offres?)@|you have won|long-?listed|dear (?:business owner|valued|(?:home|shop)owner|winner|friend)|must go today|everything must go|act now|pre-approved|click (?:here|to)|half price|last (?:day|chance)|casino|lottery|halbe[rnm]? preis|letzte chance|gewonnen|moiti[eé] prix|dernier jour|vous avez gagn[eé]|noreply@\S*news|raffle|prize draw|abbestellen|werbung|rabatt\w*|sonderangebot\w*|nur heute|gewinnspiel|d[eé]sabonn\w*|promo\w*|soldes|remise exceptionnelle|offre sp[eé]ciale)/iu;
const isAdvertising = (text: string): boolean => ADVERT.test(text.slice(0, 4000));
export const isAdvert = ({ ref, text }: ItemEvent): boolean =>
  ref.startsWith("mail:") && isAdvertising(text);
const ADVERTS = [
  ..."newsletter newsletters advertising advertisement adverts spam circulars junk promotions".split(
    " ",
  ),
  ..."werbung werbemails reklame publicite publicites pubs promotions".split(" "),
];
const ENDINGS = new Set("csv txt pdf doc docx xlsx yaml yml json log files file mail".split(" "));

function senderIn(text: string, isWhole: boolean): string {
  const line = isWhole ? /^From: (.{1,200})$/m : /^\S+ (.{1,200}?): /;
  return (line.exec(text)?.[1] ?? "").replace(/\.[a-z]{2,8}>?$/i, "");
}

function ownerOf(item: ItemEvent | undefined): string {
  if (!item) return "";
  const [first = ""] = item.audience.principals;
  if (!item.ref.startsWith("mail:")) return first;
  const from = /<([^\s<>]{1,64}@[^\s<>]{1,200})>/.exec(item.text.slice(0, 600));
  return from?.[1]?.toLowerCase() ?? first;
}

const MONTHS = [
  ["january", "januar", "janvier"],
  ["february", "februar", "fevrier"],
  ["march", "marz", "mars"],
  ["april", "april", "avril"],
  ["may", "mai"],
  ["june", "juni", "juin"],
  ["july", "juli", "juillet"],
  ["august", "august", "aout"],
  ["september", "septembre"],
  ["october", "oktober", "octobre"],
  ["november", "novembre"],
  ["december", "dezember", "decembre"],
];

/** How people name the months of `2024-03`. */
function monthsIn(title: string): string[] {
  const month = /20\d\d[-_](\d\d)(?!\d)/.exec(title)?.[1];
  return [...(MONTHS[Number(month) - 1] ?? [])];
}

const WEEKDAYS = [
  ["sunday", "sonntag", "dimanche"],
  ["monday", "montag", "lundi"],
  ["tuesday", "dienstag", "mardi"],
  ["wednesday", "mittwoch", "mercredi"],
  ["thursday", "donnerstag", "jeudi"],
  ["friday", "freitag", "vendredi"],
  ["saturday", "samstag", "samedi"],
];

/** How people name an event's day: `monday`, `23`, `23rd`. */
function daysIn(text: string): string[] {
  const date = /\b(20\d\d)-(\d\d)-(\d\d)T/.exec(text.slice(0, 2000));
  if (!date) return [];
  const [, year, month, day] = date.map(Number) as [number, number, number, number];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return [
    ...(WEEKDAYS[weekday] ?? []),
    ...["", "st", "nd", "rd", "th"].map((ending) => `${day}${ending}`),
  ];
}

/**
 * Whether two folded words are forms of one another, or one a compound with the other.
 * @param a as `bare` gives it, like `b`
 */
export function alike(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length < 4 || b.length < 4) return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 5 && long.startsWith(short.slice(0, 6))) return true;
  if (short.length === 4) return long.startsWith(short) && long.length <= 6;
  return short.length >= 6 && long.includes(short);
}

/** A word as it is compared: `ue` and `ü` are one letter. */
export const bare = (word: string): string =>
  word.length > 3 && word.includes("e") ? word.replace(/([aou])e/g, "$1") : word;
