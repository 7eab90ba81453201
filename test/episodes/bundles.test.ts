import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBundleFile } from "../../episodes/bundles.ts";
import { folderOf, openRecording, recordingsAt } from "../../episodes/files.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import { describeMember } from "../../recordings/bundle.ts";
import { readRecording } from "../../recordings/reader.ts";
import { createFolder } from "../helpers/simulate.ts";
import { bundleOf } from "../helpers/zips.ts";

const folder = createFolder();
const bundle = join(folder.path, "x.cubicle");
const original = "examples/recordings/handover-leaks.jsonl";

beforeAll(() => {
  const bytes = readFileSync(original);
  const member = describeMember("a/leaks.jsonl", bytes, readRecording(bytes), {});
  const wrong = { ...member, name: "wrong.jsonl", sha256: "0".repeat(64) };
  writeFileSync(
    bundle,
    bundleOf([
      [member, bytes],
      [wrong, bytes],
    ]),
  );
  writeFileSync(join(folder.path, "empty.cubicle"), bundleOf([]));
  copyFileSync(original, join(folder.path, "no.cubicle"));
});
afterAll(() => folder[Symbol.dispose]());

test("a bundle's recordings have paths, and are read by them", () => {
  expect(recordingsAt(bundle)).toEqual([`${bundle}:a/leaks.jsonl`, `${bundle}:wrong.jsonl`]);
  for (const name of ["a/leaks.jsonl", "a/leaks"])
    expect(openRecording(`${bundle}:${name}`)).toEqual(openRecording(original));
  expect(folderOf(`${bundle}:a/leaks.jsonl`)).toBe(folder.path);
});

test("a recording of a bundle can be played again by an agent", async () => {
  using simulator = createSimulator({ folder: folder.path, env: {} });
  const agent = `recorded/${bundle}:a/leaks`;
  const { ending } = await simulator.run({ fixture: "handover", agent }).result;
  expect(ending).toBe("finished");
});

const inside = (name: string) => join(folder.path, name);
test.each<[string, () => unknown, string]>([
  [
    "one that is not there",
    () => openRecording(`${bundle}:none`),
    `${bundle}:none can't be read: there is no such recording in it; cubicle show ${bundle} lists.`,
  ],
  [
    "one whose bytes are others",
    () => openRecording(`${bundle}:wrong`),
    `${bundle}:wrong can't be read: it is not the recording that the manifest tells of: its SHA-256 differs.`,
  ],
  [
    "a bundle in a recording's place",
    () => openRecording(bundle),
    `${bundle} is a bundle; say which recording in it: ${bundle}:NAME.`,
  ],
  [
    "going on with one",
    () => createSimulator().resume(`${bundle}:a/leaks`),
    `${bundle}:a/leaks is in a bundle, which is never added to. Take it out first: cubicle unbundle.`,
  ],
  [
    "an empty bundle",
    () => recordingsAt(inside("empty.cubicle")),
    `There are no recordings in ${inside("empty.cubicle")}.`,
  ],
  [
    "a file that is no bundle",
    () => openBundleFile(inside("no.cubicle")),
    `${inside("no.cubicle")} is no bundle that can be read: it is no zip, or was cut off: its table can't be read.`,
  ],
  [
    "no file",
    () => openRecording(`${inside("none.cubicle")}:a`),
    `${inside("none.cubicle")} can't be read: there is no such file.`,
  ],
  ["a folder", () => openBundleFile(folder.path), `${folder.path} can't be read: it is a folder.`],
])("%s is refused in words", (_, act, message) => {
  expect(act).toThrow(expect.objectContaining({ name: "UsageError", message }));
});
