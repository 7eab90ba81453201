import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FIXTURE_PIPE } from "./protocol.ts";

const here = fileURLToPath(import.meta.url);
const root = dirname(dirname(here));
const main = join(dirname(here), here.endsWith(".ts") ? "worker.ts" : "worker.js");
const layers = [
  "env",
  "isolates",
  "shell",
  "recordings",
  "tools",
  "detectors",
  "models",
  "agents",
  "episodes",
];
/** Packages that the workers' layers import. */
const packages = [
  "@marcbachmann/cel-js",
  "fflate",
  "ical.js",
  "isolated-vm",
  "liquidjs",
  "memfs",
  "nodemailer",
  "nodemailer-mock",
  "picomatch",
  "postal-mime",
  "temporal-polyfill",
  "yaml",
  "zod",
];

/** First descriptor of those handed to a worker for its recordings. */
export const FIRST_SLOT = FIXTURE_PIPE + 1;

/**
 * Starts a worker that may read its own code and nothing else, with an empty environment but for a
 * fixed zone and locale. Node 26 also denies it the network; Node 24 has no permission for that.
 *
 * @param descriptors open files, which the worker gets as `FIRST_SLOT` and up
 * @param program what it runs; it may read the rest of that folder too
 */
export function spawnWorker(descriptors: readonly number[], program = main): ChildProcess {
  const paths = new Set([...codePaths(), dirname(program)]);
  const readable = [...paths].map((path) => `--allow-fs-read=${path}`);
  return spawn(
    process.execPath,
    [
      "--permission",
      "--allow-addons",
      ...readable,
      // SQLite opens files without asking the permission model.
      "--no-experimental-sqlite",
      "--no-node-snapshot",
      "--disable-warning=SecurityWarning",
      "--disable-warning=ExperimentalWarning",
      program,
    ],
    {
      stdio: ["ignore", "ignore", "pipe", "ipc", "pipe", ...descriptors],
      env: { TZ: "UTC", LC_ALL: "C" },
      cwd: "/",
      serialization: "json",
    },
  );
}

let known: string[] | undefined;

/** All that a worker may read: its layers, and the packages they import with what those import. */
function codePaths(): string[] {
  if (known) return known;
  const found = new Set<string>();
  for (const name of packages) addPackage(name, root, found);
  const manifests = [join(root, "package.json"), join(dirname(root), "package.json")];
  known = [
    ...layers.map((layer) => join(root, layer)),
    ...manifests.filter((path) => existsSync(path)),
    ...found,
    // node-gyp-build looks here to tell musl from glibc before it loads isolated-vm.
    "/etc/alpine-release",
  ];
  return known;
}

function addPackage(name: string, from: string, found: Set<string>): void {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name);
    if (existsSync(join(path, "package.json"))) {
      if (found.has(path)) return;
      found.add(path).add(realpathSync(path));
      const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as {
        dependencies?: Record<string, string>;
        peerDependencies?: Record<string, string>;
      };
      const needed = { ...manifest.dependencies, ...manifest.peerDependencies };
      for (const dependency of Object.keys(needed)) addPackage(dependency, path, found);
      return;
    }
    if (folder === dirname(folder)) return;
  }
}
