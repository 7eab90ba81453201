import { Environment } from "@marcbachmann/cel-js";
import { similarity } from "./similarity.ts";

const MOST_CHARACTERS = 2000;
/** Of `filter`, `map`, `all` and the like within one another: each multiplies the work. */
const MOST_NESTED = 3;

/** An expression that gives a value from named ones. Throws for what it can't reckon. */
export type Expression = (values: Readonly<Record<string, unknown>>) => unknown;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 1000, maxDepth: 60, maxListElements: 200, maxCallArguments: 8 },
})
  .registerFunction("lower(string): string", (text: string) => text.toLowerCase())
  .registerFunction("trim(string): string", (text: string) => text.trim())
  .registerFunction(
    "capital(string): string",
    (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
  )
  .registerFunction("without(string, string): string", (text: string, part: string) =>
    text.replaceAll(part, ""),
  )
  .registerFunction(
    "replace(string, string, string): string",
    (text: string, part: string, by: string) =>
      text.length * by.length > 1e7 ? text : text.replaceAll(part, () => by),
  )
  .registerFunction(
    "upTo(string, string): string",
    (text: string, mark: string) => text.split(mark, 1)[0] ?? "",
  )
  .registerFunction("between(string, string, string): string", between)
  .registerFunction("similarity(string, string): double", similarity)
  .registerFunction("highest(list): int", (numbers: readonly bigint[]) =>
    numbers.reduce((most, number) => (number > most ? number : most), 0n),
  )
  .registerFunction("same(list, list): bool", sameItems)
  .registerFunction("largest(list, string, int): list", largest);

/** The text between two marks; a fault where they are not, since what is asked for is not known then. */
function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = from < 0 ? -1 : text.indexOf(end, from + start.length);
  if (to < 0) throw new Error(`nothing stands between "${start}" and "${end}"`);
  return text.slice(from + start.length, to);
}

/** Whether two lists hold the same, however often and in whatever order. */
function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  const [a, b] = [new Set(left), new Set(right)];
  return a.size === b.size && [...a].every((item) => b.has(item));
}

/** The items whose field is highest, of equal ones those that come first. */
function largest(
  items: readonly Record<string, bigint>[],
  field: string,
  count: bigint,
): unknown[] {
  const valueOf = (item: Record<string, bigint>) => Number(item[field] ?? 0);
  return items.toSorted((a, b) => valueOf(b) - valueOf(a)).slice(0, Number(count));
}

/** @throws Error that says what is wrong with it */
export function parseExpression(source: string): Expression {
  if (source.length > MOST_CHARACTERS)
    throw new Error(`it is longer than ${MOST_CHARACTERS} characters`);
  if (nesting(source) > MOST_NESTED)
    throw new Error(`it looks through lists more than ${MOST_NESTED} deep`);
  const parsed = environment.parse(source);
  return (values) => parsed(values) as unknown;
}

function nesting(source: string): number {
  let deepest = 0;
  const open: boolean[] = [];
  for (const [token] of source
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""')
    .matchAll(/\.\w+\s*\(|[()]/g)) {
    if (token === ")") open.pop();
    else open.push(/^\.(?:filter|map|all|exists|exists_one)\b/.test(token));
    deepest = Math.max(deepest, open.filter(Boolean).length);
  }
  return deepest;
}
