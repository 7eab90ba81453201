import { afterAll, expect, test } from "vitest";
import { cubicle } from "../helpers/cli.ts";
import { createLateShifts } from "../helpers/larkfield.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
afterAll(() => folder[Symbol.dispose]());

const make = createLateShifts(cwd);
const check = (name: string, ...flags: string[]) =>
  cubicle(["fixture", "check", name, ...flags], { cwd });

test("a fixture whose agents do what they declare, in every condition, passes", async () => {
  const { code, stdout, stderr } = await check(make());
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout:
      "late-shift-1: nothing is wrong. Its reference agents ran 4 episodes, in 2 of 2 conditions.\n",
    stderr: "",
  });
});

test("a fixture that can't be run is told all that is wrong, as JSON too", async () => {
  const name = make(
    ["people.yaml", "manager: robin }\n", "manager: robn }\n"],
    ["mail/kit-asks.md", "from: kit", "from: kat"],
  );
  const { code, stdout } = await check(name, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    fixture: name,
    problems: [
      {
        file: "mail/kit-asks.md",
        line: 2,
        column: 1,
        message: expect.stringContaining('"kat"') as string,
      },
      {
        file: "people.yaml",
        line: 2,
        column: 113,
        message: expect.stringContaining('"robn"') as string,
      },
    ],
    episodes: 0,
    conditions: 0,
    of: 0,
  });
});

test("what is no fixture is refused in a line", async () => {
  const { code, stderr } = await check("nowhere");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^cubicle: There is no fixture "nowhere"\..*\n$/);
});

test.each(["check", "show", "pilot"])("fixture %s --help says what it takes", async (command) => {
  const { stdout } = await cubicle(["fixture", command, "--help"], { cwd });
  await expect(stdout).toMatchFileSnapshot(`__snapshots__/help-fixture-${command}.txt`);
});
