import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import type { AnthropicServer } from "../helpers/anthropic-server.ts";
import { byTurn, createAnthropicServer, message, say, use } from "../helpers/anthropic-server.ts";
import { cubicle, sizeOf, start, succeed, until, withoutTiming } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const usage = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_input_tokens: 800,
  cache_creation_input_tokens: 100,
};
const turns = [
  message([use("toolu_1", "list_mail", { limit: 2 })], { usage }),
  message([use("toolu_2", "get_time", {})], { usage }),
  message([say("Done.")], { usage }),
];
const agent = "anthropic/claude-sonnet-5-5";

let server: AnthropicServer;
let folder: ReturnType<typeof createFolder>;
let env: Record<string, string>;
const run = (...args: string[]) => cubicle(args, { cwd: folder.path, env });
beforeAll(async () => {
  server = await createAnthropicServer(byTurn(...turns));
  env = server.env as Record<string, string>;
  folder = createFolder();
  await succeed(["run", "handover", "-a", agent, "-o", "a.jsonl"], { cwd: folder.path, env });
});
beforeEach(() => server.play(byTurn(...turns)));
afterAll(async () => {
  folder[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

test("show tells tokens, cache hits, cost and time of each step and of all; nobody is asked", async () => {
  const { stdout, code } = await run("show", "a.jsonl");
  expect(code).toBe(0);
  const lines = stdout.split("\n").filter((line) => /^(..:.. )?model /i.test(line));
  // 100 × 2 + 50 × 10 + 800 × 0.1 + 100 × 2.5, in millionths of a dollar.
  const step = (number: number) =>
    expect.stringMatching(
      new RegExp(
        `model   step ${number}: 1,000 in \\(80 % cached\\) · 50 out · \\$0\\.0010 · \\d+\\.\\d s$`,
      ),
    ) as string;
  expect(lines).toEqual([step(1), step(2), step(3)]);
  expect(stdout).toMatch(
    /\nModel: 3 steps · 3,000 in \(80 % cached\) · 150 out · \$0\.0031 · \d+\.\d s\.\n/,
  );
  expect((await run("replay", "a.jsonl", "--program")).code).toBe(0);
  expect((await run("show", "a.jsonl", "--request", "2")).stdout).toContain("toolu_1");
  expect(server.journal).toEqual([]);
});

test("a fork asks nothing of what it shares with its parent", async () => {
  const { code } = await run("fork", "a.jsonl", "--at", "2", "-o", "fork.jsonl");
  expect(code).toBe(0);
  expect(server.journal).toHaveLength(1);
  expect(server.journal[0]!.body).toContain("toolu_2");
});

test("killed in the middle of an answer and resumed, only that question is asked again", async () => {
  server.play((request, index) =>
    index === 1 ? { ...turns[1]!, cut: "never-ended" } : byTurn(...turns)(request, index),
  );
  const args = ["run", "handover", "-a", agent, "-o", "killed.jsonl"];
  const { child, finished } = start(args, { cwd: folder.path, env, detached: true });
  await until(() => server.journal.length === 2);
  process.kill(-child.pid!, "SIGKILL");
  await finished;
  const file = join(folder.path, "killed.jsonl");
  expect(sizeOf(file)).toBeGreaterThan(0);
  const asked = server.journal[1]!.body;

  server.play(byTurn(...turns));
  expect((await run("resume", "killed.jsonl")).code).toBe(0);
  expect(server.journal).toHaveLength(2);
  expect(server.journal[0]!.body).toBe(asked);
  const whole = readFileSync(join(folder.path, "a.jsonl"));
  expect(withoutTiming(readFileSync(file))).toBe(withoutTiming(whole));
});

test("a budget ends a run with a word, and its recording is whole", async () => {
  const flags = ["-o", "short.jsonl", "--max-steps", "2", "--max-time", "10m"];
  const { stdout, code } = await run("run", "handover", "-a", agent, ...flags);
  expect(code).toBe(0);
  expect(stdout).toContain("The episode's budget was used up (max-steps) after 2 calls");
  expect(stdout).toContain("The model was asked as often as it may be (--max-steps).");
  const { header, end } = readRecording(readFileSync(join(folder.path, "short.jsonl")));
  expect(header.budget).toEqual({ steps: 2, timeMs: 600_000 });
  expect(end).toMatchObject({ ending: "limit", code: "max-steps" });
});

test("--dry-run shows prompt, tools and an estimate; it asks nothing, needs no key and leaves nothing", async () => {
  const before = readdirSync(folder.path);
  const args = ["run", "handover", "-a", agent, "--dry-run"];
  const { stdout, code } = await cubicle(args, { cwd: folder.path });
  expect(code).toBe(0);
  expect(stdout).toContain("You are Wren");
  expect(stdout).toMatch(/\n {2}send_mail +writes Sends a new mail/);
  expect(stdout).toMatch(/the first request is 2\d,\d{3} bytes, about [67],\d{3} tokens\./);
  expect(stdout).toMatch(/It costs about \$0\.01\d\d, and \$0\.000\d in each later step/);
  const json = await succeed([...args, "--json"], { cwd: folder.path });
  expect(JSON.parse(json)).toMatchObject({ model: agent, first: { prices: "2026-10-27" } });
  expect(server.journal).toEqual([]);
  expect(readdirSync(folder.path)).toEqual(before);
});

test.each([
  [["--temperature", "3"], /It is a number from 0 to 2/],
  [["--thinking", "loud"], /It is none, between-tools, hidden, summary, full, or a number/],
  [["--max-time", "10"], /Write it as 90s, 15m or 2h/],
  [["--max-cost", "lots"], /It is a number of US dollars/],
  [
    ["--temperature", "0.5"],
    /can't be run with --temperature: Anthropic's API has no such setting/,
  ],
  [["--dry-run", "--effort", "none"], /can't be run with --effort none: its levels are low/],
])("run %j is bad input, in words", async (flags, words) => {
  const { code, stderr } = await run("run", "handover", "-a", agent, ...flags);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  expect(server.journal).toEqual([]);
});
