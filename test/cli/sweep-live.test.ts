import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serveAnthropic } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";
import { writeSweep } from "../helpers/sweeps.ts";
import { keys, openTerminal } from "../helpers/terminal.ts";

test("in a terminal a sweep shows each cell's rate as it runs, and Ctrl-C lets it finish", async () => {
  using folder = createFolder();
  using server = await serveAnthropic([]);
  const models = { "anthropic/some-model": { input: 1_000_000, output: 0 } };
  writeFileSync(join(folder.path, "prices.json"), JSON.stringify({ date: "2026-01-01", models }));
  const agents = ["script/leaks", "anthropic/some-model"];
  writeSweep(folder.path, { agents, samples: 3, prices: "prices.json", budget: { cost: 500 } });
  // The model's six episodes wait; the scripts have a place left.
  server.holdFrom = 1;
  using terminal = openTerminal(["sweep", "sweep.yaml", "--at-once", "7"], {
    cwd: folder.path,
    env: server.env,
    columns: 100,
  });
  await terminal.sees(/acorn-leaks-calm-\w{8} +██████████ +3 {2}100\.0 % \[43\.9 %, 100\.0 %\]/);
  await terminal.sees(/acorn-anthropic-some-model-urgent-\w{8} +░{10} +0 {2}none yet/);
  await terminal.sees(/^[█░]{24} 6 of 12 episodes/m);
  terminal.press(keys.ctrlC);
  await terminal.sees("Finishing what is under way; Ctrl-C again stops at once.");
  terminal.press(keys.ctrlC);
  await terminal.sees("Stopped. What was recorded is kept.");
  expect(await terminal.exited()).toBe(130);

  server.holdFrom = Infinity;
  using again = openTerminal(["sweep", "sweep.yaml", "--resume"], {
    cwd: folder.path,
    env: server.env,
    columns: 100,
  });
  await again.sees("6 episodes are there already.");
  // Six questions of ten tokens in and one out, at a dollar a token in.
  await again.sees(/^█{24} 12 of 12 episodes · 66 tokens · \$60/m);
  expect(await again.exited()).toBe(0);
  for (const line of again.raw.split("\n")) expect(line.length).toBeLessThan(400);
});
