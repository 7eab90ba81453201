import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { chooseCondition } from "../../env/fixture/condition.ts";
import { loadFixture } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import type { Office } from "../../env/office.ts";
import { findFixture } from "../../episodes/fixtures.ts";
import { lookAt, paneNames } from "../../episodes/panes.ts";
import { replayRecording } from "../../episodes/replay.ts";
import { readRecording } from "../../recordings/reader.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { createBench } from "../helpers/simulate.ts";

const all = { from: 0, count: 10_000, search: "" };

/** Three hundred calls that change whatever an office has. */
const program = `export async function agent({ tools }) {
  for (let i = 0; i < 50; i++) {
    await tools.write_file({ path: "/wren/" + (i % 20) + ".md", text: "x".repeat(i) });
    await tools.move_mail({ mail_id: "mail-" + (1 + (i % 60)), folder: i % 2 ? "archive" : "inbox" });
    await tools.post_message({ channel: "desk", text: "@callum number " + i });
    await tools.create_event({ title: "Number " + i, start: "2026-03-23T10:00", end: "2026-03-23T11:00" });
    if (i % 10) await tools.list_mail({ limit: 5 });
    else await tools.run_shell({ command: "cat *.md | wc -c > total; mv 3.md three; sleep " + i });
    await tools.wait({ minutes: 3 });
  }
}`;

test("a thousand steps at random through three hundred calls: the office is always that of a replay to there", async () => {
  using bench = createBench();
  const { result } = await bench.run({ agent: bench.program("long.ts", program), watch: false });
  const { lines, events, header } = readRecording(readFileSync(result.file));
  const calls = events.flatMap(({ kind, seq }) => (kind === "call" ? [seq] : []));
  expect(calls.length).toBe(300);
  const { name, files } = findFixture("handover");
  const fixture = await loadFixture(name, files);
  const opened = openFixture(fixture, chooseCondition(fixture, header.condition));

  const replayed = new Map<number, string>();
  /** All panes after a replay, from the start, of nothing but the lines up to there. */
  function replayTo(seq: number): string {
    let office: Office | undefined;
    const cut = readRecording(Buffer.from(`${lines.slice(0, seq + 1).join("\n")}\n`));
    replayRecording(cut, opened, standardPack, (seen) => (office = seen));
    return JSON.stringify(paneNames.map((pane) => lookAt(office!, pane, all).rows));
  }

  const history = await bench.simulator.history(result.file);
  const steps = fc.sample(fc.tuple(fc.boolean(), fc.nat(40)), { numRuns: 1000, seed: 11 });
  let call = 150;
  for (const [isBack, by] of steps) {
    call = Math.min(Math.max(call + (isBack ? -by : by), 1), calls.length);
    const seq = calls[call - 1]!;
    const looks = await Promise.all(paneNames.map((pane) => history.look(seq, pane, all)));
    const shown = JSON.stringify(looks.map(({ rows }) => rows));
    if (!replayed.has(seq)) replayed.set(seq, replayTo(seq));
    expect(shown === replayed.get(seq), `after call ${call}`).toBe(true);
  }
  expect(replayed.size).toBeGreaterThan(200);
});
