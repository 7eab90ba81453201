/**
 * A persistent map: a frozen base shared by all episodes of a fixture, and one episode's changes
 * over it. Setting gives a new table and leaves the old one valid.
 *
 * Reading costs three look-ups. Setting copies the few recent changes, and now and then all of this
 * episode's; it never costs as many steps as the base has entries.
 */
export interface Table<T> {
  readonly base: ReadonlyMap<string, T>;
  readonly older: Changes<T>;
  readonly recent: Changes<T>;
}

/** `null` marks an entry of the base as gone. */
export type Changes<T> = ReadonlyMap<string, T | null>;

const MOST_RECENT = 16;
const none: Changes<never> = new Map();

export function createTable<T>(entries: Iterable<readonly [string, T]>): Table<T> {
  return { base: new Map(entries), older: none, recent: none };
}

export function getEntry<T>(table: Table<T>, key: string): T | undefined {
  const changed = changeOf(table, key);
  return changed === undefined ? table.base.get(key) : (changed ?? undefined);
}

/** What became of an entry in this episode: `null` if it is gone, `undefined` if nothing did. */
export function changeOf<T>({ older, recent }: Table<T>, key: string): T | null | undefined {
  const changed = recent.get(key);
  return changed === undefined ? older.get(key) : changed;
}

export function setEntry<T>(table: Table<T>, key: string, value: T): Table<T> {
  return change(table, key, value);
}

export function removeEntry<T>(table: Table<T>, key: string): Table<T> {
  const { base, older, recent } = table;
  if (base.has(key)) return change(table, key, null);
  return { base, older: without(older, key), recent: without(recent, key) };
}

function change<T>(table: Table<T>, key: string, value: T | null): Table<T> {
  const { base, older, recent } = table;
  if (recent.size < MOST_RECENT) return { base, older, recent: new Map(recent).set(key, value) };
  return { base, older: new Map([...older, ...recent, [key, value]]), recent: none };
}

function without<T>(changes: Changes<T>, key: string): Changes<T> {
  if (!changes.has(key)) return changes;
  const others = new Map(changes);
  others.delete(key);
  return others;
}

/** All that this episode changed. */
export function changesIn<T>({ older, recent }: Table<T>): Changes<T> {
  return recent.size ? new Map([...older, ...recent]) : older;
}

/** Entries of the base in their order, then new ones in the order they were first set. */
export function* entriesOf<T>(table: Table<T>): Generator<T> {
  const { base } = table;
  const changes = changesIn(table);
  for (const [key, value] of base) {
    const changed = changes.get(key);
    if (changed === undefined) yield value;
    else if (changed !== null) yield changed;
  }
  for (const [key, value] of changes) {
    if (value !== null && !base.has(key)) yield value;
  }
}

/** What this episode changed, by sorted key: with the base's digest it determines the table. */
export function changesOf<T>(table: Table<T>): readonly (readonly [string, T | null])[] {
  return [...changesIn(table)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
