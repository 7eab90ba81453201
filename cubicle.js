#!/usr/bin/env node
// Plain JavaScript that any Node reads, so that an old one gets a sentence and not a stack trace.
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `cubicle needs Node 24 or newer, and this is Node ${process.versions.node}. ` +
      "Install Node 26, or add it to your project with: npm install --save-dev node@26",
  );
  process.exit(2);
}
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") console.error(String(warning));
});
const source = new URL("cli/main.ts", import.meta.url);
const isCheckout = existsSync(source);
// Compiled code is kept beside the packages it comes from: the command starts in half the time.
const packages = new URL(isCheckout ? "node_modules/" : "../", import.meta.url);
module.enableCompileCache(fileURLToPath(new URL(".cache/cubicle", packages)));
const { main } = await import(
  isCheckout ? source.href : new URL("dist/cli/main.js", import.meta.url).href
);
await main(process.argv);
