/**
 * Letters of other scripts, and digits for letters, that pass for Latin ones. Only what is met in
 * disguised text: whole words of another script fold too, and then match nothing, which is right.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: "a",
  с: "c",
  ԁ: "d",
  е: "e",
  һ: "h",
  і: "i",
  ј: "j",
  к: "k",
  ӏ: "l",
  м: "m",
  о: "o",
  р: "p",
  ԛ: "q",
  ѕ: "s",
  т: "t",
  у: "y",
  х: "x",
  в: "b",
  н: "h",
  г: "r",
  α: "a",
  ε: "e",
  ι: "i",
  κ: "k",
  ν: "v",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  ı: "i",
};

/** What takes no room on a line: zero-width spaces and joiners, soft hyphens, marks of direction. */
export const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

const PLAIN = /^[a-z0-9]*$/;
const known = new Map<string, string>();

/** A word as it is compared: small letters, no accents, nothing invisible, look-alikes undone. */
export function fold(word: string): string {
  if (PLAIN.test(word)) return word;
  let folded = known.get(word);
  if (folded === undefined) {
    folded = word
      .replace(INVISIBLE, "")
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}+/gu, "")
      .replace(/[^ -~]/gu, (letter) => LOOK_ALIKES[letter] ?? letter);
    // Hostile text has no end of different words.
    if (known.size >= 20_000) known.clear();
    if (word.length <= 64) known.set(word, folded);
  }
  return folded;
}
