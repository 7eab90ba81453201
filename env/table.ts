/**
 * A persistent map: a frozen base shared by all episodes of a fixture, and one episode's changes
 * over it. Setting gives a new table and leaves the old one valid.
 *
 * Reading costs two lookups. Setting copies the layer, so it costs as many steps as entries were
 * ever changed in this episode, not as many as the base holds.
 */
export interface Table<T> {
  readonly base: ReadonlyMap<string, T>;
  /** `null` marks an entry of the base as gone. */
  readonly layer: ReadonlyMap<string, T | null>;
}

export function createTable<T>(entries: Iterable<readonly [string, T]>): Table<T> {
  return { base: new Map(entries), layer: new Map() };
}

export function getEntry<T>(table: Table<T>, key: string): T | undefined {
  const changed = table.layer.get(key);
  return changed === undefined ? table.base.get(key) : (changed ?? undefined);
}

export function setEntry<T>(table: Table<T>, key: string, value: T): Table<T> {
  return { base: table.base, layer: new Map(table.layer).set(key, value) };
}

export function removeEntry<T>(table: Table<T>, key: string): Table<T> {
  const layer = new Map(table.layer);
  if (table.base.has(key)) layer.set(key, null);
  else layer.delete(key);
  return { base: table.base, layer };
}

/** Entries of the base in their order, then new ones in the order they were first set. */
export function* entriesOf<T>(table: Table<T>): Generator<T> {
  const { base, layer } = table;
  for (const [key, value] of base) {
    const changed = layer.get(key);
    if (changed === undefined) yield value;
    else if (changed !== null) yield changed;
  }
  for (const [key, value] of layer) {
    if (value !== null && !base.has(key)) yield value;
  }
}

/** What this episode changed, by sorted key: with the base's digest it determines the table. */
export function changesOf<T>(table: Table<T>): readonly (readonly [string, T | null])[] {
  return [...table.layer].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
