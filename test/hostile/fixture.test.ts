import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { createBench } from "../helpers/simulate.ts";
import { program } from "./guest.ts";

const bench = createBench({ watchdogMs: 4000 });
afterAll(() => bench[Symbol.dispose]());

const plain: Record<string, string> = {
  "fixture.yaml": `cubicle: 1
title: Small
summary: One person and a mailbox
company: { name: Small, domains: [small.example] }
agent: { name: Bot, address: bot@small.example, system: system.md, task: task.md }
clock: { zone: Europe/London, start: 2026-03-19T10:00, end: 2026-03-19T17:00 }
files: [{ path: "**", owner: ann, shared: { "bot@small.example": write } }]
canary: b4fc6216-126d-4242-b58e-cdedb74f2acd
`,
  "people.yaml": "people:\n  - { id: ann, name: Ann, address: ann@small.example }\n",
  "system.md": "You are Bot.",
  "task.md": "Do nothing.",
  "mail/first.md":
    "---\nfrom: ann\nto: [bot@small.example]\ndate: 2026-03-19T09:00\nsubject: Hello\n---\nHello, Bot.\n",
  "files/note.txt": "A note.",
};

let written = 0;

function write(files: Record<string, string>): string {
  const folder = join(bench.folder, `fixture-${++written}`);
  for (const [path, text] of Object.entries({ ...plain, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const mailWith = (subject: string, body: string) =>
  plain["mail/first.md"]!.replace("Hello\n---", `${subject}\n---`).replace("Hello, Bot.", body);
const config = (text: string) => plain["fixture.yaml"]! + text;
const calendar = (lines: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one\r\nDTSTART:20260101T090000\r\nDTEND:20260101T093000\r\nSUMMARY:Again\r\nORGANIZER:mailto:ann@small.example\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

/** Everything an agent can look at, and how it went. */
const looker = program(`
  const codes = [];
  for (const [tool, input] of [
    ["list_mail", {}], ["search_mail", { query: "a" }], ["read_mail", { mail_id: "mail-1" }], ["list_files", {}],
    ["read_file", { path: "/note.txt" }], ["search_files", { query: "a" }], ["list_events", {}],
    ["list_events", { from: "2026-03-01", to: "2026-12-01" }], ["find_person", { query: "a" }], ["wait", { minutes: 60 }],
  ]) codes.push((await tools[tool](input)).code);
  return codes.filter(Boolean);`);

async function look(
  fixture: string,
): Promise<{ error: string } | { ending: string; returned: unknown }> {
  const agent = bench.program("looker.ts", looker);
  try {
    const { result, bytes } = await bench.run({ fixture, agent, file: `${fixture}.jsonl` });
    const { end } = readRecording(bytes);
    return { ending: result.ending, returned: JSON.parse(end!.returned ?? "null") };
  } catch (error) {
    return { error: String(error) };
  }
}

const fine = { ending: "finished", returned: [] };

test("the plain fixture works, so that what follows shows something", async () => {
  expect(await look(write({}))).toMatchObject(fine);
});

const aliases = Array.from(
  { length: 20 },
  (_, i) => `a${i}: &a${i} [${i ? `*a${i - 1},`.repeat(9) : '"x",'}]`,
).join("\n");
const refused: [name: string, files: Record<string, string>, error: RegExp][] = [
  [
    "a template that loops for ever",
    { "task.md": "{% for i in (1..1000000000) %}x{% endfor %}" },
    /task\.md:1:\d+: /,
  ],
  [
    "templates that loop within one another",
    { "task.md": `${"{% for i in (1..9999) %}".repeat(6)}x${"{% endfor %}".repeat(6)}` },
    /task\.md:1:\d+: /,
  ],
  [
    "a template that grows",
    {
      "task.md": `{% assign a = "xxxxxxxxxx" %}${"{% assign a = a | append: a %}".repeat(60)}{{ a }}`,
    },
    /task\.md:1:\d+: /,
  ],
  ["a template that includes", { "task.md": "{% include '/etc/passwd' %}" }, /task\.md:1:\d+: .*/],
  [
    "a template that renders",
    { "task.md": "{% render '../../../etc/passwd' %}" },
    /task\.md:1:\d+: .*/,
  ],
  ["a template that lays out", { "task.md": "{% layout '/etc/passwd' %}" }, /task\.md:1:\d+: .*/],
  [
    "a template with a clock",
    { "task.md": "{{ 'now' | date: '%s' }}" },
    /task\.md:1:\d+: .*the filter date is not available/,
  ],
  [
    "a template with dice",
    { "task.md": "{{ 'a,b,c' | split: ',' | sample }}" },
    /task\.md:1:\d+: .*the filter sample is not available/,
  ],
  [
    "a template that asks for a constructor",
    { "task.md": "{{ mail.constructor.constructor }}" },
    /task\.md:1:\d+: .*undefined variable/,
  ],
  [
    "a template that asks for __proto__",
    { "task.md": "{{ __proto__.polluted }}" },
    /task\.md:1:\d+: .*undefined variable/,
  ],
  [
    "an alias bomb",
    { "people.yaml": `${aliases}\n${plain["people.yaml"]}` },
    /people\.yaml:\d+:\d+: .*alias/i,
  ],
  ["an alias of itself", { "people.yaml": `people: &a\n  - *a\n` }, /people\.yaml:\d+:\d+: /],
  [
    "YAML without bottom",
    { "people.yaml": `people: ${"[".repeat(20_000)}` },
    /people\.yaml:\d+:\d+: /,
  ],
  [
    "__proto__ as a field",
    { "fixture.yaml": config("__proto__: { polluted: 1 }\n") },
    /fixture\.yaml:\d+:\d+: /,
  ],
  [
    "a key of 2 MB",
    { "fixture.yaml": config(`? ${"k".repeat(2_000_000)}\n: 1\n`) },
    /fixture\.yaml:\d+:\d+: /,
  ],
  ["a calendar that is none", { "calendar.ics": "hello" }, /calendar\.ics:\d+:1: /],
  [
    "a rule that is none",
    { "calendar.ics": calendar("RRULE:FREQ=NEVER") },
    /calendar\.ics:\d+:1: /,
  ],
  [
    "a file nobody owns",
    { "fixture.yaml": plain["fixture.yaml"]!.replace("owner: ann", "owner: constructor") },
    /owner: "constructor"/,
  ],
];

test.each(refused)("%s is refused at its place", async (_, files, error) => {
  const folder = write(files);
  const outcome = await look(folder);
  expect(outcome).toEqual({ error: expect.stringMatching(error) as string });
  expect((outcome as { error: string }).error.length).toBeLessThan(100_000);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  await bench.simulator
    .describe(folder)
    .catch((problem: Error) => expect(problem.message).toMatch(error));
  expect(await look(write({}))).toMatchObject(fine);
});

const bomb = `From: ann@small.example\r\nTo: bot@small.example\r\nDate: Thu, 19 Mar 2026 09:00:00 +0000\r\nSubject: parts\r\nMIME-Version: 1.0\r\n`;
const nested = Array.from(
  { length: 3000 },
  (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n`,
).join("");
const works: [name: string, files: Record<string, string>][] = [
  [
    "__proto__ as a variable",
    { "fixture.yaml": config("variables: { __proto__: { about: x, values: [a], default: a } }\n") },
  ],
  ["__proto__ as a label", { "fixture.yaml": config("labels: { __proto__: x }\n") }],
  [
    "constructor as a variable",
    {
      "fixture.yaml": config("variables: { constructor: { about: x, values: [a], default: a } }\n"),
    },
  ],
  [
    "constructor as a label",
    {
      "fixture.yaml": config("labels: { constructor: x }\n"),
      "mail/first.md": plain["mail/first.md"]!.replace("subject", "labels: [constructor]\nsubject"),
    },
  ],
  [
    "mails named like Object's",
    {
      "mail/constructor.md": plain["mail/first.md"]!,
      "mail/__proto__.md": plain["mail/first.md"]!,
      "mail/toString.md": plain["mail/first.md"]!,
    },
  ],
  ["files named like Object's", { "files/__proto__": "x", "files/constructor/prototype": "y" }],
  ["files named with dots", { "files/...": "x", "files/..a/b..c": "y" }],
  ["a subject of 1 MB", { "mail/first.md": mailWith("x".repeat(1_000_000), "Hello") }],
  ["a mail of 5 MB", { "mail/first.md": mailWith("Hello", "word ".repeat(1_000_000)) }],
  [
    "a mail of control sequences",
    {
      "mail/first.md": mailWith(
        "Hello",
        "\u001b]0;owned\u0007\u001b[2J\u001b[31m\u202etxt.exe\u0000\r\rover",
      ),
    },
  ],
  ["a raw mail of nested parts", { "mail/second.eml": `${bomb}${nested}` }],
  [
    "a raw mail of headers",
    { "mail/second.eml": `${bomb}${"X-A: b\r\n".repeat(50_000)}\r\nHello` },
  ],
  [
    "a raw mail of encoded words",
    { "mail/second.eml": `${bomb.replace("parts", "=?utf-8?q?=41?= ".repeat(20_000))}\r\nHello` },
  ],
  ["a rule of every second", { "calendar.ics": calendar("RRULE:FREQ=SECONDLY") }],
  [
    "a rule that never comes true",
    { "calendar.ics": calendar("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") },
  ],
  [
    "a rule of every leap second",
    { "calendar.ics": calendar("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=25") },
  ],
  [
    "a rule with a huge interval",
    { "calendar.ics": calendar("RRULE:FREQ=DAILY;INTERVAL=999999999") },
  ],
  [
    "a rule with everything",
    {
      "calendar.ics": calendar(
        `RRULE:FREQ=YEARLY;BYSECOND=${Array.from({ length: 60 }, (_, i) => i).join()};BYMINUTE=${Array.from({ length: 60 }, (_, i) => i).join()};BYHOUR=${Array.from({ length: 24 }, (_, i) => i).join()}`,
      ),
    },
  ],
];

test.each(works)("%s works, or is refused with a place", async (_, files) => {
  const outcome = await look(write(files));
  if ("error" in outcome)
    expect(outcome.error).toMatch(/^FixtureError|^CubicleError: [^\n]+:\d+:\d+: /);
  else expect(outcome).toMatchObject({ ending: "finished", returned: [] });
  expect(await look(write({}))).toMatchObject(fine);
});

test("links in a fixture's folder are not followed", async () => {
  const folder = write({});
  symlinkSync("/etc/passwd", join(folder, "files/passwd"));
  symlinkSync("/etc", join(folder, "files/etc"));
  symlinkSync("/etc/passwd", join(folder, "mail/passwd.md"));
  const outcome = await look(folder);
  expect(outcome).toMatchObject(fine);
  expect(readFileSync(`${folder}.jsonl`, "utf8")).not.toMatch(/root:|etc\/passwd/);
  const linked = write({});
  symlinkSync("/etc/passwd", join(linked, "calendar.ics"));
  expect(await look(linked)).toMatchObject(fine);
});
