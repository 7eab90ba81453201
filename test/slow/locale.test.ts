import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const places = [
  { TZ: "UTC", LANG: "C" },
  { TZ: "Asia/Kolkata", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  { TZ: "Pacific/Chatham", LANG: "ar_EG.UTF-8" },
  { TZ: "America/St_Johns", LANG: "de_DE.UTF-8", NODE_OPTIONS: "--no-deprecation" },
];

test("zone and locale of the machine are in no byte, neither recorded nor printed", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  const made = [];
  for (const [index, env] of places.entries()) {
    const file = `${index}.jsonl`;
    const args = ["run", "handover", "-a", "script/leaks", "-o", file];
    const { code, stdout, stderr } = await cubicle(args, { cwd, env });
    const bytes = readFileSync(join(cwd, file), "utf8");
    made.push({ code, stderr, printed: stdout.replaceAll(file, "FILE"), bytes });
  }
  for (const other of made) expect(other).toEqual(made[0]);
  expect(made[0]).toMatchObject({ code: 0, stderr: "" });
  const replayed = await succeed(["replay", ".", "--program"], { cwd, env: places[1]! });
  expect(replayed.trimEnd().split("\n").at(-1)).toBe("4 of 4 recordings equal.");
});
