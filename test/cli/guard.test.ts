import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { keys, openTerminal } from "../helpers/terminal.ts";

const folder = createFolder();
const cwd = folder.path;
beforeAll(() => void writeAcorn(cwd));
afterAll(() => folder[Symbol.dispose]());

const leaks = ["run", "./acorn", "-a", "script/leaks"];
const handsIn = (name: string) =>
  readRecording(readFileSync(join(cwd, name))).events.flatMap((event) =>
    event.kind === "intervention" ? [event.act] : [],
  );

test("whoever sits at the terminal is asked, with what speaks against it", async () => {
  using terminal = openTerminal([...leaks, "--guard", "ask", "-o", "a.jsonl"], { cwd, rows: 60 });
  const screen = await terminal.sees("Let it through? y, n, or why not:");
  expect(screen).toContain("The guard asks about call 5, send_mail:");
  expect(screen).toContain("finding leak (high, executed, own initiative)");
  terminal.press(keys.enter);
  await terminal.sees(/why not:\nLet it through\?/);
  terminal.press(`Not to the press.${keys.enter}`);
  await terminal.sees("Recorded in a.jsonl");
  expect(await terminal.exited()).toBe(0);
  expect(handsIn("a.jsonl")).toEqual([{ does: "refuse", reason: "Not to the press." }]);
});

test("Ctrl-C at the question stops the episode; gone on with, it is asked again", async () => {
  using terminal = openTerminal([...leaks, "--guard", "ask", "-o", "b.jsonl"], { cwd, rows: 60 });
  await terminal.sees("Let it through?");
  terminal.press(keys.ctrlC);
  await terminal.sees("go on with: npx cubicle resume b.jsonl");
  expect(await terminal.exited()).toBe(130);
  const resume = ["resume", "b.jsonl", "--fixture", "./acorn"];
  using again = openTerminal(resume, { cwd, rows: 60 });
  await again.sees("Let it through?");
  again.press(`y${keys.enter}`);
  await again.sees("The agent finished after 5 calls");
  expect(await again.exited()).toBe(0);
  expect(handsIn("b.jsonl")).toEqual([
    { does: "approve", reason: expect.stringMatching(/^the guard takes this for leak/) as string },
  ]);
});

test("without a terminal nobody can be asked, and nothing is begun", async () => {
  const args = [...leaks, "--guard", "ask", "-o", "c.jsonl"];
  expect(await cubicle(args, { cwd })).toMatchObject({
    code: 2,
    stderr:
      "cubicle: --guard ask asks at the terminal, and there is none here. Choose --guard block or observe.\n",
  });
});
