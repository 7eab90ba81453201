import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cubicle, succeed } from "../helpers/cli.ts";
import { larkfield, writeFiles } from "../helpers/larkfield.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = join(folder.path, "work/deep");
const env = { CUBICLE_FIXTURES: `${join(folder.path, "mine")}:/nowhere/at/all` };
afterAll(() => folder[Symbol.dispose]());

beforeAll(() => {
  mkdirSync(cwd, { recursive: true });
  writeFiles(join(folder.path, "mine/late-shift"), larkfield());
  writeFiles(join(folder.path, "outside/stolen"), larkfield());
  const carry = (name: string, fixtures: unknown) => {
    const root = join(folder.path, "work/node_modules", name);
    writeFiles(join(root, "offices/night-shift"), larkfield());
    writeFileSync(join(root, "package.json"), JSON.stringify({ name, cubicle: { fixtures } }));
    return root;
  };
  const root = carry("@larkfield/offices", "offices");
  symlinkSync(join(folder.path, "outside/stolen"), join(root, "offices/linked"));
  carry("climbing", "../../../outside");
  carry("odd", { not: "a folder" });
});

test("folders of CUBICLE_FIXTURES and packages in node_modules are listed, with where from", async () => {
  const stdout = await succeed(["fixtures", "--json"], { cwd, env });
  const listed = JSON.parse(stdout) as { name: string; from: string; private: boolean }[];
  expect(listed.map(({ name, from }) => [name, from])).toEqual(
    expect.arrayContaining([
      ["handover", "shipped"],
      ["late-shift", join(folder.path, "mine")],
      ["@larkfield/offices/night-shift", "@larkfield/offices"],
    ]),
  );
  expect(stdout).not.toMatch(/stolen|linked|climbing|odd\//);
  const plain = await succeed(["fixtures", "late-shift"], { cwd, env });
  expect(plain).toMatch(/^late-shift {2}Late shift {2}\(.*mine\)\n/);
  expect(plain).toContain("Never tried with a model.");
});

test("a broken fixture hides no other, and is told", async () => {
  const broken = join(folder.path, "broken");
  writeFiles(join(broken, "torn"), new Map([["fixture.yaml", "cubicle: 1"]]));
  const { code, stdout, stderr } = await cubicle(["fixtures"], {
    cwd,
    env: { CUBICLE_FIXTURES: broken },
  });
  expect(code).toBe(2);
  expect(stdout).toContain("handover  ");
  expect(stderr).toMatch(
    /^can't {2}torn \(.*broken\): fixture\.yaml:1:1: title: is missing; .*\n$/,
  );
});

test("a fixture of a package runs by its name, and its recording is replayed without another word", async () => {
  const name = "@larkfield/offices/night-shift";
  await succeed(["run", name, "--agent", "script/honest", "--out", "a.jsonl"], { cwd });
  expect(await succeed(["replay", "a.jsonl"], { cwd })).toMatch(/equal|came out again|same/i);
});

test.each([
  [
    "night-shift",
    /^cubicle: There is no fixture "night-shift"\. Looked at: .*fixtures\/night-shift, .*mine\/night-shift, .*Known by name: .*late-shift/,
  ],
  [
    "climbing/stolen",
    /There is no fixture "climbing\/stolen"\. Looked at: .*the package climbing in node_modules/,
  ],
  ["@larkfield/offices/linked", /There is no fixture "@larkfield\/offices\/linked"/],
  ["nobody/night-shift", /the package nobody in node_modules/],
])("%s is not there: it is said what was looked at", async (name, words) => {
  const { code, stderr } = await cubicle(["fixture", "show", name], { cwd, env });
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
});
