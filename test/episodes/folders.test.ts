import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFixtureFolder } from "../../episodes/folders.ts";
import { createFolder } from "../helpers/simulate.ts";

test("files of every length come whole, by path; hidden ones and links do not come", () => {
  using folder = createFolder();
  mkdirSync(join(folder.path, "b"));
  const lengths = [0, 1, 65_535, 65_536, 65_537, 200_000];
  for (const length of lengths) {
    writeFileSync(join(folder.path, `b/${length}`), Buffer.alloc(length, `${length}.`));
  }
  writeFileSync(join(folder.path, "a"), "first");
  writeFileSync(join(folder.path, ".hidden"), "x");
  symlinkSync("/etc/passwd", join(folder.path, "link"));
  const expected = [
    ["a", Buffer.from("first")],
    ...lengths
      .map((length): [string, Buffer] => [`b/${length}`, Buffer.alloc(length, `${length}.`)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ];
  expect([...readFixtureFolder(folder.path)]).toEqual(expected);
});

test("a folder that is too large is refused", () => {
  using folder = createFolder();
  writeFileSync(join(folder.path, "large"), "");
  truncateSync(join(folder.path, "large"), 257 * 1024 * 1024);
  expect(() => readFixtureFolder(folder.path)).toThrow(
    "is too large for a fixture: at most 256 MiB in 50,000 files.",
  );
});
