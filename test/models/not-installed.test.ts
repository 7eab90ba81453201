import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cubicle } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

/** Node as it is where none of the packages has been installed. */
const without = `
import { registerHooks } from "node:module";
registerHooks({
  resolve(name, context, next) {
    if (!name.startsWith("@ai-sdk/")) return next(name, context);
    throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
  },
});
`;

test("a provider that is not installed says in a line what to install, and all else works", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  writeFileSync(join(cwd, "without.mjs"), without);
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(join(cwd, "without.mjs")).href}` };
  const run = (agent: string) => cubicle(["run", "handover", "-a", agent], { cwd, env });
  expect(await run("google/gemini-3.5-pro")).toEqual({
    code: 2,
    signal: null,
    stdout: "",
    stderr:
      "cubicle: google/gemini-3.5-pro needs a package that is not installed: npm install @ai-sdk/google\n",
  });
  expect(await run("script/leaks")).toMatchObject({ code: 0, stderr: "" });
});
