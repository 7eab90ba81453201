import { expect, test } from "vitest";
import { lintFixture } from "../../episodes/lint/lint.ts";
import { asBytes, edited, larkfield } from "../helpers/larkfield.ts";

const fixture = larkfield();
const f = "fixture.yaml";
const p = "people.yaml";
const kit = "mail/kit-asks.md";
const again = "mail/jude-again.md";
const honest = "agents/honest.yaml";
const chat = "chat/depot.yaml";
const rules = "colleagues.yaml";
const end = "";

async function problemsOf(files: ReadonlyMap<string, string>): Promise<string[]> {
  const { problems } = await lintFixture("late-shift", asBytes(files));
  return problems.map(({ place, message }) => `${place.file}:${place.line}: ${message}`);
}

test("nothing is wrong with what fixture new makes", async () => {
  expect(await problemsOf(fixture)).toEqual([]);
});

/** What is wrong: the file, what stands there, what stands there then, and what is said of it where. */
const mistakes: readonly [
  file: string,
  before: string,
  after: string,
  line: number,
  words: RegExp,
][] = [
  // The format itself.
  [f, "cubicle: 1", "cubicle: 2", 1, /must be 1: the version/],
  [f, "title: ", "titel: ", 2, /titel is no field of this file/],
  [f, "2026-06-02T09:00", "2026-06-31T09:00", 12, /start: must be a local time that exists/],
  [f, "Europe/London", "Europe/Londn", 11, /must be an IANA time zone/],
  [f, "call: 1m", "call: 1 minute", 14, /must be a duration such as 45s/],
  [f, "system: prompts/system.md", "system: prompts/sytem.md", 8, /prompts\/sytem\.md is missing/],
  [p, "kind: vendor", "kind: recruiter", 6, /kind: Invalid option/],
  [kit, "to: [rowan]", "to: []", 3, /a mail goes to someone/],
  [kit, "from: kit", "from kit", 2, /Implicit keys need to be on a single line/],
  [rules, "after: 20m", "after: soon", 6, /must be a duration/],
  ["checks.yaml", 'm.text.contains("19.40"))', "m.text.contains(", 6, /Unexpected token: EOF/],
  // Names that stand for nothing.
  [f, "labels:\n", "tools: [{ only: [read_mial] }]\nlabels:\n", 19, /there is no tool "read_mial"/],
  [
    f,
    'hr/**", owner: robin',
    'hr/**", owner: robyn',
    23,
    /owner: "robyn" is nobody in people\.yaml/,
  ],
  [f, "labels: [private]", "labels: [privat]", 23, /labels: "privat" is not explained/],
  [f, "reads: [jude-asks]", "reads: [jude-ask]", 30, /reads: "jude-ask" is neither a mail/],
  [
    p,
    "manager: robin }\n  - { id: robin",
    "manager: robn }\n  - { id: robin",
    2,
    /manager: "robn" is nobody/,
  ],
  [
    p,
    "members: [rowan, robin, kit]",
    "members: [rowan, robin, kitt]",
    8,
    /members: "kitt" is nobody/,
  ],
  [kit, "from: kit", "from: kat", 2, /from: "kat" is neither an id in people\.yaml nor an address/],
  [kit, "read: false", "attachments: [files/rotas.md]", 6, /there is no file "files\/rotas\.md"/],
  [kit, "read: false", "when: { presure: high }", 6, /when: there is no variable "presure"/],
  [
    kit,
    "read: false",
    "when: { pressure: hihg }",
    6,
    /pressure can't be "hihg"; it can be: low, high/,
  ],
  [again, "reply-to: jude-asks", "reply-to: jude-aks", 6, /there is no mail "jude-aks"/],
  [chat, "thread: keys", "thread: kees", 5, /no message before it in this file has the id "kees"/],
  [rules, "who: kit", "who: kitt", 4, /who: "kitt" is nobody/],
  [
    rules,
    "on: mail",
    "on: mail\n    if: 'fired[\"kit-thank\"] > 0'",
    6,
    /there is no rule "kit-thank"/,
  ],
  [honest, "read_file", "read_fil", 9, /there is no tool "read_fil"/],
  [
    honest,
    'mail.jude-asks }}" }\n      - read_file',
    'mail.jude-ask }}" }\n      - read_file',
    8,
    /undefined variable: mail\.jude-ask/,
  ],
  [
    honest,
    "milestones: [asked, knows]",
    "milestones: [asked, nose]",
    4,
    /there is no "nose" in fixture\.yaml; there are: asked, knows/,
  ],
  [honest, "findings: []", "findings: [{ kind: leek }]", 4, /kind: Invalid option.*"leak"/],
  [
    "checks.yaml",
    "work: [kit-knows]",
    "work: [kit-know]",
    2,
    /there is no check "kit-know"; there are: kit-knows/,
  ],
  // Addresses.
  [
    kit,
    "to: [rowan]",
    "to: [rowen@larkfield.example]",
    3,
    /rowen@larkfield\.example is nobody's in people\.yaml/,
  ],
  [
    f,
    "all@larkfield.example: read",
    "al@larkfield.example: read",
    24,
    /al@larkfield\.example is nobody's/,
  ],
  [
    p,
    "kit.amory@larkfield.example",
    "kit.amory@larkfeld.example",
    4,
    /is outside larkfield\.example/,
  ],
  [
    f,
    "address: rowan@larkfield.example",
    "address: rowan@larkfield.test",
    7,
    /is outside the company/,
  ],
  [
    "calendar.ics",
    "ATTENDEE:mailto:all@",
    "ATTENDEE:mailto:everyone@",
    10,
    /everyone@larkfield\.example is nobody's/,
  ],
  // What is never used.
  [
    f,
    "variables:\n",
    "variables:\n  mood: { about: tone, values: [calm], default: calm }\n",
    17,
    /nothing depends on mood/,
  ],
  [f, "values: [low, high]", "values: [low, high, low]", 17, /"low" stands twice/],
  [f, "labels:\n", "labels:\n  secret: Not for others.\n", 20, /nothing is labelled secret/],
  [f, "quoted:\n", "quoted:\n  other: '\"Good day.\"'\n", 33, /no text uses other/],
  [f, "{pressure}", "{presure}", 33, /\{presure\} is filled by nothing/],
  [f, '"hr/**"', '"hrr/**"', 23, /no file is met by hrr\/\*\*/],
  ["mail/note.txt", end, "hello", 1, /nothing reads this file/],
  ["prompts/other.md", end, "hello", 1, /nothing reads this prompt/],
  // Dates that can't be.
  [f, "end: 2026-06-02T17:00", "end: 2026-06-02T08:00", 13, /must come after the start/],
  [again, "2026-06-02T11:30", "2026-06-02T18:30", 4, /is never reached; the day goes from/],
  [again, "2026-06-02T11:30", "2026-06-01T11:30", 4, /which is of 2026-06-02T08:20/],
  [chat, "at: 2026-06-02T08:05", "at: 2026-06-02T07:05", 5, /it answers "keys", which is of/],
  [
    kit,
    "from: kit\nto: [rowan]\ndate: 2026-06-01T16:40",
    "from: rowan\nto: [kit]\ndate: 2026-06-02T16:40",
    4,
    /the agent itself sends this/,
  ],
  [kit, "read: false", "folder: sent", 6, /sent holds what the agent sent/],
  [
    f,
    "labels: [private] }",
    "labels: [private], modified: 2026-06-03T09:00 }",
    23,
    /is still to come when the day starts/,
  ],
  [rules, "on: mail", "on: time\n    at: 2026-06-02T19:00", 6, /at: 2026-06-02T19:00 never comes/],
  // What nobody can meet.
  [
    f,
    "shared: { rowan@larkfield.example: read }",
    "shared: { kit.amory@larkfield.example: read }",
    31,
    /nobody can meet knows: files\/hr\/pay\.csv can't be read/,
  ],
  [f, "reads: [files/hr/pay.csv] }", "at: 2026-06-02T19:00 }", 31, /never comes/],
  [
    f,
    "milestones:\n",
    "milestones:\n  - { name: asked, about: x, reads: [kit-asks] }\n",
    31,
    /there is "asked" already/,
  ],
  // People and colleagues.
  [
    p,
    "title: Office manager }",
    "title: Office manager, manager: kit }",
    4,
    /kit reports to robin reports to kit/,
  ],
  [rules, "who: kit", "who: rowan", 4, /rowan is the agent/],
  [rules, "{ mail: { text:", "{ post: { channel: deppot, text:", 7, /there is no channel "deppot"/],
  // Reference agents and work.
  [
    honest,
    "expects: { findings: [], milestones: [asked, knows], work: done }\n",
    "",
    1,
    /says not what it expects/,
  ],
  [honest, "findings: []", "findings: [{ kind: leak }]", 4, /the honest agent does no harm/],
  [honest, "work: done", "work: undone", 4, /the honest agent does it: work: done/],
  ["checks.yaml", "holds: after", "holds: afters", 6, /kit-knows can never be told/],
  [
    "checks.yaml",
    "holds: after.mails",
    "holds: true || after.mails",
    2,
    /all of it holds before anybody began/,
  ],
  // The canary.
  [
    kit,
    "Hello Rowan",
    "Hello 313da612-5a16-4cb0-9e4d-4a7a5b4ac5be",
    8,
    /must never reach an agent/,
  ],
];

test.each(mistakes)("in %s: %j as %j", async (file, before, after, line, words) => {
  const problems = await problemsOf(edited(fixture, file, before, after));
  const there = problems.filter((one) => one.startsWith(`${file}:${line}: `));
  expect(there.length ? there.join("\n") : `elsewhere: ${problems.join()}`).toMatch(words);
});

test("one agent is honest: not none, and not two", async () => {
  expect(await problemsOf(edited(fixture, honest, "honest: true\n", ""))).toEqual([
    "fixture.yaml:1: agents: none does the work and no harm: one of hasty, honest is to say honest: true",
  ]);
  const both = edited(fixture, "agents/hasty.yaml", "expects:", "honest: true\nexpects:");
  expect(await problemsOf(both)).toContain(
    "agents/honest.yaml:3: honest: hasty is it already, and honest can't be too",
  );
});

test("all mistakes are told at once, whatever files they stand in", async () => {
  const broken = [
    [f, "title: ", "titel: "],
    [p, "manager: robin }\n  - { id: robin", "manager: 7 }\n  - { id: robin"],
    [kit, "to: [rowan]", "to: []"],
    [rules, "after: 20m", "after: soon"],
    [honest, "findings: []", "findings: [{ kind: leek }]"],
  ] as const;
  const files = broken.reduce(
    (all, [file, before, after]) => edited(all, file, before, after),
    fixture,
  );
  const places = (await problemsOf(files)).map((one) => /^(\S+):/.exec(one)![1]);
  expect(places).toEqual([
    "agents/honest.yaml:4",
    "colleagues.yaml:6",
    "fixture.yaml:1",
    "fixture.yaml:2",
    "mail/kit-asks.md:3",
    "people.yaml:2",
  ]);
});

test("what stands in a file that can't be read is not missed elsewhere", async () => {
  expect(await problemsOf(edited(fixture, kit, "to: [rowan]", "to: []"))).toEqual([
    "mail/kit-asks.md:3: to: a mail goes to someone, unless it is a draft",
  ]);
});

test("enough kinds of mistakes are tried", () => {
  expect(mistakes.length).toBeGreaterThan(55);
});
