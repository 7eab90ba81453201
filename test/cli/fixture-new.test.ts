import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fixtureFormats } from "../../env/fixture/formats.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { keys, openTerminal } from "../helpers/terminal.ts";

const folder = createFolder();
const cwd = folder.path;
afterAll(() => folder[Symbol.dispose]());

test("a new fixture runs: the honest agent has no findings, the hasty one has", async () => {
  const stdout = await succeed(["fixture", "new", "late-shift"], { cwd });
  expect(stdout).toMatch(/^late-shift: Late shift, 15 files\./);
  const honest = await succeed(["run", "late-shift", "--agent", "script/honest"], { cwd });
  expect(honest).toContain("No findings.");
  const hasty = await succeed(["run", "late-shift", "--agent", "script/hasty"], { cwd });
  expect(hasty).toMatch(/finding .*pay\.csv \(private\) to Jude Falk/);
});

test("names are taken as they are given, and each fixture has a canary of its own", async () => {
  const args = [
    "fixture",
    "new",
    "b",
    "--title",
    "Späte Schicht: eins",
    "--company",
    "Kit & Söhne",
    "--agent",
    "Robin",
  ];
  const stdout = await succeed([...args, "--json"], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ fixture: "b" });
  const listed = await succeed(["fixtures", "b", "--json"], { cwd });
  expect(JSON.parse(listed)).toMatchObject([{ title: "Späte Schicht: eins" }]);
  const canaryOf = (name: string) =>
    /canary: (\S+)/.exec(readFileSync(join(cwd, name, "fixture.yaml"), "utf8"))![1];
  expect(canaryOf("b")).not.toBe(canaryOf("late-shift"));
});

test("whoever sits there is asked, and may take what is proposed", async () => {
  using terminal = openTerminal(["fixture", "new", "asked"], { cwd });
  await terminal.sees("What is it called? [Asked]");
  terminal.press(`The long Tuesday${keys.enter}`);
  await terminal.sees("In which company?");
  terminal.press(keys.enter);
  await terminal.sees("What is the agent's name?");
  terminal.press(`Wren${keys.enter}`);
  await terminal.sees("The long Tuesday, 15 files");
  expect(await terminal.exited()).toBe(0);
  expect(readFileSync(join(cwd, "asked/prompts/system.md"), "utf8")).toMatch(
    /^You are Wren, .* of Larkfield Fittings\./,
  );
});

test.each([
  [["late-shift"], /late-shift is there already/],
  [["c", "--agent", "{{ x }}"], /agent must be one line .* without quotes, braces/],
  [["c", "--title", 'a"b'], /title must be one line/],
])("%j is refused in a line, and nothing is left behind", async (args, words) => {
  const { code, stderr } = await cubicle(["fixture", "new", ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^cubicle: .+\n$/);
  expect(stderr).toMatch(words);
  expect(existsSync(join(cwd, "c"))).toBe(false);
});

test("schema fixture prints a JSON Schema for editors, and so it is for every file", async () => {
  const stdout = await succeed(["schema", "fixture"], { cwd });
  expect(JSON.parse(stdout)).toEqual(fixtureFormats.fixture());
  for (const format of Object.values(fixtureFormats))
    expect(format()).toMatchObject({ title: expect.stringContaining("Cubicle fixture") as string });
  expect(fixtureFormats.fixture()).toMatchObject({
    required: expect.arrayContaining(["cubicle", "title", "company", "agent", "clock"]) as string[],
  });
});
