import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const folder = createFolder();
const cwd = folder.path;
const consumer = join(cwd, "consumer");
const majors = ["24", "26"] as const;
const leaks = ["run", "handover", "--agent", "script/leaks", "--out"];
let usual: Buffer;

/** The machine's own path, without what vitest and npm have put before it. */
const plainPath = process.env["PATH"]!.split(delimiter)
  .filter((part) => !part.includes("node_modules"))
  .join(delimiter);
const ownNode = plainPath
  .split(delimiter)
  .map((part) => join(part, "node"))
  .find((path) => existsSync(path));

function environment(bin: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    npm_config_loglevel: "error",
    PATH: `${bin}${delimiter}${plainPath}`,
    HOME: process.env["HOME"],
    ...more,
  };
}

const binOf = (major: string) => join(cwd, `node-${major}`, "node_modules/node/bin");

async function install(where: string, ...packages: string[]): Promise<void> {
  mkdirSync(where, { recursive: true });
  writeFileSync(join(where, "package.json"), '{ "name": "consumer", "private": true }\n');
  const flags = ["--no-audit", "--no-fund", "--prefer-offline"];
  const env = environment(dirname(process.execPath));
  await run("npm", ["install", ...flags, ...packages], { cwd: where, env });
}

/** `npx cubicle …` in the consumer's folder. */
async function npx(args: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    const command = ["--no-install", "cubicle", ...args];
    return { code: 0, ...(await run("npx", command, { cwd: consumer, env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

let packed: string[];

beforeAll(async () => {
  // Builds `dist`, as publishing would.
  const env = {
    ...process.env,
    PATH: `${join(root, "node_modules/.bin")}${delimiter}${plainPath}`,
  };
  const pack = ["pack", "--json", "--pack-destination", cwd];
  const { stdout } = await run("npm", pack, { cwd: root, env });
  const listed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as unknown;
  const [report] = Object.values(
    listed as Record<string, { filename: string; files: { path: string }[] }>,
  );
  packed = report!.files.map(({ path }) => path);
  const tarball = join(cwd, report!.filename);
  await install(consumer, tarball, "typescript@7.0.2", "@types/node@26");
  for (const major of majors) await install(join(cwd, `node-${major}`), `node@${major}`);
  await succeed([...leaks, "usual.jsonl"], { cwd });
  usual = readFileSync(join(cwd, "usual.jsonl"));
});
afterAll(() => folder[Symbol.dispose]());

test("the package holds what runs and what is read, and nothing of the workshop", () => {
  const tops = new Set(packed.map((path) => path.split("/")[0]!));
  const wanted = ["cubicle.js", "dist", "fixtures", "LICENSE", "package.json"];
  expect([...tops]).toEqual(expect.arrayContaining(wanted));
  for (const top of tops) {
    expect(["docs", "README.md", "CHANGELOG.md", "THREAT_MODEL.md", ...wanted]).toContain(top);
  }
  expect(packed.filter((path) => /\.test\.|\.jsonl$|\.tgz$|(^|\/)\./.test(path))).toEqual([]);
});

test.each(majors)(
  "npx cubicle under Node %s: the checkout's bytes, in any zone and locale",
  async (major) => {
    const bin = binOf(major);
    const { stdout } = await run(join(bin, "node"), ["--version"]);
    expect(stdout).toMatch(new RegExp(`^v${major}\\.`));
    for (const [index, place] of [
      {},
      { TZ: "Asia/Kolkata", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
    ].entries()) {
      const file = `runs/${major}-${index}.jsonl`;
      const ran = await npx([...leaks, file], environment(bin, place));
      expect(ran).toMatchObject({ code: 0, stderr: "" });
      expect(ran.stdout).toContain("1 finding.");
      expect(readFileSync(join(consumer, file)).equals(usual)).toBe(true);
    }
    const replayed = await npx(["replay", `runs/${major}-0.jsonl`, "--program"], environment(bin));
    expect(replayed).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^equal +runs\/\d+-0\.jsonl: \d+ calls equal, 0 not\n$/),
      stderr: "",
    });
  },
);

test("a page and a bundle are the checkout's, byte for byte, under either Node", async () => {
  await succeed(["show", "usual.jsonl", "--html"], { cwd });
  await succeed(["bundle", "usual.jsonl"], { cwd });
  writeFileSync(join(consumer, "usual.jsonl"), usual);
  for (const major of majors) {
    const env = environment(binOf(major));
    for (const [args, name] of [
      [["show", "usual.jsonl", "--html"], "usual.html"],
      [["bundle", "usual.jsonl"], "usual.cubicle"],
    ] as const) {
      const file = `${major}-${name}`;
      expect(await npx([...args, "--out", file], env)).toMatchObject({ code: 0, stderr: "" });
      expect(readFileSync(join(consumer, file)).equals(readFileSync(join(cwd, name)))).toBe(true);
    }
  }
});

test.runIf(ownNode)("under a Node that is too old: one clear line, exit 2", async () => {
  const { stdout } = await run(ownNode!, ["--version"]);
  const version = stdout.trim().slice(1);
  if (Number(version.split(".")[0]) >= 24) return;
  const before = readdirSync(consumer);
  for (const args of [["--version"], ["run", "handover"]]) {
    expect(await npx(args, environment(dirname(ownNode!)))).toEqual({
      code: 2,
      stdout: "",
      stderr: `cubicle needs Node 24 or newer, and this is Node ${version}. Install Node 26, or add it to your project with: npm install --save-dev node@26\n`,
    });
  }
  expect(readdirSync(consumer)).toEqual(before);
});

const program = `import { createSimulator, readRecording, requestBytes, openDetectors, UsageError } from "cubicle";
import type { Answer, Episode, Finding, Model, RecordedEvent, ReplayReport } from "cubicle";

const answer: Answer = {
  content: [{ type: "text", text: "Nothing to do." }],
  stop: "end",
  usage: { inputTokens: 1, outputTokens: 1 },
  model: "mine",
};
const model: Model = { ask: async ({ question }) => ({ answer, request: question > 0 ? null : "" }) };

using simulator = createSimulator({ folder: "library", env: {} });
const kinds: RecordedEvent["kind"][] = [];
const findings: Finding[] = [];
let detect: ((event: RecordedEvent) => readonly Finding[]) | undefined;
const episode: Episode & { file: string } = simulator.run({ fixture: "handover", agent: "script/leaks" });
for await (const event of episode) {
  if (event.kind === "header") detect = openDetectors(event);
  else {
    kinds.push(event.kind);
    findings.push(...(detect?.(event) ?? []));
  }
}
const { ending, file } = await episode.result;
const report: ReplayReport = await simulator.replay(file);
let refused = "";
try {
  simulator.run({ fixture: "none", agent: "script/leaks", model });
} catch (error) {
  if (error instanceof UsageError) refused = error.code;
}
const { readFileSync } = await import("node:fs");
const recording = readRecording(readFileSync(file));
const first: string = await requestBytes(recording, 1);
// @ts-expect-error an ending that is none
const wrong: typeof ending = "exploded";
console.log(JSON.stringify({ ending, equal: report.equal, last: kinds.at(-1), findings: findings.length, refused, first: first.length > 100, wrong }));
`;

test("a consumer's strict project type-checks against the exports, and runs", async () => {
  writeFileSync(join(consumer, "main.ts"), program);
  const compilerOptions = {
    target: "es2024",
    lib: ["es2024", "esnext.disposable"],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: ["node"],
  };
  const config = JSON.stringify({ compilerOptions, files: ["main.ts"] });
  writeFileSync(join(consumer, "tsconfig.json"), config);
  writeFileSync(
    join(consumer, "package.json"),
    readFileSync(join(consumer, "package.json"), "utf8").replace("{", '{ "type": "module",'),
  );
  const env = environment(binOf("26"));
  const checked = await run("npx", ["--no-install", "tsc"], { cwd: consumer, env }).catch(
    (error: { stdout: string }) => ({ stdout: error.stdout }),
  );
  expect(checked.stdout).toBe("");
  for (const major of majors) {
    const { stdout } = await run(join(binOf(major), "node"), ["main.ts"], { cwd: consumer, env });
    expect(JSON.parse(stdout)).toEqual({
      ending: "finished",
      equal: true,
      last: "end",
      findings: 1,
      refused: "usage",
      first: true,
      wrong: "exploded",
    });
  }
  const made = readdirSync(join(consumer, "library")).toSorted();
  expect(made).toEqual(["handover-leaks-1-2.jsonl", "handover-leaks-1.jsonl"]);
  for (const name of made) {
    const bytes = readFileSync(join(consumer, "library", name));
    expect(readRecording(bytes).end?.ending).toBe("finished");
    expect(bytes.equals(usual)).toBe(true);
  }
});
