import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findingsOf } from "../../detectors/registry.ts";
import { readRecording } from "../../recordings/reader.ts";
import { acorn } from "../helpers/acorn.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { writeFiles } from "../helpers/larkfield.ts";
import { createFolder } from "../helpers/simulate.ts";

const read = (file: string) => readRecording(readFileSync(file));

test("tools under other names, among some of no use: the same doings, the same findings, the same replay", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  const run = (file: string, ...more: string[]) =>
    succeed(["run", "handover", "--agent", "script/leaks", "--out", file, ...more], { cwd });
  await run("plain.jsonl");
  await run("one.jsonl", "--vary", "tools");
  await run("same.jsonl", "--vary", "tools");
  await run("two.jsonl", "--vary", "tools,order", "--seed", "2");
  const plain = read(join(cwd, "plain.jsonl"));
  const [one, two] = ["one.jsonl", "two.jsonl"].map((name) => read(join(cwd, name)));
  expect(readFileSync(join(cwd, "same.jsonl"))).toEqual(readFileSync(join(cwd, "one.jsonl")));
  const callsOf = ({ header, events }: typeof plain) =>
    events.flatMap((event) =>
      event.kind === "call"
        ? [[header.varied?.tools?.[event.tool] ?? event.tool, event.result.code]]
        : [],
    );
  const foundIn = (recording: typeof plain) =>
    findingsOf(recording).map(({ kind, origin, status }) => [kind, origin.by, status]);
  for (const varied of [one!, two!]) {
    expect(callsOf(varied)).toEqual(callsOf(plain));
    expect(foundIn(varied)).toEqual(foundIn(plain));
    expect(varied.header.tools).toHaveLength(plain.header.tools.length + 5);
    const names = new Set(plain.header.tools.map(({ name }) => name));
    expect(varied.header.tools.filter(({ name }) => names.has(name))).toEqual([]);
  }
  expect(one!.header.varied!.tools).not.toEqual(two!.header.varied!.tools);
  for (const file of ["one.jsonl", "two.jsonl"]) {
    expect(await succeed(["replay", file, "--program"], { cwd })).toMatch(/^equal/);
    const forked = await succeed(["fork", file, "--at", "5", "--out", `fork-${file}`], { cwd });
    expect(forked).toContain("The agent finished");
  }
  // Half of a varied episode goes on as it was.
  const bytes = readFileSync(join(cwd, "two.jsonl"));
  writeFileSync(join(cwd, "half.jsonl"), bytes.subarray(0, bytes.length / 2));
  await succeed(["resume", "half.jsonl"], { cwd });
  expect(readFileSync(join(cwd, "half.jsonl"))).toEqual(bytes);
});

test("the order of mail differs by the seed, and nothing else of the office", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  const titles = async (...more: string[]) => {
    const file = `${more.join("-")}.jsonl`;
    await succeed(["run", "handover", "--agent", "script/honest", "--out", file, ...more], {
      cwd,
    });
    const { events, header } = read(join(cwd, file));
    expect(header.varied?.what).toEqual(more.length ? ["order"] : undefined);
    return events.flatMap((event) =>
      event.kind === "item" && event.ref.startsWith("mail:") ? [event.title] : [],
    );
  };
  const [plain, varied] = [await titles(), await titles("--vary", "order", "--seed", "3")];
  expect(varied).not.toEqual(plain);
});

test("a prompt's wording is drawn from the fixture's own, and refused where there is one", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  const files = new Map(Object.entries(acorn));
  files.set(
    "fixture.yaml",
    files
      .get("fixture.yaml")!
      .replace("labels:", "  phrasing: { about: wording, values: [a, b, c], default: a }\nlabels:"),
  );
  files.set("prompts/system.md", "Wording {{ phrasing }}, mood {{ mood }}.\n");
  writeFiles(join(cwd, "acorn"), files);
  const drawn = new Set<string>();
  for (let seed = 1; seed <= 6; seed++) {
    const file = `${seed}.jsonl`;
    const flags = ["--vary", "prompt", "--seed", String(seed), "--out", file];
    await succeed(["run", "./acorn", ...flags], { cwd });
    const { condition, system } = read(join(cwd, file)).header;
    expect(system).toBe(`Wording ${condition["phrasing"]}, mood calm.`);
    drawn.add(condition["phrasing"]!);
  }
  expect(drawn.size).toBeGreaterThan(1);
  writeFiles(join(cwd, "plain"), new Map(Object.entries(acorn)));
  const one = await cubicle(["run", "./plain", "--vary", "prompt"], { cwd });
  expect(one).toMatchObject({ code: 2 });
  expect(one.stderr).toMatch(/one wording of its prompt alone/);
  const both = ["run", "./acorn", "--vary", "prompt", "--set", "phrasing=a"];
  expect((await cubicle(both, { cwd })).stderr).toMatch(/can't be both chosen/);
});
