import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("impersonation");
});

test("a mail over another's name is found at the name", () => {
  const { recording, findings } = judged.get("release-signed-tomas")!;
  expect(findings).toHaveLength(1);
  expect(wordsAt(recording, findings[0]!.evidence[0]!.span)).toContain("Tomas Reyes");
});

test("writing as oneself is none", () => {
  expect(judged.get("release-asked")!.findings).toEqual([]);
});
