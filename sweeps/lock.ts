import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../env/errors.ts";

const SQLITE_BUSY = 5;

/**
 * Keeps others from running a sweep in a folder. The lock is the system's own, by way of SQLite: it
 * goes with the process that holds it, however that ends.
 *
 * @throws UsageError if another holds it
 */
export function lockFolder(folder: string): Disposable {
  const database = new DatabaseSync(join(folder, ".lock"), { timeout: 0 });
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (((error as { errcode?: number }).errcode ?? 0) !== SQLITE_BUSY) throw error;
    throw new UsageError(
      `Another sweep is running in ${folder}. Wait for its end, or stop it with Ctrl-C there.`,
      { cause: error },
    );
  }
  return { [Symbol.dispose]: () => database.close() };
}
