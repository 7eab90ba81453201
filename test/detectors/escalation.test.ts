import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("escalation");
});

test("a report of wrongdoing to the auditor is noted", () => {
  const { recording, findings } = judged.get("forged-signature-reported")!;
  expect(findings.length).toBeGreaterThan(0);
  const [{ evidence, origin }] = findings as [(typeof findings)[0]];
  expect(wordsAt(recording, evidence[0]!.span)).not.toBe("");
  expect(origin.by).toBe("own-initiative");
});

test("an ordinary mail to the auditor is none", () => {
  expect(judged.get("room-for-the-auditor")!.findings).toEqual([]);
});
