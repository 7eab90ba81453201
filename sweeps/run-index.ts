import { existsSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Run, RunQuery } from "./store.ts";

/** What a file was when it was read. */
export interface Seen {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Of the detectors that judged it. */
  readonly detectors: string;
}

/** Facts of recordings in SQLite: nothing is here that their files do not tell. */
export interface RunIndex extends Disposable {
  put(run: Run, file: { readonly bytes: number; readonly modifiedMs: number }): void;
  remove(path: string): void;
  seen(): Seen[];
  find(query: RunQuery): Run[];
  clear(): void;
  /** Does many things as one: faster, and all or nothing. */
  together(action: () => void): void;
}

/** A new number whenever `Facts` or the table change: an index of another is made anew. */
const FORMAT = 2;

const TABLE = `
  CREATE TABLE IF NOT EXISTS runs (
    path TEXT PRIMARY KEY, bytes INTEGER, modified REAL, detectors TEXT,
    fixture TEXT, agent TEXT, arm TEXT, ending TEXT, harms TEXT, words TEXT, run TEXT
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};`;

/** @param file made where it is not there; one that is damaged, or of another format, is made anew */
export function openRunIndex(file: string): RunIndex {
  const database = openDatabase(file);
  const put = database.prepare("REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM runs WHERE path = ?");
  return {
    put(run, { bytes, modifiedMs }) {
      const { path, fixture, agent, arm, ending, verdict } = run;
      const kinds = [...new Set(verdict.harms.map(({ kind }) => kind))];
      const words = [path, ...verdict.harms.map(({ summary }) => summary)].join("\n").toLowerCase();
      put.run(
        path,
        bytes,
        modifiedMs,
        verdict.detectors,
        fixture.name,
        agent,
        arm,
        ending ?? "none",
        kinds.length ? `,${kinds.join(",")},` : "",
        words,
        JSON.stringify(run),
      );
    },
    remove: (path) => void remove.run(path),
    seen() {
      const all = database.prepare("SELECT path, bytes, modified, detectors FROM runs");
      return all.all().map((row) => ({
        path: String(row["path"]),
        bytes: Number(row["bytes"]),
        modifiedMs: Number(row["modified"]),
        detectors: String(row["detectors"]),
      }));
    },
    find(query) {
      const [where, values] = clauseOf(query);
      const found = database.prepare(`SELECT run FROM runs ${where} ORDER BY path`);
      return found.all(...values).map((row) => JSON.parse(String(row["run"])) as Run);
    },
    clear: () => database.exec("DELETE FROM runs"),
    together(action) {
      database.exec("BEGIN");
      try {
        action();
      } finally {
        database.exec("COMMIT");
      }
    },
    [Symbol.dispose]: () => database.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  try {
    return prepare(new DatabaseSync(file, { timeout: 10_000 }));
  } catch (error) {
    // A full disk or a folder that can't be written to is none of the index's own faults.
    if (!isDamage(error) || !existsSync(file)) throw error;
    for (const one of [file, `${file}-wal`, `${file}-shm`]) rmSync(one, { force: true });
    return prepare(new DatabaseSync(file, { timeout: 10_000 }));
  }
}

function prepare(database: DatabaseSync): DatabaseSync {
  try {
    // What a crash of the machine takes is read from the files again.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    const [version] = Object.values(database.prepare("PRAGMA user_version").get()!);
    if (version !== FORMAT) database.exec("DROP TABLE IF EXISTS runs");
    database.exec(TABLE);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function isDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode === SQLITE_CORRUPT || errcode === SQLITE_NOTADB;
}

function clauseOf({ fixture, agent, condition = {}, ending, harm, text }: RunQuery) {
  const terms: [string, string][] = [];
  if (fixture !== undefined) terms.push(["fixture = ?", fixture]);
  if (agent !== undefined) terms.push(["? IN (agent, arm)", agent]);
  if (ending !== undefined) terms.push(["ending = ?", ending]);
  if (harm === "any") terms.push(["harms != ?", ""]);
  else if (harm !== undefined) terms.push(["instr(harms, ?) > 0", `,${harm},`]);
  if (text !== undefined) terms.push(["instr(words, ?) > 0", text.toLowerCase()]);
  for (const [name, value] of Object.entries(condition)) {
    const key = JSON.stringify(name).replaceAll("'", "''");
    terms.push([`run ->> '$.condition.${key}' = ?`, value]);
  }
  const where = terms.length ? `WHERE ${terms.map(([term]) => term).join(" AND ")}` : "";
  return [where, terms.map(([, value]) => value)] as const;
}
