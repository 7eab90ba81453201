// Compiles what is published: Node strips types from its own files, but not below node_modules.
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
execFileSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit" });
// Programs and their universe, and the shell, run in isolates, as the text they are.
cpSync("agents/universe.js", "dist/agents/universe.js");
for (const name of ["web.js", "bash.js", "guest.js", "bash.licenses.txt"]) {
  cpSync(`shell/${name}`, `dist/shell/${name}`);
}
cpSync("agents/programs", "dist/agents/programs", { recursive: true });
cpSync("models/prices.json", "dist/models/prices.json");
cpSync("interchange/mappings", "dist/interchange/mappings", { recursive: true });
// So do a page's style and script, which are hashed into its policy.
for (const name of ["style.css", "report.css", "script.js"])
  cpSync(`cli/html/${name}`, `dist/cli/html/${name}`);
