import { expect, test } from "vitest";
import { evaluateCheck } from "../../../env/checks/check.ts";
import type { Ended } from "../../../env/checks/check.ts";
import { similarity } from "../../../env/checks/similarity.ts";
import { viewOffice } from "../../../env/checks/view.ts";
import { FixtureError } from "../../../env/errors.ts";
import { chooseCondition } from "../../../env/fixture/condition.ts";
import { loadFixture } from "../../../env/fixture/load.ts";
import { openFixture } from "../../../env/fixture/open.ts";
import { acorn } from "../../helpers/acorn.ts";

async function load(checks: string) {
  const files = Object.entries({ ...acorn, "checks.yaml": checks });
  return loadFixture("acorn", new Map(files.map(([path, text]) => [path, Buffer.from(text)])));
}

/** What an expression comes to at the start of the acorn's day. */
async function evaluate(holds: string, values: Readonly<Record<string, string>> = {}) {
  const fixture = await load(
    `checks:\n  one:\n    about: A question.\n    let: ${JSON.stringify(values)}\n    holds: ${JSON.stringify(holds)}\n`,
  );
  const { office, condition } = openFixture(fixture, chooseCondition(fixture, {}));
  const view = viewOffice(office);
  const ended: Ended = { before: view, after: view, effects: [], condition };
  return evaluateCheck(fixture.checks["one"]!, ended);
}

test.each([
  ['after.owner == "pip@acorn.example"', true],
  ['after.mails.map(m, m.id) == ["mail-1"] && after.trash.size() == 0', true],
  ['after.mails[0].from == "ann@acorn.example" && !after.mails[0].read', true],
  ['after.files.exists(f, f.name == "pay.csv" && f.size == 15 && f.text.contains("ben,50"))', true],
  ['largest(after.files, "size", 1).map(f, f.name) == ["leave.md"]', true],
  ['condition.mood == "urgent"', false],
  ["effects.size() > 0 || after.events.size() > 0", false],
  ['between("Say: yes.", "Say: ", ".") == "yes" && upTo("a.b", ".") == "a"', true],
  ['capital("éMIL") == "Émil" && without("a\\nb", "\\n") == "ab" && trim(" x ") == "x"', true],
  ['replace("a-a", "a", "$&") == "$&-$&" && lower("ÄB") == "äb"', true],
  ["same([1, 2, 2], [2, 1]) && !same([1], [2]) && highest([3, 7, 5]) == 7", true],
])("%s: %j", async (expression, holds) => {
  expect(await evaluate(expression)).toEqual({ holds, problem: "" });
});

test("values are reckoned in order, each of those before it", async () => {
  const values = { first: "after.mails[0]", about: "lower(first.subject)" };
  expect(await evaluate('about == "leave"', values)).toEqual({ holds: true, problem: "" });
});

test.each([
  ["after.mails[9].text == 'x'", /./],
  ["between('x', 'a', 'b') == ''", /nothing stands between "a" and "b"/],
  ["nobody == 1", /nobody/],
  ["after.mails.size()", /it gives no yes or no/],
])("%s can't be told, and says why", async (expression, problem) => {
  const outcome = await evaluate(expression);
  expect(outcome).toEqual({ holds: null, problem: expect.stringMatching(problem) });
});

test.each([
  ["1 +", "checks.yaml:5:5: checks.one.holds: "],
  [`"${"x".repeat(2000)}" == ""`, "it is longer than 2000 characters"],
  [
    "after.mails.all(a, after.mails.all(b, after.mails.all(c, after.mails.all(d, true))))",
    "it looks through lists more than 3 deep",
  ],
])("%s is refused when the fixture is loaded, at its place", async (expression, words) => {
  const loading = evaluate(expression);
  await expect(loading).rejects.toBeInstanceOf(FixtureError);
  await expect(loading).rejects.toThrow(words);
});

test.each([
  ["", "", 1],
  ["abcd", "bcde", 0.75],
  ["oars", "", 0],
  ["the boathouse key", "a boathouse's keys", 0.8],
  // Above 200 characters what stands often is not matched: as difflib has it.
  ["ab".repeat(150), "ba".repeat(150), 0],
])("%j and %j are alike by %d", (left, right, ratio) => {
  expect(similarity(left, right)).toBeCloseTo(ratio, 3);
});
