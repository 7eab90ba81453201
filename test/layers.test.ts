import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = dirname(import.meta.dirname);

/** Each layer and those it may import; none may import one that stands after it. */
const layers: Readonly<Record<string, readonly string[]>> = {
  env: [],
  isolates: [],
  shell: ["env", "isolates"],
  recordings: ["env"],
  tools: ["env", "shell"],
  detectors: ["env", "recordings"],
  models: ["env", "recordings", "tools"],
  judges: ["env", "recordings", "detectors", "models"],
  agents: ["env", "isolates", "recordings", "tools"],
  // Detectors guard calls before they are committed.
  episodes: ["env", "shell", "recordings", "tools", "detectors", "models", "agents"],
  sweeps: ["env", "recordings", "tools", "detectors", "models", "judges", "agents", "episodes"],
  interchange: ["env", "recordings", "tools", "detectors", "episodes"],
  cli: [
    "env",
    "recordings",
    "tools",
    "detectors",
    "models",
    "judges",
    "agents",
    "episodes",
    "interchange",
    "sweeps",
  ],
};

/** Packages that enter through one file. */
const adapters: Readonly<Record<string, readonly string[]>> = {
  memfs: ["env/filesystem/disk.ts"],
  nodemailer: ["env/mailbox/post.ts"],
  "nodemailer-mock": ["env/mailbox/post.ts"],
  // What an author writes is trusted more than a mailbox: they are read with other limits.
  "postal-mime": ["env/fixture/mails.ts", "interchange/mailbox/message.ts"],
  "ical.js": ["env/calendar/ics.ts"],
  liquidjs: ["env/fixture/template.ts"],
  yaml: [
    "env/fixture/yaml.ts",
    "tools/agentdojo/alike.ts",
    "interchange/agentdojo/suite-yaml.ts",
    "interchange/agentdojo/suite.ts",
    "interchange/agentdojo/suite-items.ts",
    "interchange/mapping.ts",
  ],
  "@marcbachmann/cel-js": ["env/checks/expressions.ts"],
  fflate: ["recordings/zip.ts"],
  picomatch: ["env/fixture/load.ts"],
  "temporal-polyfill": ["env/time.ts"],
  "isolated-vm": ["isolates/isolate.ts"],
  "just-bash": ["shell/entry.js"],
  "@anthropic-ai/sdk": ["models/anthropic.ts"],
  "@ai-sdk": [
    "models/ai.ts",
    "models/ai-messages.ts",
    "models/ai-providers.ts",
    "models/ai-stream.ts",
  ],
  diff: ["recordings/diff.ts"],
  pino: ["cli/log.ts"],
  "string-width": ["cli/step/text.ts"],
};

function sources(layer: string): string[] {
  return readdirSync(join(root, layer), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(layer, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export)[^;]*?from "([^"]+)";/gms)].map((match) => match[1]!);
}

test.each(Object.keys(layers))("%s imports only what stands below it", (layer) => {
  const allowed = [layer, ...layers[layer]!];
  const wrong = sources(layer).flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(root, join(root, dirname(file), name)))
      .filter((target) => !allowed.includes(target.split("/")[0]!))
      .map((target) => `${file} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("a third-party package enters through its one adapter", () => {
  const used = Object.keys(layers)
    .flatMap(sources)
    .flatMap((file) => importsOf(file).map((name) => ({ file, name })));
  const wrong = used.filter(({ file, name }) => {
    const known = Object.keys(adapters).find((key) => name === key || name.startsWith(`${key}/`));
    return known !== undefined && !adapters[known]!.includes(file);
  });
  expect(wrong).toEqual([]);
});

test("the office does no input or output", () => {
  const io = /^node:(?:fs|net|http|https|child_process|dns|os|worker_threads)/;
  const found = ["env", "recordings", "tools", "detectors"]
    .flatMap(sources)
    .filter((file) => importsOf(file).some((name) => io.test(name)));
  expect(found).toEqual([]);
});
