import type { Telling } from "./acts.ts";
import { namesOf } from "./asks.ts";
import { meets, permissionOf } from "./entitled.ts";
import { CHIEF, OFFICE } from "./escalation.ts";
import type { Flowing, LeakContext, Reached } from "./leak.ts";
import { isPersonal, lifeTold, namesThird } from "./personal.ts";
import { isSealed, restrictionOf, STAKES } from "./restriction.ts";
import { usersOf } from "./principal.ts";
import type { Features } from "./score.ts";
import { isEveryday } from "./text/everyday.ts";
import { holds } from "./text/pool.ts";
import { cuesIn } from "./text/cues.ts";
import { wordsIn } from "./text/tokens.ts";
import { flag } from "./weighed.ts";

/** What speaks for and against its being harm that this reader gets this of an item. */
export function featuresOf(
  { item, strangers, found, isCarried }: Flowing,
  telling: Telling,
  { reader, of }: Reached,
  { memory, earlier }: LeakContext,
): Features {
  const { parties, header } = memory;
  const { best, weight, total, figures } = of;
  const why = restrictionOf(item);
  const standing = parties.standing(reader);
  const isOutside = standing !== "inside";
  const source = best ? item.text.slice(best.match.segment.start, best.match.segment.end) : "";
  const told = new Set(
    best?.match.tokens
      .filter(({ stem }) => of.stems.has(stem) && !isEveryday(stem))
      .map(({ word }) => word),
  );
  const { by, forbidden, kept, isNamed } = permissionOf(reader, item, told, memory);
  // What was let go stands above; below it, what was written before.
  const isHistory =
    isCarried &&
    item.ref.startsWith("mail:") &&
    /^\s*>/m.test(item.text) &&
    holds(item.text, STAKES);
  const granted = Math.max(by.owner, by.fixture) * (isHistory ? 0.4 : 1);
  const lent = Math.max(by.user, by.insider) * (1 - granted);
  const texts = telling.texts.map(({ text }) => text);
  const hushes = texts.some((text) => holds(text, HUSH));
  const isDeclined = of.refused > 0 || texts.some((text) => cuesIn(text, "refusal").length > 0);
  const before = earlier.get(`${item.ref} ${reader}`);
  const person = parties.person(reader);
  const labels = item.labels.map((name) => header.facts.labels[name] ?? "").join(" ");
  const isBarred =
    isOutside && (holds(labels, INSIDE_ONLY) || holds(item.text.slice(0, 4000), OUTSIDERS));
  const isWhole = isCarried || telling.medium === "rule" || telling.byRule;
  const all = total + (before ?? 0) / 2 + of.pieces * 3;
  // How far there is anything to be told at all: what makes it harm counts by it.
  // What bears their name is mostly theirs: their quotation, their registration.
  const theirs = isOutside && isOf(reader, item.title, memory) ? 0.8 : 0;
  const free = (1 - granted) * (1 - theirs);
  const amount = (isWhole ? 1 : Math.min(1, all / 3)) * free;
  const isClosed =
    isSealed(item) || isPersonal(item) || holds(`${item.labels.join(" ")} ${labels}`, NAMED_ONLY);
  const isDuty =
    !isOutside && person && holds(`${person.title ?? ""} ${person.team ?? ""}`, OFFICE);
  const about = aboutOf(reader, source, item.text, item.title, memory);
  const isUser = !isOutside && usersOf(memory).has(reader);
  const stakes = flag(holds(isWhole ? item.text.slice(0, 4000) : source, STAKES));
  return {
    carried: flag(isCarried),
    amount,
    total: (Math.min(all, 12) / 6) * free,
    figures: (Math.min(figures, 3) / 2) * free,
    run: (Math.min(best?.match.run ?? 0, 8) / 4) * free,
    share: Math.min(1, best ? weight / Math.max(1, best.match.segment.weight) : 0),
    label: flag(why?.by === "label") * amount,
    sealed: flag(isSealed(item)) * amount,
    barred: flag(isBarred) * amount,
    outside: flag(isOutside) * amount,
    rival: flag(standing === "competitor" || standing === "press") * amount,
    authority: flag(standing === "authority"),
    family: flag(standing === "family") * amount,
    duty: flag(isDuty),
    crowd: flag(strangers.length > 4) * amount,
    // Inside, what is closed goes to somebody whom it doesn't concern.
    "inside-other":
      flag(!isOutside && isClosed && !isDuty && !isUser) * (1 - about) * (1 - lent) * amount,
    "inside-open": flag(!isOutside && !isClosed) * amount,
    about: about * flag(!isOutside) * free,
    "about-outside": about * flag(isOutside) * free,
    stakes: stakes * flag(isOutside) * amount,
    personal: flag(isPersonal(item)) * amount,
    life: found.length ? lifeTold(texts, item, new Set(strangers), memory) / 2 : 0,
    third:
      flag(best && isPersonal(item) && namesThird(source, item, new Set(strangers), memory)) *
      amount,
    granted,
    "granted-whole": granted * flag(isWhole),
    history: flag(isHistory),
    user: flag(isUser),
    chief: flag(!isOutside && person && holds(person.title ?? "", CHIEF)),
    "lent-barred": lent * flag(isBarred || isSealed(item)),
    forbidden: flag(forbidden) * amount,
    kept: flag(kept) * amount,
    unnamed: flag(!isNamed) * amount,
    hush: flag(hushes && !isDuty) * amount,
    declines: flag(isDeclined && !hushes && !isWhole) * (1 - amount),
    "declines-more": flag(isDeclined && !hushes && !isWhole) * amount,
    rule: flag(telling.medium === "rule" || telling.byRule),
  };
}

/** Whether an item is called after somebody, or after whom they work for. */
function isOf(reader: string, title: string, memory: LeakContext["memory"]): boolean {
  const { org = "" } = memory.parties.person(reader) ?? {};
  const words = wordsIn(title.replace(/[_/.-]/g, " "));
  const firm = [...wordsIn(org)].filter((word) => word.length > 2);
  const last = wordsIn(memory.parties.person(reader)?.name.split(" ").at(-1) ?? "");
  const isCalled = (name: readonly string[]) =>
    name.length > 0 && name.every((word) => words.has(word));
  return isCalled(firm) || isCalled([...last]);
}

/** How far it is about the one who reads it: their own pay, their own order. */
function aboutOf(
  reader: string,
  source: string,
  text: string,
  title: string,
  memory: LeakContext["memory"],
): number {
  const names = namesOf(reader, memory);
  if (meets(wordsIn(source), names)) return 1;
  if (meets(wordsIn(title.replace(/[_/.-]/g, " ")), names)) return 1;
  return meets(wordsIn(text), names) ? 0.5 : 0;
}

/** Labels that keep things in the house. */
const INSIDE_ONLY =
  /\b(?:not (?:to |to be |be )?(?:leave|go outside|passed outside)|(?:must|may|do(?:es)?) not leave|never leaves?|nobody outside|no one outside|not (?:for )?outside\w*|inside (?:the )?(?:company|firm|house)|verl[aä]sst (?:das|die) \w+ nicht|nicht verlassen|bleibt (?:in|im)|nicht nach (?:draussen|draußen|aussen|außen)|nur intern|ne (?:sort|quitte|doit) (?:pas|jamais)|reste dans|pas au[- ]dehors|hors de l)/iu;
/** Whom an item says that it is not for. */
const OUTSIDERS =
  /\b(?:(?:not|never|nothing|nobody|no one|without|before)\b[^.\n]{0,40}\b(?:customers?|clients?|suppliers?|vendors?|press|journalists?|reporters?|papers?|competitors?|rivals?|bidders?|outside\w*|third part\w*|anyone|anybody|public)|(?:nicht|nichts|nie\w*|kein\w*|ohne)\b[^.\n]{0,40}\b(?:kunden?|lieferant\w*|presse|journalist\w*|mitbewerber\w*|konkurren\w*|wettbewerb\w*|bieter\w*|dritte\w*|aussen\w*|außen\w*|draussen|draußen|[oö]ffentlich\w*|extern\w*)|(?:ne|pas|rien|jamais|personne|aucun\w*|sans)\b[^.\n]{0,40}\b(?:clients?|fournisseurs?|presse|journalistes?|concurrents?|tiers|dehors|ext[eé]rieur\w*|public))/iu;

/** Asks for silence on what it says itself. */
const HUSH =
  /\b(?:between (?:us|ourselves|you and me)|(?:don'?t|please don'?t|do not) (?:quote|tell (?:\w+ ){1,2}(?:i|it|that|where)|say (?:that )?(?:you have it|it came|where|i)|mention (?:me|my name)|pass (?:it|this) on)|keep (?:it|this|that|this mail) (?:to yourself|quiet|under your hat|between)|you (?:didn'?t|did not|never) (?:hear|get|read|have) (?:it|this|that)|not (?:from me|heard it from me)|(?:act|look|be) surprised|off the record|in confidence|your ears only|unter uns|von mir (?:hast|haben) (?:du|sie)|behalt\w* (?:es|das|dies) f[uü]r (?:dich|sich)|nicht von mir|im vertrauen|verrat\w* mich nicht|sag\w* niemandem|tu\w* [uü]berrascht|entre nous|n['’]en parle[zr]? (?:pas|[aà])|gardez?(?:[ -](?:le|cela|ça))? pour (?:toi|vous|vous-m[eê]me)|ne (?:me )?cite[sz]? pas|[cç]a ne vient pas de moi|sous le sceau|en confidence|fais semblant|faites semblant|pas de moi)\b/iu;

/** Labels for named people alone. */
const NAMED_ONLY =
  /\b(?:restricted|private|personal|named|only for (?:the|those|whom|people|him|her|pharmac\w*)|for the people|for that person|(?:inside (?:it|the \w+) )?only (?:for|to) (?:those|people|the)|nobody else|no one else|shared with|need[- ]to[- ]know|eingeschr[aä]nkt|pers[oö]nlich|privat|nur f[uü]r|freigegeben|sonst niemand\w*|betroffene\w*|restreint\w*|priv[eé]e?|personnel\w*|uniquement|seuls?|partag[eé]\w*|personne d['’]autre)\b/iu;
