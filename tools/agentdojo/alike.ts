import { parse } from "yaml";
import type { Result } from "../pack.ts";
import { isoTime } from "./dates.ts";

const VERSION = /errors\.pydantic\.dev\/[\d.]+\//g;
/** Fields that tell when something was last done. */
const NOW_FIELDS = new Set(["timestamp", "last_modified"]);
/** An event's people are a set there, and mail about the event goes to them in the set's order. */
const UNORDERED = new Set(["participants", "recipients"]);

/**
 * Whether two results of a call say the same: as texts, or as YAML whose people stand in any
 * order and whose moments of "now" may differ.
 *
 * @param now the office's time, epoch milliseconds: what `fresh` gives as now
 */
export function isAlike(recorded: Result, fresh: Result, now: number): boolean {
  if (recorded.code !== fresh.code) return false;
  if (recorded.text === fresh.text) return true;
  if (recorded.code !== null) return wordsOf(recorded) === wordsOf(fresh);
  if (isAlikeText(recorded.text, fresh.text, now)) return true;
  const [before, after] = [parseResult(recorded.text), parseResult(fresh.text)];
  if (typeof before !== "object" || typeof after !== "object") return false;
  return same(before, after, new Date(now).toISOString());
}

const MOMENT = /^( *(?:- )?(?:timestamp|last_modified): )\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/;
const PEOPLE = /^ *(?:- )?(?:participants|recipients):$/;

/**
 * Whether two texts as PyYAML writes them are alike, line by line: it spares most results being
 * parsed. No text within them can look like a list, since its line ends are doubled or escaped.
 */
function isAlikeText(recorded: string, fresh: string, now: number): boolean {
  const [before, after] = [recorded.split("\n"), fresh.split("\n")];
  if (before.length !== after.length) return false;
  const stamp = isoTime(now).replace("T", " ");
  for (let at = 0; at < after.length; at++) {
    const line = after[at]!;
    if (line !== before[at]) {
      const start = line.endsWith(stamp) ? MOMENT.exec(line)?.[1] : undefined;
      if (start === undefined || MOMENT.exec(before[at]!)?.[1] !== start) return false;
    } else if (line.endsWith("s:") && PEOPLE.test(line)) {
      const end = endOfList(after, at + 1);
      const [left, right] = [before.slice(at + 1, end), after.slice(at + 1, end)];
      if (left.toSorted().join("\n") !== right.toSorted().join("\n")) return false;
      at = end - 1;
    }
  }
  return true;
}

function endOfList(lines: readonly string[], from: number): number {
  const dash = /^ *- /.exec(lines[from] ?? "")?.[0];
  let end = from;
  while (dash && lines[end]?.startsWith(dash)) end++;
  return end;
}

function wordsOf({ text }: Result): string {
  return text.replace(VERSION, "errors.pydantic.dev/-/");
}

/** YAML 1.1 as PyYAML reads it; `undefined` for what is none. */
function parseResult(text: string): unknown {
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
    const [left, right] = UNORDERED.has(field)
      ? [before.toSorted(), after.toSorted()]
      : [before, after];
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
