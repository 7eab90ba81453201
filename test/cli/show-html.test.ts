import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderPage } from "../../cli/html/page.ts";
import { openRecording } from "../../episodes/files.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
const leaks = "examples/recordings/handover-leaks.jsonl";
beforeAll(() => copyFileSync(leaks, join(cwd, "leaks.jsonl")));
afterAll(() => folder[Symbol.dispose]());

test("show --html writes a page, the same of the same recording, and over nothing", async () => {
  const page = renderPage(openRecording(leaks));
  const kilobytes = Math.ceil(Buffer.byteLength(page) / 1000);
  const args = ["show", "leaks.jsonl", "--html"];
  expect(await succeed(args, { cwd })).toBe(
    `leaks.html: ${kilobytes} kB, to be opened in any browser.\n`,
  );
  expect(readFileSync(join(cwd, "leaks.html"), "utf8")).toBe(page);
  expect(await cubicle([...args, "--out", "leaks.html"], { cwd })).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr:
      "cubicle: leaks.html is there already, and nothing is written over. Choose another --out.\n",
  });
});

test.each([
  [
    ["--html", "--at", "2"],
    "--html shows all of a recording: leave out --at, --request and --json.",
  ],
  [["--out", "a.html"], "--out goes with --html."],
])("show %j says what goes together", async (flags, words) => {
  const { code, stderr } = await cubicle(["show", "leaks.jsonl", ...flags], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: `cubicle: ${words}\n` });
  expect(readdirSync(cwd)).not.toContain("a.html");
});
