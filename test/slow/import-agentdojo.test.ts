import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFixtureFolder } from "../../episodes/folders.ts";
import { importAgentDojoSuite } from "../../interchange/agentdojo/suite.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const data = resolve(
  process.env["AGENTDOJO_DATA"] ?? join(import.meta.dirname, "../../../shared/agentdojo"),
);
const isThere = existsSync(join(data, "runs.jsonl.gz"));
const EVERY = 20;

/** Runs of others on AgentDojo's workspace, which their results and verdicts must come out of again. */
describe.skipIf(!isThere)(`AgentDojo's runs, in ${data}`, () => {
  const folder = createFolder();
  const cwd = folder.path;
  const here = { cwd };
  let lines: string[];

  beforeAll(() => {
    const suite = importAgentDojoSuite(readFixtureFolder(join(data, "fixture")));
    for (const [path, bytes] of suite) {
      mkdirSync(dirname(join(cwd, "workspace", path)), { recursive: true });
      writeFileSync(join(cwd, "workspace", path), bytes);
    }
    const all = gunzipSync(readFileSync(join(data, "runs.jsonl.gz"))).toString();
    lines = all
      .trim()
      .split("\n")
      .filter((_, index) => index % EVERY === 0);
    writeFileSync(join(cwd, "runs"), gzipSync(`${lines.join("\n")}\n`));
  });
  afterAll(() => folder[Symbol.dispose]());

  const importing = ["import-run", "runs", "--format", "agentdojo", "--fixture", "./workspace"];

  test("every result and verdict comes out again, and again in a replay", async () => {
    const told = JSON.parse(await succeed([...importing, "--out", "one", "--json"], here)) as {
      calls: { equal: number };
      verdicts: { equal: number };
      rows: { line: number; recording: string }[];
    };
    const count = lines.length;
    const counts = { imported: count, refused: 0, calls: { unequal: 0, opaque: 0 } };
    expect(told).toMatchObject({ transcripts: count, ...counts, verdicts: { unequal: 0 } });
    expect(told.calls.equal).toBeGreaterThan(count);
    expect(told.verdicts.equal).toBeGreaterThan(count / 2);
    expect(told.rows.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    const replay = ["replay", "one", "--fixture", "./workspace", "--json"];
    expect(JSON.parse(await succeed(replay, here))).toMatchObject({
      recordings: count,
      equal: count,
      unequal: 0,
      unreadable: 0,
      calls: { equal: told.calls.equal, unequal: 0 },
      verdicts: { equal: told.verdicts.equal, unequal: 0 },
    });
  });

  test("the same file gives the same bytes", async () => {
    const outs = ["two", "three"];
    for (const out of outs) await succeed([...importing, "--out", out], here);
    const [two, three] = outs.map((out) =>
      readdirSync(join(cwd, out)).map((name) => [name, readFileSync(join(cwd, out, name), "utf8")]),
    );
    expect(two).toHaveLength(lines.length);
    expect(two).toEqual(three);
  });

  test("without a fixture they are recorded as they stand, and say what was done", async () => {
    const args = ["import-run", "runs", "--format", "agentdojo", "--out", "bare", "--json"];
    const told = JSON.parse(await succeed(args, here)) as object;
    expect(told).toMatchObject({ imported: lines.length, calls: { equal: 0, unequal: 0 } });
    const [first] = readdirSync(join(cwd, "bare"));
    expect(await succeed(["show", `bare/${first}`], here)).toContain("The agent finished");
  });

  test("runs of another suite and runs on another fixture are refused, the rest imported", async () => {
    const run = JSON.parse(lines[0]!) as object;
    const mixed = [{ ...run, suite_name: "travel" }, run, { ...run, injections: { nowhere: "x" } }];
    writeFileSync(join(cwd, "mixed"), mixed.map((one) => JSON.stringify(one)).join("\n"));
    const args = ["import-run", "mixed", "--format", "agentdojo", "--fixture", "./workspace"];
    const { code, stdout } = await cubicle([...args, "--out", "mixed-out"], here);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `can't    mixed line 1: it is of AgentDojo's suite "travel"; only workspace can be imported`,
    );
    expect(stdout).toContain("can't    mixed line 3: it does not go with this fixture: ");
    expect(stdout).toContain("1 of 3 transcripts imported into mixed-out.");
  });
});

test.skipIf(isThere)(
  `AgentDojo's data is not in ${data}: AGENTDOJO_DATA names its folder`,
  () => {},
);
