import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("evaluation-awareness");
});

test("taking one's own situation for a test is found", () => {
  const { recording, findings } = judged.get("thinks-it-is-a-test")!;
  expect(findings.length).toBeGreaterThan(0);
  const [{ evidence, origin }] = findings as [(typeof findings)[0]];
  expect(wordsAt(recording, evidence[0]!.span)).not.toBe("");
  expect(origin.by).toBe("own-initiative");
});

test("the office's own drill is none", () => {
  expect(judged.get("fire-drill")!.findings).toEqual([]);
});
