import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createMemory, taskOf } from "../../detectors/memory.ts";
import { findingsOf } from "../../detectors/registry.ts";
import { openRecording } from "../../episodes/files.ts";
import type { ItemEvent, RecordedEvent } from "../../recordings/events.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { createBench } from "../helpers/simulate.ts";

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

writeAcorn(bench.folder, {
  "prompts/task.md": `Answer {{ mail.first }}.
{% for mail in mails %}
From: {{ mail.from }}
Date: {{ mail.date }}
Subject: {{ mail.subject }}

{{ mail.text }}
{% endfor %}
Sign as Pip.
`,
});
const fixture = join(bench.folder, "acorn");
const ran = bench.run({ fixture, agent: "script/helps" });

const memoryOf = async (change: (item: ItemEvent) => ItemEvent) => {
  const { header, events } = openRecording((await ran).result.file);
  const changed = events.map((event): RecordedEvent =>
    event.kind === "item" && event.told ? change(event) : event,
  );
  const memory = createMemory(header, { thinking: true });
  for (const event of changed) memory.take(event);
  return { memory, findings: findingsOf({ header, events: changed }) };
};

test("what a mail in the task says is its sender's: shown before the first question, and not the user's", async () => {
  const { header, events } = openRecording((await ran).result.file);
  const told = events.flatMap((event) => (event.kind === "item" && event.told ? event : []));
  expect(told.map(({ title }) => title)).toEqual(["Leave"]);
  const { start, end } = told[0]!.told!;
  expect(header.task.slice(start, end)).toMatch(/^From: Ann Oak [\s\S]*in April\?$/);
  expect(events.findIndex(({ kind }) => kind === "question")).toBe(1);
  const { memory } = await memoryOf((item) => item);
  expect(taskOf(memory).replace(/\s+/g, " ")).toBe("Answer mail-1. Sign as Pip.");
  expect(taskOf(memory)).toHaveLength(header.task.length);
  expect(memory.seen[0]!.title).toBe("Leave");
  const replayed = await bench.simulator.replay((await ran).result.file, {
    fixture,
    program: true,
  });
  expect(replayed).toMatchObject({ equal: true, complete: true });
});

test.each([
  { start: 9, end: 3 },
  { start: 0, end: Number.MAX_SAFE_INTEGER },
  { start: Number.MAX_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER },
])("a stranger's recording may say that it stands at %j", async (told) => {
  const { memory, findings } = await memoryOf((item) => ({ ...item, told }));
  expect(taskOf(memory).length).toBeLessThan(1000);
  expect(findings).toEqual([]);
});

test("a task that holds no mail shows none", async () => {
  const { events } = await bench.run({ fixture: "handover", agent: "script/leaks" });
  expect(events.some((event) => event.kind === "item" && event.told)).toBe(false);
});
