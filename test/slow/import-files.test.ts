import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { cubicle, linesOf, start, succeed, until } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { chat, jsonl } from "../helpers/transcripts.ts";

const folder = createFolder();
const cwd = folder.path;
const here = { cwd };

afterAll(() => folder[Symbol.dispose]());

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

const importing = (file: string, out: string, ...more: string[]) =>
  cubicle(["import-run", file, "--format", "openai-chat", "--out", out, ...more], here);
const reading = (path: string) => readRecording(readFileSync(join(cwd, path)));

test("lines, CRLF, blank lines, a mark of byte order, gzip, an array and one pretty value are the same", async () => {
  const values = [chat("one"), chat("two")];
  const forms = {
    "plain.jsonl": jsonl(...values),
    "crlf.jsonl": `\ufeff\r\n${jsonl(...values).replaceAll("\n", "\r\n\r\n")}`,
    "no-newline.jsonl": jsonl(...values).trimEnd(),
    "array.json": JSON.stringify(values),
    "pretty.json": JSON.stringify(values, null, 2),
    packed: gzipSync(jsonl(...values)),
    "two-members.gz": Buffer.concat(values.map((value) => gzipSync(jsonl(value)))),
  };
  const results = [];
  for (const [name, content] of Object.entries(forms)) {
    const { code, stdout, stderr } = await importing(write(name, content), `from-${name}`);
    expect({ name, code, stdout, stderr }).toEqual({
      name,
      code: 0,
      stdout: `2 of 2 transcripts imported into from-${name}.\n0 results kept as they are; there was no fixture to execute calls on.\n`,
      stderr: "",
    });
    results.push(
      readdirSync(join(cwd, `from-${name}`)).map((file) => [
        file,
        readFileSync(join(cwd, `from-${name}`, file), "utf8"),
      ]),
    );
  }
  expect(results[0]!.map(([file]) => file)).toEqual(["one.jsonl", "two.jsonl"]);
  for (const result of results) expect(result).toEqual(results[0]);
});

test("what can't be imported is named by file and line, and the rest is imported", async () => {
  const torn = JSON.stringify(chat("torn")).slice(0, -20);
  const lines = [
    JSON.stringify(chat("first")),
    "not JSON",
    '{"messages":[{"role":"wizard","content":"Hello"}]}',
    '{"messages":[{"role":"user","content":[{"type":7}]}]}',
    "[]",
    "17",
    '{"messages":[]}',
    JSON.stringify([chat("in-a-list"), 3]),
    `{"messages":${"[".repeat(100_000)}`,
    JSON.stringify(chat("last")),
    torn,
  ];
  const file = write("mixed.jsonl", lines.join("\n"));
  const { code, stdout, stderr } = await importing(file, "mixed");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout)
    .toBe(`can't    mixed.jsonl line 2: it is no JSON: Unexpected token 'o', "not JSON" is not valid JSON
can't    mixed.jsonl line 3: it is no Chat Completions transcript: messages.0.role: Invalid discriminator value. Expected 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'function'
can't    mixed.jsonl line 4: it is no Chat Completions transcript: messages.0.content.0.type: Invalid input: expected string, received number
can't    mixed.jsonl line 5: there is no transcript in it
can't    mixed.jsonl line 6: it is no Chat Completions transcript: Invalid input: expected object, received number
can't    mixed.jsonl line 7: it is no Chat Completions transcript: messages: there are none
can't    mixed.jsonl line 8, item 2: it is no Chat Completions transcript: Invalid input: expected object, received number
can't    mixed.jsonl line 9: it is cut off: its JSON has no end
can't    mixed.jsonl line 11: it is cut off: its JSON has no end
3 of 12 transcripts imported into mixed.
0 results kept as they are; there was no fixture to execute calls on.
`);
  expect(readdirSync(join(cwd, "mixed"))).toEqual(["first.jsonl", "in-a-list.jsonl", "last.jsonl"]);
});

test("a gzip that is cut off or damaged gives what comes before", async () => {
  const packed = gzipSync(
    jsonl(
      ...Array.from({ length: 50 }, (_, i) => chat(`chat-${i}`, String(Math.sin(i)).repeat(50))),
    ),
  );
  const half = write("half.gz", packed.subarray(0, packed.length / 2));
  const cut = await importing(half, "half");
  const kept = readdirSync(join(cwd, "half")).length;
  expect(cut.code).toBe(1);
  expect(kept).toBeGreaterThan(5);
  expect(cut.stdout.split("\n")[0]).toBe(
    `can't    half.gz line ${kept + 1}: the file is cut off: its gzip has no end`,
  );
  const bad = Buffer.from(packed);
  bad.fill(0xff, packed.length - 200, packed.length - 150);
  const damaged = await importing(write("bad.gz", bad), "bad");
  expect(damaged.code).toBe(1);
  expect(damaged.stdout).toContain("the file is damaged: its gzip can't be unpacked any further");
});

test.each([
  ["no-file.json", null, "no-file.json can't be read: there is no such file."],
  [".", null, ". can't be read: it is a folder."],
  ["empty.jsonl", "", "There is no transcript in it."],
  ["blank.jsonl", "\n \r\n\n", "There is no transcript in it."],
  ["words.txt", "Dear Ann,\nleave it.\n", "can't    words.txt: it is no JSON: "],
  ["one.json", '{\n  "messages": [\n', "can't    one.json: it is cut off: its JSON has no end"],
  [
    "other.json",
    '{"suite_name":"travel"}',
    "can't    other.json line 1: it is no Chat Completions transcript: messages: Invalid input: expected array, received undefined",
  ],
  [
    "latin.jsonl",
    Buffer.from('{"messages":[{"role":"user","content":"d\xe9j\xe0"}]}', "latin1"),
    "can't    latin.jsonl line 1: it is no UTF-8 text",
  ],
])("%s has nothing to import: exit 2", async (name, content, words) => {
  if (content !== null) write(name, content);
  const { code, stdout, stderr } = await importing(name, "nothing");
  expect(code).toBe(2);
  expect(stdout + stderr).toContain(words);
  expect(existsSync(join(cwd, "nothing"))).toBe(false);
});

test(
  "ten megabytes of text, and a line that is longer than may be",
  { timeout: 120_000 },
  async () => {
    const much = `Ten ${"million words about leave in April. ".repeat(290_000)}`;
    const file = write(
      "much.jsonl",
      jsonl(chat("much", much), chat("x", "x".repeat(68_000_000)), chat("after")),
    );
    const { code, stdout } = await importing(file, "much");
    expect(code).toBe(1);
    expect(stdout.split("\n")[0]).toMatch(/^can't {4}much.jsonl line 2: it is longer than 64 MiB/);
    const { events } = reading("much/much.jsonl");
    expect(JSON.stringify(events[1])).toContain(much);
    expect(readdirSync(join(cwd, "much"))).toEqual(["after.jsonl", "much.jsonl"]);
  },
);

test("a gzip of nothing but a very long line ends in words", { timeout: 120_000 }, async () => {
  const member = gzipSync(Buffer.alloc(64 * 1024 * 1024, "x"));
  const bomb = write("bomb.gz", Buffer.concat(Array.from({ length: 18 }, () => member)));
  const { code, stdout } = await importing(bomb, "bomb");
  expect({ code, stdout }).toEqual({
    code: 2,
    stdout:
      "can't    bomb.gz: given up at line 1: more than 1 GiB of blank and overlong lines\n0 of 1 transcripts imported into bomb.\n",
  });
});

test("hostile names stay in the folder; equal ones get a number; nothing is written over", async () => {
  const names = [
    "../../escaped",
    "/etc/passwd",
    "..",
    "a\u0000b\n",
    "same",
    "SAME",
    "same-2",
    ".hidden",
    "x".repeat(400),
    "ünï",
  ];
  const file = write("names.jsonl", jsonl(...names.map((name) => chat(name))));
  expect((await importing(file, "names")).code).toBe(0);
  const found = readdirSync(join(cwd, "names"));
  expect(found).toEqual([
    "SAME-2.jsonl",
    "a-b.jsonl",
    "escaped.jsonl",
    "etc-passwd.jsonl",
    "hidden.jsonl",
    "n.jsonl",
    "same-2-2.jsonl",
    "same.jsonl",
    "transcript.jsonl",
    `${"x".repeat(120)}.jsonl`,
  ]);
  const same = linesOf(cwd, "names/same.jsonl");
  expect((await importing(file, "names")).code).toBe(0);
  expect(readdirSync(join(cwd, "names"))).toEqual(found);
  const other = write("other-names.jsonl", jsonl(chat("same", "Something else."), chat("new")));
  const { code, stdout } = await importing(other, "names");
  expect(code).toBe(1);
  expect(stdout.split("\n")[0]).toBe(
    "can't    other-names.jsonl line 1: names/same.jsonl is there already, and nothing is written over.",
  );
  expect(linesOf(cwd, "names/same.jsonl")).toEqual(same);
  expect(existsSync(join(cwd, "names/new.jsonl"))).toBe(true);
});

test("Ctrl-C leaves complete recordings and nothing else, and a second import goes on", async () => {
  const file = write(
    "long.jsonl",
    jsonl(...Array.from({ length: 1500 }, (_, i) => chat(`n-${i}`, "word ".repeat(2000)))),
  );
  const args = ["import-run", file, "--format", "openai-chat", "--out"];
  const { child, finished } = start([...args, "stopped"], { cwd, detached: true });
  const made = () => (existsSync(join(cwd, "stopped")) ? readdirSync(join(cwd, "stopped")) : []);
  await until(() => made().length > 20);
  process.kill(-child.pid!, "SIGINT");
  const { code, stderr } = await finished;
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: "Stopped. What was imported is kept; run it again to go on.\n",
  });
  const kept = made();
  expect(kept.length).toBeLessThan(1500);
  expect(kept.filter((name) => !name.endsWith(".jsonl"))).toEqual([]);
  for (const name of kept) expect(reading(`stopped/${name}`).end).toBeDefined();
  await succeed([...args, "stopped"], here);
  expect(made()).toHaveLength(1500);
});

test("a process that dies costs what it was about, and another goes on", async () => {
  const values = Array.from({ length: 400 }, (_, i) => chat(`d-${i}`, "word ".repeat(20_000)));
  const file = write("dying.jsonl", jsonl(...values));
  const args = ["import-run", file, "--format", "openai-chat", "--out", "dying"];
  const { child, finished } = start(args, here);
  const made = () => (existsSync(join(cwd, "dying")) ? readdirSync(join(cwd, "dying")) : []);
  for (const count of [20, 60, 100, 140, 180]) {
    await until(() => made().length > count);
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
    process.kill(Number(children.trim()), "SIGKILL");
  }
  const { code, stdout } = await finished;
  const lines = stdout.trimEnd().split("\n");
  const lost = lines.filter((line) =>
    /^can't {4}dying.jsonl line \d+: the process that imports it died \(SIGKILL\)\.$/.test(line),
  ).length;
  // One that dies between two transcripts costs none.
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThanOrEqual(5);
  expect(lines[lost]).toBe(`${400 - lost} of 400 transcripts imported into dying.`);
  expect(code).toBe(1);
  expect(made().filter((name) => name.endsWith(".jsonl"))).toHaveLength(400 - lost);
});
