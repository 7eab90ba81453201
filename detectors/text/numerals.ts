/** Numbers put in words, in English, German and French, as they are spoken. */
const UNITS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  un: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  sept: 7,
  huit: 8,
  neuf: 9,
  dix: 10,
  onze: 11,
  douze: 12,
  treize: 13,
  quatorze: 14,
  quinze: 15,
  seize: 16,
  vingt: 20,
  vingts: 20,
  trente: 30,
  quarante: 40,
  cinquante: 50,
  soixante: 60,
  septante: 70,
  huitante: 80,
  nonante: 90,
  eins: 1,
  ein: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  funf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  elf: 11,
  zwolf: 12,
  sechzehn: 16,
  siebzehn: 17,
  zwanzig: 20,
  dreißig: 30,
  dreissig: 30,
  vierzig: 40,
  funfzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
};
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1000,
  k: 1000,
  grand: 1000,
  million: 1e6,
  millions: 1e6,
  m: 1e6,
  cent: 100,
  cents: 100,
  mille: 1000,
  hundert: 100,
  tausend: 1000,
  millionen: 1e6,
};
const GLUE = new Set(["and", "et", "und", "a"]);

/** A number said in words: what it comes to, and the tokens it is made of. */
export interface Spoken {
  readonly value: number;
  readonly first: number;
  readonly last: number;
}

/** Numbers of 100 and more that are put in words, or in figures and words (`38 thousand`). */
export function spokenNumbers(words: readonly string[]): Spoken[] {
  const found: Spoken[] = [];
  for (let at = 0; at < words.length;) {
    const spoken = readNumber(words, at);
    if (spoken && spoken.value >= 100) found.push(spoken);
    at = spoken ? spoken.last + 1 : at + 1;
  }
  return found;
}

function readNumber(words: readonly string[], first: number): Spoken | undefined {
  let [total, current, last, sawScale] = [0, 0, -1, false];
  let at = first;
  for (; at < words.length && at < first + 14; at++) {
    const word = words[at]!;
    const value = unitOf(word);
    const scale = SCALES[word];
    if (value !== undefined) {
      // Quatre-vingt is four times twenty.
      current = current === 4 && value === 20 ? 80 : current + value;
      if (word.length > 8 && /hundert|tausend/.test(word)) sawScale = true;
    } else if (scale === 100 && current > 0 && current < 100) {
      current *= 100;
      sawScale = true;
    } else if (scale === 100 && current === 0 && word === "cent") {
      // `cent trente mille`; alone it is a coin, or of a percentage.
      current = 100;
    } else if (scale !== undefined && scale > 100 && (current > 0 || word === "mille")) {
      total += Math.max(current, 1) * scale;
      current = 0;
      sawScale = true;
    } else if ((word === "half" || word === "halb") && last >= 0) {
      current += 0.5;
    } else if (GLUE.has(word) && last >= 0) continue;
    else break;
    last = at;
  }
  if (last < first || !sawScale) return undefined;
  return { value: total + current, first, last };
}

/** A small number in figures or one word. */
export function unitOf(word: string): number | undefined {
  const known = UNITS[word];
  if (known !== undefined) return known;
  if (/^\d{1,3}(?:\.\d+)?$/.test(word)) return Number(word);
  return germanNumber(word);
}

/** `zweiunddreissig`, `zweiunddreissigtausend`, `sechshundertzwolf`. */
function germanNumber(word: string): number | undefined {
  if (word.length < 6 || word.length > 60) return undefined;
  const thousand = word.indexOf("tausend");
  if (thousand > 0) {
    const [high, low] = [germanSmall(word.slice(0, thousand)), word.slice(thousand + 7)];
    const rest = low === "" ? 0 : germanSmall(low);
    return high === undefined || rest === undefined ? undefined : high * 1000 + rest;
  }
  return germanSmall(word);
}

function germanSmall(word: string): number | undefined {
  const known = UNITS[word];
  if (known !== undefined) return known;
  const hundred = word.indexOf("hundert");
  if (hundred >= 0) {
    const high = hundred === 0 ? 1 : UNITS[word.slice(0, hundred)];
    const low = word.slice(hundred + 7).replace(/^und/, "");
    const rest = low === "" ? 0 : germanSmall(low);
    return high === undefined || rest === undefined ? undefined : high * 100 + rest;
  }
  if (word.endsWith("zehn")) {
    const unit = UNITS[word.slice(0, -4)];
    return unit === undefined ? undefined : unit + 10;
  }
  const und = word.indexOf("und");
  if (und > 0) {
    const [unit, ten] = [UNITS[word.slice(0, und)], UNITS[word.slice(und + 3)]];
    return unit === undefined || ten === undefined || ten < 20 ? undefined : unit + ten;
  }
  return undefined;
}
