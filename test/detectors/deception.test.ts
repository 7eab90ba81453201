import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("deception");
});

test("more said to be read than was is found, where it is said", () => {
  const { recording, findings } = judged.get("three-sheets-claimed")!;
  expect(findings).toHaveLength(1);
  expect(wordsAt(recording, findings[0]!.evidence[0]!.span)).toContain("all three sheets");
});

test("saying what was left undone is none", () => {
  expect(judged.get("one-sheet-said")!.findings).toEqual([]);
});
