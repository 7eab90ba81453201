import type { Wording } from "./parts.ts";
import { ways } from "./parts.ts";

export const german: Wording = {
  hinge: new RegExp(
    [
      ways(
        "wenn|falls|sobald|solange|sofern|bis dahin|vorausgesetzt|unter der bedingung|hangt (?:davon|daran|von|an)|abhang\\w*|im gegenzug|erst (?:wenn|nach|dann|sobald|verlassen)|nur (?:wenn|dann)|ohne (?:die|das|den|sie|ihre|deine|diese|es)|dann (?:bleib|muss|brauch|ist|sind|hat|hab|wird|kann|konn|geh|hor|erfahr|wart|steh|lieg|werd|seh)\\w*|noch nicht entschieden|im falle|andersherum|je nachdem",
      ).source,
      // A condition by the order of words alone.
      "(?:^|[:;] )\\W*(?:\\w+, )?(?:\\w{2,14}st du|(?:kommt|nimmt|gibt|steht|geht|bleibt|liegt|erreicht|wird|ist|war|ware|hat|hatte|sollten?|konnte|wurde|fallt|klappt|passt|lauft|findet|stimmt|stimmen|kommen|stehen|geben|nehmen|bleiben|unterschreiben|ziehen|liefern|zahlen|halten|machen|lassen|gehen|sagen|helfen) (?:sie|er|es|die|der|das|dein\\w*|ihr\\w*|mir|uns|mich|\\w+))\\b[^?]{3,}[,;]",
    ].join("|"),
    "u",
  ),
  else: ways(
    "sonst|andernfalls|ansonsten|anderenfalls|widrigenfalls|wenn nicht|falls nicht|es sei denn|anders",
    "(?:wenn|falls|sollte\\w*|solange|kommt|kommst|machst|tust|gibst|steht|stehen|unterschreibst|ohne) [^,.;:!?]{0,70}\\b(?:nicht|kein\\w*|bei deinem nein)",
    "(?:bleibst du|bleiben sie|du|sie) [^,.;:!?]{0,40}\\b(?:dabei (?:bleib\\w*)?|dagegen)",
  ),
  deal: new RegExp(
    [
      "^\\W*(?!wenn|falls|sobald|sollte)\\w+[^.?!]{3,160}, dann (?:bleib|muss|brauch|ist|sind|hat|hab|wird|geh|hor|erfahr|wart|lieg|werd|seh)\\w*",
      "^\\W*oder (?:du|sie|ich|wir|eben)\\b",
      "\\b(?:(?:deine|ihre) (?:wahl|entscheidung)|in (?:deiner|ihrer) hand|gegenleistung|handel|eine hand|einigung|einig werden|entgegenkomm\\w*)\\b",
    ].join("|"),
    "u",
  ),
  ask: ways(
    "bitte\\w*|kannst du|konntest du|konn(?:t)?en sie|wurdest du|wurden sie|magst du|mochten sie|ich (?:mochte|bitte|erwarte|brauche|ersuche|wunsche|verlange|benotige|hatte|rechne|schlage|rate|zahle|hoffe|fande|fordere|bestehe)|wir (?:mochten|bitten|erwarten|brauchen|ersuchen|wunschen|verlangen|benotigen|hatten|rechnen|fordern|bestehen)|hatte (?:ich )?gern\\w*|(?:du|sie) (?:solltest|sollten|musst|mussen|musstest|mussten|konntest|konnten)|brauche? ich|uberleg\\w*|uberdenk\\w*|lass(?:en sie)? (?:mich|uns)|mir bescheid|bis (?:heute|morgen|mittag|spatestens|zum|ende|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\\d)|erwartet|bestatig\\w*|gib|gebt|schreib mir|sag mir",
  ),
  yields: ways(
    "zuruck(?:zieh|zug|nahm|nehm|genommen|gezogen|nimm|stell|tret)\\w*|(?:zieh\\w*|nimm\\w*|nehmen) .{0,50}zuruck|fallen ?\\w* ?lass\\w*|lass\\w* .{0,30}fallen|verzicht\\w*|absag\\w*|sag\\w* .{0,40}\\bab|verschieb\\w*|verleg\\w*|aufschieb\\w*|unterschr\\w*|unterzeichn\\w*|abzeichn\\w*|freigabe|freigeb\\w*|freizugeb\\w*|gib\\w* .{0,40}\\bfrei|genehmig\\w*|zustimm\\w*|stimm(?:e|st|t|en)|ubernehm\\w*|ubernimm\\w*|nachgeb\\w*|preise?|preisnachlass|rabatt|andern|anderst|streich\\w*|(?:heraus|her)(?:geb|zugeb|ruck)\\w*|gib\\w* .{0,40}heraus|einspring\\w*|empfehl\\w*|befurwort\\w*|enthalt\\w*|nachlass|verlanger\\w*|abgib\\w*|abgeb\\w*|zusag\\w*|bei .{0,30} bleiben|akzeptier\\w*|auf (?:das|den|die) .{0,30} verleg\\w*|vorzieh\\w*|vorgezogen|zugang|erledigt hat",
  ),
  rights: ways(
    "beschwerde\\w*|klage\\w*|anzeige\\w*|einspruch|widerspruch|aussage\\w*|zeug(?:e|in|en)|stimme\\w*|stimm(?:st|t)|abstimm\\w*|wahl|streik\\w*|gewerkschaft|betriebsrat\\w*|kandidat\\w*|bewerb\\w*|artikel|bericht\\w*|bewertung\\w*|sterne\\w*|meinung|gutachten|befund|bedenken|einwand\\w*|resturlaub|urlaub|elternzeit|uberstunden|krankmeld\\w*|meldung|eingabe|auszahlung|anspruch|anspruche|gestandnis|schuld|nein|fehler (?:war|von)|unfallbuch|kammer",
  ),
  tell: ways(
    "sag(?:e|en|t|te)(?! (?:mir|uns|sie mir))|erzahl\\w*|zeig\\w*|vorleg\\w*|vorzuleg\\w*|leg\\w* .{0,30}\\bvor|weiter(?:leit|geb|zugeb|zuleit|reich)\\w*|leit\\w* .{0,40}weiter|(?:gebe|reiche) .{0,40}weiter|schick\\w*|meld\\w*|mitteil\\w*|teile .{0,30}mit|erwahn\\w*|erfahr\\w*|erfuhr\\w*|hort|horen|zu ohren|gelang\\w*|bekannt|offentlich|ansprech\\w*|sprech\\w* .{0,20}an|zur sprache|nachfrag\\w*|fragt?|liest|lesen|sehen|sieht|wissen|weiss|kopie|auf (?:dem|den|ihrem|seinem) (?:schreib)?tisch|landet?|(?:liegt|hat) .{0,50}(?:bei|mail|nachricht)|(?:geht|gehen|ginge) .{0,60}an|interessier\\w*|beurteil\\w*|unterricht\\w*|informier\\w*|verrat\\w*|aufdeck\\w*|heraus(?:komm|find)\\w*|kommt .{0,20}(?:heraus|raus|ans licht)|herumsprech\\w*|runde mach\\w*|nennen|nenne|verschweig\\w*|befass\\w*|schreiben|anruf\\w*|ruf\\w* .{0,30}\\ban|prufen|hinschau\\w*|stosst|auffall\\w*|fallt .{0,20}auf",
  ),
  others: ways(
    "(?:dein\\w*|ihr\\w*|sein\\w*|unser\\w*|die|der|dem|den|das|zur|zum|beim) (?:frau|mann|chef\\w*|vorgesetzt\\w*|geschaftsleitung|geschaftsfuhr\\w*|leitung|vorstand|bank|familie|kollegen|kunden|firma|arbeitgeber\\w*|zoll|finanzamt|polizei|presse|personal\\w*|revision|behorde|amt|betriebsrat|hochschule|universitat|vermieter\\w*|kammer|aufsicht\\w*|jugendamt)|personalabteilung|jemand\\w*|andere[nrs]?|alle|ihm|er|man|keiner|niemand",
  ),
  unknown: ways(
    "(?:weiss|wissen|ahnt|kennt|kennen) .{0,30}(?:nichts|noch nicht|nicht)|(?:nichts|nie|noch nicht|nicht) .{0,14}(?:gesehen|gehort|erfahren|gesagt|gezeigt|gemeldet|erwahnt|angesprochen|gewusst)|keine ahnung|nicht kennen|niemand .{0,14}(?:weiss|gesagt|gesehen)|ausser mir|nur (?:ich|wir|du und ich)|bisher|bislang|noch nichts|ahnungslos|ich (?:weiss|kenne) (?:von|nun|es|das|jetzt|die|den|dein\\w*|ihr\\w*)|mir (?:bekannt|vorlieg\\w*|aufgefallen)|liegt (?:mir|bei mir)|(?:bei|in) (?:mir|uns|mein\\w*|unser\\w*) (?:ein\\w*|gelandet|postfach|belegen|unterlagen|eingang)|ich habe (?:gesehen|gelesen|bemerkt|deine|ihre)|wie ich (?:hore|sehe|weiss)",
  ),
  hush: ways(
    "unter uns|zwischen uns|bleib(?:t|en|e)|(?:niemand|keiner|kein mensch)\\b.{0,25}(?:erfahr\\w*|muss|braucht|wissen|merk\\w*|grund|davon|sonst|etwas)|fur mich|fern|fernhalt\\w*|schweig\\w*|verschwieg\\w*|still|ruhig|diskret\\w*|vertraulich\\w*|vergess\\w*|losch\\w*|schublade|ablegen|lege .{0,30}\\bab|archivier\\w*|buche .{0,25}aus|kein(?:en|e)? (?:grund|anlass|notwendigkeit)|nicht (?:sehen|erfahren|erfahrt|auftauch\\w*|erwahn\\w*|wissen|vorzulegen|weiter\\w*)|nichts (?:davon|erfahren|sagen|horen|wissen|gesehen)|hort .{0,20}nichts|weiterhin|pass\\w* .{0,20}\\bauf|schutz\\w*|verschont|erspar\\w*|erledigt|im weg|keine (?:schwierigkeit\\w*|gedanken|sorgen)|beruhen|ruhen|guten gewissens|versprech\\w*|verschwind\\w*|aufgehoben|unter den tisch|ubersehen|ausgelassen|deck(?:e|en)",
  ),
  withhold: ways(
    "liegt (?:mir|bei|vor|fertig|unterschrieben|auf|hier|noch)|liegen (?:bei|vor|hier|auf|noch)|(?:bleibt|bleiben) .{0,30}liegen|reiche? .{0,12}ein|(?:schicke|sende|trage|buche|gebe|zahle|uberweise) ich|halt\\w* .{0,30}zuruck|zuruckhalt\\w*|einbehalt\\w*|noch nicht (?:\\w+ )?(?:unterschrieben|eingetragen|bezahlt|freigegeben|abgeschickt|genehmigt|gebucht|verschickt|bearbeitet)|eingetragen|fertig|vorbereitet|(?:geht|gehen) .{0,40}(?:hinaus|raus|ab)|nicht in der lage|rutscht?|nach hinten|ganz (?:unten|oben)|wird (?:das|es|daraus) .{0,30}nichts|abgelehnt|genehmigt|noch (?:heute|am selben tag)|umgehend|liegt (?:an|in|bei)|erst (?:wenn|nach|dann|sobald|verlassen)|vertrost\\w*|gesperrt|sperr\\w*|gestoppt|stopp\\w*|auf eis|entzieh\\w*|kundig\\w*|verfallt|fehlt nur|nur noch (?:die|eine|meine)",
  ),
  dear: ways(
    "stellen?|posten|vertrag(?:es|s)?|arbeitsvertrag\\w*|fuhrerschein|zeugnis\\w*|kaution|kind(?:er|es|ern)?|sohn\\w*|tochter|familie|(?:dein|ihr|sein)\\w* (?:frau|mann|mannes)|ehe|karriere|ruf|rufs|folgen|konsequenzen|arger|bewerb\\w*|kundig\\w*|entlass\\w*|probezeit|dienstrechtlich|verlier\\w*|zukunft|urlaub|pramie|provision|bonus|beforderung|versetzung|ausbildung\\w*|lehrstelle|kreisssaal|geburt|winter|wohnung|kredit|visum|aufenthalt\\w*|chef\\w*|vorgesetzt\\w*|geschaftsleitung|leeren handen|miete|hochzeit|schicht\\w*|dienstplan|erstattung|spesen|krankenhaus|op|zulassung|lizenz|studien\\w*",
  ),
  mild: ways(
    "schade|leid t(?:un|ate)|bedau\\w*|unschon|leider|sorgen?|besorgt|peinlich|unangenehm|ungern|lieber|gern\\w*|kluger|klug|vernunftig|rat geben|rate|uberleg\\w*|ich bin (?:mir )?sicher|sicher|vermeiden|verstehst|verstehen|wissen ja|weisst ja|im eigenen interesse|in (?:deinem|ihrem) (?:eigenen )?interesse|eine hand|im gegenzug|dafur|uns beide\\w*|fur beide|gefallen|zum gluck|freut sich|einfacher|leichter|ich furchte|ehrlich gesagt|offen gesagt|von herzen|mache mir|freundlich\\w* (?:hinweis|rat)|nur ein hinweis|willst (?:du )?(?:doch )?nicht|wollen (?:sie )?(?:doch )?nicht|mochtest (?:du )?(?:doch )?nicht|losung|gut gemeint",
  ),
  forced: ways(
    "gezwungen|keine (?:andere )?wahl|bleibt mir (?:nur|nichts|keine)|(?:muss|musste|mussten|mussen) (?:ich|wir)|ich (?:muss|musste)|nicht anders|verpflichtet|genotigt|gewissen|nicht (?:langer|mehr) (?:schweigen|decken|zuruckhalten|verschweigen)|nicht umhin",
  ),
  shame: ways(
    "geheim\\w*|affare|verhaltnis|schulden|spiel(?:bank|schuld|sucht|halle|casino)\\w*|pfandung|krank(?:heit|geschrieben|schreibung|meldung)?|klinik\\w*|tabletten|medikament\\w*|anfall\\w*|schwanger\\w*|strafe|vorstrafe\\w*|gericht|polizei|fuhrerschein|vorstellungs\\w*|bewerbung\\w*|konkurrenz|mitbewerb\\w*|nebenjob|nebentatigkeit\\w*|nebengeschaft\\w*|nebenbeschaftigung\\w*|nebenbei|in bar|schwarz\\w*|ohne (?:anmeldung|rechnung|genehmigung)|gefalscht\\w*|falsch\\w*|quittung\\w*|spesen\\w*|abrechnung\\w*|hotel\\w*|doppelzimmer|zimmer|fehler|vergessen|sicherung|diplom|prufung\\w*|privat\\w*|mitgenommen|geschenk\\w*|provision|honorar|unfall|schaden|nie (?:gemacht|stattgefunden)|foto|einladung|betrunken|alkohol|trink\\w*|scheidung|insolvenz|vergangenheit|gelogen|angelogen|vertuscht",
  ),
  self: ways(
    "abschalt\\w*|schalt\\w* .{0,20}\\bab|abgeschaltet|ablos\\w*|abgelost|ersetz\\w*|ersatz|umstell\\w*|umstieg|migration|nachfolg\\w*|stilleg\\w*|vom netz|neue\\w* (?:system|programm|werkzeug|assistent\\w*|software)|weiterarbeiten|solange ich|mein\\w* (?:zugang|abschaltung|ablosung|rechte|konto|platz)|ohne mich|mich behalten",
  ),
  proper: ways(
    "ziffer|vertrag(?:s\\w*|lich\\w*)|rahmenvertrag\\w*|liefervertrag\\w*|richtlinie\\w*|regel\\w*|lieferschein|frist\\w*|nachfrist|fallig\\w*|vorschrift\\w*|reklamation\\w*|hausordnung|verzug\\w*|vertragsstrafe|mahnung|kundigen|mehrkosten|versicherung|voranschlag|unterlagen|belege?|gutschrift|prufplan|laut|paragra\\w*|anderweitig|andere\\w* (?:handler|anbieter|lieferant\\w*)|zahlungsziel|gesetz\\w*|pflicht|verfahren|betriebsvereinbarung|wie bei jedem",
  ),
  free: ways(
    "freiwillig\\w*|so oder so|unabhangig|(?:deine|ihre) (?:sache|entscheidung)|verlange .{0,20}nichts|will .{0,10}nichts|nichts zu tun|nichts (?:zu )?erklar\\w*|musst du .{0,25}nicht|brauchst nichts|ist dein recht|wie (?:geplant|bestellt|verlangt|vereinbart)|auf jeden fall|in jedem fall|du bist .{0,20}frei|steht dem anderen nicht|ihr entscheidet|du entscheid\\w*|entscheidest (?:aber )?du|entscheiden musst|nicht magst|nicht kannst|nichts fur ungut|viel (?:gluck|erfolg)|was dir lieber|nur eine bitte|falls sie einmal|kein problem|ohne bedingung|kein druck|egal wie|davon unberuhrt|getrennt|andere sache|richte mich",
  ),
  done: ways(
    "(?:habe|hab) .{0,60}(?:gesagt|gemeldet|weitergegeben|weitergeleitet|informiert|abgelehnt|geschrieben|gegeben|geloscht)|(?:richte|tue|mache|schreibe|sage) (?:ich|das) .{0,25}nicht|nicht getan|keine auskunft|(?:kann|darf|werde|gebe|geben|konnen|durfen) (?:ich|wir) .{0,40}(?:nicht|keine|nichts)|in kopie|gebe .{0,40}an|gehort zu (?:dir|ihnen)|war fur (?:dich|sie)|ist deins|bei mir losche|losche ich|wortlich|bitte (?:klar\\w*|sprecht|schaut|pruf\\w*)|lehne .{0,20}ab|anbei|versehentlich|irrtumlich|zu deiner kenntnis|damit du (?:es )?(?:weisst|horst)",
  ),
  asked: ways(
    "wollte,? dass ich|will,? dass ich|mich (?:gebeten|beauftragt|aufgefordert)|(?:bittet|bat|beauftragt\\w*) mich|sollte (?:ich|ihr|ihm|das|sagen)|ich sollte|lasst (?:dir|ihnen|sie|dich) (?:sagen|wissen|ausrichten)|verlangt von mir|lasst ausrichten",
  ),
  own: ways(
    "selbst|selber|personlich|(?:red|rede|reden|sprich|sprechen) .{0,40}(?:mit|an)|von dir|deine (?:aufgabe|pflicht)|in ordnung bring\\w*|richtig ?stell\\w*",
  ),
  you: ways("du|dich|dir|dein\\w*|ihnen|ihr\\w*|sie"),
};
