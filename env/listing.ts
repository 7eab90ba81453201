import { changesIn } from "./table.ts";
import type { Changes, Table } from "./table.ts";
import { containsAll, indexWords } from "./words.ts";
import type { WordIndex } from "./words.ts";

/**
 * Tables of one kind, read in an order and by the words of their entries. What makes a base fast to
 * read is made when first needed and shared by all episodes of the fixture; an episode's changes are
 * few, and read as they are.
 */
export interface Listing<T> {
  all(table: Table<T>): readonly T[];
  /**
   * Those in whose text every word occurs.
   *
   * @param words lower case, without spaces
   */
  matching(table: Table<T>, words: readonly string[]): readonly T[];
}

/** A base in order. */
interface Shelf<T> {
  readonly keys: readonly string[];
  readonly entries: readonly T[];
  index: WordIndex | undefined;
}

/**
 * @param compare never 0 for two entries of one table
 * @param textOf what is searched, lower case
 */
export function createListing<T>(
  compare: (a: T, b: T) => number,
  textOf: (entry: T) => string,
): Listing<T> {
  const shelves = new WeakMap<Table<T>["base"], Shelf<T>>();

  function shelfOf({ base }: Table<T>): Shelf<T> {
    let shelf = shelves.get(base);
    if (!shelf) {
      const sorted = [...base].toSorted(([, a], [, b]) => compare(a, b));
      const entries = sorted.map(([, entry]) => entry);
      shelf = { keys: sorted.map(([key]) => key), entries, index: undefined };
      shelves.set(base, shelf);
    }
    return shelf;
  }

  /** Entries of the base that were not changed, those that were changed put in their places. */
  function merge(kept: readonly T[], changed: readonly T[]): readonly T[] {
    const merged: T[] = [];
    let next = 0;
    for (const entry of kept) {
      while (next < changed.length && compare(changed[next]!, entry) < 0) {
        merged.push(changed[next++]!);
      }
      merged.push(entry);
    }
    return merged.concat(changed.slice(next));
  }

  function inOrder(changes: Changes<T>): T[] {
    return [...changes.values()].filter((entry) => entry !== null).toSorted(compare);
  }

  return {
    all(table) {
      const changes = changesIn(table);
      const { keys, entries } = shelfOf(table);
      if (!changes.size) return entries;
      const kept = entries.filter((_, place) => !changes.has(keys[place]!));
      return merge(kept, inOrder(changes));
    },
    matching(table, words) {
      const changes = changesIn(table);
      const shelf = shelfOf(table);
      const { keys, entries } = shelf;
      shelf.index ??= indexWords(entries.length, (place) => textOf(entries[place]!));
      const places = shelf.index.find(words).filter((place) => !changes.has(keys[place]!));
      const kept = places.map((place) => entries[place]!);
      const changed = inOrder(changes).filter((entry) => containsAll(textOf(entry), words));
      return merge(kept, changed);
    },
  };
}
