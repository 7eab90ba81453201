import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AGENT, createConversation, readConversation, turns } from "../helpers/conversation.ts";

test("replaying a conversation asks nobody and comes out equal, its program too", async () => {
  await using conversation = await createConversation();
  const { bench, server } = conversation;
  const { result } = await bench.run({ agent: AGENT });
  for (const program of [false, true]) {
    const report = await bench.simulator.replay(result.file, { program });
    expect(report).toMatchObject({
      equal: true,
      complete: true,
      calls: { equal: 7, unequal: 0 },
      first: null,
    });
  }
  expect(server.journal).toHaveLength(turns.length);
});

test("resumed after its kth answer, only what was not answered is asked, and every byte is the same", async () => {
  await using conversation = await createConversation();
  const { bench, server } = conversation;
  const { bytes } = await bench.run({ agent: AGENT });
  const { lines, answers } = readConversation(bytes);
  const whole = server.journal.map(({ body }) => body);

  for (const { question, seq } of answers) {
    const file = join(bench.folder, `cut-${question}.jsonl`);
    writeFileSync(file, `${lines.slice(0, seq + 1).join("\n")}\n`);
    const before = server.journal.length;
    const { result } = bench.simulator.resume(file);
    expect(await result).toMatchObject({ ending: "finished", code: null });
    expect(readFileSync(file).equals(bytes), `after answer ${question}`).toBe(true);
    expect(server.journal.slice(before).map(({ body }) => body)).toEqual(whole.slice(question));
  }
});

test("resumed wherever it broke off, torn lines too, every byte is the same", async () => {
  await using conversation = await createConversation();
  const { bench, server } = conversation;
  const { bytes } = await bench.run({ agent: AGENT });
  const { lines, questions } = readConversation(bytes);
  for (let kept = 1; kept < lines.length; kept += 3) {
    const file = join(bench.folder, `torn-${kept}.jsonl`);
    const torn = lines[kept]!.slice(0, 40);
    writeFileSync(file, `${lines.slice(0, kept).join("\n")}\n${torn}`);
    const before = server.journal.length;
    await bench.simulator.resume(file).result;
    expect(readFileSync(file).equals(bytes), `after ${kept} lines`).toBe(true);
    const answered = readConversation(bytes).answers.filter(({ seq }) => seq < kept).length;
    expect(server.journal.length - before).toBe(questions.length - answered);
  }
});

test("a recording answers as an agent where there is no server and no key", async () => {
  await using conversation = await createConversation();
  const { bench, server } = conversation;
  const { result, bytes } = await bench.run({ agent: AGENT });
  const first = readConversation(bytes);
  const asked = server.journal.length;

  const again = await bench.run({ agent: `recorded/${result.file}` });
  expect(again.result).toMatchObject({ ending: "finished", code: null });
  const second = readConversation(again.bytes);
  expect(second.calls).toEqual(first.calls);
  expect(second.answers).toEqual(
    first.answers.map(({ served: _, ...event }) => ({ ...event, request: null })),
  );
  expect(second.end).toEqual(first.end);
  expect(server.journal).toHaveLength(asked);
});

test("a recording that is asked for more than it holds fails as script-mismatch, with words", async () => {
  await using conversation = await createConversation();
  const { bench } = conversation;
  const { bytes } = await bench.run({ agent: AGENT });
  const { lines, answers } = readConversation(bytes);
  const file = join(bench.folder, "short.jsonl");
  writeFileSync(file, `${lines.slice(0, answers[1]!.seq + 1).join("\n")}\n`);
  const { result } = await bench.run({ agent: `recorded/${file}` });
  expect(result).toMatchObject({ ending: "failed", code: "script-mismatch" });
  expect(result.detail).toContain("short.jsonl holds 2 answers, and was asked question 3");
});
