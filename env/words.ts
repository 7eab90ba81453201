/** In which texts of a collection words occur, within longer words too. */
export interface WordIndex {
  /**
   * Places of the texts in which every word occurs, ascending.
   *
   * @param words lower case, without spaces
   */
  find(words: readonly string[]): number[];
}

/** @param text lower case, as the words */
export function containsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** More different words than an office's prose has: such texts are searched one by one. */
const MOST_WORDS = 1_000_000;

/**
 * A word without spaces occurs in a text if it occurs in one of those that stand between the text's
 * spaces. Of these there are few, so they are searched instead, with the very same result.
 *
 * @param textAt lower case
 */
export function indexWords(count: number, textAt: (place: number) => string): WordIndex {
  const placesOf = new Map<string, number[]>();
  for (let place = 0; place < count; place++) {
    for (const word of new Set(textAt(place).split(/\s+/))) {
      const places = placesOf.get(word);
      if (places) places.push(place);
      else placesOf.set(word, [place]);
    }
    if (placesOf.size > MOST_WORDS) return scanTexts(count, textAt);
  }
  // As one string: the map's keys would keep alive the texts that they were cut from.
  const known = `${[...placesOf.keys()].join("\n")}\n`;
  const starts = startsOf(known, placesOf.size);
  const places = [...placesOf.values()].map((list) => Uint32Array.from(list));

  /** Raises the texts in which it occurs to a level from the one below; tells how many. */
  function raise(levels: Uint16Array, word: string, level: number, most: number): number {
    let raised = 0;
    for (let at = known.indexOf(word); at >= 0 && raised < most;) {
      const within = lastUpTo(starts, at);
      for (const place of places[within]!) {
        if (levels[place] !== level - 1) continue;
        levels[place] = level;
        raised++;
      }
      at = known.indexOf(word, starts[within + 1]);
    }
    return raised;
  }

  return {
    find(words) {
      const levels = new Uint16Array(count);
      let left = count;
      for (const [index, word] of words.entries()) left = raise(levels, word, index + 1, left);
      const found: number[] = [];
      for (let place = 0; place < count && found.length < left; place++) {
        if (levels[place] === words.length) found.push(place);
      }
      return found;
    },
  };
}

function scanTexts(count: number, textAt: (place: number) => string): WordIndex {
  return {
    find(words) {
      const places = Array.from({ length: count }, (_, place) => place);
      return places.filter((place) => containsAll(textAt(place), words));
    },
  };
}

/** Where each line starts, and where one more would. */
function startsOf(lines: string, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let line = 0; line < count; line++) {
    starts[line + 1] = lines.indexOf("\n", starts[line]) + 1;
  }
  return starts;
}

/** The place of the last number that is not greater; numbers ascend from 0. */
function lastUpTo(numbers: Uint32Array, limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
