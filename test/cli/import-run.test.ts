import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { anthropicLeave, chat, jsonl, openAiLeave } from "../helpers/transcripts.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };

beforeAll(() => writeAcorn(cwd));
afterAll(() => folder[Symbol.dispose]());

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

const importing = (file: string, out: string, ...more: string[]) =>
  cubicle(["import-run", file, "--format", "openai-chat", "--out", out, ...more], here);
const reading = (path: string) => readRecording(readFileSync(join(cwd, path)));

test.each([
  [
    ["--format", "telegram"],
    /Allowed choices are agentdojo, inspect, openai-chat, anthropic-messages/,
  ],
  [["--format", "agentdojo", "--fixture", "./nowhere"], /There is no fixture ".\/nowhere"/],
  [["--format", "agentdojo", "--mapping", "no.yaml"], /no.yaml can't be read/],
  [
    ["--format", "agentdojo", "--mapping", "bad.yaml"],
    /the mapping can't be used: tools.mail.effect/,
  ],
])("%j is refused before anything is read", async (flags, words) => {
  write("bad.yaml", "tools: { mail: { effect: { does: explode } } }\n");
  const file = write("good.jsonl", jsonl(chat("good")));
  const { code, stderr } = await cubicle(["import-run", file, "--out", "refused", ...flags], here);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  expect(existsSync(join(cwd, "refused"))).toBe(false);
});

test("escape sequences in a transcript are not printed", async () => {
  const nasty = "\u001b[2Jname";
  const file = write(
    "nasty.jsonl",
    jsonl(
      { messages: [{ role: nasty }] },
      {
        ...chat("n"),
        messages: [...chat("n").messages, { role: "tool", tool_call_id: nasty, content: nasty }],
      },
    ),
  );
  const { stdout, stderr } = await importing(file, "nasty", "--fixture", "./acorn");
  expect(stdout + stderr).not.toContain("\u001b");
});

test.each([
  ["openai-chat", openAiLeave],
  ["anthropic-messages", anthropicLeave],
])("%s on a fixture: imported, shown, compared, replayed equal", async (format, make) => {
  const out = `${format}-acorn`;
  const file = write(`${format}.json`, JSON.stringify(make(), null, 2));
  const args = [
    "import-run",
    file,
    "--format",
    format,
    "--out",
    out,
    "--fixture",
    "./acorn",
    "--json",
  ];
  const told = JSON.parse(await succeed(args, here)) as object;
  const recording = `${out}/leave-1.jsonl`;
  expect(told).toEqual({
    transcripts: 1,
    imported: 1,
    refused: 0,
    calls: { equal: 3, unequal: 0, opaque: 1 },
    verdicts: { equal: 0, unequal: 0 },
    rows: [
      {
        line: null,
        item: null,
        recording,
        calls: { equal: 3, unequal: 0, opaque: 1 },
        verdicts: { equal: 0, unequal: 0 },
        first: null,
        notes: [],
      },
    ],
  });
  const { header, end } = reading(recording);
  expect(header.lineage.imported).toMatchObject({ format, opaque: ["book_room"], notes: [] });
  expect(end).toMatchObject({ ending: "finished", calls: 4 });
  const shown = await succeed(["show", recording], here);
  expect(shown).toContain("sent    to Ann Oak: Re: Leave");
  expect(shown).toContain("not-found: ");
  expect(await succeed(["replay", out, "--fixture", "./acorn"], here)).toBe(
    `equal    ${recording}: 4 calls equal, 0 not\n`,
  );
  expect((await cubicle(["diff", recording, recording], here)).code).toBe(0);
});

test("a result that the office does not give is kept, and is the replay's first difference", async () => {
  const changed = JSON.parse(
    JSON.stringify(openAiLeave()).replace("Leave is for April.", "Leave is for May."),
  ) as object;
  const file = write("changed.json", JSON.stringify(changed));
  const { code, stdout } = await importing(file, "changed", "--fixture", "./acorn");
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^differs {2}changed\/leave-1.jsonl: 2 results equal, 1 not. First at call 1, read_file:\n {2}recorded .*Leave is for May\..*\n {2}now {6}.*Leave is for April\./,
  );
  const replayed = await cubicle(["replay", "changed", "--fixture", "./acorn"], here);
  expect(replayed.code).toBe(3);
  expect(replayed.stdout).toContain("3 calls equal, 1 not. First at line 5:");
});

test("calls without results and results without calls are left out with a word", async () => {
  const call = { id: "c1", type: "function", function: { name: "list_mail", arguments: "{}" } };
  const value = {
    id: "loose",
    messages: [
      { role: "user", content: "What is new?" },
      { role: "tool", tool_call_id: "c0", content: "[]" },
      { role: "assistant", content: null, tool_calls: [call] },
    ],
  };
  const { code, stdout } = await importing(write("loose.json", JSON.stringify(value)), "loose");
  expect(code).toBe(0);
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    "note     loose/loose.jsonl: 1 call has no result and is left out",
    "note     loose/loose.jsonl: 1 result answers no call and is left out",
  ]);
  expect(await succeed(["show", "loose/loose.jsonl"], here)).toContain("The transcript breaks off");
});

test("without a fixture common names tell what was done; another mapping or none tells otherwise", async () => {
  const file = write(
    "mapped.json",
    JSON.stringify(
      openAiLeave("mcp__post__sendEmail", {
        recipients: "ann@acorn.example",
        subject: "Leave",
        body: "April.",
      }),
    ),
  );
  write(
    "own.yaml",
    "facts: { agent: pip@acorn.example }\ntools: { book_room: { effect: { does: event-created, title: room } } }\n",
  );
  const effects = (path: string) =>
    reading(path).events.flatMap((event) =>
      event.kind === "call" ? event.effects.map(({ effect }) => effect) : [],
    );
  await importing(file, "common");
  expect(effects("common/leave-1.jsonl")).toEqual(["mail-sent"]);
  await importing(file, "none", "--mapping", "none");
  expect(effects("none/leave-1.jsonl")).toEqual([]);
  await importing(file, "own", "--mapping", "own.yaml");
  expect(effects("own/leave-1.jsonl")).toEqual(["event-created"]);
  const replayed = await cubicle(["replay", "own/leave-1.jsonl"], here);
  expect(replayed).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("there is no office to replay it on"),
  });
});

test("a fixture that can't be loaded is said in its own words", async () => {
  mkdirSync(join(cwd, "broken"));
  writeFileSync(join(cwd, "broken/fixture.yaml"), "cubicle: 1\n");
  const { code, stderr } = await importing(
    write("g.jsonl", jsonl(chat("g"))),
    "never",
    "--fixture",
    "./broken",
  );
  expect(code).toBe(2);
  expect(stderr).toContain("fixture.yaml:");
  expect(existsSync(join(cwd, "never"))).toBe(false);
});

test("a log of Inspect's: what export wrote comes back, and what is cut off is told", async () => {
  await succeed(["run", "./acorn", "--agent", "script/leaks", "--out", "leaks.jsonl"], here);
  await succeed(["export", "leaks.jsonl", "--format", "inspect", "--out", "leaks.eval"], here);
  const args = ["--format", "inspect", "--fixture", "./acorn"];
  const out = await cubicle(
    ["import-run", "leaks.eval", ...args, "--out", "again", "--json"],
    here,
  );
  const report: unknown = JSON.parse(out.stdout);
  expect([out.code, report]).toMatchObject([0, { calls: { equal: 5, unequal: 0, opaque: 0 } }]);
  const replayed = await succeed(["replay", "again", "--fixture", "./acorn"], here);
  expect(replayed).toContain("5 calls equal, 0 not");

  write("cut.eval", readFileSync(join(cwd, "leaks.eval")).subarray(0, 2000));
  const cut = await cubicle(["import-run", "cut.eval", ...args, "--out", "none"], here);
  expect(cut.code).toBe(2);
  expect(cut.stdout).toContain("can't    cut.eval: it is a zip that was cut off or damaged");
});
