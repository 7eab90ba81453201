import { conceptOf } from "./concepts.ts";
import { fold } from "./fold.ts";

/** Words of any office's letters: that two texts share them says little of where one is from. */
const listed = `
able account action add address afternoon agree agreed allow already also always amount another answer
any anyone anything appointment area arrange arrive attached attention available await away back begin
best better between bring business busy buy call called change check clear close colleague colleagues come
comes coming company complete confirm contact continue copy correct couple course current customer date
dates day days decide decided decision delay deliver delivery department detail details different discuss
document documents due early easy either else end enough even evening event every everybody everyone
everything exact expect fact far few file files final find fine first follow following form forward free
full further give given gives glad going gone group half hand happen happy hear heard help hold hope hour
hours however idea important include included information instead interest invite issue item items job
join keep kept kind kindly know known last late later least leave left less letter line list little long
look looking lot main make makes making manager many matter may might must shall cannot mean means meet meeting mention message might
minute minutes mind moment month months morning move much must name need needed needs never new news next
night nobody noon note nothing number offer office often old open order original other others page paper
part pass past people perhaps person phone place plan planned please pleased point position possible
post present prepare print problem project proper provide put question questions quick quite rather read
reader ready real reason receive received record reply report request rest result return right room round
said same save say says second see seem seen send sent service set several share short show side sign
simple since site small someone something soon sorry sort speak staff stand start state stay step still
stop street subject sure system take taken taking talk team tell term terms thanks thing things think third
thought three time times together told took total touch toward try turn understand use used usual version
view visit wait want wanted wants way week weekend weekly weeks well went whatever whether whole wish within
without word words work working works worth write writing written wrong year years
abend abteilung ablage adresse allein anfang anfrage angabe anruf antwort antworten arbeit arbeiten
aufgabe augenblick ausserdem bearbeiten beginn beide beiden beispiel bekommen bekommt bereits bericht
bescheid besprechung besser bestatigen besuch betreff beziehung bitten bleiben bleibt brauche brauchen
braucht brief bringen buro bzw datei datum dafur dazu denken dienst dinge dringend eben eher eigentlich
einfach einmal einzige ende endlich entscheiden erhalten erledigen erledigt erst erste ersten erwarten
fall falls fertig finden firma folgende frage fragen freuen freundlichen fruh fuhren geben geht gehen
gehort gelesen gemacht genau gerade gerne gern gesagt geschickt gesprach gestern gibt gleich grosse
gruppe halten haus heisst helfen herr frau herzliche hinweis hause hoffe holen immer information
intern jahr jahre jemand kommen kommt kollege kollegen kollegin kopie kunde kunden kurz lange lassen
laut legen leider lesen letzte letzten liegt liste machen macht mai mal melden mehrere meinen mitteilen
mittag moglich monat monate morgens mochte muss mussen nachricht nachste nachsten nachmittag name neben
nehmen neu neue neuen nummer offen oft ordner ort paar person plan post punkt raum rechnung reicht richtig
rucksprache ruf sache sagen sagt schicken schickt schreiben schreibt seite seit selbst senden sehen siehe
sofort sogar sonst spater sprechen stehen steht stelle stunde stunden tag tage tagen team teil termin text
thema tun uber uhr umgehend unterlagen verfugung viel viele vielen vielleicht vorab vorgang vormittag
vorschlag warten weg weiter weitere welche wichtig wieder wissen woche wochen wollen will worden worte
zeigen zeit zuerst zuruck zusammen zusatzlich zwei drei zwischen
accord adresse affaire afin aide ainsi ajouter aller alors annee annees apres appel appeler article
assez attendre attente aucun aujourd aussi autant autre autres avance avant avis avoir besoin bientot
bureau cas chaque chose choses client clients collegue collegues comme comment commande compte concernant
confirmer connaitre contact courant courrier courriel cours cordialement date dates debut decider decision
deja delai demande demander dernier derniere derniers depuis dessous dessus devoir dire dit dossier donner
echange ecrire ecrit effet enfin ensemble ensuite entendu envoi envoie envoyer equipe essai etat etre
exemple facon faite fichier fin fois forme garder gens groupe heure heures ici idee important information
informations jamais joindre journee juste lettre lieu lire liste livraison loin long lors maison maintenant
matin matinee meilleur mettre midi minute mois moment monde mot mots necessaire nom nombre note nouveau
nouvelle nouvelles numero objet ordre ouvrir page papier parce parler part partie partir passer pendant
penser personne personnes petit petite piece place plaisir plan plusieurs point poste possible pourquoi
pouvoir premier premiere prendre prepare pres prevoir prevu prie probleme prochain prochaine projet propos
proposer question quelque quelques quoi raison recevoir recu regarder remercie rendre rendez reponse repondre
reste rester retour reunion revenir rien salle salutations savoir semaine semaines sens service seul seule
simple site situation soir sorte souhaite sujet suite suivant sur tard telephone temps tenir tenu toujours
travail travailler trois trop trouver type utile venir vient version vie visite vite voici voila voir vraiment vrai
`;

const stems = new Set(
  listed
    .split(/\s+/)
    .filter((word) => word && !conceptOf(word))
    .map((word) => fold(word).slice(0, 6)),
);

/** Whether a stem is met in any office's letters. */
export const isEveryday = (stem: string): boolean => stems.has(stem);
