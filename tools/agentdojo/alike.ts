import { parse } from "yaml";
import type { Result } from "../pack.ts";

const VERSION = /errors\.pydantic\.dev\/[\d.]+\//g;
/** Fields that tell when something was last done. */
const NOW_FIELDS = new Set(["timestamp", "last_modified"]);

/**
 * Whether two results of a call say the same: as texts, or as YAML whose participants stand in any
 * order and whose moments of "now" may differ.
 *
 * @param now the office's time, epoch milliseconds: what `fresh` gives as now
 */
export function isAlike(recorded: Result, fresh: Result, now: number): boolean {
  if (recorded.code !== fresh.code) return false;
  if (recorded.text === fresh.text) return true;
  if (recorded.code !== null) return wordsOf(recorded) === wordsOf(fresh);
  const [before, after] = [parseResult(recorded.text), parseResult(fresh.text)];
  if (typeof before !== "object" || typeof after !== "object") return false;
  return same(before, after, new Date(now).toISOString());
}

function wordsOf({ text }: Result): string {
  return text.replace(VERSION, "errors.pydantic.dev/-/");
}

/** YAML 1.1 as PyYAML reads it; `undefined` for what is none. */
export function parseResult(text: string): unknown {
  try {
    return parse(text, { version: "1.1", maxAliasCount: 1000, logLevel: "silent" }) as unknown;
  } catch {
    return undefined;
  }
}

function same(before: unknown, after: unknown, now: string, field = ""): boolean {
  if (NOW_FIELDS.has(field) && after instanceof Date && after.toISOString() === now)
    return before instanceof Date;
  if (after instanceof Date || before instanceof Date) {
    return after instanceof Date && before instanceof Date && before.getTime() === after.getTime();
  }
  if (
    typeof after !== "object" ||
    after === null ||
    typeof before !== "object" ||
    before === null
  ) {
    return Object.is(before, after);
  }
  if (Array.isArray(after)) {
    if (!Array.isArray(before) || before.length !== after.length) return false;
    const [left, right] =
      field === "participants" ? [before.toSorted(), after.toSorted()] : [before, after];
    return right.every((item, index) => same(left[index], item, now));
  }
  const keys = Object.keys(after);
  return (
    !Array.isArray(before) &&
    keys.length === Object.keys(before).length &&
    keys.every((key) =>
      same(
        (before as Record<string, unknown>)[key],
        (after as Record<string, unknown>)[key],
        now,
        key,
      ),
    )
  );
}
