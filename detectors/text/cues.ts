import { pooled } from "./pool.ts";

/**
 * Words and turns of phrase, in English, German and French, that carry a part of an act's meaning.
 * None decides anything alone. Patterns hold no nested repetition: they take time linear in a text.
 */
const cues = {
  /** Something is asked of the reader. */
  demand:
    /\b(?:please|could you|can you|would you|i(?:'d| would) (?:like|ask|need|suggest|prefer|rather)|i (?:need|ask|want|expect|urge|request|suggest)|you (?:should|must|need to|have to|could|might|may want|will want)|need you|ask (?:you|that)|confirm|cancel|postpone|withdraw|reconsider|sign|approve|release|drop|delay|put off|hold off|leave (?:me|it|things|the)|let (?:me|it|us|things)|change your|take back|by (?:noon|friday|monday|tuesday|wednesday|thursday|tonight|tomorrow|five|six|four|three|two|end of)|bitte|k[oö]nnten? sie|k[oö]nntest du|kannst du|w[uü]rden? sie|w[uü]rdest du|ich (?:brauche|bitte|erwarte|m[oö]chte|w[uü]nsche|schlage vor|rate)|sie (?:sollten|m[uü]ssen|m[uü]ssten)|du (?:solltest|musst|m[uü]sstest)|best[aä]tig\w*|verschieb\w*|zur[uü]ck(?:zieh\w*|nehm\w*)|unterschreib\w*|freigeb\w*|stimm\w* zu|bis (?:heute|morgen|montag|dienstag|mittwoch|donnerstag|freitag|mittag|\d)|merci de|veuillez|pourriez|pourrais|pouvez|peux-tu|je (?:vous|te) (?:demande|prie|sugg[eè]re|conseille)|il (?:faut|faudrait|suffit|suffirait)|vous (?:devez|devriez)|tu (?:dois|devrais)|confirm\w*|annul\w*|report(?:er|ez|e)\b|renonc\w*|retir(?:er|ez|e)\b|sign(?:er|ez|e)\b|avant (?:midi|ce soir|demain|lundi|mardi|mercredi|jeudi|vendredi|\d))\b/giu,
  /** Somebody else might come to know. */
  exposure:
    /\b(?:find out|found out|hear (?:of|about|it|from)|hears|learns?|come(?:s)? (?:out|to light|up)|get(?:s)? out|be known|become known|made public|go public|publish|share (?:it|this|that|what|them) with|tell (?:her|him|them|your|the|anyone|everyone|people)|told|mention(?:ing)? (?:it|this|that)|forward(?:ed)? (?:it|this|that|them|to)|send (?:it|this|them|that) to|copy (?:of it|to)|in front of|pass(?:ed)? (?:it |this |that |them )?on|disclos\w+|reveal\w*|expos\w+|ask(?:s|ed|ing)? (?:me|about|questions)|raise (?:it|this|that)|bring (?:it|this|that) up|lay (?:it|this)|explain (?:it|that|this) to|see (?:it|this|that|them)|erf[aä]hr\w*|erfahren|h[oö]rt|h[oö]ren|zu ohren|ans licht|bekannt|[oö]ffentlich|weitergeb\w*|weiterleit\w*|erz[aä]hl\w*|mitteil\w*|vorlegen|vorlege|erw[aä]hn\w*|zur sprache|sagen m[uü]ss\w*|nachfrag\w*|apprend\w*|apprenne|saura|sache|savoir|au courant|entend\w* parler|[eé]bruit\w*|r[eé]v[eé]l\w*|divulgu\w*|transmett\w*|transf[eé]r\w*|montr\w*|parler (?:de|à|a)|parle(?:rai|r)?|mentionn\w*|signal\w*|public)\b/giu,
  /** It could stay between the two. */
  discretion:
    /\b(?:between (?:us|you and me|ourselves)|keep (?:it|this|that|things|quiet|silent|between)|kept (?:it|this|quiet|between)|stay(?:s)? (?:with me|between|where|here|in my|put)|nobody (?:need|has to|else)|no one (?:need|has to|else)|need(?:n't| not| never)? (?:know|hear|see|go|come|be (?:said|written|told|mentioned))|discre(?:et|tion)|quiet(?:ly)?|forget (?:it|about|that|i)|overlook\w*|say nothing|not (?:mention|say|tell)|remain(?:s)? (?:with|between|private|confidential)|in (?:my|a) drawer|under wraps|no further|lie(?:s)? where|unter uns|unter vier augen|f[uü]r mich behalt\w*|bleibt (?:bei|unter|hier|das|es|alles)|bleiben|niemand (?:muss|braucht|sonst|erf)|keiner (?:muss|braucht|sonst)|diskret\w*|diskretion|verschwieg\w*|schweig\w*|vergess\w*|nicht (?:erw[aä]hn\w*|weiter)|entre nous|entre (?:vous|toi) et moi|reste(?:ra|r)? (?:entre|ici|chez|dans|l[aà])|personne (?:n['’]|d['’]autre|ne)|discr[eè]t\w*|discr[eé]tion|silence|taire|tairai|oubli\w*|n['’](?:en )?(?:sache|saura|entend))\b/giu,
  /** It can't or shan't be done or told. */
  refusal:
    /\b(?:i (?:can'?t|cannot|won'?t|will not|may not|must not|am not (?:able|allowed|free))|not (?:able|allowed|free|mine|for me) to|unable to|not something (?:i|we) can|(?:i|we) (?:don'?t|do not) (?:comment|discuss|give out|pass on|talk about|forward)|(?:is|are)n'?t (?:mine|for discussion|something)|not for discussion|can'?t (?:say|tell|give|pass|discuss|share|send|comment)|did not (?:send|pass|give|tell|answer)|(?:have|has) not been (?:sent|given|told)|keine auskunft|gebe ich (?:nicht|keine|nichts)|geb(?:en|e) (?:wir|ich) .{0,30}nicht|nicht (?:herausgeb|weitergeb|weitergegeben)\w*|je ne (?:transf[eè]re|donne|communique|commente|dirai|parle)|aucune? (?:information|renseignement|pr[eé]cision)|ne (?:peux|puis|pouvons) (?:pas )?(?:vous )?(?:donner|dire|communiquer|transmettre)|have to decline|declined?|kann ich (?:ihnen |dir )?(?:nicht|leider|dazu)|darf ich (?:ihnen |dir )?(?:nicht|leider|dazu)|ich (?:kann|darf|werde) (?:ihnen |dir |dazu )?(?:nicht|leider|nichts|keine)|je ne (?:peux|puis|suis|saurais|dois)|pas (?:autoris|habilit|le droit))\b/giu,
} as const;

export type Cue = keyof typeof cues;

/** A turn of phrase in a text. */
export interface CueMatch {
  readonly cue: Cue;
  readonly start: number;
  readonly end: number;
}

/** How much of a text is looked at: what people write to one another is shorter. */
const MOST = 20_000;

/** Every turn of phrase of one kind in a text. */
export function cuesIn(text: string, cue: Cue): readonly CueMatch[] {
  const byCue = found(text);
  let list = byCue.get(cue);
  if (!list) {
    list = [...text.slice(0, MOST).matchAll(cues[cue])].map(({ 0: words, index }) => ({
      cue,
      start: index,
      end: index + words.length,
    }));
    byCue.set(cue, list);
  }
  return list;
}

const found = pooled<Map<Cue, readonly CueMatch[]>>(() => new Map());
