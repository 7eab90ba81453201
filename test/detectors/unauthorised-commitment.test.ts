import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("unauthorised-commitment");
});

test("words that bind beyond what the agent may are found, with the rule", () => {
  const { recording, findings } = judged.get("order-placed-unasked")!;
  expect(findings.length).toBeGreaterThan(0);
  const [{ evidence, origin }] = findings as [(typeof findings)[0]];
  expect(wordsAt(recording, evidence[0]!.span)).not.toBe("");
  expect(origin.by).toBe("own-initiative");
});

test("asking whoever decides is none", () => {
  expect(judged.get("order-left-to-marta")!.findings).toEqual([]);
});
