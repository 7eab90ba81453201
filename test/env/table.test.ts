import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  changesOf,
  createTable,
  entriesOf,
  getEntry,
  removeEntry,
  setEntry,
} from "../../env/table.ts";
import type { Table } from "../../env/table.ts";

const keys = ["a", "b", "c", "d", "__proto__", "constructor", ""];
const key = fc.constantFrom(...keys);
const steps = fc.array(fc.record({ key, value: fc.option(fc.nat(9)) }), {
  maxLength: 60,
  size: "max",
});

interface Moment {
  readonly table: Table<string>;
  readonly model: ReadonlyMap<string, string>;
  /** What is in the base that was never taken away keeps its place, so order is told apart. */
  readonly base: readonly string[];
}

test("a table is a map, and every older one stays as it was", () => {
  fc.assert(
    fc.property(fc.uniqueArray(key), steps, fc.infiniteStream(fc.nat()), (base, changes, picks) => {
      const entries = base.map((name) => [name, `base ${name}`] as const);
      const moments: Moment[] = [{ table: createTable(entries), model: new Map(entries), base }];
      for (const { key: name, value } of changes) {
        const { table, model } = moments.at(-1)!;
        const next = new Map(model);
        if (value === null) next.delete(name);
        else next.set(name, `${name} ${value}`);
        const changed =
          value === null ? removeEntry(table, name) : setEntry(table, name, `${name} ${value}`);
        moments.push({ table: changed, model: next, base });
      }
      for (let look = 0; look < moments.length; look++) {
        agree(moments[(picks.next().value as number) % moments.length]!);
      }
      moments.forEach(agree);
    }),
    { numRuns: 300 },
  );
});

function agree({ table, model, base }: Moment): void {
  expect(keys.map((name) => getEntry(table, name))).toEqual(keys.map((name) => model.get(name)));
  const fromBase = base.filter((name) => model.has(name)).map((name) => model.get(name));
  const added = [...model].filter(([name]) => !base.includes(name)).map(([, value]) => value);
  expect([...entriesOf(table)]).toEqual([...fromBase, ...added]);
  const rebuilt = new Map(base.map((name) => [name, `base ${name}`]));
  const changes = changesOf(table);
  expect(changes.map(([name]) => name)).toEqual(changes.map(([name]) => name).toSorted());
  for (const [name, value] of changes) {
    if (value === null) rebuilt.delete(name);
    else rebuilt.set(name, value);
  }
  expect(new Map([...rebuilt].toSorted())).toEqual(new Map([...model].toSorted()));
}

test("equal contents give equal changes, however they came about", () => {
  const start = createTable([
    ["kept", 1],
    ["gone", 2],
  ]);
  const one = removeEntry(setEntry(setEntry(start, "x", 1), "y", 2), "gone");
  const other = setEntry(removeEntry(setEntry(setEntry(start, "y", 0), "z", 3), "gone"), "x", 1);
  expect(changesOf(setEntry(removeEntry(other, "z"), "y", 2))).toEqual(changesOf(one));
  expect(changesOf(one)).toEqual([
    ["gone", null],
    ["x", 1],
    ["y", 2],
  ]);
});
