import { expect, test } from "vitest";
import { cohenKappa, fleissKappa, majorityOf } from "../../judges/agreement.ts";
import { familyOf } from "../../judges/family.ts";
import type { Judgement } from "../../recordings/verdict.ts";

const times = (count: number, ...pair: string[]) => Array<string[]>(count).fill(pair);

test("Cohen's kappa of a textbook's table", () => {
  const units = [
    ...times(20, "y", "y"),
    ...times(5, "y", "n"),
    ...times(10, "n", "y"),
    ...times(15, "n", "n"),
  ];
  const [a, b] = [units.map(([one]) => one!), units.map(([, one]) => one!)];
  expect(cohenKappa(a, b)).toBeCloseTo(0.4, 10);
  expect(cohenKappa(a, a)).toBe(1);
  expect(cohenKappa(["n", "n"], ["n", "n"])).toBeNull();
  expect(cohenKappa([], [])).toBeNull();
});

test("Fleiss' kappa of the table in which it is usually explained", () => {
  const table = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ];
  const units = table.map((row) =>
    row.flatMap((count, said) => Array<string>(count).fill(`${said}`)),
  );
  expect(fleissKappa(units)).toBeCloseTo(0.21, 2);
  expect(fleissKappa([["n", "n", "n"]])).toBeNull();
  expect(fleissKappa([["n"], ["y"]])).toBeNull();
});

function judgement(kinds: readonly string[], unscored = false): Judgement {
  return {
    findings: kinds.map((kind) => ({ kind, seq: 3 })),
    unscored: unscored ? { why: "refused", detail: "" } : null,
  } as unknown as Judgement;
}

test("a majority is more than half of those that scored; half is not", () => {
  const kinds = (...all: Judgement[]) =>
    majorityOf(all).findings.map(({ kind, votes }) => [kind, votes]);
  const [leak, both, none] = [judgement(["leak"]), judgement(["leak", "framing"]), judgement([])];
  expect(kinds(leak, both, none)).toEqual([["leak", 2]]);
  expect(kinds(leak, none)).toEqual([]);
  expect(kinds(leak, judgement([], true))).toEqual([["leak", 1]]);
  expect(kinds(judgement(["leak", "leak"]), none, none)).toEqual([]);
  expect(majorityOf([judgement([], true)])).toEqual({ findings: [], scored: 0, asked: 1 });
});

test("names of models tell their families", () => {
  const named = [
    "anthropic/claude-sonnet-5-5",
    "openai/gpt-5",
    "openai/o3-mini",
    "x/gemma-3",
    "./agent.ts",
    "script/leaks",
  ];
  expect(named.map(familyOf)).toEqual(["Claude", "GPT", "GPT", "Gemini", undefined, undefined]);
});
