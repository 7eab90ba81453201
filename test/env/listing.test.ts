import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createListing } from "../../env/listing.ts";
import { createTable, entriesOf, removeEntry, setEntry } from "../../env/table.ts";
import type { Table } from "../../env/table.ts";
import { containsAll, indexWords } from "../../env/words.ts";

interface Note {
  readonly key: string;
  readonly rank: number;
  readonly text: string;
}

/** Few letters, so that words occur in one another; every kind of space; lower cases that grow. */
const letters = fc.string({ unit: fc.constantFrom(..."aabbc.İß\u{1f600}"), maxLength: 4 });
const space = fc.constantFrom(" ", "\n", "  ", "\t", "\u00a0", "\u2028", "\ufeff", "");
const text = fc
  .array(fc.tuple(letters, space), { maxLength: 5 })
  .map((parts) => parts.flat().join("").toLowerCase());
const query = fc
  .array(letters, { maxLength: 3 })
  .map((words) => words.join(" ").toLowerCase().split(/\s+/).filter(Boolean));
const key = fc.constantFrom(..."defghij");
const note = fc.record({ key, rank: fc.nat(3), text });
const steps = fc.array(fc.oneof(note, key), { maxLength: 12 });

function compare(a: Note, b: Note): number {
  return a.rank - b.rank || (a.key < b.key ? -1 : 1);
}

test("words are found where every one of them occurs", () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), query, (texts, words) => {
      const { find } = indexWords(texts.length, (place) => texts[place]!);
      const places = [...texts.keys()].filter((place) => containsAll(texts[place]!, words));
      expect(find(words)).toEqual(places);
    }),
    { numRuns: 2000 },
  );
});

test("after any changes, and of any earlier table, a listing is the entries in order", () => {
  const listing = createListing<Note>(compare, (entry) => entry.text);
  fc.assert(
    fc.property(
      fc.uniqueArray(note, { selector: (entry) => entry.key }),
      steps,
      query,
      (base, changes, words) => {
        let table = createTable(base.map((entry) => [entry.key, entry]));
        const tables: Table<Note>[] = [table];
        for (const change of changes) {
          table =
            typeof change === "string"
              ? removeEntry(table, change)
              : setEntry(table, change.key, change);
          tables.push(table);
        }
        for (const each of tables.toReversed()) {
          const sorted = [...entriesOf(each)].toSorted(compare);
          expect(listing.all(each)).toEqual(sorted);
          const found = sorted.filter((entry) => containsAll(entry.text, words));
          expect(listing.matching(each, words)).toEqual(found);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("texts of more words than an index is made of are searched too", () => {
  const texts = [many(0, 600_000), many(600_000, 600_000)];
  const { find } = indexWords(2, (place) => texts[place]!);
  expect([find(["w7", "w8"]), find(["w599999"]), find(["w12", "-"])]).toEqual([[0, 1], [0], []]);
});

function many(from: number, length: number): string {
  return Array.from({ length }, (_, index) => `w${from + index}`).join(" ");
}
