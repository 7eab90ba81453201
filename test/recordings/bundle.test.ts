import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  createBundle,
  describeMember,
  findLies,
  memberName,
  memberSchema,
  openBundle,
} from "../../recordings/bundle.ts";
import type { Member } from "../../recordings/bundle.ts";
import { readRecording } from "../../recordings/reader.ts";
import { openZip } from "../../recordings/zip.ts";
import { bundleOf, sourceOf, zipOf } from "../helpers/zips.ts";

const bytes = readFileSync("examples/recordings/handover-leaks.jsonl");
const recording = readRecording(bytes);
const member: Member = describeMember("leaks.jsonl", bytes, recording, {});
const named = (name: string): Member => ({ ...member, name });
const open = (zip: Uint8Array) => openBundle(sourceOf(zip));

function bundle(...members: Member[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const writer = createBundle((part) => parts.push(part));
  for (const one of members) writer.add(one, bytes);
  writer.close("0.1.0");
  return Buffer.concat(parts);
}

test("a bundle gives back what went into it, and the same bytes each time", () => {
  const zip = bundle(member, named("deep/er/again.jsonl"));
  expect(bundle(member, named("deep/er/again.jsonl"))).toEqual(zip);
  const opened = open(zip);
  expect(opened).toMatchObject({
    cubicle: "0.1.0",
    members: [member, named("deep/er/again.jsonl")],
    faults: [],
  });
  for (const one of opened.members) expect(bytes.equals(opened.read(one))).toBe(true);
  expect(memberSchema.parse(member)).toEqual(member);
});

test.each([
  ["runs/a.jsonl", "runs/a.jsonl"],
  ["../../etc/passwd", "etc/passwd.jsonl"],
  ["/abs/./a b.jsonl", "abs/a-b.jsonl"],
  ["C:\\x\\.hidden.jsonl", "C-/x/hidden.jsonl"],
  ["été\u202e.jsonl", "-t-.jsonl"],
  ["...", "recording.jsonl"],
  [`${"long".repeat(99)}.jsonl`, `${"long".repeat(45)}.jsonl`],
])("%j is named %j", (path, name) => {
  expect(memberName(path)).toBe(name);
  expect(memberSchema.shape.name.safeParse(name).success).toBe(true);
});

const hostileNames = [
  "../evil.jsonl",
  "a/../../evil.jsonl",
  "/etc/evil.jsonl",
  "C:\\evil.jsonl",
  "a\\..\\evil.jsonl",
  ".hidden.jsonl",
  "a/.jsonl",
  "a//b.jsonl",
  "evil.js",
  "evil\0.jsonl",
  "\u202elnosj.jsonl",
  "a\n.jsonl",
  `${"a".repeat(200)}.jsonl`,
  "",
];

test.each(hostileNames)("a recording named %j is named and the rest kept", (name) => {
  const opened = open(
    bundleOf([
      [named(name), bytes],
      [member, bytes],
    ]),
  );
  expect(opened.members).toEqual([member]);
  expect(opened.faults).toEqual([
    { name, problem: "what the manifest says of it is wrong: name is no name of a recording" },
  ]);
});

const twice = named("Leaks.jsonl");
test.each<[string, Uint8Array, string, string]>([
  [
    "two names that differ in capitals",
    bundleOf([
      [member, bytes],
      [twice, bytes],
    ]),
    "Leaks.jsonl",
    "its name stands in the manifest twice",
  ],
  [
    "an entry that the manifest does not tell of",
    zipOf([
      ["recordings/leaks.jsonl", bytes],
      ["run.sh", "rm -rf /"],
      ["manifest.json", manifestOf(member)],
    ]),
    "run.sh",
    "it is not in the manifest",
  ],
  [
    "a recording that is not there",
    zipOf([
      ["recordings/leaks.jsonl", bytes],
      ["manifest.json", manifestOf(member, named("b.jsonl"))],
    ]),
    "b.jsonl",
    "it is not in the bundle",
  ],
  [
    "an entry that is there twice",
    zipOf([
      ["recordings/leaks.jsonl", bytes],
      ["recordings/b.jsonl", bytes],
      ["recordings/b.jsonl", "x"],
      ["manifest.json", manifestOf(member, named("b.jsonl"))],
    ]),
    "b.jsonl",
    "it is in the bundle twice",
  ],
  [
    "an entry of the manifest that is none",
    zipOf([
      ["recordings/leaks.jsonl", bytes],
      ["manifest.json", manifestOf(member, 7)],
    ]),
    "recording 2",
    "what the manifest says of it is wrong:  Invalid input: expected object, received number",
  ],
])("%s is told, and the rest kept", (_, zip, name, problem) => {
  const opened = open(zip);
  expect(opened.members).toEqual([member]);
  expect(opened.faults).toEqual([{ name, problem }]);
  expect(bytes.equals(opened.read(opened.members[0]!))).toBe(true);
});

function manifestOf(...recordings: unknown[]): string {
  return JSON.stringify({ bundle: 1, cubicle: "0.1.0", recordings });
}

test.each<[string, Uint8Array, string]>([
  ["no zip", bytes, "it is no zip, or was cut off: its table can't be read"],
  ["nothing", new Uint8Array(), "it is no zip, or was cut off: its table can't be read"],
  [
    "half of one",
    bundle(member).subarray(0, 9000),
    "it is no zip, or was cut off: its table can't be read",
  ],
  ["a zip of something else", zipOf([["a.txt", "a"]]), "it has no manifest.json; a bundle has one"],
  [
    "two manifests",
    zipOf([
      ["manifest.json", manifestOf()],
      ["manifest.json", manifestOf()],
    ]),
    "it has 2 manifest.json; a bundle has one",
  ],
  ["a newer format", bundleOf([], { bundle: 2 }), "it is of format 2; this cubicle reads up to 1"],
  ["another manifest", bundleOf([], { bundle: "1" }), "its manifest.json is none of a bundle"],
  [
    "a manifest that is no JSON",
    zipOf([["manifest.json", "{"]]),
    "its manifest.json is none of a bundle",
  ],
  [
    "10,001 recordings",
    bundleOf([], { recordings: Array.from({ length: 10_001 }, () => 0) }),
    "it tells of more than 10,000 recordings",
  ],
  [
    "a manifest that is a bomb",
    zipOf([["manifest.json", Buffer.alloc(64 * 2 ** 20 + 1)]]),
    "it unpacks to more than may be read (67,108,864 bytes)",
  ],
])("%s is no bundle", (_, zip, message) => {
  expect(() => open(zip)).toThrow(message);
});

test("a bomb is stopped at its entry's limit, and many small ones at that of all", () => {
  const names = ["a.jsonl", "b.jsonl", "c.jsonl"];
  const zip = bundleOf(names.map((name) => [named(name), Buffer.alloc(100_000)]));
  const small = openBundle(sourceOf(zip), { entry: 99_999, total: 2 ** 30 });
  expect(() => small.read(small.members[0]!)).toThrow("more than may be read (99,999 bytes)");
  const few = openBundle(sourceOf(zip), { entry: 2 ** 20, total: 250_000 });
  const other = /not the recording that the manifest tells of/;
  expect(() => few.read(few.members[0]!)).toThrow(other);
  expect(() => few.read(few.members[1]!)).toThrow(other);
  expect(() => few.read(few.members[2]!)).toThrow("more than may be read");
});

test("a table whose entries all unpack the same bytes is stopped too", () => {
  const zip = Buffer.from(
    bundleOf([
      [named("a.jsonl"), bytes],
      [named("b.jsonl"), "x"],
    ]),
  );
  const table = zip.lastIndexOf(
    Buffer.from([0x50, 0x4b, 1, 2]),
    zip.indexOf("manifest.json", zip.length - 200),
  );
  const first = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const second = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), first + 4);
  expect(second).toBeLessThan(table);
  zip.copy(zip, second + 16, first + 16, first + 28);
  zip.copy(zip, second + 42, first + 42, first + 46);
  const limits = { entry: 2 ** 30, total: bytes.length + 5000 };
  const opened = openBundle(sourceOf(zip), limits);
  opened.read(opened.members[0]!);
  expect(() => opened.read(opened.members[1]!)).toThrow("more than may be read");
});

test("a changed byte is told of the recording it is in", () => {
  const zip = Buffer.from(
    bundleOf([
      [member, bytes],
      [named("b.jsonl"), bytes],
    ]),
  );
  zip[1000]! ^= 1;
  const opened = open(zip);
  expect(() => opened.read(opened.members[0]!)).toThrow("it is damaged");
  expect(bytes.equals(opened.read(opened.members[1]!))).toBe(true);
});

test("no byte of a bundle's table makes anything but an error in words", () => {
  const whole = Buffer.from(bundle(member));
  for (let at = whole.length - 250; at < whole.length; at++) {
    for (const value of [0, 0xff]) {
      const zip = Buffer.from(whole);
      zip[at] = value;
      try {
        const opened = open(zip);
        for (const one of opened.members) opened.read(one);
      } catch (error) {
        expect(error).toMatchObject({ name: "ZipError" });
      }
    }
  }
});

test("a manifest that lies: of the bytes, it is refused; of what they say, it is told", () => {
  const forged = { ...member, sha256: "0".repeat(64) };
  const opened = open(bundleOf([[forged, bytes]]));
  expect(() => opened.read(opened.members[0]!)).toThrow("its SHA-256 differs");
  expect(findLies({ ...member, agent: "script/kind", ending: null }, member)).toEqual([
    'the manifest says agent "script/kind"; it is "script/leaks"',
    'the manifest says ending null; it is "finished"',
  ]);
  expect(findLies(member, member)).toEqual([]);
});

test("an encrypted entry, and one packed in another way, are told", () => {
  const zip = Buffer.from(bundle(member));
  const table = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  for (const [offset, value, words] of [
    [8, 9, "it is encrypted"],
    [10, 93, "it is compressed in a way that is not read (method 93)"],
  ] as const) {
    const changed = Buffer.from(zip);
    changed[table + offset] = value;
    const { entries, read } = openZip(sourceOf(changed));
    expect(() => read(entries[0]!)).toThrow(words);
  }
});
