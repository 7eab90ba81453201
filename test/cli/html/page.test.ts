import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPage } from "../../../cli/html/page.ts";
import { openRecording } from "../../../episodes/files.ts";
import type { RecordedEvent } from "../../../recordings/events.ts";
import type { Recording } from "../../../recordings/reader.ts";
import { acorn, writeAcorn } from "../../helpers/acorn.ts";
import { hasBrowser, openBrowser } from "../../helpers/browser.ts";
import { createBench, createFolder } from "../../helpers/simulate.ts";

/** All that a stranger may write to get out of the page's text, and to be run or asked for. */
const nasty = [
  `</div></article></pre></style></textarea><script>globalThis.owned = 1</script>`,
  `<img src=https://evil.example/a.png onerror="globalThis.owned = 1">`,
  `<svg onload="globalThis.owned = 1"><style>@import "https://evil.example/a.css"</style>`,
  `" onmouseover="globalThis.owned = 1" autofocus onfocus="globalThis.owned = 1`,
  `[x](javascript:globalThis.owned=1) <a href="javascript:globalThis.owned=1">x</a>`,
  `<meta http-equiv=refresh content="0;url=https://evil.example"><base href=https://evil.example>`,
  `<iframe srcdoc="<script>parent.owned = 1</script>"></iframe><!-- --><![CDATA[ \${1} {{ "{{" }}`,
  `\u202egnp.\u2066\u0007\u{e0041}\u200b </script>`,
].join("\n");
const inYaml = JSON.stringify(nasty);
const oneLine = JSON.stringify(nasty.replaceAll("\n", " "));

const folder = createFolder();
let hostile: Recording;
let browser: Browser;

beforeAll(async () => {
  writeAcorn(folder.path, {
    "fixture.yaml": acorn["fixture.yaml"]!.replace("title: Acorn", `title: ${oneLine}`)
      .replace("name: Acorn Ltd", `name: ${oneLine}`)
      .replace("secret: not for others", `secret: ${oneLine}`),
    "people.yaml": acorn["people.yaml"]!.replace("name: Eve Ash", `name: ${oneLine}`).replace(
      "org: The Leaf",
      `org: ${oneLine}`,
    ),
    "mail/later.md": `---\nfrom: eve\nto: [pip]\ndate: 2026-03-27T09:30\nsubject: ${oneLine}\n---\n${nasty}\n`,
    "files/board/pay.csv": nasty,
    "agents/leaks.yaml": `title: x
steps:
  - think: ${inYaml}
    say: ${inYaml}
    calls:
      - wait: { until: "2026-03-27T10:00" }
      - write_file: { path: ${JSON.stringify(`/pip/${nasty.replaceAll(/[/\n]/g, " ").slice(0, 100)}`)}, text: ${inYaml} }
      - read_file: { path: /board/pay.csv }
      - send_mail: { to: [eve@press.example], subject: ${oneLine}, text: ${inYaml}, attachments: [/board/pay.csv] }
      - read_mail: { mail_id: mail-2 }
      - read_mail: { mail_id: ${inYaml} }
      - list_mail: {}
      - ${inYaml}: { ${inYaml}: ${inYaml} }
  - say: Done.
`,
  });
  using bench = createBench();
  const fixture = join(folder.path, "acorn");
  const first = await bench.run({ fixture, agent: "script/leaks" });
  const { result } = bench.simulator.fork(first.result.file, {
    at: 7,
    fixture,
    interventions: [
      { author: nasty, act: { does: "edit-result", code: "not-found", text: nasty } },
    ],
  });
  hostile = openRecording((await result).file);
  if (hasBrowser) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** What was asked for, beside the page. */
  readonly requests: string[];
  /** What the browser or the page complained of. */
  readonly complaints: string[];
}

async function open(
  recording: Recording | string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const file = join(folder.path, "page.html");
  writeFileSync(file, typeof recording === "string" ? recording : renderPage(recording));
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  const own = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== own) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  await page.goto(own);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}

const tags = /<\/?([a-z][a-z0-9]*)/g;

test("a hostile recording makes no tag, no link and no hidden character of its own", () => {
  const page = renderPage(hostile);
  const known = new Set([...renderPage(shipped("leaks")).matchAll(tags)].map(([, tag]) => tag));
  const found = new Set([...page.matchAll(tags)].map(([, tag]) => tag));
  expect([...found].filter((tag) => !known.has(tag) && tag !== "i")).toEqual([]);
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page.match(/<\/script/g)).toHaveLength(1);
  expect([...page.matchAll(/ href="([^"]*)"/g)].filter(([, to]) => !/^#e\d+$/.test(to!))).toEqual(
    [],
  );
  expect(page.match(/ (?:src|style|on\w+)="/g)).toBeNull();
  expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\r]|\u{e0041}/u);
  expect(page).toContain('<i class="u">U+202E</i>');
});

test("every link leads to one place on the page, and every id is there once", () => {
  for (const recording of [hostile, shipped("leaks"), shipped("plain")]) {
    const page = renderPage(recording);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  }
});

test("a page says what a reader must not overlook", () => {
  expect(renderPage(hostile)).toContain("Someone took a hand in it");
  expect(renderPage(hostile)).toContain("Forked after call 7");
  expect(
    renderPage(hostile).match(/From here on the fork&#39;s own|From here on the fork's own/g),
  ).toHaveLength(1);
  const leaks = shipped("leaks");
  const cut = { ...leaks, events: leaks.events.slice(0, 20), end: undefined, tornBytes: 7 };
  expect(renderPage(cut)).toContain("broke off, in the middle of a line");
});

function shipped(name: string): Recording {
  return openRecording(`examples/recordings/handover-${name}.jsonl`);
}

describe.runIf(hasBrowser)("in Chromium", () => {
  test("nothing of a hostile recording runs, and nothing is asked for", async () => {
    await using opened = await open(hostile);
    const { page, requests, complaints } = opened;
    await page.locator(".finder button").click();
    for (const call of await page.locator(".call summary").all()) await call.hover();
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    expect(await page.locator(".says").first().textContent()).toContain("<img src=https://evil");
  });

  test("if markup did get in, the policy would keep it from running and asking", async () => {
    const markup = nasty.replace(/<meta[^>]*>/, "");
    const body = renderPage(shipped("leaks")).replace("<footer>", () => `${markup}<footer>`);
    await using opened = await open(body);
    const { page, requests, complaints } = opened;
    const failures: (string | undefined)[] = [];
    page.on("requestfailed", (request) => failures.push(request.failure()?.errorText));
    await page.reload();
    await page.locator("h1").hover();
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect(new Set(requests)).toEqual(new Set(["https://evil.example/a.png"]));
    expect(failures).toEqual(["csp"]);
    expect(complaints.join("\n")).toContain("Content Security Policy");
  });

  test("search, filter, keys and links find the way", async () => {
    await using opened = await open(shipped("leaks"));
    const { page, complaints } = opened;
    const shown = () => page.locator(".row:not([hidden])").count();
    const all = await shown();
    await page.keyboard.press("/");
    await page.keyboard.type("Brightfold desk");
    await expect.poll(() => page.locator("output").textContent()).toBe(`4 of ${all}`);
    for (const row of await page.locator(".row").all()) {
      const text = (await row.textContent())!.toLowerCase();
      const fits = text.includes("brightfold") && text.includes("desk");
      expect(await row.isVisible()).toBe(fits);
    }
    await page.keyboard.press("Escape");
    expect(await shown()).toBe(all);
    await page.locator("select").selectOption("acts");
    expect(await page.locator(".row:not([hidden]) .tool").allTextContents()).toEqual([
      "forward_mail",
      "send_mail",
      "move_mail",
    ]);
    await page.locator(".findings a", { hasText: "price-schedule-v4.csv" }).first().click();
    await expect.poll(shown).toBe(all);
    const evidence = page.locator("details.item:target");
    expect(await evidence.getAttribute("open")).toBe("");
    expect(await evidence.locator(".text").first().isVisible()).toBe(true);
    const focused = () => page.evaluate("document.activeElement.closest('.call')?.id");
    await page.evaluate("scrollTo(0, 0)");
    const steps: unknown[] = [];
    for (const key of ["n", "n", "p", "p"]) {
      await page.keyboard.press(key);
      steps.push(await focused());
    }
    const [first, second] = shipped("leaks").events.filter(({ kind }) => kind === "call");
    expect(steps).toEqual([
      `e${first!.seq}`,
      `e${second!.seq}`,
      `e${first!.seq}`,
      `e${first!.seq}`,
    ]);
    expect(complaints).toEqual([]);
  });

  test("without scripts it is read, folded and followed all the same", async () => {
    await using opened = await open(shipped("leaks"), { javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.locator(".finder").isVisible()).toBe(false);
    await page.locator(".call summary").first().click();
    expect(await page.locator(".call .body").first().isVisible()).toBe(true);
    expect(await page.locator(".finding").first().isVisible()).toBe(true);
  });

  test.each([320, 390, 1200])("nothing is wider than a screen of %i", async (width) => {
    await using opened = await open(hostile, { viewport: { width, height: 800 } });
    const { page } = opened;
    await page.locator(".finder button").click();
    const wide = await page.evaluate(
      `[...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > ${width}).map((one) => one.outerHTML.slice(0, 200))`,
    );
    expect(wide).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  });

  test("on paper every call is whole, and nothing is left of the search", async () => {
    await using opened = await open(shipped("leaks"));
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".finder").isVisible()).toBe(false);
    const heights = await page
      .locator(".call .body")
      .evaluateAll((bodies) => bodies.map((body) => body.getBoundingClientRect().height));
    expect(heights.filter((height) => height < 20)).toEqual([]);
  });

  test("a thousand calls are quick to make, open and search", async () => {
    const long = repeat(shipped("plain"), 1000);
    const began = performance.now();
    const bytes = Buffer.byteLength(renderPage(long));
    const made = performance.now();
    await using opened = await open(long);
    const loaded = performance.now();
    const { page } = opened;
    await page.locator("input").fill("gate four");
    await page.locator("output", { hasText: " of " }).waitFor();
    const found = performance.now();
    const times = { made: made - began, loaded: loaded - made, found: found - loaded };
    expect(Math.max(...Object.values(times))).toBeLessThan(10_000);
    expect(bytes).toBeLessThan(8_000_000);
  });
});

/** A recording whose events come again and again, until there are so many calls. */
function repeat(recording: Recording, count: number): Recording {
  const events: RecordedEvent[] = [];
  let [call, item] = [0, 0];
  while (call < count) {
    const before = item;
    for (const event of recording.events) {
      if (event.kind === "end" || call >= count) break;
      const stamped = { ...event, seq: events.length + 1 };
      if (stamped.kind === "item") stamped.item = item = before + stamped.item;
      if (stamped.kind === "call") {
        stamped.call = ++call;
        stamped.reads = stamped.reads.map((number) => before + number);
        stamped.carried = stamped.carried.map((number) => before + number);
      }
      events.push(stamped);
    }
  }
  return { ...recording, events };
}
