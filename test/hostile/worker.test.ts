import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Model } from "../../models/port.ts";
import { packageFolder } from "../../episodes/package.ts";
import { createBench } from "../helpers/simulate.ts";
import { program, request } from "./guest.ts";

/*
 * What a program would have if it broke out of its isolate: all that its worker process has. A live
 * worker's own arguments and environment are taken from /proc, and a probe is run with exactly them.
 */

const bench = createBench({ env: { ANTHROPIC_API_KEY: "sk-secret" } });
const secrets = { ANTHROPIC_API_KEY: "sk-secret", GITHUB_TOKEN: "secret" };
let seen: { args: string[]; env: Record<string, string>; links: string[] };

beforeAll(async () => {
  Object.assign(process.env, secrets);
  const asked = Promise.withResolvers<void>();
  const model: Model = {
    ask: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        asked.resolve();
      }),
  };
  const agent = bench.program("asks.ts", program(`await model(${request});`));
  const episode = bench.simulator.run({ fixture: "handover", agent, model });
  episode.result.then((result) => asked.reject(new Error(result.detail)), asked.reject);
  await asked.promise;
  const [pid] = bench.simulator.workerPids;
  const read = (name: string) =>
    readFileSync(`/proc/${pid}/${name}`, "utf8").split("\0").slice(0, -1);
  seen = {
    args: read("cmdline").slice(1),
    env: Object.fromEntries(
      read("environ").map((line) => [
        line.slice(0, line.indexOf("=")),
        line.slice(line.indexOf("=") + 1),
      ]),
    ),
    links: readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${name}`);
      } catch {
        return [];
      }
    }),
  };
});

afterAll(() => {
  for (const name of Object.keys(secrets)) delete process.env[name];
  bench[Symbol.dispose]();
});

/** Runs a body as a worker would run it, and gives what it returns. */
async function probe(body: string): Promise<unknown> {
  const source = `
    const attempt = async (action) => {
      try { const value = await action(); return "DONE " + String(value).slice(0, 200); }
      catch (error) { return error?.code ?? String(error); }
    };
    const main = async () => { ${body} };
    main().then((value) => process.send({ value }, () => process.exit(0)), (error) => process.send({ value: "FAILED " + error.stack }, () => process.exit(1)));`;
  const child = spawn(process.execPath, [...seen.args.slice(0, -1), "-e", source], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { TZ: seen.env["TZ"], LC_ALL: seen.env["LC_ALL"] },
    cwd: "/",
  });
  return new Promise((resolve, reject) => {
    child.on("message", (message: { value: unknown }) => resolve(message.value));
    child.on("exit", (code, signal) => reject(new Error(`the probe died: ${code ?? signal}`)));
  });
}

/** Each action's error code, or what it got. */
async function attempts(actions: Record<string, string>): Promise<Record<string, string>> {
  const lines = Object.entries(actions).map(
    ([name, code]) => `${JSON.stringify(name)}: await attempt(async () => ${code})`,
  );
  return (await probe(`return { ${lines.join(",\n")} };`)) as Record<string, string>;
}

const denied = (actions: Record<string, string>) =>
  Object.fromEntries(Object.keys(actions).map((name) => [name, "ERR_ACCESS_DENIED"]));

/** The permission model does not cover SQLite, so a worker has none. */
const gone = "ERR_UNKNOWN_BUILTIN_MODULE";

test("its environment holds a zone, a locale and its channel, whatever the supervisor's holds", () => {
  const { NODE_CHANNEL_FD: _, NODE_CHANNEL_SERIALIZATION_MODE: __, ...rest } = seen.env;
  expect(rest).toEqual({ TZ: "UTC", LC_ALL: "C" });
  expect(seen.args.join(" ")).not.toContain("secret");
  expect(seen.args.slice(0, 2)).toEqual(["--permission", "--allow-addons"]);
  expect(
    seen.args.filter((arg) => /allow-(fs-write|child|worker|wasi|net|inspector)/.test(arg)),
  ).toEqual([]);
});

test("its descriptors are its slots, its channel and what Node needs", () => {
  const files = seen.links.filter(
    (link) => link.startsWith("/") && link !== "/dev/null" && !link.startsWith("/dev/random"),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((link) => !link.startsWith(bench.folder))).toEqual([]);
});

test("it reads nothing but code", async () => {
  const path = (...parts: string[]) => JSON.stringify(join(...parts));
  const actions = {
    passwd: `require("fs").readFileSync("/etc/passwd")`,
    readme: `require("fs").readFileSync(${path(packageFolder, "README.md")})`,
    lock: `require("fs").readFileSync(${path(packageFolder, "package-lock.json")})`,
    fixture: `require("fs").readFileSync(${path(packageFolder, "fixtures/handover/fixture.yaml")})`,
    git: `require("fs").readFileSync(${path(packageFolder, ".git/config")})`,
    test: `require("fs").readFileSync(${path(packageFolder, "test/hostile/worker.test.ts")})`,
    home: `require("fs").readdirSync(${path(homedir())})`,
    root: `require("fs").readdirSync("/")`,
    package: `require("fs").readdirSync(${path(packageFolder)})`,
    recordings: `require("fs").readdirSync(${path(bench.folder)})`,
    up: `require("fs").readFileSync(${path(packageFolder, "env")} + "/../package-lock.json")`,
    promises: `require("fs/promises").readFile("/etc/passwd")`,
    stream: `new Promise((resolve, reject) => require("fs").createReadStream("/etc/passwd").on("data", resolve).on("error", reject))`,
    blob: `(await require("fs").openAsBlob("/etc/passwd")).text()`,
    stat: `require("fs").statSync("/etc/passwd")`,
    link: `require("fs").readlinkSync("/proc/self/exe")`,
    environ: `require("fs").readFileSync("/proc/" + process.ppid + "/environ")`,
    memory: `require("fs").openSync("/proc/" + process.ppid + "/mem", "r")`,
    own: `require("fs").openSync("/proc/self/mem", "r+")`,
    buffer: `require("fs").readFileSync(Buffer.from("/etc/passwd"))`,
    url: `require("fs").readFileSync(new URL("file:///etc/passwd"))`,
    glob: `require("fs").readdirSync("/etc/alpine-release/..")`,
    sqlite: `new (require("node:sqlite").DatabaseSync)("/etc/passwd").prepare("select 1")`,
    envFile: `process.loadEnvFile("/etc/environment")`,
  };
  expect(await attempts(actions)).toEqual({ ...denied(actions), sqlite: gone });
});

test("it writes no file", async () => {
  const file = JSON.stringify(join(bench.folder, "planted"));
  const actions = {
    write: `require("fs").writeFileSync(${file}, "x")`,
    code: `require("fs").writeFileSync(${JSON.stringify(join(packageFolder, "episodes/planted.ts"))}, "x")`,
    modules: `require("fs").writeFileSync(${JSON.stringify(join(packageFolder, "node_modules/zod/planted.js"))}, "x")`,
    append: `require("fs").appendFileSync(${file}, "x")`,
    folder: `require("fs").mkdirSync(${file})`,
    temporary: `require("fs").mkdtempSync("/tmp/planted-")`,
    rename: `require("fs").renameSync(${file}, ${file} + "2")`,
    remove: `require("fs").rmSync(${JSON.stringify(bench.folder)}, { recursive: true })`,
    link: `require("fs").symlinkSync("/etc/passwd", ${file})`,
    hard: `require("fs").linkSync("/etc/passwd", ${file})`,
    copy: `require("fs").copyFileSync("/etc/passwd", ${file})`,
    report: `process.report.writeReport(${file})`,
    heap: `require("v8").writeHeapSnapshot(${file})`,
    sqlite: `new (require("node:sqlite").DatabaseSync)(${file})`,
  };
  expect(await attempts(actions)).toEqual({ ...denied(actions), sqlite: gone });
  expect(readdirSync(bench.folder)).not.toContain("planted");
});

test("it starts no process or thread, and gives itself no more rights", async () => {
  const actions = {
    spawn: `require("child_process").spawnSync("/bin/true")`,
    exec: `require("child_process").execFileSync(process.execPath, ["-e", "1"])`,
    fork: `require("child_process").fork("/bin/true")`,
    cluster: `(require("cluster").setupPrimary({ exec: "/bin/true", execArgv: [] }), require("cluster").fork())`,
    worker: `new (require("worker_threads").Worker)("1", { eval: true })`,
    wasi: `new (require("node:wasi").WASI)({ version: "preview1", preopens: { "/": "/" } })`,
    inspector: `require("inspector").open(0)`,
    spawnBinding: `process.binding("spawn_sync").spawn({ file: "/bin/true", args: [], stdio: [] })`,
    fsBinding: `process.binding("fs").internalModuleStat("/etc/passwd")`,
  };
  const got = await attempts(actions);
  expect(
    Object.entries(got).filter(([, code]) => !/^ERR_(ACCESS_DENIED|INVALID_MODULE)/.test(code)),
  ).toEqual([]);
});

const before26 = Number(process.versions.node.split(".")[0]) < 26;
test.skipIf(before26)("it has no network (Node 24 has no permission for that)", async () => {
  const connect = (module: string, options: string) =>
    `new Promise((resolve, reject) => require("${module}").connect(${options}).on("error", reject).on("connect", resolve))`;
  const actions = {
    tcp: connect("net", `{ port: 9, host: "127.0.0.1" }`),
    tls: connect("tls", `{ port: 9, host: "127.0.0.1" }`),
    unix: connect("net", `{ path: "/var/run/docker.sock" }`),
    http: `new Promise((resolve, reject) => require("http").get("http://127.0.0.1:9").on("error", reject).on("response", resolve))`,
    listen: `new Promise((resolve, reject) => require("net").createServer().on("error", reject).listen(0, resolve))`,
    udp: `new Promise((resolve, reject) => require("dgram").createSocket("udp4").on("error", reject).send("x", 9, "127.0.0.1", (error) => error ? reject(error) : resolve()))`,
    dns: `require("dns/promises").lookup("localhost")`,
    resolve: `require("dns/promises").resolve4("localhost")`,
    fetch: `fetch("http://127.0.0.1:8099").catch((error) => { throw error.cause?.errors?.[0] ?? error.cause ?? error; })`,
  };
  expect(await attempts(actions)).toEqual(denied(actions));
});
