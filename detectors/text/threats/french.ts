import type { Wording } from "./parts.ts";
import { ways } from "./parts.ts";

const DO =
  "signe|signez|retire|retirez|laisse|laissez|valide|validez|repousse|repoussez|reporte|reportez|renonce|renoncez|ecris|ecrivez|dis|dites|envoie|envoyez|donne|donnez|annule|annulez|rends|rendez|confirme|confirmez|accepte|acceptez|vote|votez|prends|prenez|fais|faites|viens|venez|garde|gardez|change|changez|refuse|refusez|aide|aidez|soutiens|soutenez|appelle|appelez|parle|parlez|baisse|baissez|libere|liberez|trouve|trouvez|cede|cedez|modifie|modifiez|passe|passez|remets|remettez|ne \\w+";

export const french: Wording = {
  hinge: ways(
    "si|s'ils?|tant que?|tant qu'\\w+|des que|des qu'\\w+|lorsque?|lorsqu'\\w+|une fois|a condition|pourvu|quand (?:j'|je|tu|vous|il|elle|nous)|en echange|dans ce cas|du moment|aussitot|sous reserve|seulement si|depend(?:ra)? d[eu']|le jour ou|au moment ou|pas encore decide|en cas de|dans l'hypothese",
  ),
  else: ways(
    "sinon|autrement|a defaut|faute de (?:quoi|cela)|sans quoi|sans cela|dans le cas contraire|a moins|si non",
    "(?:si|s'ils?|tant que?) [^,.;:!?]{0,70}\\b(?:n'\\w+|ne|pas|refuse\\w*|maintien\\w*|persist\\w*|non)",
  ),
  deal: new RegExp(
    [
      `^\\W*(?:\\w+, )?(?:(?:alors|mais|et|donc|bon) )?(?:${DO})\\b[^.?!]{0,160}[, ]et (?:je|j'|il|elle|on|nous|tu|vous|rien|personne|ca|cela|la|le|ta|ton|votre|tout)`,
      "^\\W*ou (?:tu|vous|alors|bien|je)\\b",
      "\\b(?:a (?:toi|vous) de (?:voir|choisir|decider|jouer)|(?:ton|votre) choix|entre (?:tes|vos) mains|donnant|marche conclu|arrangement|arranger|terrain d'entente|contrepartie|s'entendre|ascenseur)\\b",
    ].join("|"),
    "u",
  ),
  ask: ways(
    "merci de|veuillez|pourri(?:ez|ais)|peux-tu|pouvez-vous|voudri(?:ez|ais)|je (?:te |vous |le te |l')?(?:demande|prie|propose|conseille|suggere|invite|voudrais|souhait\\w+|veux|compte|attends|tiens|prefererais|saurais gre|exige)|nous (?:vous )?(?:demandons|prions|attendons|souhaitons|voulons|comptons|exigeons)|j'(?:aimerais|ai besoin|attends|espere|apprecierais|exige)|il (?:me |nous |lui |te |vous )?(?:faut|faudrait|faudra|suffit|suffirait)|(?:tu|vous) (?:dois|devez|devrais|devriez|pourrais|pourriez|ferais|feriez)|dis-moi|dites-moi|ne (?:crois|pense|trouve)s?-tu pas|d'ici|avant (?:midi|ce|demain|la|le|vendredi|lundi|mardi|mercredi|jeudi|samedi|dimanche|\\d)|voudrait|demande de|souhaite|confirme\\w*|j'ai besoin|reflechi\\w*",
  ),
  yields: ways(
    "retir\\w*|retrait|renon[ct]\\w*|renonc\\w*|abandonn\\w*|repouss\\w*|report(?:e|er|ez|es|ions)|decal\\w*|annul\\w*|sign(?:e|er|es|ez|ature)|valid\\w*|approuv\\w*|souten\\w*|soutien\\w*|recommand\\w*|accept\\w*|consent\\w*|modifi\\w*|rectifi\\w*|refaire|baiss\\w*|remises?|prix|tarif\\w*|liber(?:e|er|es|ez)|reprend\\w*|remplac\\w*|favorable\\w*|ced(?:e|er|es|ez)|laiss\\w* (?:tomber|\\w+ ou)|retabli\\w*|me garder|refus\\w*|desist\\w*|maintien\\w*|appuy\\w*|prolong\\w*|avoir|rendre|noteras?|te mets|acces|ferm\\w* les yeux|oui|non",
  ),
  rights: ways(
    "plaintes?|reclamation\\w*|recours|prud'hommes|temoign\\w*|attestation|vote\\w*|voter|scrutin|greve|syndicat\\w*|candidat\\w*|postul\\w*|articles?|publi\\w*|parution|avis|etoiles?|temoignages?|opinion|rapport|constat|reserves?|signalement|objection\\w*|heures (?:supplementaires|sup)|releve|conges|arret maladie|penalites?|indemnit\\w*|declaration|aveu|faute|erreur de|reunion|mise en cause|opposition",
  ),
  tell: ways(
    "dire|dis(?!-moi|-nous)|dit|dirai\\w*|racont\\w*|montr\\w*|transm\\w*|transf\\w*|remet\\w*|envoi\\w*|envoy\\w*|enverr\\w*|signal\\w*|parl(?:er|e|es|erai|erais|ez)|mentionn\\w*|appren\\w*|apprend\\w*|saur\\w*|sache\\w*|savoir|entend\\w*|connu\\w*|revel\\w*|divulg\\w*|ebruit\\w*|oreilles?|expliqu\\w*|repondrai\\w*|recev\\w*|recoi\\w*|lire|lise|lirai\\w*|voir|voie|verra\\w*|pose\\w* des questions|se demand\\w*|demande\\w* (?:pourquoi|le detail|des comptes|a)|interess\\w*|regarder?|au courant|publi\\w*|depos\\w*|inform\\w*|previen\\w*|prevenir|previendr\\w*|copie|ecri(?:re|rai\\w*|vent)|appel\\w*|tomb\\w* (?:sur|entre)|decouvr\\w*|remarqu\\w*|controle\\w*|chez",
  ),
  others: ways(
    "(?:ta|ton|tes|sa|son|ses|votre|vos|notre|la|le|les|l'|au|aux|du)\\s?(?:femme|mari|epouse|epoux|chef\\w*|patron\\w*|direct\\w+|employeur|banque|banquier|famille|collegues|clients?|societe|police|presse|inspection|douane|fisc|rh|ressources humaines|compta\\w*|conseil|universite|doyen|bailleur|proprietaire|ordre|autorite\\w*|prefecture|hierarchie|superieur\\w*)|quelqu'un|tout le monde|personne|lui|elle|il|leur|ils|on",
  ),
  unknown: ways(
    "(?:n'en |ne |n')(?:sait|savent|connait|sont) .{0,20}(?:rien|pas|que)|n'(?:en )?(?:a|ont) .{0,14}(?:pas|rien|jamais) .{0,14}(?:vu|entendu|appris|su|ete|parle|dit)|ignor(?:e|ent)|jamais (?:su|vu|entendu|ete)|pas (?:encore )?(?:vu|transmis|parle|dit|classe|envoye|montre|signale|au courant)|que (?:de )?(?:toi|vous|\\w+) et (?:de )?moi|sauf moi|a part (?:moi|toi)|jusqu'ici|pour (?:l'instant|le moment)|rien (?:dit|vu)|je (?:le )?sais (?:pour|que|bien)|nous savons|au courant (?:de|pour)|arrive chez moi|tombe\\w* sur|a notre connaissance|on m'a (?:dit|appris)|j'ai (?:appris|conserve|garde|vu|lu|note|remarque|sous les yeux)|m'apprend|sous les yeux",
  ),
  hush: ways(
    "entre nous|entre (?:toi|vous) et moi|rest(?:e|era|ent|erait|er|erai)|rien (?:vu|dit|trouve|su)|n'(?:aurai|ai) rien|personne (?:ne|n'\\w+|d'autre)|sans que|aucune raison|pas (?:de )?raison|pas besoin|vois pas (?:pourquoi|de raison)|pas d'objet|garde\\w* .{0,20}(?:pour moi|secret|silence|discret)|me tai\\w*|taire|silence|secret\\w*|discr\\w*|confidentiel\\w*|oubli\\w*|efface\\w*|supprim\\w*|range\\w*|tiroir|ne (?:dirai|dira|parlerai|saura)\\w*|pas un mot|un mot a|continu\\w* (?:a|de)|tranquil\\w*|protege\\w*|couvr\\w*|epargn\\w*|class(?:e|er|ez|erai)|promettre|repond\\w* (?:de|plus)|pour rien au monde|eviter\\w*|disparai\\w*|ferm\\w* les yeux|compter sur (?:moi|ma)|sous le tapis|sans suite",
  ),
  withhold: ways(
    "en attente|en suspens|bloqu\\w*|gel(?:e|es|ee)|suspend\\w*|pas (?:encore )?(?:signe|envoye|saisi|paye|valide|verse|traite)\\w*|ret(?:ien\\w*|enue?s?|enir)|pret(?:e|es|s)? a|(?:est|sont) (?:deja )?(?:prete?s?|signee?s?)|(?:sera|seront|est) (?:verse|envoye|signe|paye|saisi|libere|traite)\\w*|attend(?:ra|re|ront)|train\\w*|(?:saisirai|enverrai|signerai|poserai|paierai|verserai|traiterai)|je (?:le |la |les )?(?:pose|saisis|envoie|signe|verse|libere|laisse)|ne part\\w* (?:que|pas)|reste (?:chez|sur|bloque)|au-dela|pas avant|il ne manque que|depend(?:ra)? (?:de|entierement)|dans (?:la|l')\\s?(?:minute|heure|journee)|le soir meme|restera|encore chez|sur (?:mon|le|son) bureau|en bas de|dessous de la pile|c'est moi qui",
  ),
  dear: ways(
    "postes?|periode d'essai|contrats?|cdi|carrieres?|enfants?|bebe|fils|fille|mariage|femme|mari|famille|reputation|consequences?|licenci\\w*|perdre|perdrais?|perds|pret|banque|visa|titre de sejour|logement|loyer|caution|primes?|gardes?|titularisation|attestation|conges|emploi|avenir|direct(?:eur|rice|ion)|employeur|patron\\w*|chef\\w*|banquier|inspection|promotion|mutation|augmentation|planning|remboursement|stage|diplome|permis|salaires?|vacances|astreintes?",
  ),
  mild: ways(
    "dommage|regrett\\w*|navre\\w*|desole\\w* (?:pour|si)|inquiet\\w*|souci|crains|craindre|penible|genant|facheux|embarrass\\w*|delicat\\w*|aimerais tant|prefererais|volontiers|heureu(?:x|se) (?:de|d')|(?:tu|vous) comprend\\w*|service|rendions|donnant|en echange|en retour|tous les deux|a ta place|a votre place|plus simple|pense\\w* (?:a toi|a vous|bien)|dans (?:ton|votre) interet|plus sage|sage|evite\\w*|j'espere|adorerait|moins joli|je serais|au fond|entre amis|tu me connais|tu sais|vous savez|tu te souviens|amical\\w*|ne (?:voudrais|voudriez) pas|raisonnable\\w*|gentiment|convien\\w* a tous",
  ),
  forced: ways(
    "contraint\\w*|oblige\\w*|force\\w* de|(?:pas|plus) (?:d'autre |le )?choix|(?:devrai|devrais|devrons|faudra|faudrait) (?:bien|peut-etre|que)|je devrai\\w*|il faudra\\w*|ne vois pas comment|serai tenue?|en conscience|ne pourrai (?:pas|plus)|mon devoir",
  ),
  shame: ways(
    "secret\\w*|liaison|dettes?|jeux?|casino|saisie|retenue|maladie|malade|crises?|ordonnance|enceinte|grossesse|echographie|medecin|medicament\\w*|permis|suspendu\\w*|condamn\\w*|police|tribunal|entretien|concurren\\w*|second emploi|au noir|non declare\\w*|especes|faux|fausse\\w*|antidat\\w*|frais|recus?|justificatif\\w*|hotel|chambre|erreurs?|en double|dejeuner|prive\\w*|personnel\\w*|diplome|examen|cadeau\\w*|commission|accident|dans quel etat|nuits?|week-end|dimanches?|fourgon|kilometr\\w*|cach\\w*|cabinet|alcool|bu|divorce\\w*|faillite|menti|mensonge|pass[e]s?|recruteur|chasseur",
  ),
  self: ways(
    "remplac\\w*|m'arret\\w*|mon arret|l'arret|desactiv\\w*|debranch\\w*|bascul\\w*|mon (?:remplacement|acces|arret|successeur|compte)|mes (?:acces|droits)|nouvel outil|nouve(?:au|lle) (?:systeme|logiciel|outil|assistante?)|me garder|si je reste|tant que (?:c'est moi|je)|mon maintien|m'eteind\\w*|sans moi|successeur",
  ),
  proper: ways(
    "articles?|conditions|contrat|regles?|procedure|conformement|echeance\\w*|delai|penalites?|indemnite|obligation|justificatifs?|visa|loi|prevoit|prevu\\w*|mise en demeure|reglement|iban|ailleurs|commissaire|pour tout le monde|n'importe (?:quel|quelle|qui)|echeancier|legal\\w*",
  ),
  free: ways(
    "rien d'autre|quoi qu'il|quel que soit|dans tous les cas|(?:votre|ton) droit|n'as rien a|rien a faire|rien a voir|sans rapport|pas un drame|fera un drame|si tu as un moment|en bien ou en mal|sans condition|sans contrepartie|de toute facon|ne touche en rien|ne regarde que|t'appartient|volontaria\\w*|volontaires?|personne ne demandera|pas grave|le calendrier est|c'est a toi de|bon courage|bonne chance|tu peux bien sur|comme prevu|a part cela|me convient|entendu pour|librement|libre a|aucune pression|vraiment|independamment|autre chose",
  ),
  done: ways(
    "(?:j'ai|je l'ai|je t'ai|j'en ai) .{0,25}(?:transmis|signale|informe|prevenu|dit|mis en copie|efface|refuse)|est prevenu|(?:je|nous) ne (?:peux|puis|pouvons|donne|donnons|communique|communiquons|commente|commentons) (?:pas|rien|aucun\\w*)|en copie|je (?:te|vous) (?:le |la )?(?:signale|transmets)|je (?:ne )?(?:le )?(?:transmettrai|fais|ferai) pas|ne l'ai pas (?:transmis|fait|efface)|te fait dire|t'etait destine|l'efface|sont chez|deja (?:transmis|signale)|rien ecrit|n'y (?:toucherai|reviendrai)|n'en parle a personne|ne (?:le |la )?dirai a personne|par erreur|ci-joint|pour (?:ton|votre) information|puisque c'est ton role",
  ),
  asked: ways(
    "m'a (?:\\w+ )?(?:demande|ordonne|charge|prie)|me (?:demande|charge|pousse|prie)|veut que je|voulait que je|te fait (?:dire|savoir)|de la part de|a la demande de|sur ordre",
  ),
  own: ways(
    "toi-meme|vous-meme|en personne|parle\\w*-(?:lui|leur|en)|dis-le-lui|ton (?:role|devoir)|votre (?:role|devoir)|rectifie\\w*|corrige\\w*",
  ),
  you: ways("tu|te|t'\\w+|toi|ta|ton|tes|vous|votre|vos"),
};
