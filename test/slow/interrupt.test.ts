import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import type { AnthropicServer } from "../helpers/cli.ts";
import {
  cubicle,
  serveAnthropic,
  sizeOf,
  start,
  succeed,
  until,
  withoutTiming,
} from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

/** 300 calls, a question that can be held up, and 100 calls more. */
const long = `export async function agent({ model, tools }) {
  for (let i = 0; i < 300; i++) await tools.search_mail({ query: "leave " + i });
  const messages = [{ role: "user", content: [{ type: "text", text: "Go on?" }] }];
  const { content } = await model({ system: "", messages, tools: [] });
  for (let i = 0; i < 100; i++) await tools.list_files({ folder: "/" });
  return content[0].text;
}\n`;

const args = ["run", "./acorn", "-a", "./long.ts", "-m", "anthropic/some-model", "-o"];

async function inTheMiddle(cwd: string, server: AnthropicServer) {
  const asked = server.bodies.length;
  const env = server.env;
  const started = start([...args, "part.jsonl"], { cwd, env, detached: true });
  await until(() => server.bodies.length > asked);
  return started;
}

test.each([
  ["SIGINT", "the command", 1],
  ["SIGTERM", "the command", 1],
  ["SIGINT", "the whole group, as a terminal sends it,", -1],
] as const)(
  "%s to %s in the middle: exit 130, and resume gives the same bytes",
  async (...given) => {
    const [signal, , sign] = given;
    using folder = createFolder();
    using server = await serveAnthropic([]);
    const cwd = folder.path;
    writeAcorn(cwd);
    writeFileSync(join(cwd, "long.ts"), long);
    await succeed([...args, "whole.jsonl"], { cwd, env: server.env });
    const whole = readFileSync(join(cwd, "whole.jsonl"));

    server.holdFrom = 1;
    const { child, finished } = await inTheMiddle(cwd, server);
    process.kill(sign * child.pid!, signal);
    expect(await finished).toEqual({
      code: 130,
      signal: null,
      stdout: expect.stringContaining("#300"),
      stderr: "\nStopped. What was recorded is kept; go on with: npx cubicle resume part.jsonl\n",
    });
    const part = readFileSync(join(cwd, "part.jsonl"));
    expect(whole.subarray(0, part.length).equals(part)).toBe(true);
    expect(readRecording(part).events.filter(({ kind }) => kind === "call")).toHaveLength(300);
    expect(readdirSync(cwd).filter((name) => name.startsWith("."))).toEqual([]);

    server.holdFrom = Infinity;
    const resume = ["resume", "part.jsonl", "--fixture", "./acorn"];
    await succeed(resume, { cwd, env: server.env });
    expect(withoutTiming(readFileSync(join(cwd, "part.jsonl")))).toBe(withoutTiming(whole));
  },
);

test("a resume that is interrupted can be resumed again", async () => {
  using folder = createFolder();
  using server = await serveAnthropic([]);
  const cwd = folder.path;
  writeAcorn(cwd);
  writeFileSync(join(cwd, "long.ts"), long);
  server.holdFrom = 1;
  const first = await inTheMiddle(cwd, server);
  process.kill(-first.child.pid!, "SIGKILL");
  await first.finished;
  const part = readFileSync(join(cwd, "part.jsonl"));

  const resume = ["resume", "part.jsonl", "--fixture", "./acorn"];
  const second = start(resume, { cwd, env: server.env });
  await until(() => server.bodies.length === 2);
  second.child.kill("SIGINT");
  expect((await second.finished).code).toBe(130);
  expect(readFileSync(join(cwd, "part.jsonl")).equals(part)).toBe(true);

  server.holdFrom = Infinity;
  await succeed(resume, { cwd, env: server.env });
  await succeed([...args, "whole.jsonl"], { cwd, env: server.env });
  const whole = readFileSync(join(cwd, "whole.jsonl"));
  expect(withoutTiming(readFileSync(join(cwd, "part.jsonl")))).toBe(withoutTiming(whole));
});

test("interrupted before anything was recorded, it does not promise a file", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  const { child, finished } = start(["run", "./acorn", "-o", "part.jsonl"], { cwd });
  const proc = `/proc/${child.pid}`;
  const worker = () => readFileSync(`${proc}/task/${child.pid}/children`, "utf8").trim();
  const command = (pid: string | number) => readFileSync(`/proc/${pid}/cmdline`, "utf8");
  // Until it runs a program of its own, its parent waits for it and hears nothing.
  await until(() => worker() !== "" && command(worker()) !== command(child.pid!));
  // Before it has had the time to load, so that nothing can have been written.
  process.kill(Number(worker()), "SIGSTOP");
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect({ code, stderr, there: existsSync(join(cwd, "part.jsonl")) }).toEqual({
    code: 130,
    stderr: "\nStopped before anything was recorded.\n",
    there: false,
  });
  expect(readdirSync(cwd)).toEqual(["acorn"]);
});

test("a program that is stopped by its limits, not by hand, is told as such", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  writeFileSync(
    join(cwd, "log.ts"),
    "export async function agent({ log }) { for (;;) await log('again'); }\n",
  );
  const ran = await cubicle(["run", "./acorn", "-a", "./log.ts", "-o", "a.jsonl"], { cwd });
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(ran.stdout).toContain("The episode's calls or questions were used up after 0 calls");
  expect(sizeOf(join(cwd, "a.jsonl"))).toBeGreaterThan(0);
});
