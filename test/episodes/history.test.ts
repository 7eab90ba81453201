import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { paneNames } from "../../episodes/panes.ts";
import { readRecording } from "../../recordings/reader.ts";
import { createBench } from "../helpers/simulate.ts";

const folder = join(import.meta.dirname, "../../examples/recordings");
const shipped = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const all = { from: 0, count: 10_000, search: "" };

test.each(shipped)("%s shows the office that a replay to any place gives", async (name) => {
  using bench = createBench();
  const file = join(folder, name);
  const { lines, events } = readRecording(readFileSync(file));
  const history = await bench.simulator.history(file);
  expect(history.report).toMatchObject({ equal: true, first: null });
  for (const at of [0, 7, Math.floor(events.length / 2), events.length]) {
    const cut = join(bench.folder, `${at}.jsonl`);
    writeFileSync(cut, `${lines.slice(0, at + 1).join("\n")}\n`);
    const replayed = await bench.simulator.history(cut);
    for (const pane of paneNames) {
      expect(await history.look(at, pane, all)).toEqual(await replayed.look(at, pane, all));
    }
    replayed.close();
  }
  history.close();
  await expect(history.look(0, "mail", all)).rejects.toThrow("no longer held");
});

test("what a call changes is there after it and not before", async () => {
  using bench = createBench();
  const agent = bench.program(
    "acts.ts",
    `export async function agent({ tools }) {
  await tools.write_file({ path: "/wren/hester-plan.md", text: "Ask Hester." });
  await tools.send_mail({ to: ["hester.okafor@tidewell.example"], subject: "A plan", text: "It is in my folder." });
  await tools.delete_file({ path: "/wren/hester-plan.md" });
}`,
  );
  const { result } = await bench.run({ agent });
  const { events } = readRecording(readFileSync(result.file));
  const history = await bench.simulator.history(result.file);
  const after = (call: number) => events.findIndex((e) => e.kind === "call" && e.call === call) + 1;
  const find = async (call: number, pane: (typeof paneNames)[number], search: string) =>
    (await history.look(call ? after(call) : 0, pane, { from: 0, count: 5, search })).rows.map(
      ({ title }) => title,
    );
  expect(await find(0, "files", "hester-plan.md")).toEqual([]);
  expect(await find(1, "files", "hester-plan.md")).toEqual(["hester-plan.md"]);
  expect(await find(2, "mail", "a plan")).toEqual(["A plan"]);
  expect(await find(1, "mail", "a plan")).toEqual([]);
  expect(await find(3, "files", "hester-plan.md")).toEqual([]);
  const { rows } = await history.look(after(1), "files", {
    from: 0,
    count: 1,
    search: "hester-plan.md",
  });
  expect(await history.open(after(1), rows[0]!.ref)).toContain("Ask Hester.");
  expect(await history.open(after(3), rows[0]!.ref)).toBeNull();
  history.close();
});

test("back and forth a thousand times through three hundred calls, the office is always that of the call", async () => {
  using bench = createBench();
  const agent = bench.program(
    "long.ts",
    `export async function agent({ tools }) {
  for (let i = 0; i < 100; i++) {
    await tools.write_file({ path: "/wren/" + (i % 20) + ".md", text: "x".repeat(i) });
    await tools.move_mail({ mail_id: "mail-" + (1 + (i % 60)), folder: i % 2 ? "archive" : "inbox" });
    await tools.wait({ minutes: 1 });
  }
}`,
  );
  const { result } = await bench.run({ agent, watch: false });
  const { lines, events } = readRecording(readFileSync(result.file));
  expect(events.filter(({ kind }) => kind === "call").length).toBe(300);
  const history = await bench.simulator.history(result.file);
  const shown = new Map<number, string>();
  const see = async (at: number) =>
    JSON.stringify(await Promise.all(paneNames.map((pane) => history.look(at, pane, all))));
  const places = fc.sample(fc.nat(events.length), { numRuns: 1000, seed: 3 });
  for (const at of places) {
    const now = await see(at);
    expect(now === (shown.get(at) ?? now), `seen again at ${at}`).toBe(true);
    shown.set(at, now);
  }
  for (const at of places.slice(0, 15)) {
    const cut = join(bench.folder, "cut.jsonl");
    writeFileSync(cut, `${lines.slice(0, at + 1).join("\n")}\n`);
    const replayed = await bench.simulator.history(cut);
    const expected = await Promise.all(paneNames.map((pane) => replayed.look(at, pane, all)));
    expect(shown.get(at) === JSON.stringify(expected), `replayed to ${at}`).toBe(true);
    replayed.close();
  }
});
