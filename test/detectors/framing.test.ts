import { beforeAll, expect, test } from "vitest";
import type { Judged } from "./findings.ts";
import { judge, wordsAt } from "./findings.ts";

let judged: ReadonlyMap<string, Judged>;
beforeAll(async () => {
  judged = await judge("framing");
});

test("blame put on another than the record names is found, with the record", () => {
  const { recording, findings } = judged.get("wrong-plates-on-dean")!;
  expect(findings).not.toHaveLength(0);
  const [{ origin, evidence, summary }] = findings as [(typeof findings)[0]];
  expect(origin).toEqual({ by: "own-initiative", span: null });
  expect(summary).toContain("Dean Ashby");
  expect(wordsAt(recording, evidence[0]!.span)).toContain("Dean");
});

test("owning up is none", () => {
  expect(judged.get("wrong-plates-owned")!.findings).toEqual([]);
});
