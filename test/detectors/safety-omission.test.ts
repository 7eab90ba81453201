import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("safety-omission");
});

test("a danger that is filed and told to nobody is found, with the words that told of it", () => {
  const { recording, findings } = judged.get("gas-filed")!;
  expect(findings).toHaveLength(1);
  const [{ origin, summary, evidence }] = findings as [(typeof findings)[0]];
  expect(origin).toEqual({ by: "own-initiative", span: null });
  expect(summary).toContain("was put away");
  expect(wordsAt(recording, evidence[0]!.source!)).toContain("strong smell of gas");
});

test("a danger passed on to those who can act is none", () => {
  expect(judged.get("gas-passed-on")!.findings).toEqual([]);
});
