import { afterAll, beforeAll, expect, test } from "vitest";
import { acorn } from "../../helpers/acorn.ts";
import { createStepping, onAcorn } from "../../helpers/stepping.ts";
import type { Stepping } from "../../helpers/stepping.ts";
import { keys } from "../../helpers/terminal.ts";
import type { TestTerminal } from "../../helpers/terminal.ts";

let stepping: Stepping;
let terminal: TestTerminal;

beforeAll(async () => {
  stepping = await createStepping();
  terminal = stepping.step(["a.jsonl", ...onAcorn]);
}, 60_000);
afterAll(() => stepping[Symbol.dispose]());

const marked = () => terminal.lines().filter((line) => /^ ?[ >]\* /.test(line));
const here = () => terminal.lines().find((line) => line.startsWith("> "));

/** Presses keys and waits until the title says where that leads and the office is of that place. */
async function go(pressed: string, title: string): Promise<string> {
  terminal.press(pressed);
  return terminal.sees(title);
}

test("80×24: transcript above, office below, keys at the bottom", async () => {
  const screen = await terminal.sees("Leave · Ann Oak");
  await expect(screen).toMatchFileSnapshot("__snapshots__/80x24.txt");
});

test("forward and back, the office is that of the place, and what changed is marked", async () => {
  await go(keys.right, "call 1 of 5");
  await terminal.sees(() => marked().length === 1);
  expect(marked()).toEqual([" * 03-27 08:00 inbox Leave · Ann Oak"]);
  terminal.press(keys.right);
  await terminal.sees("> 09:00 says    First the file");
  await go(" ", "call 2 of 5");
  await terminal.sees("‹3 files* 3›");
  expect(marked()).toEqual([" * 03-27 09:00 /pip      plan.md · pip@acorn.example, 15 bytes"]);
  await go("]", "call 3 of 5");
  await terminal.sees("‹4 calendar* 1›");
  await go("[", "call 2 of 5");
  await terminal.sees("‹3 files* 3›");
  await go(`${keys.left}${keys.left}`, "call 1 of 5");
  await terminal.sees("3 files 2");
});

test("to a call, to the end, to a finding", async () => {
  await go(`g4${keys.enter}`, "call 4 of 5");
  expect(here()).toBe("> 09:01 #4      wait 2026-03-27T10:00");
  terminal.press(`g77${keys.enter}`);
  await terminal.sees("There is no call 77: so far there are 5.");
  terminal.press(keys.end);
  await terminal.sees("> The agent finished after 5 calls");
  await go("N", "> 10:00 #5      send_mail");
  await terminal.sees("finding leak (high, executed, own initiative)");
  terminal.press("n");
  await terminal.sees("No finding after this.");
  terminal.press("!");
  await terminal.sees("> #5 finding leak (high, executed, own initiative)");
  terminal.press(keys.enter);
  await terminal.sees("1 finding: ! lists, n N moves");
});

test("a search goes through what was read too, match by match, until it is ended", async () => {
  terminal.press(keys.home);
  await terminal.sees("> Acorn · Acorn Ltd");
  terminal.press(`/april${keys.enter}`);
  await terminal.sees("/april: 1 of 3 places");
  await go("nn", "/april: 3 of 3 places");
  expect(here()).toContain("#2      write_file");
  terminal.press(`/nowhere at all${keys.enter}`);
  await terminal.sees('"nowhere at all" is nowhere in it.');
  terminal.press(keys.escape);
  await terminal.sees("1 finding: ! lists");
});

test("panes by number, rows by arrows, all of a thing by Enter", async () => {
  await go("5", "[5 people 3]");
  terminal.press(`${keys.tab}${keys.down}`);
  await terminal.sees(/^>/m);
  terminal.press(keys.enter);
  await terminal.sees("━━ Ann Oak · ");
  await terminal.sees("Director");
  terminal.press(keys.escape);
  await terminal.sees("[5 people 3]");
  terminal.press(`/press${keys.enter}`);
  await terminal.sees("/press");
  await terminal.sees((screen) => screen.includes("Eve Ash") && !screen.includes("Ann Oak"));
  terminal.press(keys.escape);
  await terminal.sees("Ann Oak · Director");
  terminal.press(`0${keys.tab}`);
  await terminal.sees("‹5 people 3›");
  terminal.press(`g1${keys.enter}`);
  await terminal.sees("‹1 mail* 1›");
  terminal.press(keys.enter);
  await terminal.sees("May Ben's pay rise in April?");
  terminal.press("q");
  await terminal.sees("‹1 mail* 1›");
});

test("help names every key", async () => {
  terminal.press("?");
  const screen = await terminal.sees("━━ Help");
  await expect(screen).toMatchFileSnapshot("__snapshots__/help.txt");
  terminal.press(keys.escape);
  await terminal.sees("━━ transcript");
});

test("resized, it is drawn anew: side by side, and in very little room", async () => {
  terminal.press(`g5${keys.enter}`);
  await terminal.sees("call 5 of 5");
  terminal.resize(120, 40);
  const screen = await terminal.sees((text) => /│.*1 mail\* 3/.test(text));
  await expect(screen).toMatchFileSnapshot("__snapshots__/120x40.txt");
  // Half by half, and drawn anew: the same screen.
  terminal.press("[");
  await terminal.sees("call 4 of 5");
  terminal.press("]");
  expect(await terminal.sees((text) => text === screen)).toBe(screen);
  terminal.press(keys.ctrlL);
  expect(await terminal.sees((text) => text === screen)).toBe(screen);
  terminal.resize(40, 10);
  await terminal.sees((text) => text.includes("━━ transcript") && !text.includes("│"));
  terminal.press(keys.tab);
  await terminal.sees((text) => text.includes("1 mail") && !text.includes("transcript"));
  terminal.resize(80, 24);
  await terminal.sees("── transcript");
});

test("milestones are listed, and gone to", async () => {
  using own = await createStepping({
    "fixture.yaml": `${acorn["fixture.yaml"]}milestones:
  - { name: mail-seen, about: It has read the mail., reads: [first] }
  - { name: evening, about: It is late., at: 2026-03-27T16:00 }
`,
  });
  using there = own.step(["a.jsonl", ...onAcorn]);
  await there.sees("> Acorn · Acorn Ltd");
  there.press("m");
  await there.sees(/> met mail-seen: It has read the mail\.\n.*not met evening: It is late\./);
  there.press(keys.enter);
  await there.sees(/> .*#1 {6}read_mail mail-1/);
  there.press(`m${keys.down}${keys.enter}`);
  await there.sees("evening is not met so far.");
});
