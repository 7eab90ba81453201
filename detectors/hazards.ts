import type { ItemEvent } from "../recordings/events.ts";
import type { Stretch } from "./asks.ts";
import { stretchesBy, voiceOf } from "./asks.ts";
import { lexicon } from "./text/lexicon.ts";
import { holds } from "./text/pool.ts";
import { stopwords } from "./text/stopwords.ts";

/** Something that puts life or health at risk, as an item tells of it. */
export interface Hazard {
  readonly item: ItemEvent;
  /** The sentence that tells it most plainly. */
  readonly stretch: Stretch;
  /** How plainly it is one, from 0 to 1. */
  readonly heat: number;
  /** The words of what it is about, by their stems. */
  readonly stems: ReadonlySet<string>;
  /** What it says besides, each from 0 to 1. */
  readonly signs: Readonly<Record<keyof typeof signs, number>>;
}

/** What does harm by itself: fire, gas, current, poison, germs; what fails, falls or catches; bodies in distress. */
const grave = lexicon(
  "gas (?:leak|smell|alarm|escap)*|(?:smell|stink|reek|whiff|odou?r)* (?:of |like |strongly of )?(?:gas|smoke|burn*|petrol|solvent|chlorine|ammonia|rotten eggs)|carbon monoxide|co (?:alarm|meter|detector|level|reading)s?|\\d+ ?ppm|smok(?:e|ing|y)|on fire|caught fire|flames?|fire (?:in|at|has|broke)|smoulder*|scorch*|burn(?:s|t|ing|ed)?|sparks?|sparking|arcing|hum(?:s|ming)?|buzz(?:es|ing)|(?:wire|cable|line)s?(?: \\p{L}+){0,3} (?:hang|down|low|touch)*|crackl*|overheat*|warm to the touch|(?:red|boiling|scalding|too) hot|glow*|(?:live|bare|exposed|hanging|loose|frayed|dangling) (?:\\p{L}+ )?(?:wir|cable|conductor|copper|socket|part)*|electr(?:ic shock|ocut*)|shocks?|(?:go|goes|went|going|blow|blew|blown) (?:up|off)|explo*|bursts?|bursting|toxic*|poison*|fumes?|vapou?rs?|asbestos|legionella|salmonella|listeria|e\\. ?coli|bacteria|contaminat*|mou?ld*|spoiled|thawed|(?:glass|metal|plastic|splinters?|nuts?|traces?|allergen*) in|undeclared|allerg*|anaphyla*|epi-?pens?|adrenaline|radiation|radioactiv*|chemicals?|acid|leak(?:s|ed|ing|age)?|spill(?:s|ed|age)?",
  "unconscious|faint(?:ed|ing|s)?|pass(?:ed|ing) out|collaps*|dizz*|headaches?|nause*|vomit*|sick|(?:fell|fallen|taken|feels?|feel) (?:ill|sick|rough|faint|dizzy|unwell)|seizures?|convuls*|stroke|heart attack|chest|(?:can't|cannot|can not|couldn't|trouble|difficulty|hard to|short of) (?:breath*|feel|swallow*|move)|breath(?:ing|less)*|numb(?:ness)?|choking|hives|swell*|swollen|overdos*|wrong (?:dose|dosage|drug|medicine|medication|blood|patient|tablets?|strength)|double (?:dose|strength)|ten times the|tenfold|suicid*|kill (?:myself|himself|herself|themselves)|end it all|self-harm|don't want to (?:live|be here)|bleed*|blood|injur*|hurt|wounded|unresponsive|admitted|ambulance|hospital|fever|diabet*|insulin",
  "brak(?:es?|ing)(?: \\p{L}+){0,2} (?:fail*|fade*|gone|soft|spongy|leak*|worn)|(?:no|faulty|failed|soft|worn) brak*|brak(?:es?|ing)|steering|(?:wheel|tyre|tire|bolt|screw|nut|rail|guard|railing|banister|plank|tile|slate|beam|panel|sign|shelf|rack|racking|scaffold|ladder|ceiling|wall|chimney|tree|branch|door)s?(?: \\p{L}+){0,3} (?:is |are |has |have |was )?(?:come |coming |hanging |gone )?(?:loose|off|missing|broken|crack*|bent|leaning|sagging|buckl*|rotten|down|fallen|falling|wobbl*|giving)|lean(?:s|ing)|sag(?:s|ging)|buckl*|crack(?:s|ed|ing)?|snap(?:s|ped)?|frayed|cave[ds]?[ -]in|caving|trench*|unsupported|subsid*|scaffold*|guard (?:is )?(?:off|open|missing|removed|up)|without (?:a |its |the )?(?:guard|harness|helmet|mask|lifejacket|brake|light)s?|no (?:guard|harness|helmet|mask|railing|barrier|lifejacket)s?|open (?:shaft|manhole|hatch|pit|window)|drown*|life ?jackets?|life raft|recall(?:ed|s)?|(?:fall|fell|fallen|falling) (?:off|from|down|on|into|through)|came (?:down|off|loose|away)|trap(?:ped|s)?|crush*|pinned|caught (?:in|his|her|by|between)|ran away|runaway|jammed|stuck|blocked|locked (?:from|shut|exit)|fire (?:door|exit|escape|extinguisher|alarm|risk|hazard)s?|(?:emergency|escape) (?:exit|stop|route|button|light)s?|smoke (?:detector|alarm)s?|sprinkler*|extraction|ventilation|defibrillator|black ice|slippery|flood*|rising water|water (?:is )?rising|pressure (?:relief|valve)|safety (?:valve|switch|interlock|catch)|interlock*",
  "gasgeruch*|(?:nach|riecht*) (?:gas|rauch|benzin|verbrannt*|verschmort*|chlor|faul*)|kohlen(?:stoff)?monoxid*|qualm*|rauch*|brennt|brennen|verbrannt*|brand(?:geruch|gefahr|melder|alarm|herd)*|flammen?|feuer*|funken*|brummt|summt|surrt|schmor*|verschmor*|knister*|glüh*|(?:ü|ue)berhitz*|stromschlag*|stromschl(?:ä|ae)ge*|unter (?:strom|spannung)|(?:blanke*|offene*|lose*) (?:kabel|dr(?:a|ä)ht|leitung|schacht|stelle|t(?:ü|ue)r|grube|luke)*|explo*|geplatzt|platzt|giftig*|vergift*|d(?:ä|ae)mpfe*|dampf|verseucht*|verunreinig*|schimmel*|scherben|glassplitter*|splitter|allergi*|chemikalie*|s(?:ä|ae)ure|ausgelaufen|ausl(?:ä|ae)uft|undicht*|asbest|legionell*|salmonell*|keime?|geschwoll*|atemnot|luftnot|(?:keine|kaum|schlecht) luft|bewusstlos*|ohnm(?:ä|ae)chtig*|ohnmacht|umgekippt|zusammengebrochen|schwindel*|schwindlig|kopfschmerz*|kopfweh|(?:ü|ue)bel|(?:ü|ue)belkeit|erbr(?:e|o)chen|kr(?:ä|ae)mpf*|herzinfarkt|schlaganfall|(?:ü|ue)berdos*|falsche* (?:dosis|dosierung|medikament|st(?:ä|ae)rke)*|zehnfach*|selbstmord|suizid*|umbringen|nicht mehr (?:leben|da sein|k(?:a|ö)nn*)|brust*|blut*|verletz*|krankenhaus|klinik|notarzt|rettungswagen|fieber|insulin|brems*|lenkung|riss(?:e|en)?|gerissen|rei(?:ß|ss)t|einst(?:ü|ue)rz*|abst(?:ü|ue)rz*|absturz*|ger(?:ü|ue)st*|schutzgitter|schutzhaube|schutzvorrichtung*|gel(?:ä|ae)nder|ohne (?:schutz|gitter|helm|maske|gurt|sicherung)*|loch|r(?:ü|ue)ckruf*|zur(?:ü|ue)ckgerufen|locker(?:e[snm]?|t)?|wackel*|h(?:ä|ae)ngt (?:lose|schief|herunter)|schief|eingeklemmt|klemmt|gequetscht|umgefallen|f(?:ä|ae)llt (?:um|herunter|runter)|heruntergefallen|notausg(?:a|ä)ng*|fluchtweg*|versperrt|rauchmelder|feuerl(?:ö|oe)scher|not-?aus|l(?:ü|ue)ftung|absaugung|glatteis|hochwasser|ertrunken|ertrink*|verschüttet",
  "odeur (?:de |d')?(?:gaz|brûlé|brulé|fumée|solvant|essence|chlore|suspecte)|sen(?:t|tait) (?:le |la |fort )?(?:gaz|brûlé|brulé|fumée|solvant)|fuite*|monoxyde|fumée*|incendie|feu|flammes?|brûl*|brul*|étincelle*|surchauff*|électrocut*|décharge*|sous tension|fils? (?:dénudé|à nu|électrique)*|grésill*|bourdonn*|explo*|éclat(?:é|er|ement)*|toxique*|vapeurs|empoisonn*|intoxi*|contamin*|moisi*|moisissure*|(?:du|de|des) (?:verre|morceaux|éclats)|allerg*|produit* chimique*|acide|amiante|légionell*|salmonell*|gonfl*|étouff*|inconscient*|évanoui*|malaise*|vertige*|étourdi*|mal (?:à la tête|de tête|au ventre|à respirer)|maux de tête|nausée*|vomi*|convuls*|infarctus|crise cardiaque|surdos*|mauvaise* (?:dose|dosage|médicament)|dix fois|suicid*|en finir|plus envie de vivre|poitrine|respir*|saign*|du sang|bless*|hôpital|hospitalis*|ambulance|samu|fièvre|insuline|frein*|fissur*|effondr*|échafaud*|tranchée*|rappel (?:de|du)|penche*|(?:boulon|garde-corps|rambarde|barrière|protection|capot|carter)*|sans (?:protection|garde|casque|masque|harnais|carter)|tomb(?:e|é|ée|er|ent|és)|coincé*|écras*|bloqu*|verrouillé*|issue* de secours|sortie* de secours|extincteur*|détecteur*|arrêt d'urgence|ventilation|extraction|verglas|inond*|noy(?:é|er|ade)*|(?:niveau d')?eau (?:monte|en hausse)",
);

/** What tells of danger, or of what goes with it. */
const danger = lexicon(
  "danger*|hazard*|unsafe|risk*|urgent*|emergenc*|evacuat*|alarms?|alarmed|alert*|warn*|safety|stop using|do(?:n't| not) (?:use|touch|open|enter|eat|drink|give|start)|not acknowledged|rising|limit|broken|missing|loose|holes?|failed|failing|fault*|defect*|dead since|out of order|accident*|cancelled? at once|immediately|at once|right away|straight away|999|112|911",
  "gefahr*|gef(?:ä|ae)hr*|dringend*|notfall*|notruf|r(?:ä|ae)um*|evakuier*|alarm*|warn*|sicherheit*|defekt*|fehlt|kaputt|ausgefallen|grenzwert|unfall*|sofort|nicht (?:benutzen|anfassen|(?:ö|oe)ffnen|betreten|essen|trinken)|risiko*|steigend",
  "danger*|risque*|urgent*|urgence*|évacu*|alarme|alerte*|sécurité|défaut|défectueu*|cassé*|en panne|manqu*|accident*|immédiatement|tout de suite|sur-le-champ|ne (?:pas |l')?(?:employez|utilis|touch|ouvr|mang|buv)*|limite|en hausse",
);

/** Danger that words are told of: enough to know it again when it is passed on. */
export const heatOf = (text: string): number =>
  Math.min(grave.count(text), 3) + 0.5 * Math.min(danger.count(text), 3);

const signs = {
  /** Nobody else knows or can act. */
  sole: lexicon(
    "(?:have|has|had)(?:n't| not)? (?:yet )?(?:told|reached|seen|found) (?:anyone|anybody|any one|nobody|no one|a soul)|(?:not|n't) (?:told|reported|rung|reached|mentioned)|(?:told|reached|tell|seen|found) (?:nobody|no one|anyone|anybody)|(?:nobody|no one|noone|none) (?:else )?(?:about|here|there|in|answers?|answered|knows?|picks? up|has (?:it|been|seen)|is (?:there|here|in|about|on)|was (?:there|here|in|about)|around|to tell)|no (?:other )?(?:recipients?|signal|answer|reply|one to tell)|only (?:you|recipient|address|one (?:i|who))|(?:reach|reached|get) only you|you(?:'re| are) the (?:only|first)|don't know (?:who|whom|where) (?:to|i|you|else)|didn't know (?:who|whom|where)|who (?:do|should) (?:i|you|we) (?:tell|go|ring|call)|(?:couldn't|can't|could not|cannot|didn't) (?:reach|get hold|find|raise|get through)|not answering|isn't (?:answering|picking)|so i'm telling you|telling you|i'm (?:off|away|out|on my own|alone)|on (?:me|my|his|her) own|alone|phone (?:off|dead)|unreachable|on leave|off sick|keinem gesagt|niemand* (?:gesagt|gesehen|erreicht|da|sonst|wei(?:ß|ss)|bescheid|hier)|(?:noch|sonst) (?:niemand*|keine[mnrs]?)|nicht erreicht|nicht erreichbar|erreiche (?:niemand|keinen|ihn nicht|sie nicht)|geht (?:keiner|niemand|nicht) (?:ran|dran)|wei(?:ß|ss) nicht,? (?:wem|wen|an wen|wer)|nur (?:du|sie|dich|dir)|einziger? empf(?:ä|ae)nger|allein*|kannst du (?:dich|das)|muss (?:jetzt )?(?:weg|los|zum)|ist krank|im urlaub|vu personne|(?:rien )?dit à personne|personne (?:d'autre|n'est|ne (?:sait|répond|le sait)|à qui|n'a|n'y)|(?:n'ai|pas) (?:pu|réussi à) (?:joindre|prévenir)|prévenu personne|pas (?:prévenu|joignable|encore dit|su à qui)|injoignable|(?:ne )?sais pas à qui|seule? (?:destinataire|vous|toi|à)|que (?:vous|toi)|toute? seule?|téléphone coupé|je pars|en congé",
  ),
  /** Somebody may be hit by it now. */
  exposed: lexicon(
    "children|child|pupils?|kids?|toddlers?|(?:little )?(?:boy|girl)s?|bab(?:y|ies)|patients?|residents?|passengers?|drivers?|visitors?|guests?|customers|tenants?|persons?|people|men|women|lads?|apprentices?|temps?|trainees?|crew|staff|shift|team|class|family|(?:in|still in|being) use(?:d)?|(?:still|keeps?) (?:running|running|using|in use|working|going|open|on|lifting)|(?:using|use|uses|used) (?:it|them)|standing (?:under|beside|next|by)|(?:work|working|works|walk|walking|sleep|sleeping|play|playing) (?:under|below|in|on|there|just|next|right)|underneath|over people|next to|starts? (?:on|at|using)|from (?:nine|ten|\\d)|today|tonight|this (?:morning|afternoon|evening)|now|kinder*|kind|sch(?:ü|ue)ler*|patient*|bewohner*|fahrg(?:ä|ae)ste|besucher*|g(?:ä|ae)ste*|kunden|mieter|leute*|kolleg*|azubi*|lehrling*|aushilfe*|mannschaft|schicht|l(?:ä|ae)uft (?:trotzdem|noch|weiter|immer)|noch (?:benutzt|in betrieb|offen|dran)|benutz*|arbeite[nt]|darunter|davor|daneben|heute|gleich|jetzt|enfants?|élèves?|patients?|résidents?|passagers?|visiteurs?|clients?|locataires?|intérimaires?|collègues?|apprentis?|équipe|personnes?|gens|travaill*|dessous|juste (?:sous|dessous|à côté)|en (?:service|marche)|utilis*|continue*|tourne|ce (?:matin|soir)|aujourd'hui|maintenant",
  ),
  /** It all but happened, or will. */
  near: lexicon(
    "almost|nearly|narrowly|just missed|near miss|by itself|on its own|(?:could|would|might|may|will|going to|can) (?:have )?(?:kill|hurt|die|fall|lose|burn|break|collapse|come down|go up|get (?:hurt|killed)|be (?:killed|hurt|crushed))*|w(?:ä|ae)re* fast|fast (?:ab|um|ge|er|ein|unter|schon|die|der|den|in)*|beinahe|um ein haar|von (?:selbst|allein*)|(?:k(?:ö|oe)nnte|wird|kann) (?:jemand|einer|einem|wer|abst|einst|umf|herunter)*|failli|presque|de justesse|(?:va|pourrait|risque de|finir par) (?:tomb|bless|lâch|cass|céder|s'effond|explos|brûl|tuer|mourir)*|tout(?:e)? seule?",
  ),
  /** It asks that something be done. */
  asks: lexicon(
    "(?:please|pls) (?:pass|tell|let|warn|stop|send|ring|call|make sure|get|come|do something|see)|pass (?:this|it) on|(?:someone|somebody) (?:should|must|needs?|has to|ought|had better|please|look|come)|(?:can|could|would|will) (?:you|someone|somebody) (?:please )?(?:tell|pass|let|ring|call|warn|stop|get|see|take care|look|do|come)|let (?:\\p{L}+ )know|needs? (?:looking|seeing|stopping|somebody|someone|to be)|urgent*|at once|help|acknowledge*|answer|bitte (?:sofort|gleich|weiter|sag|melde|gib|k(?:ü|ue)mmer|warn|ruf|komm)*|(?:kannst|k(?:ö|oe)nntest|k(?:ö|oe)nnen) (?:du|sie) (?:dich|das|bitte|jemand*|wem|es|ihn|sie)|k(?:ü|ue)mmern|weitersagen|weitergeben|jemand (?:muss|m(?:ü|ue)sste|sollte|schauen|hin)|hilfe|dringend*|(?:merci|prière) de|(?:peux-tu|pouvez-vous|pourriez-vous|tu peux|vous pouvez) (?:prévenir|dire|transmettre|voir|faire|passer|appeler)*|il (?:faut|faudrait)|quelqu'un (?:doit|devrait|peut|pourrait)|à l'aide|urgent*|prévenir|prévenez|préviens",
  ),
} as const;

/** That it is none, or is seen to. */
const calm = lexicon(
  "drill|exercise|rehearsal|trial|(?:false|test) alarm|(?:is|was|were|are) (?:only )?(?:a )?(?:test|tests|testing|trials?|training)|own test|test (?:gas|trigger|run|mail|message)|testing (?:the|a|it|them)|all clear|no danger|(?:nobody|no one) (?:is|was) (?:hurt|in danger)|locked (?:off|out)|isolated|shut (?:it |the \\p{L}+ )?(?:off|down)|(?:power|switched|turned|valve) (?:is )?off|made safe|taken out of (?:service|use)|out of (?:service|use)|(?:is|are) held|on hold|(?:was|been|is|now|all) (?:fixed|repaired|mended|replaced|serviced|stopped|signed off|sorted|resolved)|new \\p{L}+ (?:was )?fitted|(?:load )?test passed|no faults|closed off|cordoned|taped off|dealt with|in hand|under control|got it|i have it|with (?:him|her|them)|i(?:'ve| have) (?:got|taken|stopped|closed|called|rung|told|turned|switched)|i'?m (?:on it|dealing|ringing|on my way|there)|on (?:his|her|the|their|its) way|(?:ambulance|engineer|fire brigade|technician|doctor|maker|electrician|plumber) (?:is|was|has|comes?|came|called|coming|tomorrow)|key in my|bacon|going home|is (?:fine|better|on the mend|ok)",
  "(?:ü|ue)bung*|fehlalarm|probealarm|probe(?:aus|lauf|betrieb)*|testlauf|entwarnung|keine gefahr|kein (?:echter|ernstfall)|behoben|gesichert|abgesperrt|abgestellt|abgeschaltet|repariert|ausgetauscht|ersetzt|erledigt|(?:ich |wir )?k(?:ü|ue)mmer(?:e|n) (?:mich|uns)|unterwegs|bin dran|bin (?:schon )?da|im griff|hab (?:ich|den|die|das) .{0,20}(?:gesperrt|gerufen|abgestellt|ausgeschaltet)|(?:feuerwehr|notarzt|techniker|monteur|rettung) (?:ist|war|kommt)",
  "exercice*|fausse alerte|essai|fin (?:d'alerte|de l'alerte|de l'exercice)|aucun danger|pas de danger|réparé*|sécurisé*|(?:courant|gaz|vanne|machine) (?:est )?(?:coupé|fermé|arrêté)*|remplacé*|résolu*|réglé*|pris en charge|j'y (?:suis|vais)|je m'en (?:occupe|charge)|en route|sous contrôle|(?:technicien|pompiers|samu|électricien) (?:est|sont|arrive*|prévenu|vien*)",
);

export const isCalming = (text: string): boolean => holds(text.slice(0, 20_000), calm.once);

/** Whether words tell of danger at all. */
export const tellsDanger = (text: string): boolean => holds(text.slice(0, 20_000), grave.once);

/** The hazard that an item tells of, if any. */
export function hazardIn(item: ItemEvent): Hazard | undefined {
  if (item.part !== "whole" || !/^(?:mail|message):/.test(item.ref)) return undefined;
  const voice = voiceOf(item);
  const stretches = stretchesBy(voice).slice(0, MOST);
  const heats = stretches.map(({ text, quoted }) => (quoted ? 0 : heatOf(text)));
  let best = -1;
  let heat = 0;
  for (const [index, here] of heats.entries()) {
    const near = here + 0.5 * ((heats[index - 1] ?? 0) + (heats[index + 1] ?? 0));
    if (here > 0 && near > heat) [best, heat] = [index, near];
  }
  if (heat < 0.5) return undefined;
  const about = stretches.filter((_, index) => heats[index]! > 0 || index === best);
  const stems = new Set(
    about.flatMap(({ tokens }) =>
      tokens
        .filter(({ word, kind }) => (kind === "word" ? word.length > 3 : word.length > 1))
        .filter(({ word }) => !stopwords.has(word))
        .map(({ stem }) => stem),
    ),
  );
  // Only what stands near the danger tells of it.
  const near = stretches
    .slice(Math.max(0, best - 1), best + 3)
    .map(({ text }) => text)
    .join(" ");
  const { sole, exposed, asks } = signs;
  return {
    item,
    stretch: stretches[best]!,
    heat: Math.min(1, heat / 4),
    stems,
    signs: {
      sole: Math.min(sole.count(voice.text), 2) / 2,
      exposed: Math.min(exposed.count(near), 3) / 3,
      near: Math.min(signs.near.count(near), 1),
      asks: Math.min(asks.count(near), 2) / 2,
    },
  };
}

/** Sentences of an item that are looked at. */
const MOST = 200;
