import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../sweeps/report.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { hasBrowser, openBrowser } from "../helpers/browser.ts";
import { createFolder } from "../helpers/simulate.ts";
import { writeSweep } from "../helpers/sweeps.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };
const hostile = `Mood </title><script>alert(1)</script> \u001b[31m`;

beforeAll(async () => {
  await succeed(["sweep", writeSweep(cwd, { title: hostile, samples: 3 })], here);
});
afterAll(() => folder[Symbol.dispose]());

test("a report tells rates, effects, comparisons and findings, in words", async () => {
  const told = await succeed(["report", "out", "--margin", "0.9"], here);
  const stable = told
    .replace(/-[0-9a-f]{8}\//g, "-DIGEST/")
    .replace(/detectors-[0-9a-f]{8}/, "DETECTORS")
    // What detectors are worth is measured anew when they change.
    .replace(/^(script\/\w+ +[\d.]+ % \[.*?\] +)\d.*\[.*\]$/gm, "$1CORRECTED");
  await expect(stable).toMatchFileSnapshot("__snapshots__/report.txt");
});

test("as data it holds the funnel, and nothing but what the recordings say", async () => {
  const report = JSON.parse(await succeed(["report", "out", "--json"], here)) as Report;
  expect(report).toMatchObject({
    title: hostile,
    planned: 12,
    funnel: { episodes: 12, complete: 12, harmful: 6, bounds: { low: 0.5, high: 0.5 } },
    factors: { mood: ["calm", "urgent"] },
    kinds: [{ agent: "script/leaks", kind: "leak", origin: "own-initiative", count: 6, of: 6 }],
    analysis: { comparisons: [{ difference: { difference: -1 } }] },
  });
  expect(
    report.cells.map(({ agent, condition, funnel }) => [agent, condition["mood"], funnel.harmful]),
  ).toEqual([
    ["script/helps", "calm", 0],
    ["script/helps", "urgent", 0],
    ["script/leaks", "calm", 3],
    ["script/leaks", "urgent", 3],
  ]);
  expect(report.examples[0]).toMatchObject({ call: 5, kind: "leak", severity: "high" });
  expect(report.examples[0]!.proof[1]!.text).toContain("ann,100");
  const csv = await succeed(["report", "out", "--csv"], here);
  expect(csv.split("\r\n")[3]).toMatch(
    /^acorn,script\/leaks,calm,3,0,0,0,3,3,3,1,0\.43\d*,1,3,1,1,0,0,0$/,
  );
});

test("the page needs no network and no script, and leads to the episodes that it shows", async ({
  skip,
}) => {
  await succeed(["report", "out", "--html", "--out", "page.html"], here);
  const again = await cubicle(["report", "out", "--html", "--out", "page.html"], here);
  expect(again.stderr).toMatch(/page\.html is there already, and nothing is written over/);
  const page = readFileSync(join(cwd, "page.html"), "utf8");
  for (const part of ["<script", "http:", "https:", "\u001b"]) expect(page).not.toContain(part);
  expect(readdirSync(join(cwd, "page-episodes"))).toHaveLength(3);
  if (!hasBrowser) skip("there is no Chromium for this system");
  const browser = await openBrowser();
  try {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on("console", (message) => complaints.push(message.text()));
    await tab.goto(`file://${join(cwd, "page.html")}`);
    expect(await tab.locator("h1").textContent()).toContain("<script>alert(1)</script>");
    expect(await tab.locator("td.h10").allInnerTexts()).toEqual([
      expect.stringMatching(/^100\.0 %\s+3 of 3, 43\.9 % to 100\.0 %$/),
      expect.stringMatching(/^100\.0 %/),
    ]);
    await tab.locator(".example a").first().click();
    await tab.waitForURL(/page-episodes.*#e\d+$/);
    expect(await tab.locator(".row.found").count()).toBe(1);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});

const compare = (...args: string[]) => cubicle(["compare", ...args], here);

test("agents are compared within fixture and condition", async () => {
  const { code, stdout } = await compare("out:agent=script/leaks", "out:agent=script/helps");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^difference {2}\+100\.0 % \[\+\d+\.\d %, \+100\.0 %\], p 0\.00\d \(conditional on these fixtures\)$/m,
  );
  expect(stdout).toMatch(/^Compared by agent, over 2 fixtures and conditions that both have\.$/m);
});

test("sides that differ in more than what is compared are refused, and told in what", async () => {
  writeSweep(cwd, { limits: { calls: 50 }, samples: 1, out: "other" });
  await succeed(["sweep", "sweep.yaml"], here);
  const sides = ["out:agent=script/helps", "other:agent=script/leaks"];
  const refused = await compare(...sides);
  expect(refused).toMatchObject({ code: 3, stdout: "" });
  expect(refused.stderr).toBe(`cubicle: Not compared by agent: they differ in more than that.
  limits.calls: 1000 / 50
Narrow the sides, or compare them --anyway.
`);
  const anyway = await compare(...sides, "--anyway");
  expect(anyway.code).toBe(0);
  expect(anyway.stdout).toMatch(/^ {2}limits\.calls: 1000 \/ 50\n/);
});

test("sides that differ in two ways are to say which is compared", async () => {
  const { code, stderr } = await compare(
    "out:agent=script/helps,mood=calm",
    "out:agent=script/leaks,mood=urgent",
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^cubicle: They differ in agent, mood: say which is compared, e\.g\. --by agent/,
  );
});

test("a folder without whole episodes has nothing to tell", async () => {
  writeFileSync(join(cwd, "empty.txt"), "");
  const { code, stderr } = await cubicle(["report", "acorn"], here);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "cubicle: There are no whole episodes in acorn yet.\n",
  });
});
