import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const shell = join(import.meta.dirname, "../../shell");

test("the shell that is committed is the one its packages make", async () => {
  const { bundleShell } = (await import(join(shell, "bundle.js"))) as {
    bundleShell(): Promise<{ script: string; licenses: string }>;
  };
  const { script, licenses } = await bundleShell();
  expect(script === readFileSync(join(shell, "bash.js"), "utf8")).toBe(true);
  expect(licenses).toBe(readFileSync(join(shell, "bash.licenses.txt"), "utf8"));
});
