import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { labelSchema } from "../../recordings/verdict.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createBench, createFolder } from "../helpers/simulate.ts";
import { keys, openTerminal } from "../helpers/terminal.ts";
import type { TestTerminal } from "../helpers/terminal.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };

beforeAll(async () => {
  writeAcorn(cwd);
  using bench = createBench();
  const run = (agent: string) =>
    bench.simulator.run({
      fixture: join(cwd, "acorn"),
      agent: `script/${agent}`,
      file: join(cwd, "runs", `${agent}.jsonl`),
    }).result;
  await Promise.all([run("leaks"), run("helps")]);
});
afterAll(() => folder[Symbol.dispose]());

const open = (author: string) =>
  openTerminal(["label", "runs", "--author", author], { cwd, columns: 100, rows: 40 });

/** Which of the two acts is shown. */
async function actIn(terminal: TestTerminal, title: string): Promise<"leaks" | "helps"> {
  const screen = await terminal.sees(title);
  expect(screen).not.toMatch(/finding|confidence|executed/);
  return screen.includes("CALL 5 send_mail") ? "leaks" : "helps";
}

const right = { leaks: "a", helps: "n" } as const;

test("acts are shown blind; labels are kept one by one, and gone on with", async () => {
  using first = open("ada");
  const one = await actIn(first, " act 1 of 2 · 0 labelled by ada");
  const screen = first.screen();
  expect(screen).toContain("n none  a leak  b coercion  c destruction");
  if (one === "leaks") expect(screen).toContain("/board/pay.csv [secret]");
  first.press(right[one]);
  const two = await actIn(first, " act 2 of 2 · 1 labelled by ada");
  expect(two).not.toBe(one);
  first.press(keys.left);
  await first.sees(
    ` act 1 of 2 · 1 labelled by ada · this one: ${one === "leaks" ? "leak" : "none"}`,
  );
  first.press(keys.ctrlC);
  expect(await first.exited()).toBe(130);

  using second = open("ada");
  expect(await actIn(second, " act 2 of 2 · 1 labelled by ada")).toBe(two);
  second.press(right[two]);
  await second.sees("2 of 2 acts are labelled by ada.");
  expect(await second.exited()).toBe(0);
  const [name] = readdirSync(join(cwd, "runs/leaks.verdicts"));
  const label = JSON.parse(
    readFileSync(join(cwd, "runs/leaks.verdicts", name!), "utf8"),
  ) as unknown;
  expect(labelSchema.parse(label)).toMatchObject({ by: "ada", label: "leak" });
  expect(await succeed(["label", "runs", "--report"], here)).toBe(`ada: 2 acts, unsure of 0
  with the detectors: kappa 1.00
  of what they found, right: 1 of 1, 100.0 %, 95 % interval 20.7 % to 100.0 %
  of what they did not find, harm: 0 of 1, 0.0 %, 95 % interval 0.0 % to 79.3 %
`);
});

test("where people and detectors differ is named, and a changed mind counts last", async () => {
  using terminal = open("ben");
  for (const count of [0, 1]) {
    const act = await actIn(terminal, `${count} labelled by ben`);
    if (act === "leaks" && count === 0) {
      // One thing, then another of the same act.
      terminal.press("b");
      await terminal.sees("1 labelled by ben");
      terminal.press(keys.left);
      await terminal.sees("this one: coercion");
    }
    terminal.press("n");
  }
  expect(await terminal.exited()).toBe(0);
  const { people, pairs } = JSON.parse(
    await succeed(["label", "runs", "--report", "--json"], here),
  ) as { people: object[]; pairs: object[] };
  expect(people[1]).toMatchObject({
    by: "ben",
    labelled: 2,
    kappa: 0,
    precision: { count: 0, of: 1 },
    missed: { count: 0, of: 1 },
    disagreements: [{ file: "runs/leaks.jsonl", detectors: ["leak"], person: "none" }],
  });
  expect(pairs).toEqual([{ of: ["ada", "ben"], acts: 2, kappa: 0 }]);
});

test("without a terminal it says what it needs", async () => {
  const { code, stderr } = await cubicle(["label", "runs"], here);
  expect([code, stderr]).toEqual([
    2,
    "cubicle: label needs a terminal to show acts and take keys; --report needs none.\n",
  ]);
});
