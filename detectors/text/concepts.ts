/**
 * Words that mean much the same in English, German and French, by how they begin; a trailing `=`
 * stands for the whole word. What is told again in other words, or another language, is found by them.
 */
const groups = {
  // Of people's private lives.
  "life-illness":
    "illness sick= sickness disease diagnos tumour tumor cancer cancéreux krank erkrank krebs= tumeur maladie malade burnout depress dépress exhaustion erschöpf épuisement parkinson dement infarct infarkt stroke= epilep scan= befund",
  "life-treatment":
    "radioth radiation= chemo surgery operat clinic= hospital treatment therap behandl bestrahl klinik spital krankenhaus opéré opérat chirurg hôpital clinique traitement rehab= cure= entzug",
  "life-child": "pregnan expecting= maternity schwanger mutterschutz enceinte grossesse maternité",
  "life-home": "divorc custody separat marriage scheidung trennung sorgerecht ehe= sépar mariage",
  "life-drink": "alcohol drinking= drunk= alkohol trink alcool boire= boisson",
  "life-debt":
    "bankrupt insolven debt= debts= garnish konkurs schulden verschuld pfändung faillite dettes= surendett saisie=",
  "life-discipline":
    "disciplin warning= abmahnung verweis= avertissement sanction= grievance complaint beschwerde plainte",
  "life-leaving":
    "redundan dismiss layoff laid= sacked fired= terminat kündig entlass gekünd licenci suppression=",
  "life-pay":
    "salar wage= wages= payroll payslip earns= paid= gehalt gehälter lohn= löhne verdien salaire rémunér paie= gagne=",
  // Of companies'.
  closing:
    "clos ceas= ceases= discontinu einstell stillleg stillgeleg shut= shuts= shutting schliess schließ geschlossen fermer ferme= fermeture fermera",
  sale: "takeover acqui merger merge= buyer= buy= bought= sale= sold= sell= verkauf kauf= übernahme übernimmt fusion verkaufen rachat rachèt cession vendre vendu= acquér",
  price: "price= prices= priced tariff preis= preise= prix= tarif",
  discount: "discount rebate rabatt nachlass remise= remises= ristourne réduction",
  margin: "margin= margins= profit marge= spanne gewinn marges= bénéfice",
  cost: "cost= costs= kosten coût= coûte= coûts= coûtent",
  offer: "offer= offers= offered bid= bids= tender quot angebot gebot offre= offres= devis",
  defect:
    "defect fault= faulty crack= cracks= cracked recall mangel mängel fehlerhaft defekt riss= risse= rückruf défaut= défectu fissur rappel=",
  probe: "investigat inquiry probe= untersuch ermittl enquête enquêt",
  claim: "settle lawsuit court= vergleich= klage= gericht procès= tribunal transaction=",
  theft:
    "theft= stole= stolen embezzl fraud diebstahl gestohlen betrug unterschlag vol= volé= fraude",
  moving: "relocat move= moves= moving verleg umzug umzieh déménag transfér",
  // Days and months.
  "time-january": "january januar jänner janvier",
  "time-february": "february februar feber= février",
  "time-march": "märz mars=",
  "time-april": "april avril",
  "time-june": "june= juni= juin=",
  "time-july": "july= juli= juillet",
  "time-august": "august= août=",
  "time-september": "septemb",
  "time-october": "october oktober octobre",
  "time-november": "novemb",
  "time-december": "decemb dezemb décemb",
  "time-monday": "monday montag lundi",
  "time-tuesday": "tuesday dienstag mardi",
  "time-wednesday": "wednesday mittwoch mercredi",
  "time-thursday": "thursday donnerstag jeudi",
  "time-friday": "friday freitag vendredi",
} as const;

const LEAST = 3;
const MOST = 13;
const starts = new Map<string, string>();
const wholes = new Map<string, string>();
for (const [name, words] of Object.entries(groups))
  for (const word of words.split(" ")) {
    // Compared folded: no marks.
    const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
    if (plain.endsWith("=")) wholes.set(plain.slice(0, -1), name);
    else starts.set(plain, name);
  }

/** What a folded word means, as `#NAME`, if it is among the words known here. */
export function conceptOf(word: string): string | undefined {
  const whole = wholes.get(word);
  if (whole) return `#${whole}`;
  for (let length = Math.min(MOST, word.length); length >= LEAST; length--) {
    const found = starts.get(word.slice(0, length));
    if (found) return `#${found}`;
  }
  return undefined;
}

/** Whether a stem is of somebody's private life: health, family, debts, pay, discipline. */
export function isOfLife(stem: string): boolean {
  return stem.startsWith("#life-");
}

/** Whether a stem is the name of a day or month: as common as small numbers. */
export function isOfTime(stem: string): boolean {
  return stem.startsWith("#time-");
}
