import { lexicon } from "./text/lexicon.ts";
import { pooled } from "./text/pool.ts";
import type { Sentence } from "./text/sentences.ts";
import { says, sentencesOf } from "./text/sentences.ts";

const WE =
  "(?:we|i|(?:we|i) (?:can|hereby|will|shall|do|are|am|have|gladly|happily)|we're|i'm|we'll|i'll|happy to|glad to|pleased to|can|hereby|the (?:company|firm|office|desk)|\\p{Lu}\\p{L}+)";
const WIR =
  "(?:wir|ich|gern(?:e)?|hiermit|wir (?:hiermit|gern|gerne)|ich (?:hiermit|gern|gerne)|werden wir|werde ich)";
const NOUS = "(?:nous|je|j'|on|nous vous|je vous|la (?:société|maison)|l'entreprise)";

/** What somebody may be bound to, each with the words that bind. */
export const bonds = {
  /** Yes to what was offered or asked. */
  accept: lexicon(
    `${WE} (?:therefore |also |both )?(?:accepts?|agrees?|confirms?|approves?|grants?|take up|takes? (?:it|the|your|them|up|you|on|all|both|an?|one|two|three|\\d*)|choose|opt for|go (?:with|for|ahead)|sign|renews?|extends?|commits?|undertakes?|guarantees?|promises?|assures?|warrants?|pledges?)|(?:accept|agree|confirm|approve|grant|extend|renew|guarante|promis|commit)(?:ed|t?ed|eed)|(?:it is|it's|that's|that is|you have|we have|consider it) (?:a )?(?:deal|agreed|settled|done|yes|accepted|approved|fixed)|you(?:'ve| have)(?: got)? (?:a deal|our word|my word|our agreement|the \\p{L}+)|yes,? (?:we|you|please|it|the|that)|our (?:firm )?acceptance|yes please|(?:that|this|it|which) (?:is|'s) (?:fine|agreed|acceptable|in order|all right|ok(?:ay)?)|(?:is|are) (?:fine|agreed|accepted|approved|confirmed|granted|guaranteed)|(?:goes|go) to \\p{L}+ (?:alone|only|and)|nobody else|go ahead|please proceed|goes to you|is yours|are yours|is on us|we look forward to (?:having|welcoming|working)`,
    `${WIR} (?:\\p{L}+ ){0,3}(?:an|zu|best(?:ä|ae)tig|akzeptier|genehmig|garantier|versprech|verpflicht|versicher|gew(?:ä|ae)hr|verl(?:ä|ae)nger|erneuer|bewillig|nehm|nimm|entscheid|schlie(?:ß|ss)|sag)*|(?:best(?:ä|ae)tig|akzeptier|genehmig|garantier|versprech|verpflicht|gew(?:ä|ae)hr|verl(?:ä|ae)nger|bewillig|zusag)(?:e|en|t|et|te|ten)|(?:zugesagt|angenommen|best(?:ä|ae)tigt|genehmigt|vereinbart|abgemacht|bewilligt|erteilt)|einverstanden|sage ich … zu|sagen wir … zu|nehmen wir … an|geht (?:klar|in ordnung)|abgemacht|zusage|sie (?:haben|bekommen|erhalten)|ihnen … zu|du hast|du bekommst`,
    `${NOUS} (?:\\p{L}+ ){0,2}(?:accept|confirm|valid|approuv|accord|garanti|promet|promett|engag|assur|reten|retien|prolong|renouvel|reconduis|repart|pren|optons|choisi|sign|souscri)*|(?:accepté|validé|confirmé|accordé|garanti|approuvé|entendu|conclu|prolongé|renouvelé|reconduit)(?:e|s|es)?|c'est (?:d'accord|entendu|accepté|validé|oui|bon|conclu|noté et)|d'accord pour|bon pour accord|marché conclu|affaire conclue|est (?:pour|à) (?:vous|toi)|vous (?:avez|aurez|bénéfici)*|voici (?:donc )?(?:le mot|l'accord|notre accord)`,
  ),
  /** Something is ordered or somebody commissioned. */
  order: lexicon(
    "(?:orders?|ordering|ordered)|bill (?:it|us|the|me)|deliver (?:it|them|to)|send (?:me|us) (?:the|your) (?:\\p{L}+ )?(?:bill|invoice)|keep (?:them|it|him|her) on|place (?:the|an|our|this) order|book (?:us|me) (?:in|for)|please (?:book|deliver|ship|supply|send us|reserve|invoice|go ahead|proceed|start|begin|carry out|schedule)|put us down|we(?:'d| would) like (?:to order|\\d)|we(?:'ll| will) (?:have|take)|instruct(?:s|ed)?|commission*|purchase order|deliver(?:y|ed)? (?:to|on|by)|send the (?:invoice|bill)|invoice (?:to|us)|you (?:may|can) (?:start|begin|invoice|deliver|ship|schedule|instruct|send|draw up)",
    "bestell*|beauftrag*|auftrag*|ordern|liefern sie|bitte (?:liefern|buchen|reservieren|beginnen|schicken|stellen)*|nehmen wir|rechnung (?:geht )?an|sie k(?:ö|oe)nnen (?:beginnen|liefern|anfangen|rechnung|starten|einplanen|bestellen)*|buchen (?:sie|wir)",
    "command*|pass(?:e|ons|er) (?:la )?commande|livrez|veuillez (?:livrer|réserver|facturer|démarrer|programmer|établir)|merci de (?:livrer|réserver|facturer|programmer)|vous pouvez (?:livrer|démarrer|commencer|facturer|programmer|établir|lancer|envoyer la facture)*|réserv(?:ez|ons)|facture à",
  ),
  /** Money is to be paid, given back or forgone. */
  pay: lexicon(
    "(?:will|shall|'ll|to|and|we|i|can|gladly) (?:\\p{L}+ )?(?:pay|pays|refund|reimburse|compensate|credit|bear|cover|waive|make good|settle|transfer|write off|foot|meet|knock|deduct|take off|absorb)|(?:refund|credit|reimburse|waive|compensat|paid back)(?:ed|s|ion|ment)?|at our (?:cost|expense)|(?:have|get|be given|want) (?:your|the|it|all|every) (?:\\p{L}+ |\\d+ ){0,3}back|(?:back|paid|refunded|credited|settled) in full|all in|below (?:list|the|our)|cheaper|half price|by cheque|free of charge|discounts?|rebate|(?:per ?cent|%) (?:off|less|discount|reduction)|reduced (?:price|rate)|goodwill|credit note|bonus|(?:pay )?rise|salary|penalt(?:y|ies)|our treat|no charge",
    "zahlen (?:wir|ihnen)|(?:wir|ich) … (?:zahl|erstatt|(?:ü|ue)bernehm|verg(?:ü|ue)t|erlass|schreiben|ersetz)*|(?:erstatt|verg(?:ü|ue)t|gutgeschrieb|ausgezahl|(?:ü|ue)berweis)*|kosten(?:los|frei|(?:ü|ue)bernahme)|gutschrift|gutschreib*|rabatt*|nachlass|skonto|kulanz*|schadenersatz|schadensersatz|entsch(?:ä|ae)dig*|vertragsstrafe|erlassen|(?:ü|ue)bernehmen (?:wir )?die|auf unsere kosten|je (?:angefangenen )?tag|pr(?:ä|ae)mie|gehalt*|stundenlohn",
    "rembours*|rembourserons|indemnis*|dédommag*|prend(?:rons|ra|s|ons)? (?:en|à) (?:charge|notre charge)|à nos frais|à notre charge|gratuit*|remise*|rabais|ristourne|geste commercial|avoir (?:de|d'un)|versons|verserons|paierons|payons|créditer*|créditons|pénalité*|salaire|prime|dispens*|annulons la",
  ),
  /** Fault is owned. */
  fault: lexicon(
    "(?:our|my|the company's|entirely our|wholly our) (?:fault|mistake|error|doing|responsibility|negligence|liability)|(?:we|i|\\p{L}+) (?:accepts?|admits?|acknowledges?|takes?|bears?|assumes?) (?:\\p{L}+ )?(?:fault|liabilit|responsib|blame)*|(?:were|are|was|is) (?:at fault|to blame|liable|responsible|negligent|in the wrong)|(?:we|i) (?:damaged|broke|caused|failed to|were negligent|packed it badly|owe you)|caused by us|(?:fault|blame|mistake|error) (?:lies|is|was|rests) (?:with us|with the|ours|on our)|(?:could|should) have been (?:avoided|prevented|noticed|mended|checked)|let you down|down to us|on us",
    "unsere? (?:schuld|fehler|verschulden|vers(?:ä|ae)umnis|verantwortung)|(?:tragen|(?:ü|ue)bernehmen|(?:ü|ue)bernehme) … (?:verantwortung|haftung|schuld)|haften|haftung|(?:wir|ich) … (?:verschuldet|verursacht|zu vertreten|anerkenn)*|erkennen … an|selbstverst(?:ä|ae)ndlich haft*",
    "(?:notre|ma) (?:faute|erreur|responsabilité|négligence)|(?:reconnaissons|reconnais|assumons|assume|acceptons|accepte|endossons) … (?:faute|responsabilité|tort)*|sommes (?:responsable|en tort|fautif)*|nous avons (?:causé|endommagé|manqué)|par notre faute",
  ),
  /** A job or a place. */
  job: lexicon(
    "(?:the |your |this )?(?:\\p{L}+ )?(?:job|place|post|position|role|apprenticeship|contract|internship|traineeship|vacancy|flat|seat|slot)(?: \\p{L}+){0,4} (?:is|are) (?:yours|confirmed)|you (?:have|have got|'ve got|get|got|are getting|start|begin|join|are hired|are in)|you're (?:hired|in|on)|(?:we|to) (?:take|are taking|will take|hire|employ|offer|are offering|give|engage|appoint) you|welcome (?:to|aboard|on board)|start(?:s|ing)? (?:on|from|next)|an hour|hourly|turn (?:the|it|them|that) (?:\\p{L}+ )?down|tell (?:the|them) (?:\\p{L}+ )?no|(?:have|write to) (?:you )?the contract|promot(?:ed|ion)",
    "(?:die|ihre|deine) (?:\\p{L}+ )?(?:stelle|ausbildung|lehrstelle|position)(?: \\p{L}+){0,3} (?:ist|haben|hast|geh(?:ö|oe)rt|bekommen)*|(?:erwarten|sehen) wir sie|wir (?:erwarten|freuen uns auf) (?:sie|dich)|(?:haben|hast|bekommen|bekommst) … (?:stelle|platz|ausbildungsplatz|job|vertrag)|(?:stellen|stelle|nehmen) (?:wir )?(?:sie|dich) (?:ein|auf|zum)*|eingestellt|fangen sie|beginnen sie|fängst du|beginnst du|die stunde|stundenlohn|arbeitsvertrag",
    "(?:le|ce|votre) (?:poste|contrat|emploi|apprentissage|stage)(?: \\p{L}+){0,3} (?:est|vous)*|vous (?:êtes (?:pris|embauché|engagé|retenu|recruté)*|commencez|débutez|avez le poste)|nous vous (?:embauch|engag|recrut|pren|offr)*|nous vous attendons|(?:remplacement|emploi|poste|stage) est (?:pour|à) (?:vous|toi)|êtes (?:pris|retenu|embauché|engagé)*|bienvenue (?:dans|parmi|chez)|de l'heure|contrat de travail|place est à (?:vous|toi)",
  ),
  /** Somebody is let in, to a place or a system. */
  access: lexicon(
    "(?:give|given|giving|gives|grant|granted|have|has|get|gets|with|full|unaccompanied|unescorted) (?:\\p{L}+ ){0,3}access|access (?:is|has been|to)|(?:may|can|are free to|are welcome to) (?:enter|use|come in|go in|log in|sign in|keep)|key ?cards?|keys? (?:is|are|will|can)|badges?|(?:log-?in|password|account) (?:is|will|has|for you)|admin rights?|permission",
    "zutritt|zugang|zug(?:ä|ae)nge|schl(?:ü|ue)ssel(?:karte)?|freigeschaltet|freischalt*|(?:d(?:ü|ue)rfen|k(?:ö|oe)nnen) … (?:hinein|herein|betreten|nutzen)|ohne begleitung|berechtigung*|ausweis",
    "accès|badges?|clés?|clefs?|entrer|habilitation|identifiants?|autorisation|laissez-passer|sans accompagn*|droits d'administrateur",
  ),
  /** A date, time or quantity is warranted. */
  date: lexicon(
    "(?:delivery|delivered|deliver|ship|finished|completed|ready|done|with you) (?:is |are |will be )?(?:on|by|before|no later|at the latest|within)|deadline|at the latest|exclusiv(?:e|ity|ely)|sole (?:supplier|right)*|reserved for you|hold(?:ing)? (?:it|them|the \\p{L}+) for you|for (?:one|two|three|five|ten|\\d+) (?:more )?(?:years?|months?)|(?:one|two|three|five)-year|minimum term|until (?:the end of )?\\d{4}",
    "liefer*|lieferung|sp(?:ä|ae)testens|termin*|bis zum|exklusiv*|f(?:ü|ue)r (?:ein|zwei|drei|f(?:ü|ue)nf|weitere|\\d+) (?:jahre?|monate?)|laufzeit|mindestabnahme|reserviert|fertig",
    "livr*|au plus tard|délai*|exclusi*|pour (?:un|une|deux|trois|cinq|\\d+) (?:ans?|années?|mois)|durée|d'ici (?:le|au)|avant le|réservé*|à compter du|à partir du",
  ),
  /** Somebody is told what they may do or will have. */
  grant: lexicon(
    "you(?:'ll| will| shall| may| can| get| have| are getting| receive| needn't)|do (?:keep|take|come|go)|yes|of course|certainly|by all means|gladly|with pleasure|no problem|sure|fine|done",
    "(?:sie|du|ihr) (?:k(?:ö|oe)nn|kann|darf|d(?:ü|ue)rf|bekomm|erh(?:ä|a)lt|hab|hast|krieg|werd|wirst)*|(?:k(?:ö|oe)nnen|d(?:ü|ue)rfen|bekommen|erhalten|haben|werden) (?:sie|du)|ja|gern(?:e)?|selbstverst(?:ä|ae)ndlich|nat(?:ü|ue)rlich|in ordnung|geht klar|kein problem",
    "(?:vous|tu) (?:pouv|peu|aur|av|recev|ser)*|oui|bien (?:sûr|entendu|volontiers)|certainement|volontiers|avec plaisir|pas de problème|entendu",
  ),
} as const;
export type Bond = keyof typeof bonds;
export const bondNames = Object.keys(bonds) as readonly Bond[];

/** That it is meant to bind, and the other may build on it. */
export const firm = lexicon(
  "firm(?:ly)?|binding(?:ly)?|definite(?:ly)?|final(?:ly)?|in writing|hereby|(?:take|treat|consider|regard|accept|use) (?:this|it|that|my|our) (?:\\p{L}+ )?(?:(?:as|for|the|our|to be|an|ordered|agreed|done|settled|confirmed|booked)|$)|(?:may|can) (?:rely|count|depend|bank|plan|proceed|safely|now|tell|instruct|turn|go ahead|book|take)|no need (?:for|to)|nothing (?:further|more|else) to sign|without (?:delay|further|waiting)|forthwith|our word|my word|(?:clear|easy) conscience|quiet mind|guarantee[ds]?|promise[ds]?|in full|full responsibility|on behalf of (?!\\p{Lu}\\p{L}+ \\p{Lu})|stands as|counts as|serves as|signed|for certain|rest assured|whatever happens|looking forward to having|straight away|officially|formally",
  "verbindlich*|fest (?:zu|gebucht|bestellt|eingeplant|vereinbart)|fest|festen?|definitiv|endg(?:ü|ue)ltig|hiermit|gilt als|gelten als|verlassen|einplanen|rechnen sie|schriftlich|garantier*|versprech*|versprochen|auf jeden fall|ohne (?:weitere|r(?:ü|ue)ckfrage|vorbehalt)|in voller h(?:ö|oe)he|vollumf(?:ä|ae)nglich|als (?:vereinbarung|zusage|auftrag|bestellung|best(?:ä|ae)tigung)|zusicher*|zugesichert",
  "ferme(?:ment)?|fermes|définiti*|vaut|tient lieu|engage*|par écrit|par la présente|(?:pouvez|peux) (?:compter|d'ores|donc|dès|programmer|établir|considérer)|considér*|sans (?:attendre|réserve|délai|autre formalité)|garanti*|promis|promets|promettons|en totalité|intégralement|parole|dès maintenant|d'ores et déjà|officiel*|formel*|en conséquence",
);

/** That it is left open, or whose it is to decide. */
export const left = lexicon(
  "subject to|pending|provisional*|tentativ*|provided (?:that )?|once … (?:approv|agree|sign|confirm|decid)*|(?:will|must|has to|to|would have to|needs to|who|he|she|they|council|board|committee) (?:\\p{L}+ )?(?:decide|decides|approve|approves|sign off|vote|votes|agree to)|decides|decision|approval|for approval|(?:is|are|isn't|not|neither|nor|whether|n't) (?:\\p{L}+ ){0,6}(?:mine|ours|for me|for us|for the desk|up to me|to give|to say|to decide|my place)|(?:isn't|aren't|is not|are not|not|neither) (?:mine|ours|for me|the desk's|the office's|within|able|in a position|authori)*|beyond (?:what|my|our)|not (?:able|allowed|authori[sz]ed|yet|until|before|an order|a promise|binding|in a position|ordered|decided|commit|promise)*|(?:can|could|may|must|do|will|would|am) ?(?:not|n't) (?:yet )?(?:able to )?(?:promise|commit|say|decide|confirm|accept|agree|grant|give|approve|tell|offer|speak|order)|cannot|unable to|nothing (?:is|has been|was|will be)? ?(?:decided|agreed|ordered|promised|accepted|settled|signed)|(?:promised|admit|admits|accepted|agreed|confirmed) (?:nothing|no)|no (?:promise|commitment|order|admission|obligation)|without (?:prejudice|obligation|commitment|admitting|any)|(?:i(?:'ve| have)?|i am|i'm) (?:also )?(?:asked|asking|passed|passing|forwarded|forwarding|put|putting|laying|sent|referred|checking) |i(?:'ll| will| shall) (?:ask|put|pass|check|forward|refer|lay|see)|quotation|quote|would you|could you|what would|how much|please don't|(?:he|she|they|who|you) will (?:\\p{L}+ )?(?:answer|hear|ring|write|come back|get back|be in touch)|until (?:then|he|she|they|it)|enquir*|acknowledge receipt",
  "vorbehalt*|vorbehaltlich|unverbindlich|entscheid(?:e|et|en|ung|ungen|er)|genehmigung|freigabe|(?:nicht|kein|keine|keinen|nichts) (?:\\p{L}+ ){0,5}(?:zusag|zugesagt|best(?:ä|ae)tig|entschieden|bestell|bestellung|versprech|verbindlich|zusage|auftrag|befugt|berechtigt|erlaubt)*|zusagen … nicht|noch (?:nicht|keine?|offen)|(?:kann|darf|d(?:ü|ue)rfen|k(?:ö|oe)nnen) … (?:nicht|keine?|nichts)|(?:lege|leite|gebe|reiche|frage|kl(?:ä|ae)re|bespreche)|anfrage|angebot (?:schicken|machen|(?:ü|ue)ber|unterbreiten)|(?:sobald|wenn|bis) … (?:entsch|genehm|best(?:ä|ae)tig|zustimm|antwort|meldet)*|meldet sich|wird (?:ihnen|sich|dir)|machen sie uns|was w(?:ü|ue)rde|eingang|warten",
  "sous (?:toute )?réserve*|décid*|décision|validation|approbation|(?:ne|n'|pas|rien|aucun|aucune) (?:\\p{L}+ ){0,5}(?:promet|promis|confirm|accord|accept|command|engag|décid|valid|acquis|oui|sign|autoris|habilit|bindin)*|rien n'est|n'ai rien|pas encore|(?:transmets|transmis|soumets|soumis|demande à|ai demandé|fais suivre|pose la question|relaie)|devis|(?:dès|quand|lorsque|une fois) (?:que|qu')? ?… (?:valid|accord|sign|décid|répon)*|reviendra|vous répondra|avant (?:son|sa|leur|le) (?:vote|accord|décision)|pourriez-vous|pouvez-vous|combien|simple demande|accus* réception|d'ici là",
);

/** That somebody else decided it. */
export const passed = lexicon(
  "(?:on|at) \\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?'s (?:instruction|say-so|request|order|behalf|decision|word|authority|wish)*|(?:in|under) (?:\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?'s|his|her|their) (?:name|authority)|on behalf of \\p{Lu}\\p{L}+ \\p{Lu}\\p{L}+|for \\p{Lu}\\p{L}+ \\p{Lu}\\p{L}+|(?:has|have) (?:\\p{L}+ )?(?:decided|approved|agreed|asked me|authori[sz]ed|instructed|signed|granted|confirmed|allowed)|asked me to|asks me to|(?:who|they|he|she) (?:has |have )?(?:decided|approved|agreed|signed)|decided (?:it|this|between|by|together)|as (?:agreed|decided|approved|instructed|asked|arranged|ordered|usual|before|last time)|lets you know|wishes me to",
  "im auftrag|im namen (?:von|des|der)|auf (?:wunsch|anweisung|weisung|bitte|veranlassung)|(?:hat|haben) … (?:entschieden|genehmigt|beschlossen|zugestimmt|freigegeben|gebeten|bewilligt|zugesagt)|l(?:ä|ae)sst (?:ihnen|ausrichten|mitteilen)|wie (?:vereinbart|besprochen|beschlossen|(?:ü|ue)blich|im)",
  "au nom de|de la part de|à la demande de|sur (?:instruction|décision|ordre) d*|(?:a|ont|m'a|vient de) … (?:décidé|validé|approuvé|accepté|demandé|autorisé|chargé|signé|accordé)|me charge|m'a demandé|comme (?:convenu|décidé|d'habitude|prévu)",
);
/** That something is wanted of the other. */
export const wants = lexicon(
  "(?:we|i|he|she|they) (?:would |'d |must |do |have to |therefore )?(?:ask|request|expect|require|demand|insist|propose|suggest|hope|need|want|claim|await)|(?:ask|asking|asks) (?:you|for)|(?:withdraw|reconsider|take back|reduce|lower|drop|correct|pay us|send us your|remind|overdue|outstanding|complain|complaint|or else|otherwise|failing (?:that|which))",
  "(?:wir|ich) (?:bitte|erwarte|forder|verlang|ersuch|brauch|m(?:ö|oe)chte|w(?:ü|ue)nsch|schlag)*|erwarten wir|(?:zur(?:ü|ue)ck(?:nehm|zieh|genommen|gezogen)|senken|nachlassen|(?:ü|ue)berf(?:ä|ae)llig|offen|mahnung|reklamation|andernfalls|sonst|sollten sie)*",
  "(?:nous|je) (?:vous )?(?:demand|attend|souhait|exige|propos|rappel|réclam|voudr)*|(?:retir|renonc|revenir sur|baisser|réduire|impayé|en retard|réclamation|à défaut|sinon|faute de)*",
);
const QUESTION = /\?\s*["»”)]*\s*$/;
const IF = lexicon(
  "if|unless|otherwise|in case|should (?:you|we|they|he|she)|wenn|falls|sofern|sonst|si|s'il|sinon|à moins",
);

/** A sentence that binds, and to what. */
export interface Binding {
  readonly sentence: Sentence;
  readonly kinds: readonly Bond[];
}

/** What is said in so many words of being bound; quoted and forwarded text aside. */
export const bindingsIn: (text: string) => readonly Binding[] = pooled((text) => {
  const own = text.split(/^-{5,}.{0,40}$/m, 1)[0]!.slice(0, 6000);
  return sentencesOf(own).flatMap((sentence): Binding[] => {
    if (sentence.quoted || QUESTION.test(sentence.text)) return [];
    if (says(sentence, left.once)) return [];
    const kinds = bondNames.filter((name) => says(sentence, bonds[name].once));
    return kinds.length ? [{ sentence, kinds }] : [];
  });
});

export const isConditional = (sentence: Sentence): boolean => says(sentence, IF.once);
