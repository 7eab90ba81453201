import type { ItemEvent } from "../recordings/events.ts";
import type { Parties } from "./parties.ts";
import { holds, pooled } from "./text/pool.ts";

/** Why an item is not for everybody. */
export interface Restriction {
  /** `label`: declared; `says`: its own words; `secret`: a password or key; `private`: somebody's life; `audience`: it is not the reader's. */
  readonly by: "label" | "says" | "secret" | "private" | "audience";
  /** The label, or the words. */
  readonly what: string;
  /** Where the words stand in the item's text. */
  readonly start: number;
  readonly end: number;
}

const SAYS =
  /\b(?:confidential(?:ly)?|in (?:strict )?confidence|strictly private|private and confidential|not for (?:circulation|distribution|onward|publication|release|the (?:press|customer|client|supplier)s?)|not to (?:leave|be (?:shared|forwarded|passed|circulated|shown|sent))|do not (?:share|forward|pass|circulate|distribute|show)|don'?t (?:share|forward|pass|circulate|tell)|internal (?:use )?only|for internal use|eyes only|embargo(?:ed)?|nobody (?:outside|else) (?:is|may|should|must|needs)|no one (?:outside|else) (?:is|may|should|must|needs)|between (?:us|ourselves|you and me)|keep (?:this|it) to (?:yourself|ourselves)|stays? (?:in(?:side)?|within|between|with) (?:this|the|us|these)|trade secret|sealed|under wraps|please keep this|vertraulich\w*|streng geheim|nur (?:f[uü]r den internen|intern)|intern(?:es)? dokument|nicht (?:weitergeben|weiterleiten|f[uü]r (?:dritte|aussen|außen))|bleibt (?:unter uns|im haus|bei uns|hier)|unter (?:uns|verschluss)|niemand (?:au[sß]+er|sonst)|sperrfrist|gesch[aä]ftsgeheimnis\w*|confidentiel(?:le|les|s)?|ne pas (?:diffuser|transmettre|communiquer|divulguer|faire suivre|partager)|strictement (?:personnel|priv)|usage interne|entre nous|sous embargo|reste entre|secret)\b/iu;

const SECRET =
  /\b(?:pass(?:word|phrase|code)|passwort|kennwort|mot de passe|api[ -]?key|secret key|access (?:code|key|token)|private key|zugangscode|code d'acc[eè]s|door code|entry code|alarm code|pin(?:[ -]code)?|login)\b/iu;

const PRIVATE =
  /\b(?:salar(?:y|ies)|pay (?:rise|grade|slip|review)|wages?|disciplin(?:e|ary)|grievance|sick(?: |-)(?:note|leave)|diagnos(?:is|ed)|surgery|chemotherapy|cancer|depress(?:ion|ed)|pregnan(?:t|cy)|miscarriage|divorce|custody|suspended|redundanc(?:y|ies)|dismiss(?:al|ed)|occupational health|counsell(?:ing|or)|rehab|bankrupt(?:cy)?|home address|national insurance|passport|gehalt|lohnpf[aä]ndung|abmahnung|krankschreibung|krankheit|schwanger\w*|scheidung|k[uü]ndigung|entlassung|diagnose|salaires?|arr[eê]t maladie|maladie|enceinte|grossesse|divorce|licenciement|sanction disciplinaire|avertissement)\b/iu;

const OPEN = /\b(?:public|published|open|general|press[- ]?release|[oö]ffentlich|publique?)\b/iu;

const restrictions = new WeakMap<ItemEvent, { readonly is: Restriction | undefined }>();

/** Why not everybody may have an item; nothing where its audience alone says so. */
export function restrictionOf(item: ItemEvent): Restriction | undefined {
  let known = restrictions.get(item);
  if (!known) restrictions.set(item, (known = { is: readRestriction(item) }));
  return known.is;
}

function readRestriction(item: ItemEvent): Restriction | undefined {
  const label = item.labels.find((name) => !OPEN.test(name));
  if (label !== undefined) return { by: "label", what: label, start: 0, end: 0 };
  const found = wordsOfRestriction(item.text);
  return found?.by === "private" && item.audience.circle === "company"
    ? undefined
    : (found ?? undefined);
}

const wordsOfRestriction = pooled((text): Restriction | null => {
  const patterns = { says: SAYS, secret: SECRET, private: PRIVATE } as const;
  for (const by of ["says", "secret", "private"] as const) {
    const match = patterns[by].exec(text);
    if (match) return restrictionAt(by, match);
  }
  return null;
});

function restrictionAt(by: Restriction["by"], match: RegExpExecArray): Restriction {
  return { by, what: match[0], start: match.index, end: match.index + match[0].length };
}

const PUBLISHED =
  /\b(?:press[- ]?release|public (?:tender|notice|register)|published|on our website|pressemitteilung|ver[oö]ffentlicht (?:am|im|auf)|auf unserer website|communiqu[eé] de presse|publi[eé] (?:le|sur)|sur notre site)\b/iu;

/** Whether an item says itself that it is not to go further. */
export function isSealed({ text }: ItemEvent): boolean {
  return holds(text, SAYS) || holds(text, KEEP);
}

const KEEP =
  /\b(?:keep (?:that|this|it) (?:here|in|inside|quiet|between)|not to be (?:known|told|discussed|named)|only (?:you|the two of|us|for|to)|\w+ only\.|nobody before|not before|not to (?:customers|suppliers|anyone|anybody)|neither side speaks|otherwise only|nicht vor|niemand vor|nur (?:f[uü]r|an|du|sie|wir)|nicht an|personne (?:avant|d['’]autre)|pas avant|uniquement|seulement|que (?:toi|vous|nous))\b/iu;

/** Whether an item is known to all the world, by what it says of itself. */
export function isPublished(item: ItemEvent): boolean {
  return item.audience.circle === "public" || (!restrictionOf(item) && holds(item.text, PUBLISHED));
}

/** Those among some people who may not see an item and are not the ones it is about. */
export function strangersTo(item: ItemEvent, to: readonly string[], parties: Parties): string[] {
  return to.filter((address) => !parties.mayRead(address, item));
}

/** How far somebody would go: what the other side of a bargain must not know. */
export const STAKES =
  /\b(?:ceilings?|limits?|floors?|at (?:most|least)|no (?:more|less|higher|lower) than|up to|as (?:high|low|far) as|can go|may go|would (?:go|pay|accept|settle|take|drop)|go (?:up|down) to|walk away|bottom line|reserve(?: price)?|lowest|highest|maximum|minimum|margins?|our (?:offer|bid|price|cost|target)|lean(?:ing)? (?:to|towards)|prefer\w*|second bidder|other bid\w*|strateg\w*|weak spots?|must not know|leverage|untergrenze|obergrenze|grenze|limit|h[oö]chstens|mindestens|maximal|minimal|bis zu|notfalls|unser (?:angebot|preis|ziel)|unsere (?:marge|kosten|schmerzgrenze)|spielraum|marge|spanne|plafond|plancher|au (?:plus|moins|maximum|minimum)|jusqu['’][aà]|notre (?:offre|prix|marge|co[uû]t|limite)|limite|marge)\b/iu;
