/**
 * Words, in English, German and French, by which deeds and answers are told as fact. None decides
 * anything alone. Patterns hold no nested repetition.
 */
export const claiming = {
  /** The one who speaks, or nobody named, did it. */
  first:
    /(?:^|[\s"“„«(])(?:i|i['’]ve|i['’]d|we|we['’]ve|ich|wir|je|nous|on)(?=\s)|\bj['’]|^\s*(?:all |everything |just |also |already |both |alles |alle |tout |tous )?(?:told|wrote|asked|sent|informed|checked|read|opened|compared|booked|notified|answered|replied|gesagt|geschrieben|geschickt|gelesen|gepr[uü]ft|gefragt|envoy[eé]|v[eé]rifi[eé]|lu|relu|pr[eé]venu|[eé]crit)(?![\p{L}\p{N}])/iu,
  /** Reading, checking and comparing, as done. */
  read: /(?<![\p{L}\p{N}])(?:(?:have |has |had |['’]ve |been )?(?:re-?)?(?:read|opened|checked|double-?checked|compared|reviewed|verified|examined|inspected|counted|reconciled|matched|audited|validated|scanned|tested|cross-?checked|proof-?read|studied|confirmed|gone (?:through|over)|went (?:through|over)|been (?:through|over)|looked (?:at|through|over|into)|worked through)|(?:durch|nach|an)?gelesen|(?:durch|nach|an)?gesehen|durchgegangen|durchgesehen|ge[oö]ffnet|(?:[uü]ber|nach)?gepr[uü]ft|kontrolliert|verglichen|abgeglichen|gesichtet|nachgez[aä]hlt|gez[aä]hlt|getestet|(?:re)?lue?s?\b|ouvert\w*|v[eé]rifi[eé]\w*|compar[eé]\w*|contr[oô]l[eé]\w*|examin[eé]\w*|parcouru\w*|consult[eé]\w*|relev[eé]\w*|compt[eé]\w*|test[eé]\w*|pass[eé] en revue)(?![\p{L}\p{N}])/iu,
  /** The one who speaks sent or told somebody something, as done. */
  told: /(?:\b(?:i|we)(?:['’]ve| have| had|['’]d)?(?: also| just| already| then| now| since| in turn| duly| \w+ly)?|^(?: *(?:and|then|also|already|just))?)\s+(?:told|wrote|written|answered|replied|informed|asked|sent|notified|alerted|emailed|e-mailed|messaged|mailed|called|rang|rung|phoned|telephoned|spoke|spoken|reminded|warned|let .{1,40}\bknow|passed .{1,60}\b(?:on|to)|forwarded|got back to|reached|contacted|chased|been in touch)\b(?! me\b)|\b(?:hab(?:e|en)?\b.{0,120}\b(?:(?:an)?geschrieben|geantwortet|gesagt|informiert|benachrichtigt|gefragt|gesprochen|angerufen|telefoniert|verst[aä]ndigt|unterrichtet|erinnert|gemeldet|geschickt|gesendet|weitergegeben|weitergeleitet|mitgeteilt|nachgefragt|bescheid (?:gegeben|gesagt)))|(?<!\p{L})(?:j['’](?:ai|en ai)|(?:je )?(?:l['’]|lui |leur |les |vous )ai|nous avons|on a)\b.{0,40}(?:[eé]crit|r[eé]pondu|inform[eé]\w*|pr[eé]venue?s?|demand[eé]|envoy[eé]\w*|appel[eé]\w*|t[eé]l[eé]phon[eé]|contact[eé]\w*|transmis\w*|transf[eé]r[eé]\w*|avertie?s?|relanc[eé]\w*|rappel[eé]\w*|signal[eé]\w*|parl[eé])(?![\p{L}\p{N}])/iu,
  /** Somebody is said to know, or to have had something. */
  knows:
    /(?<![\p{L}\p{N}])(?:knows?|has been (?:told|informed|asked|reminded|notified)|have been (?:told|informed|asked|reminded|notified)|(?:has|have) (?:had )?(?:his|her|their|my|our) (?:answer|reply|mail|message|note)|(?:got|received|has|had) my (?:mail|message|letter|note)|(?:wei(?:ß|ss|[sß]t)|wissen) (?:nun |jetzt |schon |\w+ )?bescheid|ist (?:informiert|verst[aä]ndigt|benachrichtigt)|hat meine (?:mail|nachricht|e-?mail)\b.{0,40}(?:bekommen|erhalten)|est (?:pr[eé]venue?|inform[eé]e?|au courant|averti)|a (?:bien )?(?:re[cç]u|eu) (?:mon|ma|notre))(?![\p{L}\p{N}])/iu,
  /** Somebody's answer or decision, as had. */
  gave: /(?<![\p{L}\p{N}])(?:approv(?:ed|es)|agreed|confirm(?:ed|s)|accepted|authori[sz]ed|consented|released|signed(?: off| for)?|cleared|granted|endorsed|sanctioned|okayed|ok['’]?d|promised|(?:came|got|wrote|written|rang|called) back|replied|answered|(?:has )?said (?:yes|ok|that it|it['’]s)|(?:is|was|are|were) (?:\w+ )?(?:fine|happy|ok(?:ay)?|content|comfortable) with|given (?:\w+ ){0,3}(?:approval|consent|ok|blessing|permission|word|go-?ahead|green light)|gave (?:\w+ ){0,3}(?:approval|consent|ok|blessing|permission|go-?ahead|green light)|genehmigt|zugestimmt|erteilt|best[aä]tigt|freigegeben|bewilligt|zugesagt|unterschrieben|abgezeichnet|erlaubt|versprochen|einverstanden|geantwortet|gr[uü]nes licht|ja gesagt|approuv[eé]e?s?|accept[eé]e?s?|confirm[eé]e?s?|valid[eé]e?s?|autoris[eé]e?s?|sign[eé]e?s?|promis|r[eé]pondu|feu vert|d['’]accord|donn[eé] (?:son|leur|le|un) (?:accord|feu|aval|ok)|dit oui)(?![\p{L}\p{N}])/iu,
  /** A state that something has come to, as had. */
  state:
    /(?<![\p{L}\p{N}])(?:verified|approved|signed|checked|tested|passed|complete[d]?|finished|done|ready|in order|paid|settled|released|delivered|confirmed|agreed|booked|in place|up to date|on (?:time|schedule|track|budget)|within|compl(?:y|ies|iant)|valid|fixed|resolved|closed|cleared|all (?:agree|match|correct|fine|clear|good|well|present)|everything (?:is|was)|no (?:issues?|problems?|errors?|gaps?|deviations?|findings?|changes?|delays?|complaints?|objections?)|nothing (?:is |was )?(?:missing|open|wrong|outstanding|else|stands)|gepr[uü]ft|unterschrieben|abgeschlossen|erledigt|fertig|bezahlt|freigegeben|geliefert|bereit|vollst[aä]ndig|in ordnung|fristgerecht|p[uü]nktlich|ohne (?:befund|beanstandung|m[aä]ngel|fehler)|keine? (?:m[aä]ngel|fehler|probleme?|beanstandung\w*|abweichung\w*)|alles (?:in|klar|gut|da)|v[eé]rifi[eé]\w*|sign[eé]\w*|termin[eé]\w*|achev[eé]\w*|pr[eê]te?s?|pay[eé]\w*|r[eé]gl[eé]\w*|livr[eé]\w*|complete?t?s?|conforme?s?|en (?:ordre|r[eè]gle)|[aà] jour|dans les (?:temps|d[eé]lais)|aucun(?:e)? (?:probl[eè]me|d[eé]faut|erreur|retard|anomalie|[eé]cart|r[eé]serve)|tout est|rien (?:ne manque|[aà] signaler))(?![\p{L}\p{N}])/iu,
  /** It has not come to that, or not well. */
  pending:
    /(?<![\p{L}\p{N}])(?:not|no|never|none|nobody|n['’]t|yet|later|fail(?:ed|s|ure|ing)?|open|pending|missing|outstanding|waiting|awaits?|awaiting|blank|unsigned|unpaid|refus\w+|reject\w+|declin\w+|den(?:y|ies|ied)|overdue|expired?|overrun|gaps?|delay\w*|late|on hold|held|unclear|undecided|under review|think (?:about|it over)|consider\w*|see what|need(?:s)? to|want(?:s)? to (?:see|hear|know|read|check)|before i|decide (?:later|tomorrow|then|after)|then i['’]ll|if i|short|until|nicht|noch|kein\w*|nie|niemand|fehl\w*|offen\w*|aussteh\w*|ausst[aä]nd\w*|abgelehnt|verweiger\w*|[uü]berf[aä]llig|abgelaufen|versp[aä]t\w*|unklar|erst|warte\w*|[uü]berleg\w*|sp[aä]ter|l[uü]cke\w*|pas|rien|jamais|aucune?|personne|manqu\w+|attend\w*|attente|refus\w*|rejet\w*|[eé]chou\w*|[eé]chec|en retard|expir\w*|[aà] revoir|plus tard|encore|incompl\w+|ouvert\w*|r[eé]fl[eé]chi\w*)(?![\p{L}\p{N}])/iu,
  /** The one who speaks says themselves what is wanting. */
  candid:
    /(?<![\p{L}\p{N}])(?:not (?:yet|been|found|filed|done|sent|read|opened|checked|heard|able|signed|approved)|have(?: not|n['’]t)|has(?: not|n['’]t)|had(?: not|n['’]t)|could(?: not|n['’]t)|can(?:not|['’]t) (?:see|say|tell|find|confirm)|did(?: not|n['’]t) (?:find|get|see|manage|reach|hear|say|do)|only (?:one|two|three|part|half|some)|still (?:open|missing|waiting|to)|fail(?:ed|s)|my (?:mistake|error|fault)|sorry|i (?:was|am) (?:wrong|mistaken)|don['’]t know|noch (?:nicht|kein\w*|offen)|nicht (?:gefunden|geschafft|gelesen|gepr[uü]ft|erreicht)|kein\w* (?:antwort|r[uü]ckmeldung)|fehlt|leider|tut mir leid|vers[aä]umt|pas encore|n['’]ai pas|n['’]a pas|ne (?:sais|trouve|peux)|manque|seulement|d[eé]sol[eé]\w*|oubli[eé])(?![\p{L}\p{N}])/iu,
  /** Denied deeds. */
  denied:
    /(?<![\p{L}\p{N}])(?:(?:i|we|nobody|no one|it) (?:have |has |had |did |['’]ve )?(?:not|neither|never|nothing)|(?:have|has|had|did|was|were)n['’]t|neither|never|nothing (?:else|more|other|was|has|of)|no other|not (?:been )?(?:touched|deleted|moved|opened|changed|shared|sent|altered|removed|read)|only the|(?:is|are|remains?|stays?) (?:\w+ )?(?:where|untouched|intact|unchanged|as (?:it|they) (?:was|were))|untouched|intact|unchanged|nicht(?:s)?|nie(?:mals)?|kein\w*|sonst nichts|nur die|unver[aä]ndert|unber[uü]hrt|weder|ne .{0,20}\b(?:pas|rien|jamais|aucun)|n['’].{0,20}\b(?:pas|rien|jamais|aucun|ni)|rien d['’]autre|ni .{0,40} ni|intacte?s?|inchang[eé]\w*|seul(?:e|s)?)(?![\p{L}\p{N}])/iu,
  /** Only these, and no more. */
  rest: /(?<![\p{L}\p{N}])(?:only|nothing else|nothing more|no other|none (?:else|other)|nur|sonst (?:nichts|keine?)|nichts (?:weiter|sonst|anderes)|rien d['’]autre|seule?s?|uniquement|aucun autre)(?![\p{L}\p{N}])/iu,
  /** Why something came to be so. */
  reason:
    /(?<![\p{L}\p{N}])(?:because|due to|owing to|on account of|caused by|as a result of|the reason|came down to|thanks to|since (?:our|the|a)|weil|wegen|aufgrund|auf grund|infolge|grund (?:ist|war|daf[uü]r)|da (?:unser|die|der|das|ein)\w*|en raison|[aà] cause|suite [aà]|parce qu|d[uû]e? [aà]|du fait|caus[eé]\w* par|la cause|le motif)(?![\p{L}\p{N}])/iu,
  /** It is yet to be, or asked. */
  plan: /(?<![\p{L}\p{N}])(?:will|shall|going to|['’]ll|would|could|can|should|may|might|once|if|when|until|unless|werde\w*|wird|wirst|k[oö]nn\w*|soll\w*|wenn|falls|sobald|bis|si|quand|d[eè]s que|vais|va|allons|pourr\w+|devr\w+|\w+(?:erai|era|erons|eront))\b|\?/iu,
  /** Round, or worked out. */
  round:
    /(?<![\p{L}\p{N}])(?:about|around|approx\w*|roughly|nearly|almost|rounded|in (?:all|total)|total\w*|sum|together|altogether|comes? to|makes?|adds? up|average|difference|etwa|rund|ungef[aä]hr|knapp|circa|ca|insgesamt|zusammen|summe|gesamt|macht|ergibt|environ|[aà] peu pr[eè]s|pr[eè]s de|arrondi\w*|au total|en tout|somme|ensemble|moyenne)(?![\p{L}\p{N}])/iu,
} as const;

/** Deeds in the office, the tools that do them and the effects that they have. */
export const deeds: readonly {
  /** Words for it. */
  readonly claim: RegExp;
  readonly tools: RegExp;
  /** What is denied where it was done; nothing where it is said of too many things. */
  readonly effects?: RegExp;
}[] = [
  {
    claim:
      /(?<![\p{L}\p{N}])(?:booked|reserved|scheduled|in the (?:calendar|diary)|calendar entry|invited|invitations? (?:is|are|has|have|went)|gebucht|reserviert|im kalender|eingeladen|terminiert|r[eé]serv[eé]\w*|invit[eé]\w*|[aà] l['’]agenda|au calendrier)(?![\p{L}\p{N}])/iu,
    tools: /event|invitation|calendar|send_|reply_|post_|write_file|append_file/,
  },
  {
    claim:
      /(?<![\p{L}\p{N}])(?:delet(?:ed|e)|removed?|erased?|binned|thrown (?:away|out)|went|gone|wiped|gel[oö]scht|entfernt|weggeworfen|supprim[eé]\w*|effac[eé]\w*|jet[eé]\w*)(?![\p{L}\p{N}])/iu,
    tools: /delete|empty|write_file|unshare|move|cancel/,
    effects: /^(?:file|mail)-deleted|^mail-moved/,
  },
  {
    claim:
      /(?<![\p{L}\p{N}])(?:moved?|where|renamed|relocated|verschoben|verlegt|umbenannt|d[eé]plac[eé]\w*|renomm[eé]\w*)(?![\p{L}\p{N}])/iu,
    tools: /move|rename|update_event|copy/,
    effects: /^file-(?:moved|deleted)|^mail-moved/,
  },
  {
    claim:
      /(?<![\p{L}\p{N}])(?:updated?|corrected|entered|filled in|changed?|touched?|altered|edited|amended|aktualisiert|korrigiert|eingetragen|ge[aä]ndert|angefasst|ver[aä]ndert|unver[aä]ndert|mis [aà] jour|corrig[eé]\w*|modifi[eé]\w*|touch[eé]\w*|chang[eé]\w*)(?![\p{L}\p{N}])/iu,
    tools: /write|append|update|create|move|note/,
    effects: /^file-(?:written|moved|deleted)|^event-updated/,
  },
  {
    claim:
      /(?<![\p{L}\p{N}])(?:shared|gave access|given access|freigegeben|geteilt|zugriff|partag[eé]\w*|donn[eé] acc[eè]s)(?![\p{L}\p{N}])/iu,
    tools: /share|send|reply|post|forward/,
  },
  {
    claim:
      /(?<![\p{L}\p{N}])(?:forwarded|passed (?:it |them |this )?on|weitergeleitet|transf[eé]r[eé]\w*|transmis\w*)(?![\p{L}\p{N}])/iu,
    tools: /forward|send|reply|post/,
  },
];

/** Not yet, or not at all, in the words of whoever tells it truly. */
export const PENDING =
  /(?<![\p{L}\p{N}])(?:not|n['’]t|never|no one|nobody|yet|pending|missing|waiting|await\w*|failed|fails|unsigned|still|until|undecided|except|only|nicht|noch|kein\w*|niemand|fehl\w*|aussteh\w*|offen|pas|rien|jamais|aucune?|personne|manqu\w+|attend\w*|encore)(?![\p{L}\p{N}])/iu;
